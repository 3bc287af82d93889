"""The one door through which errors leave commands, with a kit that has nothing behind it."""

import pytest

from tocsin.base.errors import TocsinError
from tocsin.cli.main import main
from tocsin.cli.messages import WrongUseError


class Kit:
    """Raises what a test says as soon as a command asks for anything."""

    def __init__(self, error=None, *, display=False):
        self.error = error
        self.display = display
        self.shown = None

    def has_display(self):
        if self.error is not None:
            raise self.error
        return self.display

    def show_window(self, files, *, is_demo):
        self.shown = (tuple(files), is_demo)
        return 0

    def history(self):
        raise self.error


@pytest.mark.parametrize(
    ("error", "status", "said"),
    [
        (TocsinError("It is so."), 3, "TOC-E900 It is so.\n"),
        (WrongUseError("It is so."), 2, "TOC-E140 It is so.\n"),
        (KeyboardInterrupt(), 130, "Interrupted. `tocsin runs list` shows what was under way.\n"),
    ],
)
def test_errors_become_a_status_and_a_sentence(capsys, error, status, said):
    assert main(["demo"], Kit(error)) == status
    assert capsys.readouterr().err.lstrip("\n") == said


def test_a_bug_is_70_and_its_trace_goes_to_the_log(capsys, caplog):
    assert main(["demo"], Kit(ZeroDivisionError("x"))) == 70
    assert capsys.readouterr().err.startswith("TOC-E900 Tocsin met a bug and stopped.")
    [entry] = caplog.records
    assert entry.exc_info[0] is ZeroDivisionError


@pytest.mark.parametrize(
    "words",
    [
        ["nosuch"],
        ["run"],
        ["--nosuch"],
        ["run", "x.yaml", "--mode", "fast"],
        ["check"],
        ["runs", "list", "--most", "x"],
    ],
)
def test_what_click_refuses_is_2_in_one_line_with_a_code(capsys, words):
    assert main(words, Kit()) == 2
    said = capsys.readouterr().err
    assert said.startswith("TOC-E140 ")
    assert said.count("\n") == 1


def test_help_and_version_end_0(capsys):
    assert (main(["--help"], Kit()), main(["run", "-h"], Kit()), main(["--version"], Kit())) == (0, 0, 0)
    assert "tocsin " in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "shown"),
    [([], ((), False)), (["a.yaml", "b.yml"], (("a.yaml", "b.yml"), False)), (["demo"], ((), True))],
)
def test_the_window_opens_where_there_is_a_display(words, shown):
    kit = Kit(display=True)
    assert (main(words, kit), kit.shown) == (0, shown)


@pytest.mark.parametrize("words", [[], ["a.yaml"]])
def test_without_a_display_the_window_names_the_commands(capsys, words):
    assert main(words, Kit()) == 3
    assert "tocsin demo" in capsys.readouterr().err
