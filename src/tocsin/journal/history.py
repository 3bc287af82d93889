"""Reads what the journal keeps, for lists and for looking at one run again."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tocsin.base.json_types import Json
from tocsin.base.texts import _
from tocsin.engine.events import Event
from tocsin.journal.chain import find_break
from tocsin.journal.collector import collector_rests
from tocsin.journal.encoding import FOREIGN, decode_event
from tocsin.journal.errors import DamagedJournalError, UnknownRunError
from tocsin.journal.schema import UNSURE
from tocsin.journal.store import Store
from tocsin.journal.values import read_value


@dataclass(frozen=True, slots=True)
class RunSummary:
    """One run as lists show it.

    Times are UTC microseconds; `no` counts the runs of this journal and stays. A run with `imported_at` came out of a
    file then: it can be looked at, and nothing else.
    """

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
    owner: str
    imported_at: int | None = None


_RUNS: Final = (
    "select run,playbook,name,hash,environment,mode,status,started_at,ended_at,changes,error,waiting,no,owner,"
    "imported_at from run "
)
_NEWEST: Final = (
    "where playbook=? and environment=? and kind='play' and ended_at is not null and imported_at is null "
    "order by no desc limit 1"
)
_UNDOING: Final = (
    "select run from run where parent=? and kind='undo' and mode='live' and imported_at is null order by no"
)
"""Not those out of a file: nobody vouches for what they say was undone."""
_SPAN: Final = """
select run.run, event.id & 4294967295, type, path, cast(body as blob)
from run join event on event.id between run.no << 32 | :first and run.no << 32 | :last
where run.run = :run order by event.id
"""
_COUNT: Final = """
select max(event.id) & 4294967295 from run join event on event.id between run.no << 32 and run.no << 32 | 4294967295
where run.run = ?
"""
_NUMBER: Final = re.compile(r"R-([0-9]{1,9})", re.IGNORECASE)
LAST_SEQ: Final = 2**32 - 1
_LAST: Final = "\U0010ffff"
_SEARCHED: Final = ("name", "playbook", "environment", "error", "waiting")
_UNCERTAIN: Final = f"""
select run from run where run in ({{}}) and exists (
    select 1 from event where id between run.no << 32 and run.no << 32 | 4294967295 and {UNSURE}
)
"""  # noqa: S608  of texts that are written here
_PAUSED: Final = """
select run from run where run in ({}) and 'run.paused' = (
    select type from event where id between run.no << 32 and run.no << 32 | 4294967295
    and (type in ('run.paused', 'run.cancel_requested') or type = 'run.resumed' and instr(body, '"reason":"continue"'))
    order by id desc limit 1
)
"""
"""A process that takes a run up again does not end its pause."""


class History:
    """A reader of one journal. Each call is a short transaction, so it never holds up the log's clean-up."""

    def __init__(self, path: Path, blobs: Path) -> None:
        self._store = Store(path, blobs)

    def list_runs(self, *, most: int = 100) -> list[RunSummary]:
        """Return the newest runs first; empty where nothing has run yet.

        Raises:
            JournalUnusableError: The file cannot be read.
        """
        if not self._store.is_there:
            return []
        with self._store.reading() as connection:
            rows = connection.execute(_RUNS + "order by started_at desc, run desc limit ?", (most,))
            return [RunSummary(*row) for row in rows]

    def search_runs(
        self, *, statuses: Sequence[str] = (), text: str = "", before: int | None = None, most: int = 100
    ) -> list[RunSummary]:
        """Return a page of the runs that fit, newest first; empty where nothing has run yet.

        Args:
            statuses: Only runs that stand so; empty for all.
            text: Only the run of this number (218 or R-218), those whose id begins with this, and those whose name,
                environment, error or question holds it.
            before: Only runs with a smaller number than this one.
            most: How many.

        Raises:
            JournalUnusableError: The file cannot be read.
        """
        if not self._store.is_there:
            return []
        conditions, values = _conditions(statuses, text, before)
        where = f"where {' and '.join(conditions)} " if conditions else ""
        with self._store.reading() as connection:
            rows = connection.execute(f"{_RUNS}{where}order by no desc limit ?", (*values, most))
            return [RunSummary(*row) for row in rows]

    def uncertain_runs(self, runs: Sequence[str]) -> set[str]:
        """Return those of these runs in which an attempt may have done something and nobody knew.

        Raises:
            JournalUnusableError: The file cannot be read.
        """
        if not runs:  # also where nothing has run yet, and no file is there
            return set()
        with self._store.reading() as connection:
            asked = _UNCERTAIN.format(",".join("?" * len(runs)))
            return {row[0] for row in connection.execute(asked, tuple(runs))}

    def paused_runs(self, runs: Sequence[str]) -> set[str]:
        """Return those of these runs that somebody paused and nobody let go on.

        Raises:
            JournalUnusableError: The file cannot be read.
        """
        if not runs:  # also where nothing has run yet, and no file is there
            return set()
        with self._store.reading() as connection:
            asked = _PAUSED.format(",".join("?" * len(runs)))
            return {row[0] for row in connection.execute(asked, tuple(runs))}

    def get_run(self, name: str) -> RunSummary:
        """Return the run whose id is or begins with this, or whose number it is: `R-12`.

        Raises:
            UnknownRunError: There is none, or several.
            JournalUnusableError: The file cannot be read.
        """
        if not name or not self._store.is_there:
            raise UnknownRunError(name, ())
        with self._store.reading() as connection:
            number = _NUMBER.fullmatch(name)
            where, values = ("no = ?", (int(number[1]),)) if number else ("run >= ? and run < ?", (name, name + _LAST))
            rows = connection.execute(f"{_RUNS}where {where} order by run", values)
            found = [RunSummary(*row) for row in rows]
        exact = [summary for summary in found if summary.run == name] or found
        if len(exact) != 1:
            raise UnknownRunError(name, [summary.run for summary in exact])
        return exact[0]

    def list_ids(self) -> list[str]:
        """Return the id of every run, oldest first; empty where nothing has run yet.

        Raises:
            JournalUnusableError: The file cannot be read.
        """
        if not self._store.is_there:
            return []
        with self._store.reading() as connection:
            return [row[0] for row in connection.execute("select run from run order by no")]

    def list_open(self) -> list[RunSummary]:
        """Return the runs that have not ended and can go on here, oldest first.

        Raises:
            JournalUnusableError: The file cannot be read.
        """
        if not self._store.is_there:
            return []
        with self._store.reading() as connection:
            return [
                RunSummary(*row)
                for row in connection.execute(_RUNS + "where ended_at is null and imported_at is null order by no")
            ]

    def find_last(self, playbook: str, environment: str) -> RunSummary | None:
        """Return the newest run of a whole playbook in an environment that has ended, or None.

        Raises:
            JournalUnusableError: The file cannot be read.
        """
        if not self._store.is_there:
            return None
        with self._store.reading() as connection:
            row = connection.execute(_RUNS + _NEWEST, (playbook, environment)).fetchone()
            return RunSummary(*row) if row is not None else None

    def list_undoing(self, run: str) -> list[str]:
        """Return the ids of the runs that undid this one, oldest first.

        Raises:
            JournalUnusableError: The file cannot be read.
        """
        with self._store.reading() as connection:
            found = connection.execute(_UNDOING, (run,))
            return [row[0] for row in found]

    def load_events(self, run: str) -> list[Event]:
        """Return every event of a run, in order; types that begin with `x.` are others' and left out.

        Raises:
            UnknownEventError: A newer version wrote one of them.
            JournalUnusableError: The file cannot be read, or is damaged.
        """
        return self.load_span(run, 1, LAST_SEQ)

    def load_span(self, run: str, first: int, last: int) -> list[Event]:
        """Return a run's events from one number to another, both counted in, as `load_events` does.

        Raises:
            UnknownEventError: A newer version wrote one of them.
            JournalUnusableError: The file cannot be read, or is damaged.
        """
        with self._store.reading() as connection, collector_rests():
            rows = connection.execute(_SPAN, {"run": run, "first": first, "last": last})
            try:
                return [decode_event(row) for row in rows if not row[2].startswith(FOREIGN)]
            except (ValueError, KeyError, TypeError) as error:
                raise DamagedJournalError(self._store.path, _("run {run} cannot be read").format(run=run)) from error

    def count_events(self, run: str) -> int:
        """Return the number of a run's last event: how many there are, others' counted in.

        Raises:
            JournalUnusableError: The file cannot be read.
        """
        with self._store.reading() as connection:
            return int(connection.execute(_COUNT, (run,)).fetchone()[0] or 0)

    def load_value(self, hash_: str) -> Json:
        """Return the value kept under a hash.

        Raises:
            DamagedJournalError: It is not there, or is not what its hash says.
            JournalUnusableError: The file cannot be read.
        """
        with self._store.reading() as connection:
            return read_value(connection, self._store.blobs, hash_, journal=self._store.path)

    def verify_chain(self, run: str) -> None:
        """See that a run is kept as it was written.

        Raises:
            DamagedJournalError: Something was cut, changed, moved or added.
            JournalUnusableError: The file cannot be read.
        """
        with self._store.reading() as connection:
            why = find_break(connection, run)
        if why is not None:
            raise DamagedJournalError(self._store.path, _("of run {run} {why}").format(run=run, why=why))


def _conditions(statuses: Sequence[str], text: str, before: int | None) -> tuple[list[str], list[str | int]]:
    """Return what a page must fulfil, in SQL, and the values for its question marks."""
    conditions: list[str] = []
    values: list[str | int] = []
    if statuses:
        conditions.append(f"status in ({','.join('?' * len(statuses))})")
        values.extend(statuses)
    if text:
        plain = "".join(f"\\{character}" if character in "\\%_" else character for character in text)
        held = [f"coalesce({column}, '') like ? escape '\\'" for column in _SEARCHED]
        conditions.append(f"(no = ? or run like ? escape '\\' or {' or '.join(held)})")
        number = text.upper().removeprefix("R-")
        values.extend([number if number.isdecimal() else "", f"{plain}%", *[f"%{plain}%"] * len(held)])
    if before is not None:
        conditions.append("no < ?")
        values.append(before)
    return conditions, values
