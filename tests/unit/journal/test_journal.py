"""The journal: whole batches, a chain that shows every change, private files, errors with a code (engine.md §2.2)."""

import errno
import re
import sqlite3
import stat
import sys

import pytest
from tests.helpers.runs import TRIGGER, Driver, answer_by_path, answered, playbook_of

from tocsin.base.codes import ErrorCode
from tocsin.engine.errors import UnknownEventError
from tocsin.engine.events import Event, EventType
from tocsin.engine.ports import Batch
from tocsin.journal import (
    DamagedJournalError,
    History,
    JournalBusyError,
    JournalFullError,
    JournalUnusableError,
    JournalWriter,
    StaleWriterError,
    UnknownRunError,
    schema,
)
from tocsin.journal.schema import VERSION

RUN = "01900000-0000-7000-8000-000000000001"
CREATED = {
    "playbook": {"id": "p", "name": "P", "hash": "h"},
    "environment": {"name": "lab"},
    "mode": "live",
    "kind": "play",
}


@pytest.fixture
def path(tmp_path):
    return tmp_path / "data" / "journal.db"


@pytest.fixture
def writer(path):
    writer = JournalWriter(path, path.parent / "blobs")
    yield writer
    writer.close()


@pytest.fixture
def history(path):
    return History(path, path.parent / "blobs")


def event(seq, type_=EventType.RUN_NOTED, data=None, *, run=RUN, path="", at=None):
    return Event(run, seq, at or seq * 1000, type_, path, data or {})


def created(run=RUN, at=1000):
    return event(1, EventType.RUN_CREATED, CREATED, run=run, at=at)


def finished(seq, run=RUN, **more):
    return event(seq, EventType.RUN_FINISHED, {"status": "succeeded", "changes": 2, **more}, run=run)


def commit(writer, *events, durable=False, **values):
    writer.commit(Batch(events, values, durable))


def tell(writer):
    """Keep a small run of four events in three batches."""
    commit(writer, created(), event(2))
    commit(writer, event(3), durable=True)
    commit(writer, finished(4))


# batches


def test_what_was_committed_is_read_back_as_it_was(writer, history):
    events = [created(), event(2, EventType.NODE_SETTLED, {"output": {"v": {"b": [1, 2.5, "ü", None]}}}, path="a")]
    commit(writer, *events)
    assert history.load_events(RUN) == events


def test_a_batch_is_kept_whole_or_not_at_all(writer, history):
    commit(writer, created())
    with pytest.raises(StaleWriterError):
        commit(writer, event(2), event(2))
    assert len(history.load_events(RUN)) == 1
    commit(writer, event(2))
    history.verify_chain(RUN)


def test_the_log_is_write_ahead_and_full_only_for_durable_batches(writer):
    seen = []
    connection = writer._connection
    for durable in (False, True, True, False):
        commit(writer, created(run=f"r{len(seen)}"), durable=durable)
        seen.append(connection.execute("pragma synchronous").fetchone()[0])
    assert seen == [1, 2, 2, 1]
    assert connection.execute("pragma journal_mode").fetchone()[0] == "wal"


def test_each_batch_says_whether_it_was_durable(writer, path):
    tell(writer)
    with sqlite3.connect(path) as reader:
        rows = reader.execute(
            "select id & 4294967295, durable from event where sha256 is not null order by id"
        ).fetchall()
    reader.close()
    assert rows == [(2, 0), (3, 1), (4, 0)]


def test_a_batch_may_hold_several_runs(writer, history):
    commit(writer, created(), created(run="other"), event(2), event(2, run="other"))
    history.verify_chain(RUN)
    history.verify_chain("other")


# the chain


def test_a_chain_that_nobody_touched_holds(writer, history):
    tell(writer)
    history.verify_chain(RUN)


def test_a_chain_goes_on_after_the_program_began_again(writer, path, history):
    commit(writer, created(), event(2))
    writer.close()
    again = JournalWriter(path, path.parent / "blobs")
    commit(again, event(3), finished(4))
    again.close()
    history.verify_chain(RUN)


