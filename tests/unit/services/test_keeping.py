"""What may go and what stays, and runs as files (`tests/unit/journal` has how the journal does it)."""

import stat
from dataclasses import replace

import pytest
from tests.helpers.runs import answered
from tests.unit.services.test_runs import ONE_CHANGE, ONE_QUESTION, SECONDS, start
from tests.unit.services.toy import House

from tocsin.base.clock import Clock
from tocsin.engine.outcomes import Outcome, UndoStep
from tocsin.journal import (
    BadRunFileError,
    ImportedRunError,
    Lease,
    RunIsKeptError,
    Store,
    UnknownRunError,
    remove_runs,
)
from tocsin.services.history import RunHistory
from tocsin.services.keeping import Limits, RunKeeping, Stays
from tocsin.services.past import RunQuery
from tocsin.services.places import Places

FAR = 2**52
"""Later than any run ends."""


def places_in(folder):
    return Places(folder, folder, folder, folder, folder)


@pytest.fixture
def places(tmp_path):
    return places_in(tmp_path / "here")


@pytest.fixture
def house(engine, places):
    house = House(engine, places.data)
    yield house
    house.close()


def undoable(outcome):
    answer = answered(outcome)
    return lambda _: replace(answer, undo=UndoStep("look", "toy", {}))


@pytest.fixture
def keeping(places):
    return RunKeeping(places, lambda value: value)


@pytest.fixture
def elsewhere(tmp_path):
    return places_in(tmp_path / "there")


def run_one(house, playbook=ONE_CHANGE):
    started = start(house, playbook)
    started.over.result(SECONDS)
    return started.run


def going(keeping, **limits):
    return [run.run for run in keeping.plan(Limits(**limits)).going]


def test_where_nothing_ran_there_is_nothing_to_do(keeping, places):
    assert keeping.check_all() == (0, [])
    assert keeping.plan(Limits(before=FAR)).going == ()
    assert (keeping.let_go(keeping.plan(Limits(keep=0))), keeping.measure()) == (0, 0)
    assert not places.journal.exists()


def test_runs_that_ended_before_go_and_the_newest_stay(house, keeping):
    runs = [run_one(house) for _ in range(3)]
    middle = house.history.get_run(runs[1])
    assert going(keeping, before=middle.ended_at) == runs[:1]
    assert going(keeping, before=FAR) == runs
    assert going(keeping, before=FAR, keep=1) == runs[:2]
    assert going(keeping, keep=2) == runs[:1]
    assert going(keeping, keep=0) == runs


def test_the_oldest_go_until_the_rest_is_small_enough(house, keeping):
    runs = [run_one(house) for _ in range(4)]
    plan = keeping.plan(Limits(most_bytes=keeping.measure() - 1))
    assert [run.run for run in plan.going] == runs[:1]
    assert 0 < plan.bytes_going < plan.bytes_now
    assert going(keeping, most_bytes=10**9) == []
    assert going(keeping, most_bytes=0) == runs


def test_one_that_waits_stays(house, keeping):
    asked, done = run_one(house, ONE_QUESTION), run_one(house)
    plan = keeping.plan(Limits(keep=0))
    assert ([run.run for run in plan.going], plan.staying) == ([done], {Stays.OPEN: 1})
    assert keeping.let_go(plan) == 1
    assert [run.run for run in house.history.list_runs()] == [asked]


def test_one_with_a_change_that_nobody_knows_of_stays(house, keeping):
    house.performer.answer = lambda _: answered(Outcome.UNCERTAIN)
    run_one(house)
    plan = keeping.plan(Limits(before=FAR))
    assert (plan.going, plan.staying) == ((), {Stays.UNSURE: 1})


def test_one_of_a_process_that_is_on_stays(engine, places, keeping):
    lease = Lease(places.locks)
    house = House(engine, places.data, owner=lease.name)
    try:
        run = run_one(house)
        assert keeping.plan(Limits(keep=0)).staying == {Stays.HELD: 1}
    finally:
        house.close()
        lease.close()
    assert going(keeping, keep=0) == [run]


