"""Finds what is kept otherwise than it was written: the chain of each run, its values, its summary, the file itself."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, Final

from tocsin.base.texts import _
from tocsin.engine.details import RunDetails
from tocsin.engine.errors import UnknownEventError
from tocsin.engine.events import Event, EventType
from tocsin.engine.kept_moments import MOMENT_VERSION, is_packed
from tocsin.engine.moments import Moment
from tocsin.engine.progress import RunProgress
from tocsin.journal.chain import SELECT_EVENTS, find_break
from tocsin.journal.encoding import decode_event
from tocsin.journal.errors import DamagedJournalError
from tocsin.journal.snapshots import unpack_times
from tocsin.journal.store import Store
from tocsin.journal.summaries import BEGUN, ENDED, begun_facts, ended_facts
from tocsin.journal.values import named_values, read_bytes

_MOST: Final = 20
"""Faults of the file's pages that are named: after so many, more say nothing new."""
_SNAPSHOTS: Final = """
select snapshot.id & 4294967295, times, body from snapshot
join run on snapshot.id between run.no << 32 and run.no << 32 | 4294967295 where run.run = ? and v = ? order by 1
"""
_STRAYS: Final = "select count(*) from event left join run on run.no = event.id >> 32 where run.no is null"


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that is not as it was written.

    Attributes:
        run: In which run; "" for the file.
        what: A clause.
    """

    run: str
    what: str


def check_file(store: Store) -> list[Fault]:
    """Return what is wrong with the file as a whole.

    Raises:
        JournalUnusableError: It cannot be read at all.
    """
    with store.reading() as connection:
        found = connection.execute(f"pragma integrity_check({_MOST})").fetchall()
        faults = [Fault("", _("SQLite finds: {row}").format(row=row[0])) for row in found if row[0] != "ok"]
        strays = 0 if faults else connection.execute(_STRAYS).fetchone()[0]
    if strays:
        faults.append(Fault("", _("events of no run are kept: {strays}").format(strays=strays)))
    return faults


def check_runs(store: Store, runs: Sequence[str]) -> Iterator[Fault]:
    """Yield what is wrong with these runs, one run after the other; each is a short look into the file.

    Raises:
        JournalUnusableError: The file cannot be read.
    """
    sound: set[str] = set()
    for run in runs:
        with store.reading() as connection:
            broken = find_break(connection, run)
            for what in (broken, *_bad_values(store, connection, run, sound)):
                if what is not None:
                    yield Fault(run, what)
            if broken is None and not _are_snapshots_right(connection, run):
                yield Fault(run, _("what is kept to open it quickly is wrong"))


def _bad_values(store: Store, connection: sqlite3.Connection, run: str, sound: set[str]) -> Iterator[str]:
    """Yield a clause for each value that is not there or another, and for a summary that the events do not bear out."""
    ends: dict[str, Event] = {}
    for run_, seq, kind, path, body, _unused in connection.execute(SELECT_EVENTS, {"run": run}):
        try:
            named = [name for name in named_values(kind, body) if name not in sound]
            if kind in {EventType.RUN_CREATED, EventType.RUN_FINISHED}:
                ends[kind] = decode_event((run_, seq, kind, path, body))
        except UnknownEventError:
            continue
        except (ValueError, KeyError, TypeError, RecursionError):
            yield _("event {seq} cannot be read").format(seq=seq)
            continue
        for name in named:
            try:
                read_bytes(connection, store.blobs, name, journal=store.path)
            except DamagedJournalError as error:
                yield _("event {seq}: {why}").format(seq=seq, why=error.why)
            sound.add(name)  # or told already
    yield from _bad_summary(connection, run, ends)


def _are_snapshots_right(connection: sqlite3.Connection, run: str) -> bool:
    """Tell whether each snapshot says of a run what its events say."""
    found: list[tuple[int, bytes, bytes]] = connection.execute(_SNAPSHOTS, (run, MOMENT_VERSION)).fetchall()
    moment, reached = Moment(RunProgress(run), RunDetails()), 0
    rows = connection.execute(SELECT_EVENTS, {"run": run}) if found else iter(())
    for seq, packed_times, body in found:
        events = [decode_event(row[:5]) for row in islice(rows, seq - reached)]
        moment.apply_all(events)
        reached = seq
        if list(unpack_times(packed_times)) != [event.at for event in events] or not is_packed(moment, body):
            return False
    return True


def _bad_summary(connection: sqlite3.Connection, run: str, ends: dict[str, Event]) -> Iterator[str]:
    for kind, columns, facts in (
        (EventType.RUN_CREATED, BEGUN, begun_facts),
        (EventType.RUN_FINISHED, ENDED, ended_facts),
    ):
        if kind not in ends:
            continue
        listed: tuple[Any, ...] | None = connection.execute(
            f"select {columns} from run where run=?",  # noqa: S608  names of columns, written above
            (run,),
        ).fetchone()
        try:
            if listed is not None and listed != facts(ends[kind]):
                yield _("the list says otherwise than event {seq}").format(seq=ends[kind].seq)
        except (KeyError, TypeError):
            yield _("event {seq} cannot be read").format(seq=ends[kind].seq)
