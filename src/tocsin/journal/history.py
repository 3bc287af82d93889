"""Reads what the journal keeps, for lists and for looking at one run again."""

from __future__ import annotations

import sqlite3
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tocsin.base.json_types import Json
from tocsin.engine.events import Event
from tocsin.journal.blobs import BlobFolder
from tocsin.journal.chain import SELECT_EVENTS, find_break
from tocsin.journal.encoding import FOREIGN, decode_event
from tocsin.journal.errors import DamagedJournalError, JournalUnusableError, UnknownRunError
from tocsin.journal.schema import open_reader
from tocsin.journal.values import read_value


@dataclass(frozen=True, slots=True)
class RunSummary:
    """One run as lists show it. Times are UTC microseconds; `no` counts the runs of this journal and stays."""

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
    no: int


_RUNS: Final = (
    "select run,playbook,name,hash,environment,mode,status,started_at,ended_at,changes,error,waiting,no from run "
)
_LAST: Final = "\U0010ffff"


class History:
    """A reader of one journal. Each call is a short transaction, so it never holds up the log's clean-up."""

    def __init__(self, path: Path, blobs: Path) -> None:
        self._path = path
        self._blobs = BlobFolder(blobs)

    def list_runs(self, *, most: int = 100) -> list[RunSummary]:
        """Return the newest runs first; empty where nothing has run yet.

        Raises:
            JournalUnusableError: The file cannot be read.
        """
        if not self._path.exists():
            return []
        with self._reading() as connection:
            rows = connection.execute(_RUNS + "order by started_at desc, run desc limit ?", (most,))
            return [RunSummary(*row) for row in rows]

    def get_run(self, name: str) -> RunSummary:
        """Return the run whose id is or begins with this.

        Raises:
            UnknownRunError: There is none, or several.
            JournalUnusableError: The file cannot be read.
        """
        if not name or not self._path.exists():
            raise UnknownRunError(name, ())
        with self._reading() as connection:
            rows = connection.execute(_RUNS + "where run >= ? and run < ? order by run", (name, name + _LAST))
            found = [RunSummary(*row) for row in rows]
        exact = [summary for summary in found if summary.run == name] or found
        if len(exact) != 1:
            raise UnknownRunError(name, [summary.run for summary in exact])
        return exact[0]

    def load_events(self, run: str) -> list[Event]:
        """Return every event of a run, in order; types that begin with `x.` are others' and left out.

        Raises:
            UnknownEventError: A newer version wrote one of them.
            JournalUnusableError: The file cannot be read, or is damaged.
        """
        with self._reading() as connection:
            rows = connection.execute(SELECT_EVENTS, {"run": run})
            try:
                return [decode_event(tuple(row)) for *row, _ in rows if not row[2].startswith(FOREIGN)]
            except (ValueError, KeyError, TypeError) as error:
                raise DamagedJournalError(self._path, f"run {run} cannot be read") from error

    def load_value(self, hash_: str) -> Json:
        """Return the value kept under a hash.

        Raises:
            DamagedJournalError: It is not there, or is not what its hash says.
            JournalUnusableError: The file cannot be read.
        """
        with self._reading() as connection:
            return read_value(connection, self._blobs, hash_, journal=self._path)

    def verify_chain(self, run: str) -> None:
        """See that a run is kept as it was written.

        Raises:
            DamagedJournalError: Something was cut, changed, moved or added.
            JournalUnusableError: The file cannot be read.
        """
        with self._reading() as connection:
            why = find_break(connection, run)
        if why is not None:
            raise DamagedJournalError(self._path, f"of run {run} {why}")

    @contextmanager
    def _reading(self) -> Generator[sqlite3.Connection]:
        connection = open_reader(self._path)
        try:
            connection.execute("begin")
            yield connection
        except sqlite3.Error as error:
            raise JournalUnusableError(self._path, str(error)) from error
        finally:
            connection.close()