def test_an_undo_stays_as_long_as_what_it_undid(house, keeping):
    house.performer.answer = undoable(Outcome.SUCCEEDED)
    run = run_one(house)
    undo = house.runs.undo(run).result(SECONDS)
    undo.over.result(SECONDS)
    assert going(keeping, keep=0) == [run, undo.run]
    house.performer.answer = undoable(Outcome.UNCERTAIN)
    unsure = run_one(house)
    again = house.runs.undo(unsure).result(SECONDS)
    again.over.result(SECONDS)
    plan = keeping.plan(Limits(keep=0))
    assert [kept.run for kept in plan.going] == [run, undo.run]
    assert sum(plan.staying.values()) == 2


def test_what_stays_is_as_it_was_written(house, keeping):
    run_one(house)
    left = run_one(house)
    keeping.let_go(keeping.plan(Limits(keep=1)))
    assert keeping.check_all() == (1, [])
    assert keeping.check_run(left) == (left, [])
    assert house.history.record(house.history.get_run(left))["status"] == "succeeded"


# files


@pytest.fixture
def file(house, keeping, tmp_path):
    """A run that waits, as a file."""
    out = tmp_path / "waits.tocsin-run"
    keeping.export(run_one(house, ONE_QUESTION), out)
    return out


def test_a_run_as_a_file_is_for_its_owner_alone(file):
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_a_run_that_was_taken_in_is_shown_as_where_it_ran(house, keeping, file, elsewhere):
    there = RunKeeping(elsewhere, lambda value: value)
    summary = there.take_in(file)
    history = RunHistory(elsewhere)
    assert history.record(summary) == house.history.record(house.history.get_run(summary.run))
    assert history.load_past(summary.run).playbook == ONE_QUESTION
    [listed] = history.search(RunQuery())
    assert (listed.run, listed.is_imported) == (summary.run, True)
    assert there.check_all() == (1, [])


def test_a_run_that_was_taken_in_can_neither_go_on_nor_be_undone(engine, file, elsewhere):
    run = RunKeeping(elsewhere, lambda value: value).take_in(file).run
    other = House(engine, elsewhere.data)
    try:
        assert other.history.list_open() == []
        for act in (other.runs.resume, other.runs.undo):
            with pytest.raises(ImportedRunError):
                act(run).result(SECONDS)
    finally:
        other.close()


def test_an_undo_out_of_a_file_takes_nothing_off_what_can_be_undone(house, keeping, places, tmp_path):
    house.performer.answer = undoable(Outcome.SUCCEEDED)
    run = run_one(house)
    undo = house.runs.undo(run).result(SECONDS)
    undo.over.result(SECONDS)
    assert house.history.undo_items(house.history.recall(run)) == ()
    keeping.export(undo.run, tmp_path / "undo")
    remove_runs(Store(places.journal, places.blobs), [2])
    keeping.take_in(tmp_path / "undo")
    assert len(house.history.undo_items(house.history.recall(run))) == 1


def test_a_run_that_was_taken_in_may_go_also_when_it_never_ended(file, elsewhere):
    there = RunKeeping(elsewhere, lambda value: value)
    run = there.take_in(file).run
    assert going(there, before=FAR) == [run]


def test_what_cannot_be_taken_in_leaves_nothing(house, keeping, file, elsewhere, tmp_path):
    there = RunKeeping(elsewhere, lambda value: value, clock=Clock())
    bad = tmp_path / "bad"
    bad.write_bytes(file.read_bytes()[:-40])
    for path in (bad, tmp_path):
        with pytest.raises(BadRunFileError):
            there.take_in(path)
    with pytest.raises(OSError, match="No such"):
        there.take_in(tmp_path / "nothing")
    with pytest.raises(RunIsKeptError):
        keeping.take_in(file)
    with pytest.raises(UnknownRunError):
        keeping.export("none", tmp_path / "x")
    assert there.check_all() == (0, [])
