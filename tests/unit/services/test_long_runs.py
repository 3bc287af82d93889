"""A long run opens from what is kept of it: only the rest is folded, and it looks as if all had been."""

import sqlite3
from itertools import pairwise

import pytest
from tests.helpers.runs import Driver, playbook_of
from tests.unit.engine.test_kept_moments import everything

from tocsin.engine import kept_moments, moments
from tocsin.engine.moments import Moment, moment_at
from tocsin.engine.ports import Batch
from tocsin.engine.preparation import pinned_values
from tocsin.journal import History, JournalFullError, JournalWriter, Snapshot
from tocsin.services import long_runs
from tocsin.services.history import RunHistory
from tocsin.services.keeping import RunKeeping
from tocsin.services.past import BackgroundHistory
from tocsin.services.places import Places

RUN = "0190-long"
ITEMS = 60
BODY = {"nodes": {"look": {"kind": "action", "use": "toy.change", "with": {"x": "{{ item }}"}}}, "edges": []}
LOOP = {"kind": "for_each", "in": "t.items", "body": BODY}
TRIGGER = {"kind": "trigger", "event": "manual"}
MANY = playbook_of({"t": TRIGGER, "loop": LOOP}, ["t -> loop"])


@pytest.fixture(autouse=True)
def short_is_long(monkeypatch):
    for name, value in {"LONG": 40, "SPACING": 20, "FEW": 5}.items():
        monkeypatch.setattr(long_runs, name, value)
    monkeypatch.setattr(moments, "STRIDE", 10)


@pytest.fixture
def driver():
    return Driver(MANY, run=RUN, event={"items": list(range(ITEMS))}).run()


@pytest.fixture
def places(tmp_path):
    return Places(*[tmp_path] * 5)


@pytest.fixture
def keep(places, driver):
    """Keep the events of the run from one to another."""

    def keep(first, last):
        writer = JournalWriter(places.journal, places.blobs)
        values = driver.values | pinned_values(driver.program)
        writer.commit(Batch(driver.events[first:last], {} if first else values, durable=False))
        writer.close()

    return keep


@pytest.fixture
def folded(monkeypatch):
    """How many events were folded."""
    count = [0]
    apply = Moment.apply_all

    def apply_all(moment, events):
        count[0] += len(events)
        apply(moment, events)

    monkeypatch.setattr(Moment, "apply_all", apply_all)
    return count


def kept(places):
    connection = sqlite3.connect(places.journal)
    found = [row[0] for row in connection.execute("select id & 4294967295 from snapshot order by id")]
    connection.close()
    return found


def test_it_looks_as_if_all_of_it_had_been_folded(places, driver, keep):
    keep(0, len(driver.events))
    for _ in range(2):
        past = RunHistory(places).load_past(RUN)
        events = RunHistory(places).load_events(RUN)
        assert list(past.events) == events
        assert list(past.times) == [event.at for event in events]
        assert everything(past.moment) == everything(moment_at(events, len(events)))
        for index in (len(events), 0, 7, 133, 134, 1, 96, 200):
            assert everything(past.rewind.at(index)) == everything(moment_at(events, index))


def test_opened_again_nothing_is_folded(places, driver, keep, folded):
    keep(0, len(driver.events))
    RunHistory(places).remember(RUN)
    folded[0] = 0
    RunHistory(places).load_past(RUN)
    assert folded == [0]


def test_opened_again_no_event_is_loaded(places, driver, keep, monkeypatch):
    keep(0, len(driver.events))
    RunHistory(places).remember(RUN)
    loaded = []
    load_span = History.load_span

    def load(history, run, first, last):
        loaded.append((first, last))
        return load_span(history, run, first, last)

    monkeypatch.setattr(History, "load_span", load)
    past = RunHistory(places).load_past(RUN)
    assert loaded == []
    assert past.rewind.at(0).progress.run == RUN


def test_of_one_that_grew_only_the_rest_is_folded(places, driver, keep, folded):
    keep(0, 150)
    RunHistory(places).load_past(RUN)
    last = kept(places)[-1]
    assert last <= 150
    keep(150, 190)
    folded[0] = 0
    RunHistory(places).load_past(RUN)
    assert folded == [190 - last]
    keep(190, len(driver.events))
    past = RunHistory(places).load_past(RUN)
    assert everything(past.moment) == everything(moment_at(driver.events, len(driver.events)))


def test_moments_lie_farther_apart_the_longer_a_run_is(places, driver, keep, monkeypatch):
    monkeypatch.setattr(long_runs, "WIDENING", 4)
    keep(0, len(driver.events))
    RunHistory(places).remember(RUN)
    found = [0, *kept(places)]
    assert found[1:5] == [20, 40, 60, 80]
    gaps = [after - before for before, after in pairwise(found)][:-1]
    assert gaps == sorted(gaps)
    assert gaps[-1] > 20


def test_what_is_kept_is_what_the_events_say(places, driver, keep):
    keep(0, len(driver.events))
    RunHistory(places).remember(RUN)
    assert kept(places)
    assert RunKeeping(places, lambda value: value).check_all() == (1, [])


def test_one_that_is_damaged_is_passed_over(places, driver, keep):
    keep(0, len(driver.events))
    RunHistory(places).remember(RUN)
    with sqlite3.connect(places.journal) as tamperer:
        tamperer.execute(
            "update snapshot set body=x'00' where id in (select id from snapshot order by id desc limit 2)"
        )
    tamperer.close()
    past = RunHistory(places).load_past(RUN)
    for index in (len(driver.events), 66):
        assert everything(past.rewind.at(index)) == everything(moment_at(driver.events, index))


def test_another_version_is_made_anew(places, driver, keep, monkeypatch):
    keep(0, len(driver.events))
    RunHistory(places).remember(RUN)
    before = kept(places)
    monkeypatch.setattr(long_runs, "MOMENT_VERSION", kept_moments.MOMENT_VERSION + 1)
    past = RunHistory(places).load_past(RUN)
    assert everything(past.moment) == everything(moment_at(driver.events, len(driver.events)))
    assert kept(places) == before


def test_a_journal_that_has_no_room_opens_it_all_the_same(places, driver, keep, monkeypatch):
    keep(0, len(driver.events))

    def refuse(store, run, version, snapshots: list[Snapshot]):
        raise JournalFullError(store.path, "there is no room for it to grow")

    monkeypatch.setattr(long_runs, "keep_snapshots", refuse)
    assert RunHistory(places).load_past(RUN).moment.progress.status == "succeeded"
    assert kept(places) == []


def test_a_run_with_events_of_others_is_folded_whole(places, driver, keep):
    keep(0, len(driver.events))
    with sqlite3.connect(places.journal) as other:
        other.execute("update event set type='x.other' where id & 4294967295 = 50")
    other.close()
    past = RunHistory(places).load_past(RUN)
    assert [event.seq for event in past.events] == [event.seq for event in driver.events if event.seq != 50]
    assert kept(places) == []


def test_a_moment_is_found_on_the_thread_beside(places, driver, keep):
    keep(0, len(driver.events))
    desk = BackgroundHistory(lambda: RunHistory(places))
    past = desk.load_past(RUN).result(10)
    assert not past.rewind.is_near(30)
    moment = desk.look_back(past.rewind, 30).result(10)
    desk.close()
    assert everything(moment) == everything(moment_at(driver.events, 30))