@pytest.mark.parametrize(
    "tampering",
    [
        "update event set body=replace(body, '\"at\":2000', '\"at\":2001') where id={2}",
        "update event set type='run.paused' where id={2}",
        "update event set path='elsewhere' where id={2}",
        "delete from event where id={2}",
        "delete from event where id={4}",
        "update event set sha256=null, durable=null where id={3}",
        "update event set sha256=null, durable=null where id={4}",
        "delete from event",
        "update event set id={9} where id={4}",
        "update event set sha256=x'00' where id={2}",
        "insert into event(id,type,path,body) values({5}, 'run.noted', '', '{}')",
        "delete from run",
        "update event set id={9} where id={2}; update event set id={2} where id={3};"
        "update event set id={3} where id={9}",
    ],
)
def test_a_chain_shows_what_was_cut_changed_moved_or_added(writer, path, history, tampering):
    tell(writer)
    with sqlite3.connect(path) as tamperer:
        tamperer.executescript(re.sub(r"\{(\d)\}", lambda found: str((1 << 32) + int(found[1])), tampering))
    tamperer.close()
    with pytest.raises(DamagedJournalError) as caught:
        history.verify_chain(RUN)
    assert caught.value.code is ErrorCode.JOURNAL_UNUSABLE


# summaries


def test_a_summary_follows_its_run(writer, history):
    commit(writer, created())
    assert (history.get_run(RUN).status, history.get_run(RUN).ended_at) == ("running", None)
    commit(writer, finished(2, error={"code": "uncertain"}))
    summary = history.get_run(RUN)
    assert (summary.status, summary.changes, summary.error, summary.ended_at) == ("succeeded", 2, "uncertain", 2000)


def ask(seq, name, text):
    return event(seq, EventType.ASK_OPENED, {"text": text}, path=f"{name}?1")


def test_a_run_waits_as_long_as_a_question_is_open_and_shows_the_oldest(writer, history):
    commit(writer, created(), ask(2, "a", "First?"), ask(3, "b", "Second?"))
    assert (history.get_run(RUN).status, history.get_run(RUN).waiting) == ("waiting", "First?")
    commit(writer, event(4, EventType.ASK_ANSWERED, {"final": False}, path="a?1"))
    assert history.get_run(RUN).waiting == "First?"
    commit(writer, event(5, EventType.ASK_ANSWERED, {"final": True}, path="a?1"))
    assert (history.get_run(RUN).status, history.get_run(RUN).waiting) == ("waiting", "Second?")
    commit(writer, event(6, EventType.ASK_CLOSED, {}, path="b?1"))
    assert (history.get_run(RUN).status, history.get_run(RUN).waiting) == ("running", None)


def test_the_newest_runs_come_first(writer, history):
    for number in range(5):
        commit(writer, created(run=f"r{number}", at=1000 + number))
    assert [summary.run for summary in history.list_runs(most=3)] == ["r4", "r3", "r2"]


def test_a_run_is_found_by_the_beginning_of_its_name(writer, history):
    for name in ("0190aa", "0190ab", "0190"):
        commit(writer, created(run=name))
    assert history.get_run("0190aa").run == "0190aa"
    assert history.get_run("0190").run == "0190"
    with pytest.raises(UnknownRunError) as several:
        history.get_run("0190a")
    assert several.value.found == ("0190aa", "0190ab")


@pytest.mark.parametrize("name", ["", "%", "_", "0190x", "'; drop table run; --"])
def test_a_name_that_no_run_begins_with_is_unknown(writer, history, name):
    commit(writer, created(run="0190aa"))
    with pytest.raises(UnknownRunError):
        history.get_run(name)


def test_looking_a_run_up_uses_the_index(writer):
    plan = writer._connection.execute("explain query plan select * from run where run >= 'a' and run < 'b'").fetchall()
    assert "SEARCH" in plan[0][3]


def test_where_nothing_has_run_there_is_nothing_and_no_file_is_made(path, history):
    assert history.list_runs() == []
    with pytest.raises(UnknownRunError):
        history.get_run("0190")
    assert not path.exists()


