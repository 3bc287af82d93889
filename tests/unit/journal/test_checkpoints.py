"""The log is copied beside the runs, never by a commit; nothing of the thread is left (engine.md §4 (c))."""

import sqlite3
import threading

import pytest
from tests.unit.journal.kept import keep_a_run

from tocsin.journal import History, JournalWriter, checkpoints
from tocsin.journal.schema import CHECKPOINT_PAGES, PAGE_BYTES

NAME = "tocsin-checkpoints"


@pytest.fixture
def path(tmp_path):
    return tmp_path / "journal.db"


@pytest.fixture
def writer(path):
    writer = JournalWriter(path, path.parent / "blobs")
    yield writer
    writer.close()


@pytest.fixture
def copied(monkeypatch):
    """Set when a checkpoint was made."""
    done = threading.Event()
    copy = checkpoints.Checkpoints._copy

    def note(self, connection):
        copy(self, connection)
        done.set()

    monkeypatch.setattr(checkpoints.Checkpoints, "_copy", note)
    return done


def log_size(path):
    return path.with_name("journal.db-wal").stat().st_size


def threads():
    return [thread.name for thread in threading.enumerate() if thread.name == NAME]


def write(writer, count, start=0):
    for number in range(start, start + count):
        keep_a_run(writer, f"r{number}", {"x": str(number) * 3000})


def test_a_writer_that_writes_nothing_has_no_thread(writer):
    assert threads() == []


def test_a_commit_copies_nothing_itself(writer, path, monkeypatch):
    monkeypatch.setattr(checkpoints, "LOG_BYTES", 2**40)
    monkeypatch.setattr(checkpoints, "IDLE_SECONDS", 1000)
    before = path.stat().st_size
    write(writer, 450)
    assert log_size(path) > CHECKPOINT_PAGES * PAGE_BYTES
    assert path.stat().st_size == before


def test_what_was_written_is_copied_once_it_is_much(writer, path, copied, monkeypatch):
    monkeypatch.setattr(checkpoints, "LOG_BYTES", 100_000)
    monkeypatch.setattr(checkpoints, "IDLE_SECONDS", 1000)
    monkeypatch.setattr(checkpoints, "LOOK_SECONDS", 0.001)
    number = 0
    while not copied.is_set():
        write(writer, 1, number)
        number += 1
    assert path.stat().st_size > 0
    assert threads() == [NAME]


def test_the_rest_is_copied_when_nothing_happens_and_the_log_begins_anew(writer, path, copied, monkeypatch):
    monkeypatch.setattr(checkpoints, "IDLE_SECONDS", 0.01)
    monkeypatch.setattr(checkpoints, "LOOK_SECONDS", 0.001)
    write(writer, 50)
    large, number = log_size(path), 50
    while log_size(path) > large / 4:
        copied.clear()
        write(writer, 1, number)
        number += 1
        assert copied.wait(10)


def test_a_log_that_is_written_without_a_pause_stays_bounded(writer, path, monkeypatch):
    monkeypatch.setattr(checkpoints, "LOG_BYTES", 100_000)
    monkeypatch.setattr(checkpoints, "LOOK_SECONDS", 0.001)
    largest = 0
    for number in range(600):
        write(writer, 1, number)
        largest = max(largest, log_size(path))
    assert largest < 10_000_000  # of some thirty that were written


def test_a_reader_that_stays_long_holds_nothing_up_and_loses_nothing(writer, path, copied, monkeypatch):
    monkeypatch.setattr(checkpoints, "LOG_BYTES", 50_000)
    monkeypatch.setattr(checkpoints, "LOOK_SECONDS", 0.001)
    write(writer, 2)
    reader = sqlite3.connect(path)
    reader.execute("begin")
    assert reader.execute("select count(*) from run").fetchone() == (2,)
    number = 2
    while not copied.is_set():
        write(writer, 1, number)
        number += 1
    assert reader.execute("select count(*) from run").fetchone() == (2,)
    reader.close()
    assert len(History(path, path.parent / "blobs").list_ids()) == number


def test_at_the_end_the_thread_is_gone_and_the_log_is_in_the_file(path):
    writer = JournalWriter(path, path.parent / "blobs")
    write(writer, 3)
    assert threads() == [NAME]
    writer.close()
    assert threads() == []
    assert not path.with_name("journal.db-wal").exists()
    assert len(History(path, path.parent / "blobs").list_ids()) == 3


def test_a_checkpoint_that_fails_is_logged_and_the_writer_goes_on(writer, path, copied, monkeypatch, caplog):
    class Broken:
        def execute(self, _):
            raise sqlite3.OperationalError("disk I/O error")

    monkeypatch.setattr(checkpoints, "IDLE_SECONDS", 0.01)
    monkeypatch.setattr(checkpoints, "LOOK_SECONDS", 0.001)
    follow = checkpoints.Checkpoints._follow
    monkeypatch.setattr(checkpoints.Checkpoints, "_follow", lambda self, _: follow(self, Broken()))
    write(writer, 1)
    assert copied.wait(10)
    write(writer, 1, 1)
    assert "a checkpoint failed" in caplog.text
