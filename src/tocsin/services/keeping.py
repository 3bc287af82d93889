"""Keeping house with the runs that were: are they as they were written, as files to hand on, and old ones go."""

from __future__ import annotations

from collections.abc import Callable, Container, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any, cast

from tocsin.base.atomic_file import PRIVATE, write_atomically
from tocsin.base.clock import Clock
from tocsin.base.json_types import Json
from tocsin.base.texts import _
from tocsin.engine.events import Event
from tocsin.engine.outcomes import Changed
from tocsin.engine.progress import RunProgress
from tocsin.engine.record import RunRecord
from tocsin.journal import (
    BadRunFileError,
    Fault,
    History,
    KeptRun,
    Parcel,
    RunSummary,
    Store,
    check_file,
    check_parcel,
    check_runs,
    is_held,
    keep_parcel,
    list_kept,
    pack_run,
    read_parcel,
    remove_runs,
    shrink,
    sweep,
    weigh,
)
from tocsin.model.document import from_document
from tocsin.services.places import Places


class Stays(StrEnum):
    """Why a run stays that the limits would let go."""

    OPEN = "open"
    HELD = "held"
    UNSURE = "unsure"
    UNDOING = "undoing"
    UNDONE = "undone"


@dataclass(frozen=True, slots=True)
class Limits:
    """Which runs may go.

    Attributes:
        before: Those that ended before this (UTC microseconds), or None.
        keep: The newest so many stay in any case; alone: all others go. None for no such number.
        most_bytes: The oldest go until the journal takes no more than this, or None.
    """

    before: int | None = None
    keep: int | None = None
    most_bytes: int | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """What letting go would do.

    Attributes:
        going: The runs that go, oldest first.
        staying: How many stay though the limits would let them go, by reason.
        bytes_now: What the journal takes.
        bytes_going: About how much less it will take.
    """

    going: tuple[KeptRun, ...] = ()
    staying: Mapping[Stays, int] = field(default_factory=dict[Stays, int])
    bytes_now: int = 0
    bytes_going: int = 0


