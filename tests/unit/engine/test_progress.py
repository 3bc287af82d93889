"""How a run looks from outside, event by event."""

import random

import pytest
from tests.helpers.graphs import draw_playbooks
from tests.helpers.runs import TRIGGER, Driver, answer_by_path, answered, playbook_of

from tocsin.engine.events import NodeState, RunStatus
from tocsin.engine.news import CancelAsked, GoOnAsked, PauseAsked
from tocsin.engine.outcomes import Changed, Outcome, Verdict, Verified
from tocsin.engine.progress import RunProgress

LOOK = {"kind": "action", "use": "toy.look"}
ASK = {"kind": "ask", "ask": "approval", "text": "Isolate?", "expires": "1h"}


def follow(driver, progress=None):
    progress = progress or RunProgress("0190-test")
    for event in driver.events:
        progress.apply(event)
    return progress


def drive(nodes, edges=None, **kind):
    return Driver(playbook_of({"t": TRIGGER, **nodes}, edges or [f"t -> {name}" for name in nodes]), **kind)


def loop(body, **more):
    return {"kind": "for_each", "in": "[1, 2, 3]", "concurrency": 3, "body": {"nodes": body, "edges": []}, **more}


def test_a_node_goes_from_running_to_settled():
    driver = drive({"a": LOOK}).start()
    assert follow(driver).status_of("a").state is NodeState.RUNNING
    driver.finish("a")
    status = follow(driver).status_of("a")
    assert (status.state, status.ports, status.attempts) == (NodeState.SUCCEEDED, ("out",), 1)
    assert status.ended_at > status.started_at


def test_what_was_not_heard_of_is_pending():
    assert RunProgress("r").status_of("a").state is NodeState.PENDING


@pytest.mark.parametrize(
    ("node", "state"),
    [
        (ASK, NodeState.WAITING),
        ({"kind": "wait", "for": "1h"}, NodeState.WAITING),
        ({**LOOK, "retry": {"max": 2}}, NodeState.RETRYING),
    ],
)
def test_what_waits_shows_why(node, state):
    driver = drive({"a": node}, answers=answer_by_path(a=answered(Outcome.FAILED))).start()
    if state is NodeState.RETRYING:
        driver.finish("a")
    assert follow(driver).status_of("a").state is state


def test_a_node_that_waits_for_a_permit_is_held():
    driver = drive({"a": LOOK})
    driver.has_room = False
    status = follow(driver.start()).status_of("a")
    assert (status.state, status.reason) == (NodeState.HELD, "permit")


def test_a_node_in_a_loop_shows_the_worst_of_its_items():
    failed = answered(Outcome.FAILED, retryable=False)

    def answers(intent):
        return failed if intent.path.startswith("l[1]") else answered()

    driver = drive({"l": loop({"a": LOOK}, on_item_error="continue")}, answers=answers).start()
    assert follow(driver).status_of("a").state is NodeState.RUNNING
    driver.finish("l[0]/a")
    assert follow(driver).status_of("a").state is NodeState.RUNNING
    driver.finish("l[1]/a")
    assert follow(driver).status_of("a").state is NodeState.FAILED
    progress = follow(driver)
    assert progress.status_at("l[0]/a").state is NodeState.SUCCEEDED
    assert progress.paths_of("a") == ("l[0]/a", "l[1]/a", "l[2]/a")
    assert (progress.status_of("l").items.done, progress.status_of("l").items.failed) == (2, 1)


@pytest.mark.parametrize("seed", range(25))
def test_the_status_of_a_node_is_always_the_worst_of_its_paths(seed):
    playbook, callees = draw_playbooks(random.Random(seed))
    driver = Driver(playbook, persons=lambda _: ("approved", None), callees=callees).run()
    order = ["failed", "waiting", "held", "retrying", "running", "pending", "succeeded", "cancelled", "skipped"]
    progress = RunProgress("0190-test")
    for event in driver.events:
        changed = progress.apply(event)
        for node in changed:
            statuses = [progress.status_at(path) for path in progress.paths_of(node)]
            worst = min(statuses, key=lambda status: -1 if status.uncertain else order.index(status.state))
            assert (progress.status_of(node).state, progress.status_of(node).uncertain) == (
                worst.state,
                worst.uncertain,
            )


