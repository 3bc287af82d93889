"""What is not as it was written is found and named: of one run, its values, its summary, the file."""

import hashlib
import sqlite3

import pytest
from tests.unit.journal.kept import keep_a_run

from tocsin.journal import JournalUnusableError, JournalWriter, Store, check_file, check_runs

RUN = "0190-test"


@pytest.fixture
def path(tmp_path):
    return tmp_path / "journal.db"


@pytest.fixture
def store(path):
    return Store(path, path.parent / "blobs")


@pytest.fixture(autouse=True)
def kept(path):
    writer = JournalWriter(path, path.parent / "blobs")
    keep_a_run(writer, RUN, {"x": "y" * 3000})
    keep_a_run(writer, "0190-large", {"x": "y" * 70_000})
    writer.close()


def tamper(path, *statements):
    with sqlite3.connect(path) as tamperer:
        for statement in statements:
            tamperer.execute(statement)
    tamperer.close()


def faults(store, *runs):
    return [(fault.run, fault.what) for fault in check_runs(store, runs or (RUN, "0190-large"))]


def test_what_nobody_touched_has_no_fault(store):
    assert (check_file(store), faults(store)) == ([], [])


def test_a_changed_event_is_named_with_its_batch_and_the_other_run_is_sound(store, path):
    tamper(path, "update event set path='b' where type='attempt.finished' and id >> 32 = 1")
    [(run, what)] = faults(store)
    assert run == RUN
    assert what == "events 5 to 6 are not as they were written"


@pytest.mark.parametrize("change", ["delete from value", "update value set body=x'2222'"])
def test_a_value_that_is_gone_or_another_is_named_with_the_event_that_names_it(store, path, change):
    tamper(path, f"{change} where length(body) between 2000 and 60000")
    [(run, what)] = faults(store)
    assert run == RUN
    assert what.startswith("event 5: a value")


def test_a_large_value_whose_file_is_gone_or_cut_is_found(store, path):
    [file] = [file for file in (path.parent / "blobs").rglob("*") if file.is_file()]
    file.write_bytes(file.read_bytes()[:-1])
    assert [run for run, _ in faults(store)] == ["0190-large"]
    file.unlink()
    assert [run for run, _ in faults(store)] == ["0190-large"]


@pytest.mark.parametrize(
    "change",
    [
        "update run set status='failed' where no=1",
        "update run set changes=7 where no=1",
        "update run set hash='0' where no=1",
        "update run set started_at=1 where no=1",
        "update run set ended_at=1 where no=1",
        "update run set mode='' where no=1",
    ],
)
def test_a_summary_that_says_otherwise_than_the_events_is_found(store, path, change):
    tamper(path, change)
    [(run, what)] = faults(store)
    assert run == RUN
    assert what.startswith("the list says otherwise than event")


def test_what_a_user_wrote_in_the_shape_of_a_reference_is_none(path, store):
    lookalike = {"r": hashlib.sha256(b"x").hexdigest(), "n": 1, "t": "str"}
    writer = JournalWriter(path, path.parent / "blobs")
    keep_a_run(writer, "0190-like", lookalike)
    writer.close()
    assert faults(store, "0190-like") == []


def test_events_of_no_run_are_found(store, path):
    tamper(path, "delete from run where no=1")
    [fault] = check_file(store)
    assert (fault.run, fault.what.startswith("events of no run are kept: ")) == ("", True)


def test_a_page_that_was_overwritten_is_found(store, path):
    data = bytearray(path.read_bytes())
    data[5 * 4096 : 5 * 4096 + 2048] = b"\xff" * 2048
    path.write_bytes(data)
    try:
        found = [*check_file(store), *check_runs(store, [RUN, "0190-large"])]
    except JournalUnusableError:
        return
    assert found
