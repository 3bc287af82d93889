import subprocess
import sys


def test_the_library_comes_late_and_without_its_command_line():
    code = (
        "import sys; import tocsin.expressions as e; before = 'cel' in sys.modules;"
        "e.compile_expression('1 + 1');"
        "print(before, *[name in sys.modules for name in ('cel', 'cel.cli', 'typer')])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=30, check=True)
    assert done.stdout.split() == ["False", "True", "False", "False"]


def test_what_a_function_refuses_is_not_printed():
    code = (
        "from tocsin.expressions import *\n"
        "try: evaluate(compile_expression(\"is_private('not-to-be-printed')\"), Scope())\n"
        "except EvaluationError: print('refused')"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=30, check=True)
    assert (done.stdout.strip(), done.stderr) == ("refused", "")
