"""Writes batches of events: one transaction a turn of the engine's loop."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import orjson

from tocsin.base.json_types import Json
from tocsin.engine.events import Event, EventType
from tocsin.engine.ports import Batch
from tocsin.journal.blobs import ROW_LIMIT, BlobFolder
from tocsin.journal.encoding import Row, encode_event
from tocsin.journal.errors import JournalBusyError, JournalUnusableError
from tocsin.journal.schema import open_writer

_INSERT_EVENT: Final = "insert into event values(?,?,?,?,?)"
_INSERT_RUN: Final = (
    "insert into run(run,playbook,name,hash,environment,mode,kind,status,started_at) values(?,?,?,?,?,?,?,?,?)"
)


class JournalWriter:
    """Fills the engine's port `Journal`. Made and used on the engine's thread.

    Args:
        path: The journal's file; its folder is made.
        blobs: The folder for large values.

    Raises:
        JournalUnusableError: The file cannot be used.
    """

    def __init__(self, path: Path, blobs: Path) -> None:
        self._path = path
        self._blobs = BlobFolder(blobs)
        self._connection = open_writer(path)
        self._chain: dict[str, bytes] = {}
        self._is_full = False

    def commit(self, batch: Batch) -> None:
        """Keep a batch whole or not at all; a durable one is safe from power loss when this returns.

        Raises:
            JournalBusyError: Another process holds the file.
            JournalUnusableError: The disk is full, or the file is damaged.
        """
        rows = [encode_event(event) for event in batch.events]
        chain = self._chained(rows)
        execute = self._connection.execute
        try:
            self._set_durability(full=batch.durable)
            execute("begin immediate")
            for key, data in batch.values.items():
                self._keep_value(key, data)
            self._connection.executemany(_INSERT_EVENT, rows)
            for run, (first, last, sha) in chain.items():
                execute("insert into batch values(?,?,?,?,?)", (run, first, last, int(batch.durable), sha))
            self._summarise(batch.events)
            execute("commit")
        except (sqlite3.Error, OSError) as error:
            self._roll_back()
            raise self._named(error) from error
        for run, (_, _, sha) in chain.items():
            self._chain[run] = sha

    def load_value(self, hash_: str) -> Json:
        """Return the value kept under a hash."""
        row = self._connection.execute("select body from value where hash=?", (hash_,)).fetchone()
        data: bytes = row[0] if row is not None and row[0] is not None else self._blobs.load(hash_)
        return orjson.loads(data)

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

    def _chained(self, rows: Sequence[Row]) -> dict[str, tuple[int, int, bytes]]:
        """Return for each run (first, last, hash over the hash before and these bytes): cutting or changing shows."""
        spans: dict[str, tuple[int, int]] = {}
        bodies: dict[str, list[bytes]] = {}
        for run, seq, _, _, body in rows:
            spans[run] = (spans[run][0] if run in spans else seq, seq)
            bodies.setdefault(run, [self._last_hash(run)]).append(body)
        return {run: (*span, hashlib.sha256(b"".join(bodies[run])).digest()) for run, span in spans.items()}

    def _last_hash(self, run: str) -> bytes:
        known = self._chain.get(run)
        if known is not None:
            return known
        row = self._connection.execute(
            "select sha256 from batch where run=? order by first desc limit 1", (run,)
        ).fetchone()
        return row[0] if row is not None else b""

    def _summarise(self, events: Sequence[Event]) -> None:
        """Keep the row that lists show in the same transaction as the facts it sums up."""
        for event in events:
            if event.type is EventType.RUN_CREATED:
                self._insert_run(event)
            elif event.type is EventType.RUN_FINISHED:
                data, error = event.data, event.data.get("error")
                self._connection.execute(
                    "update run set status=?, ended_at=?, changes=?, error=?, waiting=null where run=?",
                    (data["status"], event.at, data["changes"], error["code"] if error else None, event.run),
                )
                self._chain.pop(event.run, None)
            elif event.type is EventType.ASK_OPENED:
                self._connection.execute(
                    "update run set status='waiting', waiting=? where run=?", (event.data["text"], event.run)
                )
            elif event.type in {EventType.ASK_ANSWERED, EventType.ASK_CLOSED}:
                self._connection.execute("update run set status='running', waiting=null where run=?", (event.run,))

    def _insert_run(self, event: Event) -> None:
        data = event.data
        playbook = data["playbook"]
        row = (event.run, playbook["id"], playbook["name"], playbook["hash"], data["environment"]["name"])
        self._connection.execute(_INSERT_RUN, (*row, data["mode"], data["kind"], "running", event.at))

    def _roll_back(self) -> None:
        if self._connection.in_transaction:
            self._connection.execute("rollback")

    def _named(self, error: Exception) -> JournalUnusableError:
        busy = isinstance(error, sqlite3.OperationalError) and error.sqlite_errorcode == sqlite3.SQLITE_BUSY
        return (
            JournalBusyError(self._path, "another Tocsin is writing")
            if busy
            else JournalUnusableError(self._path, str(error))
        )
