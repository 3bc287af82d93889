"""Lets runs go, the values that nothing names any more, and the room they took.

Runs of other processes go on meanwhile, so everything is done in short transactions, each of which leaves a whole
journal: a crash between two of them costs nothing, and the next time goes on.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Final

from tocsin.journal.schema import event_id
from tocsin.journal.store import Store, changing

_HASH: Final = re.compile(rb'"([0-9a-f]{64})"')
"""Whatever looks like the name of a value keeps it: rather one too many than one too few."""
_RUNS_A_LOOK: Final = 200
_VALUES_A_CHANGE: Final = 500
_PAGES_A_CHANGE: Final = 1_000
_ROW_BYTES: Final = 64
"""What a row of an event takes beside its body and its path."""
_KEPT: Final = """
select no, run, coalesce(name, playbook), started_at, ended_at, owner, parent, imported_at, changes
from run order by no
"""
_DELETE_RUN: Final = """
delete from run where no = ? and (ended_at is not null or imported_at is not null)
and not exists (select 1 from run as child where child.parent = run.run and child.ended_at is null)
"""
_OPEN: Final = "select no from run where ended_at is null and imported_at is null"


@dataclass(frozen=True, slots=True)
class KeptRun:
    """What there is to know of a run before it is let go. Times are UTC microseconds."""

    no: int
    run: str
    name: str
    started_at: int
    ended_at: int | None
    owner: str
    parent: str | None
    imported_at: int | None
    changes: int


@dataclass(frozen=True, slots=True)
class Weights:
    """How many bytes a journal takes on the disk.

    Attributes:
        total: File and large values.
        by_run: About how much of it goes with each run, by number, if all older ones go before.
    """

    total: int
    by_run: dict[int, int]


def list_kept(store: Store) -> list[KeptRun]:
    """Return every run, oldest first.

    Raises:
        JournalUnusableError: The journal cannot be read.
    """
    with store.reading() as connection:
        return [KeptRun(*row) for row in connection.execute(_KEPT)]


def weigh(store: Store) -> Weights:
    """Return what the runs weigh; a value goes with the last run that names it.

    Raises:
        JournalUnusableError: The journal cannot be read.
    """
    with store.reading() as connection:
        numbers = [row[0] for row in connection.execute("select no from run order by no")]
        sizes = dict(connection.execute("select hash, length(body) from value").fetchall())
        pages = _pragma(connection, "page_count") - _pragma(connection, "freelist_count")
        file_bytes = pages * _pragma(connection, "page_size")
    by_run, last = dict.fromkeys(numbers, 0), dict[bytes, int]()
    known = {key.encode() for key in sizes}
    for no, path, body in _bodies(store, numbers):
        by_run[no] = by_run.get(no, 0) + len(body) + len(path) + _ROW_BYTES
        last.update((name, no) for name in _HASH.findall(body) if name in known)
    blob_bytes = 0
    for name, no in last.items():
        size = sizes[name.decode()]
        if size is None:
            size = store.blobs.size_of(name.decode())
            blob_bytes += size
        by_run[no] += size
    total, counted = file_bytes + blob_bytes, sum(by_run.values())
    return Weights(total, {no: size * total // max(1, counted) for no, size in by_run.items()})


def remove_runs(store: Store, numbers: Iterable[int]) -> int:
    """Let runs go, each whole; return how many went.

    One that is open, or is just being undone, stays, whatever was planned.

    Raises:
        JournalUnusableError: The journal cannot be written.
    """
    gone = 0
    with store.keeping() as connection:
        for no in numbers:
            with changing(connection):
                if connection.execute(_DELETE_RUN, (no,)).rowcount:
                    connection.execute("delete from event where id between ? and ?", _span(no))
                    connection.execute("delete from snapshot where id between ? and ?", _span(no))
                    gone += 1
    return gone


def sweep(store: Store) -> None:
    """Let every value go that no event names.

    Raises:
        JournalUnusableError: The journal cannot be written.
    """
    with store.reading() as connection:
        unnamed = {row[0].encode() for row in connection.execute("select hash from value")}
        numbers = [row[0] for row in connection.execute("select no from run order by no")]
        still_open = {row[0] for row in connection.execute(_OPEN)}
    for _, _, body in _bodies(store, numbers):
        unnamed.difference_update(_HASH.findall(body))
    newest = numbers[-1] if numbers else 0
    with store.keeping() as connection:
        doomed = sorted(unnamed)
        for first in range(0, len(doomed), _VALUES_A_CHANGE):
            with changing(connection):
                named = _named_since(connection, still_open, newest)
                part = [(key.decode(),) for key in doomed[first : first + _VALUES_A_CHANGE] if key not in named]
                connection.executemany("delete from value where hash=?", part)
        _sweep_files(store, connection)


def shrink(store: Store, *, is_alone: bool) -> None:
    """Give the room back that is free in the file.

    Args:
        store: The journal.
        is_alone: No other process runs anything. A file of an older version is copied whole once, and only then.

    Raises:
        JournalUnusableError: The journal cannot be written.
    """
    with store.keeping() as connection:
        if _pragma(connection, "auto_vacuum"):
            while (free := _pragma(connection, "freelist_count")) > 0:
                connection.execute(f"pragma incremental_vacuum({_PAGES_A_CHANGE})").fetchall()
                if _pragma(connection, "freelist_count") >= free:
                    break
        elif is_alone:
            with suppress(sqlite3.OperationalError):  # no room for a copy: it stays as large as it is
                connection.execute("vacuum")
        connection.execute("pragma wal_checkpoint(truncate)").fetchall()


def _named_since(connection: sqlite3.Connection, still_open: set[int], newest: int) -> set[bytes]:
    """Return what is named by the runs that may have gone on since the look: no other has changed."""
    younger = {row[0] for row in connection.execute("select no from run where no > ?", (newest,))}
    named: set[bytes] = set()
    for no in still_open | younger:
        for (body,) in connection.execute("select cast(body as blob) from event where id between ? and ?", _span(no)):
            named.update(_HASH.findall(body))
    return named


def _sweep_files(store: Store, connection: sqlite3.Connection) -> None:
    """Remove files that the journal does not know. Nobody saves one meanwhile: that is done in a transaction too."""
    known = {row[0] for row in connection.execute("select hash from value where body is null")}
    if any(path.name not in known for path in store.blobs.files()):
        with changing(connection):
            for path in store.blobs.files():
                if not connection.execute("select 1 from value where hash=? and body is null", (path.name,)).fetchone():
                    path.unlink(missing_ok=True)


def _bodies(store: Store, numbers: Sequence[int]) -> Iterator[tuple[int, str, bytes]]:
    """Yield number, path and body of every event of these runs, in short looks."""
    for first in range(0, len(numbers), _RUNS_A_LOOK):
        part = numbers[first : first + _RUNS_A_LOOK]
        with store.reading() as connection:
            yield from connection.execute(
                "select id >> 32, path, cast(body as blob) from event where id between ? and ?",
                (_span(part[0])[0], _span(part[-1])[1]),
            )


def _span(no: int) -> tuple[int, int]:
    return event_id(no, 0), event_id(no + 1, 0) - 1


def _pragma(connection: sqlite3.Connection, name: str) -> int:
    return int(connection.execute(f"pragma {name}").fetchone()[0])
