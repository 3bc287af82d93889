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
from tocsin.journal.encoding import encode_event
from tocsin.journal.values import named_values
from tocsin.model.document import playbook_hash
from tocsin.model.playbook import Handler, InputField
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


def test_the_same_environment_in_another_folder_has_a_runner_of_its_own(house):
    start(house, ONE_CHANGE).over.result(SECONDS)
    house.environment = house.environment.model_copy(update={"folder": "elsewhere"})
    start(house, ONE_CHANGE).over.result(SECONDS)
    assert len(house.made_for) == 2


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


INNER = playbook_of({"begin": TRIGGER, "change": CHANGE}, ["begin -> change"], id="inner")
CALLING = playbook_of({"start": TRIGGER, "enrich": {"kind": "call", "playbook": "inner"}}, ["start -> enrich"])


def test_what_a_playbook_calls_is_found_pinned_and_kept(house):
    house.shelf["inner"] = INNER
    started = start(house, CALLING)
    assert started.over.result(SECONDS) == "succeeded"
    assert [intent.path for intent in house.performer.intents] == ["enrich/change"]
    assert house.history.recall(started.run).closure.callees == {"inner": INNER}
    record = house.history.record(house.history.get_run(started.run))
    assert record["nodes"]["enrich"]["nodes"]["change"]["state"] == "succeeded"
    assert [item.path for item in house.history.undo_items(house.history.recall(started.run))] == ["enrich/change"]


def test_a_call_of_what_is_not_there_or_has_errors_is_refused(house, heard):
    with pytest.raises(HasErrorsError):
        start(house, CALLING)
    house.shelf["inner"] = playbook_of({"begin": TRIGGER, "x": {**CHANGE, "use": "toy.nosuch"}}, [], id="inner")
    with pytest.raises(HasErrorsError, match="“inner”"):
        start(house, CALLING)
    assert heard == []


def test_what_only_calls_begin_needs_no_trigger(house):
    house.shelf["inner"] = playbook_of({"change": CHANGE}, [], id="inner")
    assert start(house, CALLING).over.result(SECONDS) == "succeeded"


INPUTS = {
    **{name: {"type": "string", "required": True} for name in ("run", "playbook", "status")},
    "error": {"type": "object", "required": True},
    "changes": {"type": "integer", "required": True},
}
TELLS = playbook_of(
    {"begin": TRIGGER, "tell": {"kind": "set", "values": {"told": "{{ inputs }}"}}},
    ["begin -> tell"],
    id="tells",
    inputs=INPUTS,
)
BAD_END = {"start": TRIGGER, "change": CHANGE, "bad": {"kind": "end", "status": "failed"}}


def handled(*, when=("failed",), nodes=None, edges=("start -> change", "change -> bad")):
    handler = {"playbook": "tells", "when": list(when)}
    return playbook_of(nodes or BAD_END, list(edges), handler=handler)


def handler_of(house, started):
    run = house.runs.find_handler(started.run).result(SECONDS)
    return run and (run, house.runs.wait(run).result(SECONDS))


def test_a_handler_is_told_of_a_failure_in_a_run_of_its_own(house):
    house.shelf["tells"] = TELLS
    started = start(house, handled())
    assert started.over.result(SECONDS) is RunStatus.FAILED
    run, status = handler_of(house, started)
    assert status is RunStatus.SUCCEEDED
    created = house.history.recall(run).created
    assert (created["kind"], created["parent"]) == ("handler", {"run": started.run, "reason": "handler"})
    record = house.history.record(house.history.get_run(run))
    told = record["nodes"]["tell"]["output"]["told"]
    assert (told["run"], told["playbook"], told["status"], told["changes"]) == (started.run, "test", "failed", 1)
    assert told["error"]["code"] == "raised"
    assert house.history.get_run(started.run).status == "failed"


def test_a_handler_is_only_told_when_it_wants_to_be(house):
    house.shelf["tells"] = TELLS
    good = start(house, handled(nodes={"start": TRIGGER, "change": CHANGE}, edges=["start -> change"]))
    assert good.over.result(SECONDS) is RunStatus.SUCCEEDED
    assert handler_of(house, good) is None
    bad = start(house, handled(when=["cancelled"]))
    assert bad.over.result(SECONDS) is RunStatus.FAILED
    assert handler_of(house, bad) is None


def test_a_handler_is_told_of_a_stopped_run(house):
    house.shelf["tells"] = TELLS
    nodes = {"start": TRIGGER, "ask": ASK}
    started = start(house, handled(when=["failed", "cancelled"], nodes=nodes, edges=["start -> ask"]))
    assert started.over.result(SECONDS) is RunStatus.WAITING
    house.runs.stop(started.run).result(SECONDS)
    assert house.runs.wait(started.run).result(SECONDS) is RunStatus.CANCELLED
    assert handler_of(house, started)[1] is RunStatus.SUCCEEDED


def test_a_handler_that_fails_has_no_handler_and_changes_nothing(house):
    failing = TELLS.model_copy(update={"handler": Handler(playbook="tells")})
    nodes = {"begin": TRIGGER, "bad": {"kind": "end", "status": "failed"}}
    house.shelf["tells"] = failing.model_copy(update={"graph": playbook_of(nodes, ["begin -> bad"]).graph})
    started = start(house, handled())
    assert started.over.result(SECONDS) is RunStatus.FAILED
    run, status = handler_of(house, started)
    assert status is RunStatus.FAILED
    assert house.runs.find_handler(run).result(SECONDS) is None


def test_a_handler_that_cannot_be_told_leaves_the_run_as_it_ended(house, caplog):
    house.shelf["tells"] = TELLS.model_copy(update={"inputs": {"changes": InputField(type="string", required=True)}})
    started = start(house, handled())
    assert started.over.result(SECONDS) is RunStatus.FAILED
    assert handler_of(house, started) is None
    assert "cannot be told" in caplog.text


def test_a_run_keeps_the_handler_it_began_with(house):
    house.shelf["tells"] = TELLS
    nodes = {"start": TRIGGER, "ask": ASK, "bad": {"kind": "end", "status": "failed"}}
    started = start(house, handled(nodes=nodes, edges=["start -> ask", "ask.approved -> bad"]))
    assert started.over.result(SECONDS) is RunStatus.WAITING
    del house.shelf["tells"]
    stored = house.history.recall(started.run)
    assert stored.closure.handler == TELLS
    _, kind, _, body = encode_event(stored.events[0])[1:]
    assert playbook_hash(TELLS) in set(named_values(kind, body))
    house.runs.answer(started.run, Answered("ask?1", "approved")).result(SECONDS)
    assert house.runs.wait(started.run).result(SECONDS) is RunStatus.FAILED
    assert handler_of(house, started)[1] is RunStatus.SUCCEEDED


def test_the_run_of_a_handler_is_created_in_the_commit_that_ends_its_run(house):
    house.shelf["tells"] = TELLS
    batches = []
    house.runs.subscribe(batches.append)
    started = start(house, handled())
    started.over.result(SECONDS)
    run, _ = handler_of(house, started)
    ended = next(
        batch for batch in batches if any(e.type is EventType.RUN_FINISHED and e.run == started.run for e in batch)
    )
    assert any(event.type is EventType.RUN_CREATED and event.run == run for event in ended)
