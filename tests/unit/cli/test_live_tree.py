import io

import pytest
from rich.console import Console
from tests.helpers.runs import Driver, playbook_of

from tocsin.cli import live_tree
from tocsin.cli.live_tree import LiveTree
from tocsin.engine.outcomes import Answer, Outcome
from tocsin.engine.progress import OpenQuestion, QuestionOption, RunProgress
from tocsin.model.failures import Failure, FailureCode

BODY = {"nodes": {"act": {"kind": "action", "use": "toy.look", "with": {}}}, "edges": []}
PLAYBOOK = playbook_of(
    {
        "start": {"kind": "trigger", "event": "manual", "title": "An alert\x1b[2J"},
        "hosts": {"kind": "for_each", "title": "Each host", "in": "[1, 2]", "on_item_error": "continue", "body": BODY},
        "last": {"kind": "end"},
        "hint": {"kind": "note", "text": "not a step"},
    },
    ["start -> hosts", "hosts -> last", "hosts.error -> last"],
)
QUESTION = OpenQuestion(
    "a?1", "a", "a", "approval", "Isolate?", (QuestionOption("approved", "Go"), QuestionOption("rejected", "Leave"))
)


def answer(intent):
    if intent.path == "hosts[1]/act":
        return Answer(Outcome.FAILED, failure=Failure(FailureCode.PERMISSION, "No."))
    return Answer(Outcome.SUCCEEDED, output={})


@pytest.fixture
def picture():
    """The last picture of a run, as plain lines."""
    driver = Driver(PLAYBOOK, answers=answer, event={}).run()
    progress = RunProgress("0190-test")
    for event in driver.events:
        progress.apply(event)
    out = io.StringIO()
    tree = LiveTree(PLAYBOOK)
    tree._live.console = Console(file=out, width=100)  # the screen is the port here
    tree.on_events(driver.events, progress)
    Console(file=out, width=100).print(tree._live.renderable)
    return [line.split() for line in out.getvalue().splitlines()], out.getvalue()


def test_each_runnable_node_has_a_line_and_notes_have_none(picture):
    words, _ = picture
    assert [line[0] for line in words] == ["✓", "✓", "✗", "✓"]


def test_the_bodies_of_loops_are_indented_and_counted(picture):
    _, text = picture
    assert "✗    act" in text
    assert "1 succeeded, 1 failed" in text
    assert "2 of 2, 1 failed" in text


def test_titles_cannot_speak_to_the_terminal(picture):
    _, text = picture
    assert "An alert\\u001b[2J" in text


def types(*lines):
    """Somebody who types these lines and then closes the input."""
    left = iter(lines)
    return lambda _prompt: next(left, None)


@pytest.mark.parametrize(("typed", "option"), [(["approved"], "approved"), (["", "yes", " rejected "], "rejected")])
def test_a_person_is_asked_until_the_answer_is_one_that_is_offered(capsys, typed, option):
    with LiveTree(PLAYBOOK) as tree:
        assert tree.ask(QUESTION, types(*typed)) == option
    said = capsys.readouterr()
    assert "approved: Go" in said.out
    assert said.err.count("Type one of: approved, rejected.") == len(typed) - 1


def test_a_person_may_leave_it_open():
    with LiveTree(PLAYBOOK) as tree:
        assert tree.ask(QUESTION, types()) is None


def test_a_form_is_left_to_the_window(capsys):
    form = OpenQuestion("a?1", "a", "a", "form", "Who?", (QuestionOption("submitted", "Submit"),), form={})
    with LiveTree(PLAYBOOK) as tree:
        assert tree.ask(form, lambda _prompt: pytest.fail("asked")) is None
    assert "window" in capsys.readouterr().out


def test_rich_is_not_imported_before_a_tree_is_made():
    assert not hasattr(live_tree, "Live")
