"""The chain of hashes: each batch carries SHA-256 over the hash before it and its own rows (engine.md §2.2)."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterable, Sequence
from typing import Final

from tocsin.engine.events import EventType
from tocsin.journal.encoding import Row, chained_bytes

SELECT_EVENTS: Final = """
select run.run, event.id & 4294967295, type, path, cast(body as blob), sha256
from run join event on event.id between run.no << 32 and run.no << 32 | 4294967295
where run.run = :run order by event.id
"""
"""A run's rows in order: as `encoding` has them, and the hash where a batch ends."""


def link(before: bytes, rows: Iterable[Row]) -> bytes:
    """Return the hash of a batch."""
    hasher = hashlib.sha256(before)
    for row in rows:
        hasher.update(chained_bytes(row))
    return hasher.digest()


def find_break(connection: sqlite3.Connection, run: str) -> str | None:
    """Return why what is kept of a run is not what was written, as a clause, or None when the chain holds.

    Changed, moved, added and missing rows show, also missing at the end of a run that is over. Values need no chain:
    they are named by their own hash.
    """
    kept: list[tuple[str, int, str, str, bytes, bytes | None]]
    kept = connection.execute(SELECT_EVENTS, {"run": run}).fetchall()
    rows: list[Row] = [row[:5] for row in kept]
    if [row[1] for row in rows] != list(range(1, len(rows) + 1)):
        return "events are missing or out of order"
    return _find_bad_batch(rows, [row[5] for row in kept]) or _find_cut(connection, run, rows)


def _find_bad_batch(rows: Sequence[Row], ends: Sequence[bytes | None]) -> str | None:
    before, first = b"", 0
    for place, sha in enumerate(ends):
        if sha is None:
            continue
        if link(before, rows[first : place + 1]) != sha:
            return f"events {first + 1} to {place + 1} are not as they were written"
        before, first = sha, place + 1
    return None if first == len(rows) else "the end of a batch is missing"


def _find_cut(connection: sqlite3.Connection, run: str, rows: Sequence[Row]) -> str | None:
    ended = connection.execute("select ended_at from run where run=?", (run,)).fetchone()
    if ended is None:
        return "the run's summary is missing"
    is_whole = ended[0] is None or (bool(rows) and rows[-1][2] == EventType.RUN_FINISHED)
    return None if is_whole else "the end of the run is missing"
