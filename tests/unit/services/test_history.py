import pytest
from tests.helpers.runs import TRIGGER, answered, playbook_of
from tests.unit.services.test_runs import ONE_CHANGE, ONE_QUESTION, SECONDS, start
from tests.unit.services.toy import House

from tocsin.engine.events import RunStatus
from tocsin.engine.outcomes import Outcome
from tocsin.engine.record import RunRecord
from tocsin.journal import JournalUnusableError, Lease, UnknownRunError
from tocsin.services.history import RunHistory
from tocsin.services.past import BackgroundHistory, RunQuery
from tocsin.services.places import Places
from tocsin.services.runs import StartRequest

NOTE = {"kind": "set", "values": {"v": 1}}


@pytest.fixture
def places(tmp_path):
    return Places(tmp_path, tmp_path, tmp_path, tmp_path, tmp_path)


@pytest.fixture
def house(engine, places):
    house = House(engine, places.data)
    yield house
    house.close()


@pytest.fixture
def history(places):
    return RunHistory(places)


def test_where_nothing_ran_the_list_is_empty_and_no_run_is_found(history):
    assert history.list_runs() == []
    assert history.search(RunQuery()) == ()
    with pytest.raises(UnknownRunError):
        history.get_run("0190")


def test_a_run_is_found_by_the_beginning_of_its_id(house, history):
    started = start(house, ONE_CHANGE)
    started.over.result(SECONDS)
    summary = history.get_run(started.run[:13])
    assert (summary.run, summary.status, summary.changes) == (started.run, "succeeded", 1)


def test_a_run_is_recalled_with_its_nodes_in_the_order_of_the_file(house, history):
    started = start(
        house, playbook_of({"zeta": TRIGGER, "alpha": NOTE, "beta": NOTE}, ["zeta -> beta", "zeta -> alpha"])
    )
    started.over.result(SECONDS)
    assert list(history.recall(started.run).playbook.graph.nodes) == ["zeta", "alpha", "beta"]


def test_a_beginning_of_several_ids_or_of_none_is_refused(house, history):
    for _ in range(2):
        start(house, ONE_CHANGE).over.result(SECONDS)
    with pytest.raises(UnknownRunError, match="2 runs"):
        history.get_run("0")
    with pytest.raises(UnknownRunError, match="no run"):
        history.get_run("")


def test_the_record_from_the_journal_is_the_one_of_the_run_itself(house, history):
    events = []
    house.runs.subscribe(events.extend)
    started = start(house, ONE_CHANGE)
    started.over.result(SECONDS)
    live = RunRecord(ONE_CHANGE, house.journal.load_value)
    live.add(events)
    assert history.record(history.get_run(started.run)) == live.to_json()


def test_a_run_keeps_the_playbook_that_it_ran(house, history):
    started = start(house, ONE_QUESTION)
    started.over.result(SECONDS)
    summary = history.get_run(started.run)
    assert (history.load_playbook(summary), summary.status) == (ONE_QUESTION, "waiting")


def listed(history, **query):
    return [run.run for run in history.search(RunQuery(**query))]


def test_pages_follow_each_other_newest_first_without_gap_or_repeat(house, history):
    runs = [start(house, ONE_CHANGE) for _ in range(5)]
    for run in runs:
        run.over.result(SECONDS)
    query, seen = RunQuery(most=2), []
    while page := history.search(query):
        seen += page
        query = page[-1].after_this(query)
    assert [run.run for run in seen] == [run.run for run in reversed(runs)]
    assert all((run.status, run.changes, run.unsure) == (RunStatus.SUCCEEDED, 1, 0) for run in seen)


