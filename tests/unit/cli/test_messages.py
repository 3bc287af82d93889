import json

from tocsin.base.errors import Place, TocsinError
from tocsin.cli.messages import Exit, WrongUseError, exit_of, print_json, say_error
from tocsin.cli.problems import with_places
from tocsin.formats import read_playbook
from tocsin.model.problems import CheckCode, Problem, Severity

TEXT = """\
tocsin: 1
id: x
nodes:
  last:
    kind: end
    message: done
edges: []
"""


def test_wrong_use_and_refusal_have_their_own_statuses():
    assert (exit_of(WrongUseError("x")), exit_of(TocsinError("x"))) == (Exit.WRONG_USE, Exit.REFUSED)


def test_an_error_is_one_line_with_code_place_sentence_and_hint(capsys):
    say_error(WrongUseError("Two\nlines\x1b[2J.", hint="Mend it.", place=Place("a.yaml", 3, 4)))
    assert capsys.readouterr().err == "TOC-E140 a.yaml:3:4 Two lines\\u001b[2J. Mend it.\n"


def test_json_is_one_line_of_ascii(capsys):
    print_json({"text": "“x”\n\x9b\u202e\ud800"})
    said = capsys.readouterr().out
    assert said.isascii()
    assert said.count("\n") == 1
    assert json.loads(said) == {"text": "“x”\n\x9b\u202e\ud800"}


def test_problems_of_checks_get_the_place_of_their_node_and_field():
    loaded = read_playbook(TEXT, "x.yaml")
    field = Problem(next(iter(CheckCode)), Severity.ERROR, "m", node="last", field="message")
    whole = Problem(next(iter(CheckCode)), Severity.ERROR, "m")
    placed = Problem("TOC-E012", Severity.ERROR, "m", file="x.yaml", line=2, column=1)
    found = with_places([field, whole, placed], loaded)
    assert [(p.file, p.line, p.column) for p in found] == [("x.yaml", 6, 14), ("x.yaml", 1, 1), ("x.yaml", 2, 1)]
