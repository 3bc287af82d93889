"""Reads what the journal keeps, for lists and for looking at one run again."""

from __future__ import annotations

import sqlite3
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import orjson

from tocsin.base.json_types import Json
from tocsin.engine.events import Event
from tocsin.journal.blobs import BlobFolder
from tocsin.journal.encoding import decode_event
from tocsin.journal.errors import UnknownRunError
from tocsin.journal.schema import open_reader


@dataclass(frozen=True, slots=True)
class RunSummary:
    """One run as lists show it. Times are UTC microseconds."""

    run: str
    playbook: str
    name: str
    playbook_hash: str
    environment: str
    mode: str
    status: str
    started_at: int
    ended_at: int | None
    changes: int
    error: str | None
    waiting: str | None


_COLUMNS = "run,playbook,name,hash,environment,mode,status,started_at,ended_at,changes,error,waiting"


class History:
    """A reader of one journal. Each call is a short transaction, so it never holds up the log's clean-up."""

    def __init__(self, path: Path, blobs: Path) -> None:
        self._path = path
        self._blobs = BlobFolder(blobs)

    def list_runs(self, *, most: int = 100) -> list[RunSummary]:
        """Return the newest runs first; empty where nothing has run yet."""
        if not self._path.exists():
            return []
        with self._reading() as connection:
            rows = connection.execute(f"select {_COLUMNS} from run order by started_at desc limit ?", (most,))  # noqa: S608
            return [RunSummary(*row) for row in rows]

    def get_run(self, name: str) -> RunSummary:
        """Return the run whose id is or begins with this.

        Raises:
            UnknownRunError: There is none, or several.
        """
        found = [summary for summary in self.list_runs(most=100_000) if summary.run.startswith(name)] if name else []
        if len(found) != 1:
            raise UnknownRunError(name, [summary.run for summary in found])
        return found[0]

    def load_events(self, run: str) -> list[Event]:
        """Return every event of a run, in order."""
        with self._reading() as connection:
            rows = connection.execute("select run,seq,type,path,body from event where run=? order by seq", (run,))
            return [decode_event(row) for row in rows]

    def load_value(self, hash_: str) -> Json:
        """Return the value kept under a hash."""
        with self._reading() as connection:
            row = connection.execute("select body from value where hash=?", (hash_,)).fetchone()
        data: bytes = row[0] if row is not None and row[0] is not None else self._blobs.load(hash_)
        return orjson.loads(data)

    @contextmanager
    def _reading(self) -> Generator[sqlite3.Connection]:
        connection = open_reader(self._path)
        try:
            yield connection
        finally:
            connection.close()
