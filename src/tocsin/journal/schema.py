"""The journal's tables, and how a connection is set up."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Final

from tocsin.journal.errors import JournalBusyError, JournalUnusableError

VERSION: Final = 1
BUSY_MS: Final = 5_000
CHECKPOINT_PAGES: Final = 4_000
"""A checkpoint copies the log into the file; at 16 MB it is rare enough to stay out of a run's way."""

_BUSY: Final = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)

TABLES: Final = """
create table if not exists run(
    run text primary key, playbook text, name text, hash text, environment text, mode text, kind text,
    status text not null, started_at integer not null, ended_at integer, changes integer not null default 0,
    error text, waiting text
) without rowid;
create index if not exists run_by_time on run(started_at desc);
create table if not exists event(
    run text not null, seq integer not null, type text not null, path text not null, body blob not null,
    primary key(run, seq)
) without rowid;
create table if not exists value(hash text primary key, body blob) without rowid;
create table if not exists batch(
    run text not null, first integer not null, last integer not null, durable integer not null, sha256 blob not null,
    primary key(run, first)
) without rowid;
"""


def open_writer(path: Path) -> sqlite3.Connection:
    """Return a connection that may write, with the tables made.

    Raises:
        JournalUnusableError: The file is no journal, of a newer version, or cannot be opened.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        path.touch(mode=0o600)
        path.chmod(0o600)
        connection = sqlite3.connect(path, isolation_level=None, timeout=BUSY_MS / 1000)
    except (sqlite3.Error, OSError) as error:
        raise JournalUnusableError(path, str(error)) from error
    try:
        _ensure_ours(connection, path)
        connection.execute("pragma journal_mode=wal")
        connection.execute("pragma synchronous=normal")
        connection.execute(f"pragma wal_autocheckpoint={CHECKPOINT_PAGES}")
        connection.executescript(f"begin immediate; {TABLES} pragma user_version={VERSION}; commit;")
    except sqlite3.Error as error:
        connection.close()
        raise named(path, error) from error
    except JournalUnusableError:
        connection.close()
        raise
    return connection


def _ensure_ours(connection: sqlite3.Connection, path: Path) -> None:
    version = int(connection.execute("pragma user_version").fetchone()[0])
    tables = {row[0] for row in connection.execute("select name from sqlite_master where type='table'")}
    if version > VERSION:
        raise JournalUnusableError(path, f"a newer Tocsin wrote it (version {version})")
    if tables and "event" not in tables:
        raise JournalUnusableError(path, "it is a database of something else")


def named(path: Path, error: Exception) -> JournalUnusableError:
    """Return the journal's own error for one of SQLite or the disk."""
    busy = isinstance(error, sqlite3.OperationalError) and error.sqlite_errorcode & 0xFF in _BUSY
    return JournalBusyError(path, "another Tocsin is writing") if busy else JournalUnusableError(path, str(error))


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
        _ensure_ours(connection, path)
        connection.execute("select 1 from run limit 1")
    except sqlite3.Error as error:
        connection.close()
        raise named(path, error) from error
    except JournalUnusableError:
        connection.close()
        raise
    return connection
