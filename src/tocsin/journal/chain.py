"""The chain of hashes: each batch carries SHA-256 over the hash before it and its own rows (engine.md §2.2)."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterable, Sequence

from tocsin.engine.events import EventType
from tocsin.journal.encoding import Row, chained_bytes


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
    rows: list[Row] = connection.execute(
        "select run,seq,type,path,cast(body as blob) from event where run=? order by seq", (run,)
    ).fetchall()
    batches: list[tuple[int, int, bytes]] = connection.execute(
        "select first,last,sha256 from batch where run=? order by first", (run,)
    ).fetchall()
    if [row[1] for row in rows] != list(range(1, len(rows) + 1)):
        return "events are missing or out of order"
    if (batches[-1][1] if batches else 0) != len(rows):
        return "events or batches are missing at the end"
    return _find_bad_batch(rows, batches) or _find_cut(connection, run, rows)


def _find_bad_batch(rows: Sequence[Row], batches: Sequence[tuple[int, int, bytes]]) -> str | None:
    before, following = b"", 1
    for first, last, sha in batches:
        if first != following:
            return f"the batch before event {first} is missing"
        if link(before, rows[first - 1 : last]) != sha:
            return f"events {first} to {last} are not as they were written"
        before, following = sha, last + 1
    return None


def _find_cut(connection: sqlite3.Connection, run: str, rows: Sequence[Row]) -> str | None:
    ended = connection.execute("select ended_at from run where run=?", (run,)).fetchone()
    if ended is None:
        return "the run's summary is missing"
    is_whole = ended[0] is None or (bool(rows) and rows[-1][2] == EventType.RUN_FINISHED)
    return None if is_whole else "the end of the run is missing"
