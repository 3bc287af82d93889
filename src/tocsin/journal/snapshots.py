"""How long runs stood after some of their events, kept beside these: opening one then folds only the rest.

Nothing here is a fact of its own. Whatever is kept can be made again from the events, so it is bound to a version of
its form, goes with its run, never leaves in a file, and `integrity` compares it with what the events say.
"""

from __future__ import annotations

import zlib
from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import Final

from tocsin.journal.store import Store, changing

_TIMES: Final = """
select snapshot.id & 4294967295, times from snapshot
join run on snapshot.id between run.no << 32 and run.no << 32 | 4294967295
where run.run = :run and v = :v order by 1
"""
_BODY: Final = "select body from snapshot join run on snapshot.id = run.no << 32 | :seq where run.run = :run and v = :v"
_KEEP: Final = "insert or replace into snapshot select no << 32 | ?, ?, ?, ? from run where run = ?"
_DROP: Final = """
delete from snapshot where v <> :v
and id between (select no << 32 from run where run = :run) and (select no << 32 | 4294967295 from run where run = :run)
"""
_LONGEST: Final = 64 * 1024 * 1024
"""More bytes of times than any run has."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """How a run stood.

    Attributes:
        seq: After which event.
        times: The times of the events since the snapshot before, UTC microseconds.
        body: All of it, as bytes of its version.
    """

    seq: int
    times: Sequence[int]
    body: bytes


def list_snapshots(store: Store, run: str, version: int) -> list[tuple[int, array[int]]]:
    """Return after which events it is kept how a run stood, and the times of the events up to each, in order.

    What cannot be read any more ends the list.

    Raises:
        JournalUnusableError: The journal cannot be read.
    """
    with store.reading() as connection:
        rows = connection.execute(_TIMES, {"run": run, "v": version}).fetchall()
    found: list[tuple[int, array[int]]] = []
    reached = 0
    for seq, data in rows:
        times = unpack_times(data)
        reached += len(times)
        if reached != seq:
            break
        found.append((seq, times))
    return found


def load_snapshot(store: Store, run: str, seq: int, version: int) -> bytes | None:
    """Return how a run stood after an event, or None where that is not kept.

    Raises:
        JournalUnusableError: The journal cannot be read.
    """
    with store.reading() as connection:
        row = connection.execute(_BODY, {"run": run, "seq": seq, "v": version}).fetchone()
    return row[0] if row is not None else None


def keep_snapshots(store: Store, run: str, version: int, snapshots: Iterable[Snapshot]) -> None:
    """Keep how a run stood, and let go what another version kept of it.

    Raises:
        JournalUnusableError: The journal cannot be written, or has no room.
    """
    rows = [(each.seq, version, _pack_times(each.times), each.body, run) for each in snapshots]
    with store.keeping() as connection, changing(connection):
        connection.execute(_DROP, {"run": run, "v": version})
        connection.executemany(_KEEP, rows)


def _pack_times(times: Sequence[int]) -> bytes:
    steps = array("q", [*times[:1], *(after - before for before, after in pairwise(times))])
    return zlib.compress(steps.tobytes(), 1)


def unpack_times(data: bytes) -> array[int]:
    """Return the times; none where the bytes are damaged."""
    steps = array("q")
    try:
        steps.frombytes(zlib.decompressobj().decompress(data, _LONGEST))
    except (zlib.error, ValueError):
        return array("q")
    return array("q", accumulate(steps))
