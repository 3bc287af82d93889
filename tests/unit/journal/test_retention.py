"""Old runs go whole, with the values that nothing else names; a crash half way leaves a whole journal."""

import os
import shutil
import sqlite3
import subprocess
import sys

import pytest
from tests.unit.journal.kept import ASKING, keep_a_run

from tocsin.journal import (
    History,
    JournalWriter,
    Store,
    check_file,
    check_runs,
    list_kept,
    remove_runs,
    shrink,
    sweep,
    weigh,
)

OWN, LARGE, SHARED = {"x": "own" * 1000}, {"x": "y" * 70_000}, {"x": "shared" * 500}


@pytest.fixture
def path(tmp_path):
    return tmp_path / "data" / "journal.db"


@pytest.fixture
def store(path):
    return Store(path, path.parent / "blobs")


@pytest.fixture
def history(path):
    return History(path, path.parent / "blobs")


@pytest.fixture
def writer(path):
    writer = JournalWriter(path, path.parent / "blobs")
    yield writer
    writer.close()


@pytest.fixture
def kept(writer):
    """Four runs that are over, one that waits."""
    keep_a_run(writer, "r1", OWN)
    keep_a_run(writer, "r2", SHARED)
    keep_a_run(writer, "r3", LARGE)
    keep_a_run(writer, "r4", SHARED)
    keep_a_run(writer, "r5", playbook=ASKING)


def blobs(path):
    return [file.name for file in (path.parent / "blobs").rglob("*") if file.is_file()]


def values(path):
    with sqlite3.connect(path) as reader:
        found = reader.execute("select count(*) from value").fetchone()[0]
    reader.close()
    return found


def assert_sound(store, history):
    assert (check_file(store), list(check_runs(store, history.list_ids()))) == ([], [])


@pytest.mark.usefixtures("kept")
def test_runs_go_with_what_only_they_name(store, history, path):
    before = values(path)
    assert remove_runs(store, [1, 2, 3]) == 3
    sweep(store)
    assert history.list_ids() == ["r4", "r5"]
    assert (values(path), blobs(path)) == (before - 2, [])
    assert_sound(store, history)


@pytest.mark.usefixtures("kept")
def test_one_that_is_not_over_stays_whatever_was_planned(store, history):
    assert remove_runs(store, [5, 77]) == 0
    assert "r5" in history.list_ids()


def test_one_that_is_being_undone_stays(store, history, writer, kept):
    del kept
    with sqlite3.connect(store.path) as other:
        other.execute("update run set parent='r1' where run='r5'")
    other.close()
    assert remove_runs(store, [1]) == 0
    assert "r1" in history.list_ids()


def test_numbers_are_not_given_twice(store, history, writer, kept):
    del kept
    remove_runs(store, [1, 2, 3, 4])
    keep_a_run(writer, "r6")
    assert history.get_run("r6").no == 6


def test_a_value_that_is_named_while_the_sweep_looks_stays(store, history, writer, kept, monkeypatch):
    del kept
    remove_runs(store, [1, 3])
    looked = Store.reading

    def look_late(self):
        monkeypatch.setattr(Store, "reading", looked)
        monkeypatch.setattr("tocsin.journal.retention._bodies", lambda *_: late())
        return looked(self)

    def late():
        keep_a_run(writer, "r6", OWN)
        keep_a_run(writer, "r7", LARGE)
        yield from ()

    monkeypatch.setattr(Store, "reading", look_late)
    sweep(store)
    assert list(check_runs(store, ["r6", "r7"])) == []


@pytest.mark.usefixtures("kept")
def test_what_a_crash_left_of_a_large_value_goes(store, path, history):
    left = path.parent / "blobs" / "AB" / "CD"
    left.mkdir(parents=True)
    (left / ("abcd" + "0" * 60)).write_text("orphan")
    (left / ".abcd.tmp").write_text("half")
    sweep(store)
    assert len(blobs(path)) == 1
    assert_sound(store, history)


def fill(writer, count=40):
    for number in range(count):
        keep_a_run(writer, f"f{number:03}", {"x": str(number) * 20_000})


