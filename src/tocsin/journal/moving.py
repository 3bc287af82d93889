"""Runs leave a journal as a file, and come into another from one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from tocsin.base.texts import _
from tocsin.engine.events import Event
from tocsin.journal.chain import Link, find_break
from tocsin.journal.errors import DamagedJournalError, RunIsKeptError
from tocsin.journal.masking import Mask, mask_parcel
from tocsin.journal.run_file import Parcel, write_parcel
from tocsin.journal.schema import event_id
from tocsin.journal.store import Store, changing
from tocsin.journal.summaries import Summaries
from tocsin.journal.values import keep_value, named_values, read_bytes

_SELECT: Final = """
select run.run, event.id & 4294967295, type, path, cast(body as blob), sha256, durable
from run join event on event.id between run.no << 32 and run.no << 32 | 4294967295
where run.run = :run order by event.id
"""


def pack_run(store: Store, run: str, mask: Mask) -> bytes:
    """Return a run as a file, with secrets masked.

    Raises:
        DamagedJournalError: It is not kept as it was written.
        JournalUnusableError: The journal cannot be read.
    """
    with store.reading() as connection:
        why = find_break(connection, run)
        if why is not None:
            raise DamagedJournalError(store.path, _("of run {run} {why}").format(run=run, why=why))
        rows: list[tuple[*Link, int | None]] = connection.execute(_SELECT, {"run": run}).fetchall()
        try:
            names = {name for row in rows for name in named_values(row[2], row[4])}
        except (ValueError, KeyError, TypeError) as error:
            raise DamagedJournalError(store.path, _("run {run} cannot be read").format(run=run)) from error
        is_masked = connection.execute("select is_masked from run where run=?", (run,)).fetchone()[0]
        values = {name: read_bytes(connection, store.blobs, name, journal=store.path) for name in names}
    parcel = Parcel(run, [row[:6] for row in rows], [row[6] for row in rows], values, bool(is_masked))
    try:
        return write_parcel(mask_parcel(parcel, mask))
    except (ValueError, KeyError, TypeError) as error:
        raise DamagedJournalError(store.path, _("run {run} cannot be read").format(run=run)) from error


def keep_parcel(store: Store, parcel: Parcel, events: Sequence[Event], *, at: int) -> None:
    """Take in a run that `run_file.check_parcel` found whole, marked as imported at that time (UTC microseconds).

    Raises:
        RunIsKeptError: The journal has it already; it is left as it is.
        JournalUnusableError: The journal cannot be written, or has no room; nothing of the run was kept.
    """
    with store.keeping() as connection, changing(connection):
        if connection.execute("select 1 from run where run=?", (parcel.run,)).fetchone():
            raise RunIsKeptError(parcel.run)
        for key, body in parcel.values.items():
            keep_value(connection, store.blobs, key, body)
        numbers, _unused = Summaries(connection, "").sum_up(events)
        connection.execute("update run set imported_at=?, is_masked=? where run=?", (at, parcel.is_masked, parcel.run))
        no = numbers[parcel.run]
        rows = [
            (event_id(no, seq), kind, path, body, sha, durable)
            for (_unused, seq, kind, path, body, sha), durable in zip(parcel.links, parcel.durable, strict=True)
        ]
        connection.executemany("insert into event values(?,?,?,?,?,?)", rows)
