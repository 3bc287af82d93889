"""The chain of hashes: each batch carries SHA-256 over the hash before it and its own rows (engine.md §2.2)."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterable
from typing import Final

from tocsin.base.texts import _
from tocsin.engine.events import EventType
from tocsin.journal.encoding import Row, chained_bytes

SELECT_EVENTS: Final = """
select run.run, event.id & 4294967295, type, path, cast(body as blob), sha256
from run join event on event.id between run.no << 32 and run.no << 32 | 4294967295
where run.run = :run order by event.id
"""
"""A run's rows in order: as `encoding` has them, and the hash where a batch ends."""
Link = tuple[str, int, str, str, bytes, bytes | None]
"""A row of these."""


def link(before: bytes, rows: Iterable[Row]) -> bytes:
    """Return the hash of a batch."""
    return hashlib.sha256(b"".join((before, *map(chained_bytes, rows)))).digest()


def find_break(connection: sqlite3.Connection, run: str) -> str | None:
    """Return why what is kept of a run is not what was written, as a clause, or None when the chain holds.

    Changed, moved, added and missing rows show, also missing at the end of a run that is over. Values need no chain:
    they are named by their own hash.
    """
    ended = connection.execute("select ended_at from run where run=?", (run,)).fetchone()
    if ended is None:
        return _("the run's summary is missing")
    links: list[Link] = connection.execute(SELECT_EVENTS, {"run": run}).fetchall()
    is_whole = ended[0] is None or (bool(links) and links[-1][2] == EventType.RUN_FINISHED)
    return find_bad_link(links) or (None if is_whole else _("the end of the run is missing"))


def find_bad_link(links: Iterable[Link]) -> str | None:
    """Return where a chain breaks, as a clause, or None."""
    hasher, first, place = hashlib.sha256(), 1, 0
    for linked in links:
        place, sha = place + 1, linked[5]
        if linked[1] != place:
            return _("events are missing or out of order")
        hasher.update(chained_bytes(linked[:5]))
        if sha is None:
            continue
        if hasher.digest() != sha:
            return _("events {first} to {place} are not as they were written").format(first=first, place=place)
        hasher, first = hashlib.sha256(sha), place + 1
    return None if first > place else _("the end of a batch is missing")
