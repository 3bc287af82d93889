"""Writes batches of events: one transaction a turn of the engine's loop."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Final

from tocsin.base.json_types import Json
from tocsin.base.texts import _
from tocsin.engine.events import Event
from tocsin.engine.ports import Batch
from tocsin.journal.blobs import BlobFolder
from tocsin.journal.chain import link
from tocsin.journal.checkpoints import Checkpoints, prepare
from tocsin.journal.encoding import Row, encode_event
from tocsin.journal.errors import JournalUnusableError, StaleWriterError
from tocsin.journal.schema import event_id, named, open_writer
from tocsin.journal.summaries import Summaries
from tocsin.journal.values import keep_value, read_value

_AT_ONCE: Final = 8
"""So many events go in by one statement: each costs a sixth less so. A step's two need no transaction around it."""
_ROW: Final = "(?,?,?,?,?,?)"
_INSERTS: Final = tuple(f"insert into event values{','.join([_ROW] * count)}" for count in range(_AT_ONCE + 1))
_Kept = tuple[int, str, str, bytes, bytes | None, int | None]
_SELECT_LAST: Final = """
select no, coalesce((select sha256 from event where id between no << 32 and no << 32 | 4294967295 and sha256 is not null
                     order by id desc limit 1), x'') from run where run=?
"""


@dataclass(slots=True)
class _Known:
    """What the writer remembers of a run: its number, and the hash that its next batch goes on from."""

    no: int
    sha256: bytes


class JournalWriter:
    """Fills the engine's port `Journal`. Made and used on the engine's thread.

    Args:
        path: The journal's file; its folder is made.
        blobs: The folder for large values.
        owner: What this process is known by (`lease`): runs that it creates or resumes are its own.

    Raises:
        JournalUnusableError: The file cannot be used.
    """

    def __init__(self, path: Path, blobs: Path, *, owner: str = "") -> None:
        self._path = path
        self._blobs = BlobFolder(blobs)
        self._connection = open_writer(path)
        prepare(self._connection)
        self._checkpoints = Checkpoints(path)
        self._known: dict[str, _Known] = {}
        self._summaries = Summaries(self._connection, owner)
        self._is_full = False

    def commit(self, batch: Batch) -> None:
        """Keep a batch whole or not at all; a durable one is safe from power loss when this returns.

        Raises:
            JournalBusyError: Another process holds the file.
            StaleWriterError: Another process has written on one of these runs.
            JournalUnusableError: The disk is full, or the file is damaged.
        """
        try:
            rows = [encode_event(event) for event in batch.events]
        except TypeError as error:
            raise JournalUnusableError(self._path, _("an event holds what JSON cannot")) from error
        ended: frozenset[str] = frozenset()
        try:
            self._set_durability(full=batch.durable)
            if len(rows) > _AT_ONCE or batch.values or self._summaries.concern(batch.events):
                ended = self._write_all(batch, rows)
            else:
                self._insert(rows, durable=batch.durable)
        except sqlite3.IntegrityError as error:
            self._undo(batch.events)
            raise StaleWriterError(batch.events[0].run) from error
        except (sqlite3.Error, OSError) as error:
            self._undo(batch.events)
            raise named(self._path, error) from error
        except JournalUnusableError:
            self._undo(batch.events)
            raise
        self._checkpoints.note_commit()
        for run in ended:
            self._forget(run)

    def _write_all(self, batch: Batch, rows: Sequence[Row]) -> frozenset[str]:
        """Write events with the values and the summaries that go with them; return the runs that they end."""
        connection = self._connection
        connection.execute("begin immediate")
        for key, data in batch.values.items():
            keep_value(connection, self._blobs, key, data)
        numbers, ended = self._summaries.sum_up(batch.events)
        self._known.update((run, _Known(no, b"")) for run, no in numbers.items())
        self._insert(rows, durable=batch.durable)
        connection.execute("commit")
        return ended

    def _insert(self, rows: Sequence[Row], *, durable: bool) -> None:
        kept = self._chained(rows, durable=durable)
        for first in range(0, len(kept), _AT_ONCE):
            part = kept[first : first + _AT_ONCE]
            self._connection.execute(_INSERTS[len(part)], [*chain.from_iterable(part)])

    def load_value(self, hash_: str) -> Json:
        """Return the value kept under a hash.

        Raises:
            DamagedJournalError: It is not there, or is not what its hash says.
            JournalUnusableError: The file cannot be read.
        """
        try:
            return read_value(self._connection, self._blobs, hash_, journal=self._path)
        except sqlite3.Error as error:
            raise named(self._path, error) from error

    def close(self) -> None:
        """Let the file go; the last one to do so copies the log into it."""
        self._checkpoints.close()
        self._connection.close()

    def _set_durability(self, *, full: bool) -> None:
        if full is not self._is_full:
            self._connection.execute("pragma synchronous=full" if full else "pragma synchronous=normal")
            self._is_full = full

    def _chained(self, rows: Sequence[Row], *, durable: bool) -> list[_Kept]:
        """Return the rows to insert.

        Each run's last one ends its batch: it carries the hash over the hash before and these rows, so that cutting or
        changing shows.
        """
        kept: list[_Kept] = []
        by_run: dict[str, list[Row]] = {}
        for row in rows:
            by_run.setdefault(row[0], []).append(row)
        for run, own in by_run.items():
            known = self._known.get(run) or self._recall(run)
            known.sha256 = link(known.sha256, own)
            before = event_id(known.no, 0)
            kept += [(before | seq, kind, path, body, None, None) for _unused, seq, kind, path, body in own]
            kept[-1] = (*kept[-1][:4], known.sha256, int(durable))
        return kept

    def _recall(self, run: str) -> _Known:
        """Return what is to be known of a run whose last batch was written by another process."""
        found = self._connection.execute(_SELECT_LAST, (run,)).fetchone()
        if found is None:
            raise JournalUnusableError(self._path, _("run {run} is not there").format(run=run))
        known = self._known[run] = _Known(*found)
        return known

    def _undo(self, events: Sequence[Event]) -> None:
        """Nothing of the batch counts: take the transaction back, and what was remembered of its runs."""
        with suppress(sqlite3.Error):  # a disk that refused the batch may refuse this too: closing rolls back then
            if self._connection.in_transaction:
                self._connection.execute("rollback")
        for event in events:
            self._forget(event.run)

    def _forget(self, run: str) -> None:
        self._known.pop(run, None)
        self._summaries.forget(run)
