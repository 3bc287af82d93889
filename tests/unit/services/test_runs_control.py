"""Holding, changing and repeating runs through the service: what the window and the commands do."""

from concurrent.futures import Future

import pytest
from tests.helpers.runs import answered, playbook_of
from tests.unit.services.toy import House

from tocsin.engine.errors import DataEditRefusedError, OtherVersionError, PinnedInLiveError, RunNotOverError
from tocsin.engine.events import EventType, RunStatus
from tocsin.engine.news import DataEdited, GoOnAsked
from tocsin.engine.outcomes import Outcome
from tocsin.engine.pins import PinnedOutput
from tocsin.services import runs
from tocsin.services.runs import StartAt, StartRequest

SECONDS = 20
NODES = {
    "start": {"kind": "trigger", "event": "manual"},
    "look": {"kind": "action", "use": "toy.look", "with": {}},
    "change": {"kind": "action", "use": "toy.change", "with": {"of": "{{ look.n }}"}},
}
EDGES = ["start -> look", "look -> change"]
PLAYBOOK = playbook_of(NODES, EDGES)


@pytest.fixture
def house(engine, tmp_path):
    house = House(engine, tmp_path)
    house.performer.answer = lambda intent: answered(output={"n": 7} if intent.node == "look" else {})
    yield house
    house.close()


def start(house, **more):
    return house.runs.start(StartRequest(PLAYBOOK, event={}, **more)).result(SECONDS)


def ended(house, run):
    return house.runs.wait(run).result(SECONDS)


def sent(house):
    return [(intent.path, dict(intent.inputs)) for intent in house.performer.intents]


def test_a_run_is_held_edited_and_let_go_on(house):
    started = start(house, breakpoints={"change": ""})
    assert started.over.result(SECONDS) is RunStatus.WAITING
    assert house.runs.edit_data(started.run, "look", {"n": 9}, by="user:ann").result(SECONDS)
    house.runs.go_on(started.run, by="user:ann").result(SECONDS)
    assert ended(house, started.run) is RunStatus.SUCCEEDED
    assert sent(house)[-1] == ("change", {"of": 9})
    edited = [event for event in house.history.load_events(started.run) if event.type is EventType.NODE_EDITED]
    assert [(event.by, event.data["before"], event.data["after"]) for event in edited] == [
        ("user:ann", {"v": {"n": 7}}, {"v": {"n": 9}})
    ]


def test_an_edit_that_cannot_be_says_why_and_one_of_a_run_that_is_over_is_false(house):
    started = start(house, breakpoints={"change": ""})
    started.over.result(SECONDS)
    with pytest.raises(DataEditRefusedError, match="given nothing"):
        house.runs.edit_data(started.run, "change", {}).result(SECONDS)
    house.runs.stop(started.run).result(SECONDS)
    assert ended(house, started.run) is RunStatus.CANCELLED
    assert house.runs.edit_data(started.run, "look", {}).result(SECONDS) is False


def test_a_paused_run_is_resumed_with_orders_by_another_process(house, engine, tmp_path):
    first = start(house, breakpoints={"change": ""})
    first.over.result(SECONDS)
    house.close()
    other = House(engine, tmp_path, owner="other")
    try:
        resumed = other.runs.resume(first.run, orders=(DataEdited("look", {"n": 1}), GoOnAsked("cli")))
        assert resumed.result(SECONDS).over.result(SECONDS) is RunStatus.SUCCEEDED
        assert sent(other) == [("change", {"of": 1})]
    finally:
        other.close()


def test_a_run_begins_at_a_step_with_the_data_of_an_earlier_one(house):
    house.performer.answer = lambda intent: (
        answered(output={"n": 7}) if intent.node == "look" else answered(Outcome.FAILED)
    )
    earlier = start(house)
    assert ended(house, earlier.run) is RunStatus.FAILED
    house.performer.intents.clear()
    house.performer.answer = lambda _: answered()
    again = start(house, at=StartAt("change", earlier.run))
    assert ended(house, again.run) is RunStatus.SUCCEEDED
    assert sent(house) == [("change", {"of": 7})]
    created = house.history.load_events(again.run)[0].data
    assert created["parent"] == {"run": earlier.run, "path": "change", "reason": "from_here"}
    assert ended(house, start(house, at=StartAt("change", "R-1", is_alone=True)).run) is RunStatus.SUCCEEDED


def test_one_step_runs_alone_without_an_earlier_run_and_is_kept(house):
    started = start(house, at=StartAt("look", is_alone=True))
    assert ended(house, started.run) is RunStatus.SUCCEEDED
    assert sent(house) == [("look", {})]
    assert house.history.record(house.history.get_run(started.run))["parent"]["path"] == "look"


def test_data_of_a_run_that_is_on_or_of_another_version_are_refused(house):
    first = start(house, breakpoints={"change": ""})
    first.over.result(SECONDS)
    with pytest.raises(RunNotOverError):
        start(house, at=StartAt("change", first.run))
    house.runs.go_on(first.run).result(SECONDS)
    assert ended(house, first.run) is RunStatus.SUCCEEDED
    drawn = playbook_of({**NODES, "look": {**NODES["look"], "with": {"x": 1}}}, EDGES)
    with pytest.raises(OtherVersionError):
        house.runs.start(StartRequest(drawn, at=StartAt("change", first.run))).result(SECONDS)


def test_pins_lead_a_rehearsal_and_are_refused_live(house):
    pins = {"look": PinnedOutput({"n": 3}, source="R-1")}
    started = start(house, mode="rehearse", pins=pins)
    assert ended(house, started.run) is RunStatus.SUCCEEDED
    assert house.performer.intents == []
    with pytest.raises(PinnedInLiveError):
        start(house, pins=pins)


def test_a_rehearsal_with_pins_is_resumed_with_them(house):
    pins = {"look": PinnedOutput({"n": 3}, source="R-1")}
    started = start(house, mode="rehearse", pins=pins, breakpoints={"look": ""})
    assert started.over.result(SECONDS) is RunStatus.WAITING
    assert house.history.recall(started.run).pinned_outputs == pins


def test_a_long_run_is_kept_so_that_it_opens_quickly_when_it_ends(house, monkeypatch):
    remembered = Future()
    monkeypatch.setattr(runs, "LONG_RUN", 5)
    monkeypatch.setattr(house.history, "remember", remembered.set_result)
    started = start(house)
    assert remembered.result(SECONDS) == started.run
    assert started.over.result(SECONDS) is RunStatus.SUCCEEDED