def test_questions_are_there_while_they_are_open():
    driver = drive({"a": ASK, "b": ASK}).start()
    progress = follow(driver)
    assert (list(progress.questions), progress.status) == (["a?1", "b?1"], RunStatus.WAITING)
    assert progress.questions["a?1"].options[0].title == "Approve"
    driver.answer("a?1", "approved")
    assert list(follow(driver).questions) == ["b?1"]
    driver.answer("b?1", "approved")
    assert (follow(driver).questions, follow(driver).status) == ({}, RunStatus.SUCCEEDED)


def test_an_answer_that_does_not_decide_leaves_the_question_open():
    driver = drive({"a": {**ASK, "need": 2}}).start().answer("a?1", "approved", by="user:a")
    assert list(follow(driver).questions) == ["a?1"]


UNCERTAIN, CHANGED = answered(Outcome.UNCERTAIN), answered(changed=Changed.TRUE)


def changes(use, answers, verdict=Verified.UNKNOWN):
    nodes = {"a": {"kind": "action", "use": f"toy.{use}", "retry": {"max": 2, "delay": "1s"}}}
    driver = drive(nodes, answers=answer_by_path(a=answers), verdicts=lambda _: Verdict(verdict, {})).run()
    found = [(change.outcome, change.changed) for change in follow(driver).changes]
    assert len(found) == driver.end["changes"]
    return found


def test_changes_are_what_was_or_may_have_been_done():
    assert changes("look", CHANGED) == []
    assert changes("change", CHANGED) == [("succeeded", "true")]
    assert changes("change", answered(changed=Changed.FALSE)) == []
    assert changes("change", answered(Outcome.NOT_SENT)) == []
    assert changes("change", UNCERTAIN) == [("uncertain", "unknown")]
    assert changes("safe", [UNCERTAIN, answered(changed=Changed.FALSE)]) == [("succeeded", "unknown")]
    assert changes("checked", UNCERTAIN, Verified.DONE) == [("succeeded", "true")]
    assert changes("checked", UNCERTAIN, Verified.NOT_DONE) == []


def test_changes_stand_in_the_order_they_finished():
    change = {"kind": "action", "use": "toy.change", "retry": {"max": 2, "delay": "1s"}}
    driver = drive({"a": change, "b": change}, answers=answer_by_path(a=[answered(Outcome.NOT_SENT), CHANGED])).run()
    assert [change.path for change in follow(driver).changes] == ["b", "a"]


def uncertain_node(**more):
    return {"a": {"kind": "action", "use": "toy.checked", **more}}


def test_what_may_have_happened_says_so_while_it_is_looked_at_and_while_a_person_is_asked():
    answers = answer_by_path(a=UNCERTAIN)
    driver = drive(uncertain_node(on_uncertain="ask"), answers=answers).start().finish("a")
    looking = follow(driver).status_of("a")
    assert (looking.state, looking.uncertain) == (NodeState.RUNNING, True)
    asking = follow(driver.finish("a")).status_of("a")
    assert (asking.state, asking.uncertain) == (NodeState.WAITING, True)
    settled = follow(driver.answer("a?1", "done")).status_of("a")
    assert (settled.state, settled.uncertain) == (NodeState.SUCCEEDED, False)


def test_what_surely_did_not_happen_is_uncertain_no_more():
    driver = drive(
        uncertain_node(retry={"max": 2, "delay": "1s"}),
        answers=answer_by_path(a=UNCERTAIN),
        verdicts=lambda _: Verdict(Verified.NOT_DONE),
    ).start()
    driver.finish("a").finish("a")
    status = follow(driver).status_of("a")
    assert (status.state, status.uncertain) == (NodeState.RETRYING, False)


