"""The journal's tables, and how a connection is set up."""

from __future__ import annotations

import errno
import sqlite3
from pathlib import Path
from typing import Final

from tocsin.base.network_drive import find_network_drive
from tocsin.base.texts import _
from tocsin.journal.errors import JournalBusyError, JournalFullError, JournalOnNetworkError, JournalUnusableError
from tocsin.journal.migrations import MIGRATIONS

VERSION: Final = 1 + len(MIGRATIONS)
BUSY_MS: Final = 5_000
PAGE_BYTES: Final = 2_048
"""Many runs at once write on a page of each: half as large, a commit of 50 runs is half as large too."""
CHECKPOINT_PAGES: Final = 8_000
"""A checkpoint copies the log into the file. Here it is made inline, at 16 MB; `checkpoints` makes it beside a run."""

_BUSY: Final = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
_FULL: Final = (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR_WRITE)
"""A quota or a limit on a file's size comes as the second."""
_NO_ROOM: Final = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)

UNSURE: Final = (
    'type=\'attempt.finished\' and (instr(body, \'"outcome":"uncertain"\') or instr(body, \'"changed":"unknown"\'))'
)
"""The events after which something may have happened and nobody knew: few, and lists ask for them at every run."""
TABLES: Final = f"""
create table run(
    no integer primary key autoincrement, run text not null unique,
    playbook text, name text, hash text, environment text, mode text, kind text,
    status text not null, started_at integer not null, ended_at integer, changes integer not null default 0,
    error text, waiting text, owner text not null default '', parent text, imported_at integer,
    is_masked integer not null default 0
);
create index run_by_time on run(started_at desc);
create table event(
    id integer primary key, type text not null, path text not null, body blob not null, sha256 blob, durable integer
);
create index event_unsure on event(id) where {UNSURE};
create table value(hash text primary key, body blob) without rowid;
create table snapshot(id integer primary key, v integer not null, times blob not null, body blob not null);
"""
"""`run.no` counts the runs of this file. `event.id` is the run's number times 2^32 plus the event's own, so that a step
costs one page of the log. `sha256` and `durable` stand at the last event of a batch (`chain`). `run.imported_at` (UTC
microseconds) stands where a run came out of a file: it can be looked at, and nothing else. `run.is_masked` says that
its chain was made anew on the way, because secrets were masked. `snapshot.id` is that of the event after which the run
stood so (`snapshots`)."""
_SEQ_BITS: Final = 32


def event_id(no: int, seq: int) -> int:
    """Return the key of an event of the run with this number."""
    return no << _SEQ_BITS | seq


def open_writer(path: Path) -> sqlite3.Connection:
    """Return a connection that may write, with the tables made.

    Raises:
        JournalOnNetworkError: It would lie on a network drive; nothing was made there.
        JournalUnusableError: The file is no journal, of a newer version, or cannot be opened.
    """
    drive = find_network_drive(path.parent)  # https://www.sqlite.org/wal.html: its log needs memory that all share
    if drive is not None:
        raise JournalOnNetworkError(path, drive.root, drive.kind)
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        path.touch(mode=0o600)
        path.chmod(0o600)
        connection = sqlite3.connect(path, isolation_level=None, timeout=BUSY_MS / 1000)
    except (sqlite3.Error, OSError) as error:
        raise JournalUnusableError(path, str(error)) from error
    try:
        version = _version_of(connection, path)
        connection.execute(f"pragma page_size={PAGE_BYTES}")  # counts for a new file, as the next
        connection.execute("pragma auto_vacuum=incremental")  # `retention` brings up an old one
        connection.execute("pragma journal_mode=wal")
        connection.execute("pragma synchronous=normal")
        connection.execute(f"pragma wal_autocheckpoint={CHECKPOINT_PAGES}")
        if version < VERSION:
            _bring_up(connection)
    except sqlite3.Error as error:
        connection.close()
        raise named(path, error) from error
    except JournalUnusableError:
        connection.close()
        raise
    return connection


def _bring_up(connection: sqlite3.Connection) -> None:
    """Make the tables, or bring those of an older version up to this one, whole or not at all."""
    connection.execute("begin immediate")
    try:
        version = _user_version(connection)  # again: another process may just have done it
        script = "".join(MIGRATIONS[version - 1 :]) if version else TABLES
        for statement in script.split(";"):
            connection.execute(statement)
        connection.execute(f"pragma user_version={VERSION}")
        connection.execute("commit")
    except sqlite3.Error:
        if connection.in_transaction:
            connection.execute("rollback")
        raise


def _user_version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("pragma user_version").fetchone()[0])


def _version_of(connection: sqlite3.Connection, path: Path) -> int:
    """Return which version wrote the file; 0 for an empty one."""
    version = _user_version(connection)
    tables = {row[0] for row in connection.execute("select name from sqlite_master where type='table'")}
    if version > VERSION:
        raise JournalUnusableError(path, _("a newer Tocsin wrote it (version {version})").format(version=version))
    if tables and "event" not in tables:
        raise JournalUnusableError(path, _("it is a database of something else"))
    return version


def named(path: Path, error: Exception) -> JournalUnusableError:
    """Return the journal's own error for one of SQLite or the disk."""
    if isinstance(error, sqlite3.OperationalError):
        code = error.sqlite_errorcode
        if code & 0xFF in _BUSY:
            return JournalBusyError(path, _("another Tocsin is writing"))
        if code in _FULL:
            return JournalFullError(path, _("there is no room for it to grow"))
    elif isinstance(error, OSError) and error.errno in _NO_ROOM:
        return JournalFullError(path, _("there is no room for a value"))
    return JournalUnusableError(path, str(error))


def open_reader(path: Path) -> sqlite3.Connection:
    """Return a connection that can only read.

    Raises:
        JournalUnusableError: There is no such file, it is no journal, or a newer version wrote it.
    """
    try:
        connection = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True, isolation_level=None)
    except sqlite3.Error as error:
        raise named(path, error) from error
    try:
        if _version_of(connection, path) < VERSION:
            connection.close()
            open_writer(path).close()  # what an older version wrote is brought up first
            return open_reader(path)
        connection.execute("select 1 from run limit 1")
    except sqlite3.Error as error:
        connection.close()
        raise named(path, error) from error
    except JournalUnusableError:
        connection.close()
        raise
    return connection