# values


def key_of(data):
    import hashlib

    return hashlib.sha256(data).hexdigest()


@pytest.mark.parametrize("size", [2_000, 70_000])
def test_values_are_kept_once_in_a_row_or_as_a_private_file(writer, history, path, size):
    data = b'"' + b"x" * size + b'"'
    key = key_of(data)
    writer.commit(Batch([created()], {key: data}, durable=False))
    writer.commit(Batch([event(2)], {key: data}, durable=False))
    assert writer.load_value(key) == history.load_value(key) == "x" * size
    files = [file for file in (path.parent / "blobs").rglob("*") if file.is_file()]
    assert len(files) == (1 if size > 65_536 else 0)
    assert all(stat.S_IMODE(file.stat().st_mode) == 0o600 for file in files)


def test_a_value_that_was_changed_or_is_missing_is_an_error(writer, history, path):
    data = b'"' + b"x" * 70_000 + b'"'
    key = key_of(data)
    writer.commit(Batch([created()], {key: data}, durable=False))
    file = next(file for file in (path.parent / "blobs").rglob("*") if file.is_file())
    file.write_bytes(b'"other"')
    with pytest.raises(DamagedJournalError):
        history.load_value(key)
    file.unlink()
    with pytest.raises(DamagedJournalError):
        writer.load_value(key)


@pytest.mark.parametrize("key", ["../../etc/passwd", "", "A" * 64, "0" * 64])
def test_what_is_no_hash_of_a_value_is_an_error(writer, history, key):
    commit(writer, created())
    with pytest.raises(DamagedJournalError):
        history.load_value(key)


# other processes, other files


def test_reading_goes_on_while_another_connection_writes(writer, history):
    commit(writer, created())
    writer._connection.execute("begin immediate")
    try:
        assert len(history.load_events(RUN)) == 1
    finally:
        writer._connection.execute("rollback")


def test_a_second_writer_on_one_run_is_refused(writer, path):
    second = JournalWriter(path, path.parent / "blobs")
    commit(writer, created())
    commit(second, created(run="other"))
    commit(writer, event(2))
    with pytest.raises(StaleWriterError) as caught:
        commit(second, event(2))
    second.close()
    assert caught.value.code is ErrorCode.STALE_WRITER


def test_a_file_that_another_process_holds_is_busy(writer, path):
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("begin immediate")
    writer._connection.execute("pragma busy_timeout=10")
    try:
        with pytest.raises(JournalBusyError) as caught:
            commit(writer, created())
    finally:
        other.execute("rollback")
        other.close()
    assert caught.value.code is ErrorCode.JOURNAL_BUSY
    commit(writer, created())


def test_a_full_disk_is_an_error_and_nothing_of_the_batch_is_kept(writer, history):
    commit(writer, created())
    pages = writer._connection.execute("pragma page_count").fetchone()[0]
    writer._connection.execute(f"pragma max_page_count={pages}")
    with pytest.raises(JournalFullError) as caught:
        commit(writer, *(event(seq, data={"v": "x" * 5000}) for seq in range(2, 50)))
    assert caught.value.code is ErrorCode.JOURNAL_FULL
    assert len(history.load_events(RUN)) == 1
    writer._connection.execute("pragma max_page_count=1000000")
    commit(writer, event(2))
    history.verify_chain(RUN)


def test_a_large_value_that_finds_no_room_is_an_error_and_nothing_of_the_batch_is_kept(writer, history, monkeypatch):
    commit(writer, created())
    data = b'"' + b"x" * 70_000 + b'"'

    def full(*_, **__):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("tocsin.journal.blobs.write_atomically", full)
    with pytest.raises(JournalFullError):
        writer.commit(Batch([event(2)], {key_of(data): data}, durable=False))
    monkeypatch.undo()
    assert len(history.load_events(RUN)) == 1
    commit(writer, event(2))
    history.verify_chain(RUN)


