"""Runs of one key take turns: they wait, are left out, or replace what is on (engine.md 1.33)."""

import pytest
from tests.helpers.runs import playbook_of
from tests.unit.services.test_runs import ASK, SECONDS, TRIGGER
from tests.unit.services.toy import House

from tocsin.engine.errors import KeyIsBusyError
from tocsin.engine.events import EventType, RunStatus
from tocsin.engine.news import Answered
from tocsin.services.runs import StartRequest


@pytest.fixture
def house(engine, tmp_path):
    house = House(engine, tmp_path)
    yield house
    house.close()


def asking(when_busy="queue", limit=1):
    nodes = {"start": TRIGGER, "ask": ASK, "last": {"kind": "end"}}
    edges = ["start -> ask", "ask.approved -> last", "ask.rejected -> last", "ask.error -> last"]
    return playbook_of(nodes, edges, concurrency={"key": "trigger.ip", "limit": limit, "when_busy": when_busy})


def start(house, playbook=None, ip="192.0.2.1", **more):
    request = StartRequest(playbook or asking(), event={"ip": ip}, **more)
    return house.runs.start(request).result(SECONDS)


def answer(house, started):
    assert house.runs.answer(started.run, Answered("ask?1", "approved")).result(SECONDS)
    assert house.runs.wait(started.run).result(SECONDS) is RunStatus.SUCCEEDED


def kinds(house, started):
    return [event.type for event in house.history.load_events(started.run)]


def test_a_run_waits_for_its_turn_and_a_run_that_waits_for_a_person_holds_the_key(house):
    first = start(house)
    assert first.over.result(SECONDS) is RunStatus.WAITING
    second = start(house)
    assert kinds(house, second) == [EventType.RUN_CREATED, EventType.RUN_QUEUED]
    assert house.history.load_events(second.run)[1].data == {"key": {"v": "192.0.2.1"}, "ahead": 1}
    assert not second.over.done()
    answer(house, first)
    assert second.over.result(SECONDS) is RunStatus.WAITING
    assert kinds(house, second)[2] is EventType.RUN_STARTED
    answer(house, second)


def test_turns_are_taken_in_the_order_of_creation(house):
    runs = [start(house) for _ in range(3)]
    for place, run in enumerate(runs):
        assert run.over.result(SECONDS) is RunStatus.WAITING
        assert [EventType.ASK_OPENED in kinds(house, other) for other in runs] == [n <= place for n in range(3)]
        answer(house, run)


def test_as_many_run_at_once_as_the_limit_says(house):
    runs = [start(house, asking(limit=2)) for _ in range(3)]
    assert [EventType.RUN_QUEUED in kinds(house, run) for run in runs] == [False, False, True]


@pytest.mark.parametrize("more", [{"ip": "192.0.2.2"}, {"mode": "rehearse"}])
def test_another_key_and_a_rehearsal_wait_for_nobody(house, more):
    start(house)
    assert EventType.RUN_QUEUED not in kinds(house, start(house, **more))


def test_a_run_that_is_skipped_is_not_made(house):
    first = start(house, asking("skip"))
    with pytest.raises(KeyIsBusyError) as refused:
        start(house, asking("skip"))
    assert (refused.value.key, refused.value.runs) == ("192.0.2.1", (first.run,))
    assert len(house.history.list_runs()) == 1


def test_a_run_that_replaces_another_waits_until_that_has_drained(house):
    first = start(house, asking("replace"))
    assert first.over.result(SECONDS) is RunStatus.WAITING
    second = start(house, asking("replace"))
    assert house.runs.wait(first.run).result(SECONDS) is RunStatus.CANCELLED
    stopped = next(e for e in house.history.load_events(first.run) if e.type is EventType.RUN_CANCEL_REQUESTED)
    assert stopped.data["reason"] == f"replaced by {second.run}"
    assert second.over.result(SECONDS) is RunStatus.WAITING
    answer(house, second)


def test_a_run_that_is_stopped_while_it_waits_never_starts(house):
    first, second, third = (start(house) for _ in range(3))
    assert house.runs.stop(second.run).result(SECONDS)
    assert house.runs.wait(second.run).result(SECONDS) is RunStatus.CANCELLED
    assert EventType.RUN_STARTED not in kinds(house, second)
    answer(house, first)
    assert third.over.result(SECONDS) is RunStatus.WAITING


def test_what_another_process_left_open_holds_the_key_and_what_waited_waits_on(engine, tmp_path):
    before = House(engine, tmp_path)
    first, second = start(before), start(before)
    first.over.result(SECONDS)
    before.close()
    house = House(engine, tmp_path)
    try:
        assert EventType.RUN_QUEUED in kinds(house, start(house))
        house.runs.resume(second.run).result(SECONDS)
        assert EventType.RUN_STARTED not in kinds(house, second)
        resumed = house.runs.resume(first.run).result(SECONDS)
        assert resumed.over.result(SECONDS) is RunStatus.WAITING
        answer(house, first)
        assert house.runs.wait(second.run).result(SECONDS) is RunStatus.WAITING
    finally:
        house.close()
