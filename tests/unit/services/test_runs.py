"""The use case of running, over the real engine and journal; only the product is a toy."""

import threading

import pytest
from tests.helpers.runs import playbook_of
from tests.unit.services.toy import House

from tocsin.engine.errors import BadInputError, HasErrorsError, NotYetError
from tocsin.engine.events import EventType, RunStatus
from tocsin.engine.news import Answered
from tocsin.expressions import ExpressionError
from tocsin.journal import History
from tocsin.services.runs import StartRequest

SECONDS = 20
TRIGGER = {"kind": "trigger", "event": "manual"}
CHANGE = {"kind": "action", "use": "toy.change", "with": {}}
ASK = {"kind": "ask", "ask": "approval", "text": "Go on?"}
ONE_CHANGE = playbook_of({"start": TRIGGER, "change": CHANGE}, ["start -> change"])
ONE_QUESTION = playbook_of(
    {"start": TRIGGER, "ask": ASK, "change": CHANGE, "last": {"kind": "end"}},
    ["start -> ask", "ask.approved -> change", "ask.rejected -> last", "ask.error -> last"],
)


@pytest.fixture
def house(engine, tmp_path):
    house = House(engine, tmp_path)
    yield house
    house.close()


@pytest.fixture
def heard(house):
    events = []
    end = house.runs.subscribe(events.extend)
    yield events
    end()


def start(house, playbook, **more):
    return house.runs.start(StartRequest(playbook, event={}, **more)).result(SECONDS)


def test_a_run_is_started_performed_told_and_kept(house, heard, tmp_path):
    started = start(house, ONE_CHANGE)
    assert started.over.result(SECONDS) is RunStatus.SUCCEEDED
    assert [intent.path for intent in house.performer.intents] == ["change"]
    assert heard[-1].type is EventType.RUN_FINISHED
    kept = History(tmp_path / "journal.db", tmp_path / "blobs").load_events(started.run)
    assert [(event.seq, event.type) for event in kept] == [(event.seq, event.type) for event in heard]


def test_a_playbook_with_errors_is_refused_and_nothing_is_done(house, heard):
    broken = playbook_of({"start": TRIGGER, "change": {**CHANGE, "use": "toy.nosuch"}}, ["start -> change"])
    with pytest.raises(HasErrorsError) as refused:
        start(house, broken)
    assert [problem.node for problem in refused.value.problems if problem.severity == "error"] == ["change"]
    assert (house.performer.intents, heard) == ([], [])


def test_an_event_that_does_not_fit_is_refused(house, heard):
    trigger = {**TRIGGER, "output": {"type": "object", "required": ["src_ip"]}}
    with pytest.raises(BadInputError, match="src_ip"):
        start(house, playbook_of({"start": trigger, "change": CHANGE}, ["start -> change"]))
    assert heard == []


def test_a_rehearsal_changes_nothing(house):
    started = start(house, ONE_CHANGE, mode="rehearse")
    assert started.over.result(SECONDS) == "succeeded"
    assert house.performer.intents == []


def test_an_unknown_mode_is_refused(house, heard):
    with pytest.raises(NotYetError, match="dance"):
        start(house, ONE_CHANGE, mode="dance")
    assert heard == []


def test_a_run_that_only_a_person_can_go_on_with_waits_and_goes_on_when_answered(house, heard):
    started = start(house, ONE_QUESTION)
    assert started.over.result(SECONDS) is RunStatus.WAITING
    [asked] = [event for event in heard if event.type is EventType.ASK_OPENED]
    assert house.runs.answer(started.run, Answered(asked.path, "approved", by="user:test")).result(SECONDS)
    assert house.runs.wait(started.run).result(SECONDS) is RunStatus.SUCCEEDED
    assert [intent.path for intent in house.performer.intents] == ["change"]


@pytest.mark.parametrize(("option", "status"), [("approved", RunStatus.SUCCEEDED), ("rejected", RunStatus.FAILED)])
def test_a_run_that_ends_at_once_after_an_answer_still_tells_how(house, option, status):
    nodes = {"start": TRIGGER, "ask": ASK, "good": {"kind": "end"}, "bad": {"kind": "end", "status": "failed"}}
    edges = ["start -> ask", "ask.approved -> good", "ask.rejected -> bad", "ask.error -> bad"]
    started = start(house, playbook_of(nodes, edges))
    assert started.over.result(SECONDS) is RunStatus.WAITING
    house.runs.answer(started.run, Answered("ask?1", option)).result(SECONDS)
    assert house.runs.wait(started.run).result(SECONDS) is status
    assert house.runs.wait(started.run).result(SECONDS) is status


def test_a_run_that_was_never_started_is_not_waited_for(house):
    with pytest.raises(LookupError):
        house.runs.wait("0190").result(SECONDS)


def test_a_run_that_is_over_takes_no_answer_and_no_stop(house):
    started = start(house, ONE_CHANGE)
    started.over.result(SECONDS)
    assert house.runs.answer(started.run, Answered("ask?1", "approved")).result(SECONDS) is False
    assert house.runs.stop(started.run).result(SECONDS) is False


def test_a_stopped_run_is_cancelled_and_its_question_closed(house, heard):
    started = start(house, ONE_QUESTION)
    assert started.over.result(SECONDS) is RunStatus.WAITING
    assert house.runs.stop(started.run, reason="enough").result(SECONDS)
    assert house.runs.wait(started.run).result(SECONDS) is RunStatus.CANCELLED
    assert EventType.ASK_CLOSED in [event.type for event in heard]
    assert house.performer.intents == []


def test_runs_of_one_environment_share_a_runner(house):
    for _ in range(3):
        start(house, ONE_CHANGE).over.result(SECONDS)
    assert house.made_for == ["lab"]


def test_a_listener_that_ended_hears_nothing_more(house):
    heard = []
    end = house.runs.subscribe(heard.extend)
    end()
    start(house, ONE_CHANGE).over.result(SECONDS)
    assert heard == []


def test_closing_while_a_change_is_in_the_air_ends_and_leaves_its_intent_in_the_journal(house, tmp_path):
    house.performer.holds = True
    reached = threading.Event()
    house.runs.subscribe(lambda events: [reached.set() for e in events if e.type is EventType.ATTEMPT_STARTED])
    started = start(house, ONE_CHANGE)
    assert reached.wait(SECONDS)
    house.close()
    kinds = [event.type for event in History(tmp_path / "journal.db", tmp_path / "blobs").load_events(started.run)]
    assert kinds[-1] is EventType.ATTEMPT_STARTED


def test_a_run_begins_paused_is_stepped_and_let_go(house, heard):
    started = start(house, ONE_CHANGE, paused=True)
    assert started.over.result(SECONDS) == "waiting"
    assert house.performer.intents == []
    assert house.runs.go_on(started.run, one_step=True).result(SECONDS)
    assert house.runs.wait(started.run).result(SECONDS) == "succeeded"
    assert len(house.performer.intents) == 1


def test_a_breakpoint_pauses_a_run_and_one_that_does_not_compile_is_refused(house):
    with pytest.raises(ExpressionError):
        start(house, ONE_CHANGE, breakpoints={"change": "1 +"})
    started = start(house, ONE_CHANGE, breakpoints={"change": ""})
    assert started.over.result(SECONDS) == "waiting"
    with pytest.raises(ExpressionError):
        house.runs.set_breakpoints(started.run, {"change": "1 +"})
    house.runs.go_on(started.run)
    assert house.runs.wait(started.run).result(SECONDS) == "succeeded"