class RunKeeping:
    """Looks after what the journal keeps.

    Args:
        places: Where the journal is.
        mask: Returns data with every known secret masked.
        clock: Gives the time.
    """

    def __init__(self, places: Places, mask: Callable[[Json], Json], *, clock: Clock | None = None) -> None:
        self._store = Store(places.journal, places.blobs)
        self._history = History(places.journal, places.blobs)
        self._locks = places.locks
        self._mask = mask
        self._clock = clock or Clock()

    def check_run(self, name: str) -> tuple[str, list[Fault]]:
        """Return the id of the run whose id is or begins with this, and what is wrong with it.

        Raises:
            UnknownRunError: There is none, or several.
            JournalUnusableError: The journal cannot be read.
        """
        run = self._history.get_run(name).run
        return run, list(check_runs(self._store, [run]))

    def check_all(self) -> tuple[int, list[Fault]]:
        """Return how many runs are kept, and what is wrong with them and with the file.

        Raises:
            JournalUnusableError: The journal cannot be read at all.
        """
        if not self._store.is_there:
            return 0, []
        runs = self._history.list_ids()
        return len(runs), [*check_file(self._store), *check_runs(self._store, runs)]

    def export(self, name: str, out: Path) -> str:
        """Write the run whose id is or begins with this into a file for its owner alone; return its id.

        Raises:
            UnknownRunError: There is none, or several.
            DamagedJournalError: It is not kept as it was written.
            OSError: The file cannot be written.
        """
        run = self._history.get_run(name).run
        write_atomically(out, pack_run(self._store, run, self._mask), mode=PRIVATE)
        return run

    def take_in(self, file: Path) -> RunSummary:
        """Keep the run of a file, marked as imported.

        Raises:
            BadRunFileError: It is no run, or not what was written; nothing of it was kept.
            RunIsKeptError: The journal has it already.
            OSError: The file cannot be read.
        """
        if file.exists() and not file.is_file():
            raise BadRunFileError(file.name, _("it is no file"))
        with file.open("rb") as opened:
            parcel = read_parcel(opened, file.name)
        events = check_parcel(parcel, file.name)
        _ensure_shown(parcel, events, file.name)
        keep_parcel(self._store, parcel, events, at=self._clock.utc_micros())
        return self._history.get_run(parcel.run)

    def plan(self, limits: Limits) -> Plan:
        """Return what letting go would do; nothing is done.

        Raises:
            JournalUnusableError: The journal cannot be read.
        """
        if not self._store.is_there:
            return Plan()
        weights = weigh(self._store)
        kept = list_kept(self._store)
        staying: dict[Stays, int] = {}
        going: dict[str, KeptRun] = {}
        left = weights.total
        reasons = _Reasons(kept, self._is_held, self._is_unsure)
        for run in kept[: -limits.keep] if limits.keep else kept:
            if not _is_over_limit(run, limits, left):
                continue
            reason = reasons.find(run, going)
            if reason is not None:
                staying[reason] = staying.get(reason, 0) + 1
                continue
            going[run.run] = run
            left -= weights.by_run.get(run.no, 0)
        return Plan(tuple(going.values()), staying, weights.total, weights.total - left)

    def let_go(self, plan: Plan) -> int:
        """Let the runs of a plan go, what nothing else needs, and the room they took; return how many went.

        Also clears up what a crash left behind the last time. One that is open meanwhile stays.

        Raises:
            JournalUnusableError: The journal cannot be written.
        """
        if not self._store.is_there:
            return 0
        gone = remove_runs(self._store, [run.no for run in plan.going])
        sweep(self._store)
        shrink(self._store, is_alone=not any(self._is_held(path.stem) for path in self._locks.glob("*.lock")))
        return gone

    def measure(self) -> int:
        """Return how many bytes the journal takes."""
        return weigh(self._store).total if self._store.is_there else 0

    def _is_held(self, owner: str) -> bool:
        return is_held(self._locks, owner)

    def _is_unsure(self, run: str) -> bool:
        if not self._history.uncertain_runs([run]):
            return False
        progress = RunProgress(run)
        for event in self._history.load_events(run):
            progress.apply(event)
        return any(change.changed == Changed.UNKNOWN for change in progress.changes)


class _Reasons:
    """Finds why runs stay."""

    def __init__(
        self, kept: Sequence[KeptRun], is_held: Callable[[str], bool], is_unsure: Callable[[str], bool]
    ) -> None:
        self._kept = {run.run for run in kept}
        self._being_undone = {run.parent for run in kept if run.ended_at is None and run.imported_at is None}
        self._is_held = is_held
        self._is_unsure = is_unsure
        self._held: dict[str, bool] = {}

    def find(self, run: KeptRun, going: Container[str]) -> Stays | None:
        """Return why a run stays, or None when it may go; `going` are those that go before it."""
        if run.imported_at is not None:
            return None  # a copy: nothing here goes on from it
        if run.ended_at is None:
            return Stays.OPEN
        if self._held.setdefault(run.owner, self._is_held(run.owner)):
            return Stays.HELD
        if run.run in self._being_undone:
            return Stays.UNDOING
        if run.parent in self._kept and run.parent not in going:
            return Stays.UNDONE  # it says what of that run has been taken back
        return Stays.UNSURE if self._is_unsure(run.run) else None


def _is_over_limit(run: KeptRun, limits: Limits, left: int) -> bool:
    since = run.ended_at or run.imported_at or run.started_at
    if limits.before is not None and since < limits.before:
        return True
    if limits.most_bytes is not None and left > limits.most_bytes:
        return True
    return limits.before is None and limits.most_bytes is None and limits.keep is not None


def _ensure_shown(parcel: Parcel, events: Sequence[Event], name: str) -> None:
    """See that what lists and windows do with a run can be done with this one."""
    try:
        document = parcel.load_value(events[0].data["playbook"]["hash"])
        record = RunRecord(from_document(cast("dict[str, Any]", document)), parcel.load_value)
        record.add(events)
        record.to_json()
    except (ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError) as error:
        raise BadRunFileError(name, _("what it says makes no run")) from error