def test_runs_are_found_by_state_and_by_text(house, history):
    done, asked = start(house, ONE_CHANGE), start(house, ONE_QUESTION)
    for run in (done, asked):
        run.over.result(SECONDS)
    assert listed(history, statuses=(RunStatus.WAITING,)) == [asked.run]
    assert listed(history, statuses=(RunStatus.FAILED, RunStatus.CANCELLED)) == []
    assert listed(history, text=done.run) == [done.run]
    assert listed(history, text=ONE_CHANGE.id[1:].upper()) == [asked.run, done.run]
    assert listed(history, text="R-1") == listed(history, text="1") == [done.run]
    assert listed(history, text="%") == listed(history, text="_") == []


def test_a_change_that_nobody_knows_of_is_counted_in_the_list_and_in_the_run(house, history):
    house.performer.answer = lambda _: answered(Outcome.UNCERTAIN)
    started = start(house, ONE_CHANGE)
    started.over.result(SECONDS)
    (run,) = history.search(RunQuery())
    assert (run.changes, run.unsure, run.status) == (1, 1, RunStatus.FAILED)
    assert history.load_past(started.run).listed == run


def test_a_past_run_comes_with_its_events_and_the_playbook_it_ran(house, history):
    events = []
    house.runs.subscribe(events.extend)
    started = start(house, ONE_CHANGE)
    started.over.result(SECONDS)
    past = history.load_past(started.run)
    assert past.playbook == ONE_CHANGE
    assert past.moment.progress.status is RunStatus.SUCCEEDED
    assert [(event.seq, event.type) for event in past.events] == [(event.seq, event.type) for event in events]


def test_a_window_asks_on_a_thread_of_its_own(house, history):
    background = BackgroundHistory(lambda: history)
    started = start(house, ONE_CHANGE)
    started.over.result(SECONDS)
    assert [run.run for run in background.search(RunQuery()).result(SECONDS)] == [started.run]
    assert background.load_past(started.run).result(SECONDS).listed.run == started.run
    with pytest.raises(JournalUnusableError):
        background.load_value("0" * 64).result(SECONDS)
    background.close()


def test_what_a_run_changed_is_listed_until_it_was_taken_back(house, history):
    started = start(house, ONE_CHANGE)
    started.over.result(SECONDS)
    assert [item.path for item in history.changes_of(started.run)] == ["change"]
    assert not history.changes_of(started.run)[0].is_undoable


def test_a_run_that_has_not_ended_and_that_no_process_has_is_left(house, history):
    start(house, ONE_CHANGE).over.result(SECONDS)
    assert history.list_left() == ()
    started = start(house, ONE_QUESTION)
    started.over.result(SECONDS)
    assert [(run.run, run.waiting) for run in history.list_left()] == [(started.run, "Go on?")]


def test_of_a_run_that_is_left_it_is_told_whether_it_is_paused_and_what_may_have_happened(house, history):
    request = StartRequest(ONE_CHANGE, event={}, breakpoints={"change": ""})
    held, asked = house.runs.start(request).result(SECONDS), start(house, ONE_QUESTION)
    for run in (held, asked):
        run.over.result(SECONDS)
    assert [(run.run, run.is_paused) for run in history.list_left()] == [(held.run, True), (asked.run, False)]
    house.performer.answer = lambda _: answered(Outcome.UNCERTAIN)
    house.runs.go_on(held.run, by="cli").result(SECONDS)
    assert house.runs.wait(held.run).result(SECONDS) is RunStatus.FAILED
    house.runs.pause(asked.run, by="cli").result(SECONDS)
    assert [(run.run, run.is_paused) for run in history.list_left()] == [(asked.run, True)]
    house.runs.go_on(asked.run, by="cli").result(SECONDS)
    assert not history.list_left()[0].is_paused


def test_a_run_that_a_living_process_has_is_not_left(engine, history, places):
    lease = Lease(places.locks)
    house = House(engine, places.data, owner=lease.name)
    start(house, ONE_QUESTION).over.result(SECONDS)
    assert history.list_left() == ()
    lease.close()
    assert len(history.list_left()) == 1
    house.close()
