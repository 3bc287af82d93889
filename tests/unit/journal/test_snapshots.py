"""How a run stood is kept beside its events, found again, and let go with them."""

import sqlite3
import zlib
from array import array

import pytest
from tests.unit.journal.kept import keep_a_run

from tocsin.engine.kept_moments import MOMENT_VERSION, pack_moment
from tocsin.engine.moments import moment_at
from tocsin.journal import (
    History,
    JournalWriter,
    Snapshot,
    Store,
    check_runs,
    keep_snapshots,
    list_snapshots,
    load_snapshot,
    remove_runs,
)

RUN, OTHER = "0190-one", "0190-two"


@pytest.fixture
def store(tmp_path):
    writer = JournalWriter(tmp_path / "journal.db", tmp_path / "blobs")
    for run in (RUN, OTHER):
        keep_a_run(writer, run)
    writer.close()
    return Store(tmp_path / "journal.db", tmp_path / "blobs")


def keep(store, run=RUN, version=1):
    found = [Snapshot(2, [1_000_000, 1_000_007], b"early"), Snapshot(3, array("q", [5_000_000_000]), b"late")]
    keep_snapshots(store, run, version, found)


def test_what_was_kept_is_found_with_the_times_of_the_events_up_to_each(store):
    keep(store)
    found = [(seq, list(times)) for seq, times in list_snapshots(store, RUN, 1)]
    assert found == [(2, [1_000_000, 1_000_007]), (3, [5_000_000_000])]
    assert [load_snapshot(store, RUN, seq, 1) for seq in (2, 3, 4)] == [b"early", b"late", None]
    assert list_snapshots(store, OTHER, 1) == []


def test_what_another_version_kept_is_not_seen_and_makes_room(store):
    keep(store)
    assert (list_snapshots(store, RUN, 2), load_snapshot(store, RUN, 2, 2)) == ([], None)
    keep_snapshots(store, RUN, 2, [Snapshot(1, [9], b"new")])
    assert (list_snapshots(store, RUN, 1), [seq for seq, _ in list_snapshots(store, RUN, 2)]) == ([], [1])


@pytest.mark.parametrize("times", [b"", b"\x00\xff", zlib.compress(bytes(16))])
def test_times_that_are_not_those_of_the_events_end_the_list(store, times):
    keep(store)
    with sqlite3.connect(store.path) as tamperer:
        tamperer.execute("update snapshot set times=? where id & 4294967295 = 3", (times,))
    tamperer.close()
    assert [seq for seq, _ in list_snapshots(store, RUN, 1)] == [2]


def test_it_goes_with_its_run(store):
    keep(store)
    keep(store, OTHER)
    assert remove_runs(store, [1]) == 1
    assert (list_snapshots(store, RUN, 1), len(list_snapshots(store, OTHER, 1))) == ([], 2)


def test_what_says_otherwise_than_the_events_is_named(store):
    events = History(store.path, store.path.parent / "blobs").load_events(RUN)
    times = [event.at for event in events]
    right = Snapshot(4, times[:4], pack_moment(moment_at(events, 4)))
    keep_snapshots(store, RUN, MOMENT_VERSION, [right])
    assert list(check_runs(store, [RUN])) == []
    for wrong in (Snapshot(4, times[:4], pack_moment(moment_at(events, 3))), Snapshot(4, times[:4], b"damaged")):
        keep_snapshots(store, RUN, MOMENT_VERSION, [wrong])
        assert [fault.what for fault in check_runs(store, [RUN])] == ["what is kept to open it quickly is wrong"]