def test_of_several_items_the_one_that_may_have_happened_is_the_worst():
    def answers(intent):
        return UNCERTAIN if intent.path.startswith("l[1]") else answered(Outcome.FAILED, retryable=False)

    body = {"a": {"kind": "action", "use": "toy.change", "on_uncertain": "ask"}}
    driver = drive({"l": loop(body, on_item_error="continue")}, answers=answers).start()
    driver.finish("l[0]/a").finish("l[1]/a")
    assert follow(driver).status_of("a").uncertain


def test_an_open_question_says_since_when_and_how_many_must_answer():
    driver = drive({"a": {**ASK, "need": 2}}).start()
    question = follow(driver).questions["a?1"]
    assert (question.need, question.given, question.asked_at) == (2, (), driver.of("ask.opened")[0].at)
    driver.answer("a?1", "approved", by="user:a")
    assert follow(driver).questions["a?1"].given == (("user:a", "approved"),)


@pytest.mark.parametrize("node", [ASK, {"kind": "wait", "for": "1h"}, {**LOOK, "retry": {"max": 2}}])
def test_what_waits_for_a_time_says_until_when(node):
    driver = drive({"a": node}, answers=answer_by_path(a=answered(Outcome.FAILED))).start()
    if node["kind"] == "action":
        driver.finish("a")
    assert follow(driver).status_of("a").until == driver.of("timer.set")[0].data["due"]


def test_what_was_so_already_says_so_and_what_only_read_does_not():
    change = {"kind": "action", "use": "toy.change"}
    driver = drive({"a": change, "b": LOOK}, answers=lambda _: answered(changed=Changed.FALSE)).run()
    progress = follow(driver)
    assert (progress.status_of("a").already, progress.status_of("b").already) == (True, False)


def test_why_a_node_failed_is_kept_as_its_code():
    driver = drive({"a": LOOK}, answers=answer_by_path(a=answered(Outcome.FAILED, retryable=False))).run()
    status = follow(driver).status_of("a")
    assert (status.state, bool(status.code), status.until) == (NodeState.FAILED, True, 0)


def test_what_gave_an_output_instead_of_the_node_is_kept():
    node = {**LOOK, "on_error": "continue", "default": {}}
    driver = drive({"a": node}, answers=answer_by_path(a=answered(Outcome.FAILED, retryable=False))).run()
    status = follow(driver).status_of("a")
    assert (status.via, status.flags) == ("default", ("continued",))


def test_it_says_the_mode_and_whether_the_run_stands_still():
    driver = drive({"a": LOOK})
    driver.tell(PauseAsked("user:a"))
    driver.start()
    assert (follow(driver).mode, follow(driver).is_paused) == ("live", True)
    driver.tell(GoOnAsked("user:a"))
    assert not follow(driver).is_paused
    assert not follow(driver).copy().is_paused


def test_stopping_a_run_ends_its_pause():
    driver = drive({"a": LOOK}).start()
    driver.tell(PauseAsked("user:a"))
    driver.tell(CancelAsked("user:a"))
    assert not follow(driver).is_paused


@pytest.mark.parametrize("seed", range(5))
def test_many_events_at_once_show_the_same_as_one_after_the_other(seed):
    draw = random.Random(seed)
    driver = drive({"loop": loop({"a": LOOK, "b": LOOK})}).run()
    split = draw.randrange(len(driver.events))
    slow, fast = follow(driver), RunProgress("0190-test")
    changed = fast.apply_all(driver.events[:split]) | fast.apply_all(driver.events[split:])
    assert dict(fast.statuses) == dict(slow.statuses)
    assert (fast.changes, fast.status, changed) == (slow.changes, slow.status, frozenset(slow.statuses))
