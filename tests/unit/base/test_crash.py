import faulthandler
import logging
import subprocess
import sys
import threading

import pytest

from tocsin.base import crash


@pytest.fixture
def hooks(monkeypatch, tmp_path, caplog):
    for module, name in ((sys, "excepthook"), (threading, "excepthook"), (sys, "unraisablehook")):
        monkeypatch.setattr(module, name, getattr(module, name))  # put back afterwards
    was_enabled = faulthandler.is_enabled()
    with (tmp_path / "crash.log").open("w") as dump:
        crash.install(dump)
        caplog.set_level(logging.CRITICAL, "tocsin.crash")
        yield caplog
        faulthandler.disable()
    if was_enabled:
        faulthandler.enable(sys.__stderr__)


def fail():
    raise ValueError("nobody caught this")


def test_what_nobody_caught_is_logged_with_its_trace(hooks):
    try:
        fail()
    except ValueError as error:
        sys.excepthook(type(error), error, error.__traceback__)
    [entry] = hooks.records
    assert (entry.name, entry.exc_info[1].args) == ("tocsin.crash", ("nobody caught this",))


def test_another_threads_exception_is_logged(hooks):
    thread = threading.Thread(target=fail)
    thread.start()
    thread.join()
    assert [entry.exc_info[0] for entry in hooks.records] == [ValueError]


def test_an_exception_in_a_clean_up_is_logged(hooks):
    class Bad:
        def __del__(self):
            fail()

    Bad()
    [entry] = hooks.records
    assert "__del__" in entry.getMessage()


@pytest.mark.skipif(sys.platform == "win32", reason="no core dumps there")
def test_a_crash_leaves_no_picture_of_the_memory():
    code = "import resource; from tocsin.base import crash; crash.forbid_core_dumps(); "
    code += "print(resource.getrlimit(resource.RLIMIT_CORE)[0])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "0\n"


def test_an_interrupt_is_no_crash(hooks, capsys):
    sys.excepthook(KeyboardInterrupt, KeyboardInterrupt(), None)
    assert hooks.records == []
