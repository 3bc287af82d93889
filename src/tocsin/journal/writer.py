"""Writes batches of events: one transaction a turn of the engine's loop."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tocsin.base.json_types import Json
from tocsin.engine.events import Event, EventType
from tocsin.engine.ports import Batch
from tocsin.journal.blobs import ROW_LIMIT, BlobFolder
from tocsin.journal.chain import link
from tocsin.journal.encoding import Row, encode_event
from tocsin.journal.errors import JournalUnusableError, StaleWriterError
from tocsin.journal.schema import event_id, named, open_writer
from tocsin.journal.values import read_value

_ASKS: Final = frozenset({EventType.ASK_OPENED, EventType.ASK_ANSWERED, EventType.ASK_CLOSED})
_SUMMED: Final = _ASKS | {EventType.RUN_CREATED, EventType.RUN_RESUMED, EventType.RUN_FINISHED}
_INSERT_EVENT: Final = "insert into event values(?,?,?,?,?,?)"
_INSERT_RUN: Final = (
    "insert into run(run,playbook,name,hash,environment,mode,kind,status,started_at,owner,parent) "
    "values(?,?,?,?,?,?,?,?,?,?,?)"
)
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
        self._owner = owner
        self._blobs = BlobFolder(blobs)
        self._connection = open_writer(path)
        self._known: dict[str, _Known] = {}
        self._questions: dict[str, dict[str, str]] = {}
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
            raise JournalUnusableError(self._path, "an event holds what JSON cannot") from error
        execute = self._connection.execute
        try:
            self._set_durability(full=batch.durable)
            execute("begin immediate")
            for key, data in batch.values.items():
                self._keep_value(key, data)
            ended = self._summarise(batch.events)
            self._connection.executemany(_INSERT_EVENT, self._chained(rows, durable=batch.durable))
            execute("commit")
        except sqlite3.IntegrityError as error:
            self._undo(batch.events)
            raise StaleWriterError(batch.events[0].run) from error
        except (sqlite3.Error, OSError) as error:
            self._undo(batch.events)
            raise named(self._path, error) from error
        except JournalUnusableError:
            self._undo(batch.events)
            raise
        for run in ended:
            self._forget(run)

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
        """Let the file go."""
        self._connection.close()

    def _set_durability(self, *, full: bool) -> None:
        if full is not self._is_full:
            self._connection.execute("pragma synchronous=full" if full else "pragma synchronous=normal")
            self._is_full = full

    def _keep_value(self, key: str, data: bytes) -> None:
        large = len(data) > ROW_LIMIT
        if large:
            self._blobs.save(key, data)
        self._connection.execute("insert or ignore into value values(?,?)", (key, None if large else data))

    def _chained(self, rows: Sequence[Row], *, durable: bool) -> list[_Kept]:
        """Return the rows to insert.

        Each run's last one ends its batch: it carries the hash over the hash before and these rows, so that cutting or
        changing shows.
        """
        by_run: dict[str, list[Row]] = {}
        for row in rows:
            by_run.setdefault(row[0], []).append(row)
        kept: list[_Kept] = []
        for run, own in by_run.items():
            known = self._known.get(run) or self._recall(run)
            known.sha256 = link(known.sha256, own)
            kept += [(event_id(known.no, seq), kind, path, body, None, None) for _, seq, kind, path, body in own]
            kept[-1] = (*kept[-1][:4], known.sha256, int(durable))
        return kept

    def _recall(self, run: str) -> _Known:
        """Return what is to be known of a run whose last batch was written by another process."""
        found = self._connection.execute(_SELECT_LAST, (run,)).fetchone()
        if found is None:
            raise JournalUnusableError(self._path, f"run {run} is not there")
        known = self._known[run] = _Known(*found)
        return known

    def _summarise(self, events: Sequence[Event]) -> set[str]:
        """Keep the row that lists show in the same transaction as the facts it sums up; return the runs that ended."""
        ended: set[str] = set()
        for event in events:
            if event.type not in _SUMMED:
                continue
            if event.type is EventType.RUN_CREATED:
                self._insert_run(event)
            elif event.type is EventType.RUN_RESUMED:
                self._connection.execute("update run set owner=? where run=?", (self._owner, event.run))
            elif event.type is EventType.RUN_FINISHED:
                data, error = event.data, event.data.get("error")
                self._connection.execute(
                    "update run set status=?, ended_at=?, changes=?, error=?, waiting=null where run=?",
                    (data["status"], event.at, data["changes"], error["code"] if error else None, event.run),
                )
                ended.add(event.run)
            else:
                self._note_question(event)
        return ended

    def _note_question(self, event: Event) -> None:
        """Show the oldest question that is open; the run waits as long as there is one."""
        asked = self._questions.setdefault(event.run, {})
        if event.type is EventType.ASK_OPENED:
            asked[event.path] = event.data["text"]
        elif event.data.get("final", True):
            asked.pop(event.path, None)
        waiting = next(iter(asked.values()), None)
        status = "running" if waiting is None else "waiting"
        self._connection.execute("update run set status=?, waiting=? where run=?", (status, waiting, event.run))

    def _insert_run(self, event: Event) -> None:
        data = event.data
        playbook = data["playbook"]
        row = (event.run, playbook["id"], playbook["name"], playbook["hash"], data["environment"]["name"])
        parent = data["parent"]["run"] if data.get("parent") else None
        cursor = self._connection.execute(
            _INSERT_RUN, (*row, data["mode"], data["kind"], "running", event.at, self._owner, parent)
        )
        self._known[event.run] = _Known(cursor.lastrowid or 0, b"")

    def _undo(self, events: Sequence[Event]) -> None:
        """Nothing of the batch counts: take the transaction back, and what was remembered of its runs."""
        with suppress(sqlite3.Error):  # a disk that refused the batch may refuse this too: closing rolls back then
            if self._connection.in_transaction:
                self._connection.execute("rollback")
        for event in events:
            self._forget(event.run)

    def _forget(self, run: str) -> None:
        self._known.pop(run, None)
        self._questions.pop(run, None)
