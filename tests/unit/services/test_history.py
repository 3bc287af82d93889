import pytest
from tests.unit.services.test_runs import ONE_CHANGE, ONE_QUESTION, SECONDS, start
from tests.unit.services.toy import House

from tocsin.engine.record import RunRecord
from tocsin.journal import UnknownRunError
from tocsin.services.history import RunHistory
from tocsin.services.places import Places


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
    with pytest.raises(UnknownRunError):
        history.get_run("0190")


def test_a_run_is_found_by_the_beginning_of_its_id(house, history):
    started = start(house, ONE_CHANGE)
    started.over.result(SECONDS)
    summary = history.get_run(started.run[:13])
    assert (summary.run, summary.status, summary.changes) == (started.run, "succeeded", 1)


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