def test_the_room_is_given_back(store, path, writer):
    fill(writer)
    shrink(store, is_alone=False)
    before = path.stat().st_size
    remove_runs(store, range(1, 40))
    sweep(store)
    shrink(store, is_alone=False)
    assert path.stat().st_size < before / 4
    assert weigh(store).total <= path.stat().st_size


def test_a_file_of_an_older_version_gives_its_room_back_once_nobody_else_runs(store, path, writer):
    writer.close()
    path.unlink()
    with sqlite3.connect(path) as old:
        old.execute("create table run(x)")  # a file that was made without room to give back
        old.execute("drop table run")
    old.close()
    again = JournalWriter(path, path.parent / "blobs")
    fill(again)
    again.close()
    before = path.stat().st_size
    remove_runs(store, range(1, 40))
    sweep(store)
    shrink(store, is_alone=False)
    assert path.stat().st_size >= before
    shrink(store, is_alone=True)
    assert path.stat().st_size < before / 4


def test_weights_add_up_and_a_value_goes_with_the_last_that_names_it(store, writer):
    keep_a_run(writer, "w1", SHARED)
    keep_a_run(writer, "w2", SHARED)
    keep_a_run(writer, "w3", LARGE)
    weights = weigh(store)
    assert weights.by_run[1] < weights.by_run[2] < weights.by_run[3]
    assert 0.9 * weights.total < sum(weights.by_run.values()) <= weights.total


def test_what_there_is_to_know_of_runs(store, writer, kept):
    del kept
    found = list_kept(store)
    assert [(run.no, run.run, run.ended_at is None) for run in found] == [
        (number, f"r{number}", number == 5) for number in range(1, 6)
    ]


def test_runs_of_another_process_go_on_meanwhile(store, history, writer, kept):
    del kept
    remove_runs(store, [1])
    keep_a_run(writer, "r6", SHARED)
    sweep(store)
    keep_a_run(writer, "r7", OWN)
    shrink(store, is_alone=False)
    keep_a_run(writer, "r8", LARGE)
    assert_sound(store, history)


DIE = """
import os, sys
from pathlib import Path
from tocsin.journal import Store, remove_runs, schema, shrink, store, sweep
path, at = Path(sys.argv[1]), int(sys.argv[2])
passed = 0
def pass_point(_):
    global passed
    passed += 1
    if passed == at:
        os._exit(9)
def open_mortal(path):
    connection = schema.open_writer(path)
    connection.set_trace_callback(pass_point)
    return connection
store.open_writer = open_mortal
unlink = Path.unlink
def unlink_mortal(self, missing_ok=False):
    pass_point("")
    unlink(self, missing_ok=missing_ok)
Path.unlink = unlink_mortal
own = Store(path, path.parent / "blobs")
remove_runs(own, [1, 2, 3])
sweep(own)
shrink(own, is_alone=True)
print(passed)
"""


def prune_and_die(path, at):
    return subprocess.run(
        [sys.executable, "-c", DIE, str(path), str(at)], capture_output=True, text=True, timeout=40, check=False
    )


@pytest.mark.skipif(os.name != "posix", reason="the death is one of POSIX")
def test_a_crash_at_any_point_leaves_a_whole_journal_and_the_next_time_goes_on(tmp_path, path, writer, kept):
    del kept
    writer.close()
    shutil.copytree(path.parent, tmp_path / "whole")
    points = int(prune_and_die(tmp_path / "whole" / "journal.db", 0).stdout)
    assert points > 20
    for point in range(1, points + 1, 3):
        folder = tmp_path / f"died-{point}"
        shutil.copytree(path.parent, folder)
        assert prune_and_die(folder / "journal.db", point).returncode == 9
        own, history = Store(folder / "journal.db", folder / "blobs"), History(folder / "journal.db", folder / "blobs")
        assert_sound(own, history)
        assert {"r4", "r5"} <= set(history.list_ids())
        remove_runs(own, [1, 2, 3])
        sweep(own)
        assert (history.list_ids(), values(folder / "journal.db"), blobs(folder / "journal.db")) == (
            ["r4", "r5"],
            3,
            [],
        )