@pytest.mark.parametrize(
    "open_it", [lambda path: JournalWriter(path, path.parent), lambda path: History(path, path).list_runs()]
)
@pytest.mark.parametrize("content", [b"not a database at all" * 100, b"SQLite format 3\x00" + b"\xff" * 4000])
def test_a_damaged_file_is_an_error_with_a_code_and_stays_as_it_is(path, open_it, content):
    path.parent.mkdir()
    path.write_bytes(content)
    with pytest.raises(JournalUnusableError) as caught:
        open_it(path)
    assert caught.value.code is ErrorCode.JOURNAL_UNUSABLE
    assert path.read_bytes() == content


@pytest.mark.parametrize(
    "open_it", [lambda path: JournalWriter(path, path.parent), lambda path: History(path, path).list_runs()]
)
def test_a_journal_of_a_newer_version_is_refused(writer, path, open_it):
    writer.close()
    with sqlite3.connect(path) as newer:
        newer.execute(f"pragma user_version={VERSION + 1}")
    newer.close()
    with pytest.raises(JournalUnusableError, match="newer"):
        open_it(path)


def test_a_database_of_something_else_is_not_taken_over(path):
    path.parent.mkdir()
    with sqlite3.connect(path) as other:
        other.execute("create table bookmarks(url text)")
    other.close()
    with pytest.raises(JournalUnusableError, match="something else"):
        JournalWriter(path, path.parent)


