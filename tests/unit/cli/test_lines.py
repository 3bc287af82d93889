import io

from tests.helpers.runs import Driver, action, playbook_of, test_catalogue

from tocsin.cli.lines import Lines, answer_line, said, settled_paths
from tocsin.engine.events import NodeState
from tocsin.engine.outcomes import Answer, Changed, Outcome
from tocsin.engine.progress import ItemCounts, NodeStatus, OpenQuestion, QuestionOption, RunProgress

NODES = {
    "start": {"kind": "trigger", "event": "manual"},
    "risky": {"kind": "condition", "when": "true"},
    "look": {"kind": "action", "use": "toy.look", "with": {}},
    "quiet": {"kind": "end"},
}
EDGES = ["start -> risky", "risky.true -> look", "risky.false -> quiet"]


def lines_of(summary="found 3"):
    answer = Answer(Outcome.SUCCEEDED, output={}, changed=Changed.FALSE, summary=summary)
    driver = Driver(
        playbook_of(NODES, EDGES),
        answers=lambda _: answer,
        event={},
        catalogue=test_catalogue(look=action("look")),
    ).run()
    out, progress = io.StringIO(), RunProgress("0190-test")
    lines = Lines(out=out)
    for event in driver.events:
        progress.apply(event)
        lines.on_events([event], progress)
    return out.getvalue().splitlines(), driver


def test_each_node_has_one_line_when_it_settles():
    lines, _ = lines_of()
    assert [line.split("  ", 1)[1] for line in lines] == [
        "start  succeeded",
        "risky  succeeded  → true",
        "quiet  skipped  the flow went another way",
        "look  succeeded  found 3",
    ]
    assert all(line.startswith("+0.0") for line in lines)


def test_what_a_product_says_cannot_speak_to_the_terminal():
    lines, _ = lines_of(summary="\x1b[2J\nforged line")
    assert lines[-1].endswith("\\u001b[2J forged line")


def test_settled_paths_name_each_settled_node_once():
    _, driver = lines_of()
    paths = [path for event in driver.events for path in settled_paths(event)]
    assert sorted(paths) == sorted(NODES)


def test_a_loop_says_how_far_it_is_and_what_failed():
    assert said(NodeStatus(NodeState.RUNNING, items=ItemCounts(1, 3, 0))) == "1 of 3"
    assert said(NodeStatus(NodeState.SUCCEEDED, items=ItemCounts(3, 3, 2))) == "3 of 3, 2 failed"


def test_a_reason_without_words_of_its_own_is_shown_as_it_is():
    assert said(NodeStatus(NodeState.HELD, reason="rate_limit")) == "rate limit"


def test_an_answer_that_was_not_asked_for_says_who_gave_it():
    question = OpenQuestion("a?1", "a", "a", "approval", "Isolate\nws-03?", (QuestionOption("approved", "Go"),))
    assert answer_line(question, "approved", "by hand") == "Asked: Isolate ws-03? → approved (answered by hand)"