def test_a_folder_that_cannot_be_made_is_an_error(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(JournalUnusableError):
        JournalWriter(tmp_path / "file" / "journal.db", tmp_path)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such permissions")
def test_files_and_folder_are_private(writer, path):
    commit(writer, created())
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    modes = {file.name: stat.S_IMODE(file.stat().st_mode) for file in path.parent.iterdir() if file.is_file()}
    assert set(modes) == {"journal.db", "journal.db-wal", "journal.db-shm"}
    assert set(modes.values()) == {0o600}


# events of other versions


def insert(path, kind, body):
    with sqlite3.connect(path) as other:
        other.execute("insert into event(id,type,path,body) values(?,?,?,?)", ((1 << 32) + 2, kind, "", body))
    other.close()


def test_an_event_of_an_unknown_type_is_refused(writer, path, history):
    commit(writer, created())
    insert(path, "node.melted", b'{"v":1,"at":1,"cause":0,"by":"engine","data":{}}')
    with pytest.raises(UnknownEventError):
        history.load_events(RUN)


def test_an_event_of_a_newer_meaning_is_refused(writer, path, history):
    commit(writer, created())
    insert(path, "run.noted", b'{"v":2,"at":1,"cause":0,"by":"engine","data":{}}')
    with pytest.raises(UnknownEventError):
        history.load_events(RUN)


def test_events_of_others_are_left_alone(writer, path, history):
    commit(writer, created())
    insert(path, "x.acme.seen", b"{}")
    assert [found.type for found in history.load_events(RUN)] == ["run.created"]


def test_an_event_that_cannot_be_read_is_damage(writer, path, history):
    commit(writer, created())
    insert(path, "run.noted", b"{broken")
    with pytest.raises(DamagedJournalError):
        history.load_events(RUN)


def test_a_whole_run_is_kept_and_read_back(writer, history):
    playbook = playbook_of({"t": TRIGGER, "a": {"kind": "action", "use": "toy.look"}}, ["t -> a"])
    driver = Driver(playbook, answers=answer_by_path(a=answered(output={"x": "y" * 3000}))).run()
    writer.commit(Batch(driver.events, driver.values, durable=False))
    loaded = history.load_events("0190-test")
    assert [(found.seq, found.type, found.path) for found in loaded] == [(e.seq, e.type, e.path) for e in driver.events]
    history.verify_chain("0190-test")
    assert history.load_value(loaded[4].data["output"]["r"]) == {"x": "y" * 3000}


# older versions

VERSION_1 = """
create table run(
    run text primary key, playbook text, name text, hash text, environment text, mode text, kind text,
    status text not null, started_at integer not null, ended_at integer, changes integer not null default 0,
    error text, waiting text
) without rowid;
create index run_by_time on run(started_at desc);
create table event(
    run text not null, seq integer not null, type text not null, path text not null, body blob not null,
    primary key(run, seq)
) without rowid;
create table value(hash text primary key, body blob) without rowid;
create table batch(
    run text not null, first integer not null, last integer not null, durable integer not null, sha256 blob not null,
    primary key(run, first)
) without rowid;
pragma user_version=1;
"""


@pytest.fixture
def old_journal(writer, path):
    """What `tell` told, as version 1 kept it."""
    tell(writer)
    writer.close()
    with sqlite3.connect(path) as new:
        runs = new.execute(
            "select run,playbook,name,hash,environment,mode,kind,status,started_at,ended_at,changes,error,waiting "
            "from run"
        ).fetchall()
        rows = new.execute(
            "select id & 4294967295, type, path, body, sha256, durable from event order by id"
        ).fetchall()
    new.close()
    path.unlink()
    first = 1
    with sqlite3.connect(path) as old:
        old.executescript(VERSION_1)
        old.executemany(f"insert into run values({','.join('?' * 13)})", runs)
        for seq, kind, place, body, sha256, durable in rows:
            old.execute("insert into event values(?,?,?,?,?)", (RUN, seq, kind, place, body))
            if sha256 is not None:
                old.execute("insert into batch values(?,?,?,?,?)", (RUN, first, seq, durable, sha256))
                first = seq + 1
    old.close()


@pytest.mark.usefixtures("old_journal")
def test_a_journal_of_version_1_is_brought_up_whole(history):
    assert [event.seq for event in history.load_events(RUN)] == [1, 2, 3, 4]
    assert history.get_run(RUN).status == "succeeded"
    history.verify_chain(RUN)


@pytest.mark.usefixtures("old_journal")
def test_a_writer_goes_on_with_a_journal_of_version_1(path, history):
    again = JournalWriter(path, path.parent / "blobs")
    commit(again, created(run="other"), event(2, run="other"))
    again.close()
    assert {summary.run for summary in history.list_runs()} == {RUN, "other"}
    history.verify_chain("other")


@pytest.fixture
def journal_of_version_2(writer, path):
    """What `tell` told, as version 2 kept it."""
    tell(writer)
    writer.close()
    with sqlite3.connect(path) as old:
        old.executescript(
            "drop table snapshot; drop index event_unsure; alter table run drop column imported_at;"
            "alter table run drop column is_masked; pragma user_version=2;"
        )
    old.close()


@pytest.mark.usefixtures("journal_of_version_2")
def test_a_journal_of_version_2_is_brought_up_whole(history):
    assert [event.seq for event in history.load_events(RUN)] == [1, 2, 3, 4]
    assert (history.get_run(RUN).status, history.get_run(RUN).imported_at) == ("succeeded", None)
    history.verify_chain(RUN)


@pytest.mark.parametrize("older", ["old_journal", "journal_of_version_2"])
def test_an_older_journal_becomes_what_a_new_one_is(request, path, tmp_path, older):
    request.getfixturevalue(older)
    JournalWriter(path, path.parent / "blobs").close()
    JournalWriter(tmp_path / "new.db", tmp_path / "blobs").close()
    tables = []
    for file in (path, tmp_path / "new.db"):
        connection = sqlite3.connect(file)
        kinds = ("run", "event", "value", "snapshot")
        columns = [connection.execute(f"pragma table_info({name})").fetchall() for name in kinds]
        names = connection.execute("select name from sqlite_master order by name").fetchall()
        tables.append((columns, names))
        connection.close()
    assert tables[0] == tables[1]


@pytest.mark.usefixtures("journal_of_version_2")
def test_two_that_open_an_older_journal_at_once_bring_it_up_once(path):
    both = [sqlite3.connect(path, isolation_level=None, timeout=5) for _ in range(2)]
    for connection in both:
        schema._bring_up(connection)
        connection.close()
    assert History(path, path.parent / "blobs").get_run(RUN).status == "succeeded"
