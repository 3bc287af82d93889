"""Runs that were, for a window: the values of its list, and looks into the journal on a thread beside it.

Apart from `history`, so that the journal's library is imported when somebody first looks.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Protocol

from tocsin.base.json_types import Json
from tocsin.engine.events import Event, RunStatus
from tocsin.engine.moments import Moment, Rewind, moment_at
from tocsin.engine.undoing import UndoItem
from tocsin.model.playbook import Playbook


@dataclass(frozen=True, slots=True)
class RunQuery:
    """Which runs a list shows, newest first.

    Attributes:
        statuses: Only runs that stand so; empty for all.
        text: Only the run of this number, those whose id begins with this, and those whose playbook, environment,
            error or question holds it.
        before: Only runs with a smaller number than this one: what follows it in the list.
        most: How many.
    """

    statuses: tuple[RunStatus, ...] = ()
    text: str = ""
    before: int | None = None
    most: int = 200


@dataclass(frozen=True, slots=True)
class ListedRun:
    """One run as lists show it.

    Attributes:
        run: Its id.
        no: Its number in the journal.
        playbook: The playbook's name, its id where it has none.
        environment: Where it ran.
        status: Where it stands.
        started_at: UTC microseconds.
        ended_at: UTC microseconds, or None while it is on.
        changes: How many things it changed or may have changed.
        unsure: How many of them nobody knows of.
        error: The code of the failure that ended it, or "".
        waiting: What it asks, or "".
        is_imported: It came out of a file: it can be looked at, and neither go on nor be undone.
        is_paused: Somebody paused it, and nobody let it go on; told of runs whose process has ended (`list_left`).
    """

    run: str
    no: int
    playbook: str
    environment: str
    status: RunStatus
    started_at: int
    ended_at: int | None
    changes: int
    unsure: int = 0
    error: str = ""
    waiting: str = ""
    is_imported: bool = False
    is_paused: bool = False

    @property
    def title(self) -> str:
        """What people call it: “R-218”."""
        return f"R-{self.no}"

    def after_this(self, query: RunQuery) -> RunQuery:
        """Return the query for what follows this run in the same list."""
        return replace(query, before=self.no)


@dataclass(frozen=True, slots=True)
class LongRun:
    """How a run of many events stands and stood, found without folding all of them (`long_runs`).

    Attributes:
        events: All of them, loaded when somebody looks.
        times: When each was, UTC microseconds.
        moment: How it stands after the last.
        rewind: Gives how it stood before.
    """

    events: Sequence[Event]
    times: Sequence[int]
    moment: Moment
    rewind: Rewind


@dataclass(frozen=True, slots=True)
class PastRun:
    """A run to be looked at again.

    Attributes:
        listed: As lists show it.
        playbook: The snapshot it ran.
        events: All of its events, in order; those of a long one are loaded when somebody looks.
        long: Of a long one, how it stands and stood; that of a short one is found where this is made.
        moment: How it stands after the last event. No window waits for it.
        rewind: Gives how it stood before.
        times: When each event was, UTC microseconds.
    """

    listed: ListedRun
    playbook: Playbook
    events: Sequence[Event]
    long: LongRun | None = None
    moment: Moment = field(init=False, repr=False, compare=False)
    rewind: Rewind = field(init=False, repr=False, compare=False)
    times: Sequence[int] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        known = self.long
        found = {
            "moment": known.moment if known else moment_at(self.events, len(self.events)),
            "rewind": known.rewind if known else Rewind(self.events),
            "times": known.times if known else [event.at for event in self.events],
        }
        for name, value in found.items():
            object.__setattr__(self, name, value)


class Archive(Protocol):
    """What is looked into: `services.history.RunHistory`."""

    def search(self, query: RunQuery, /) -> tuple[ListedRun, ...]:
        """Return a page of runs."""
        ...

    def load_past(self, run: str, /) -> PastRun:
        """Return a run with its events."""
        ...

    def load_value(self, hash_: str, /) -> Json:
        """Return a large value."""
        ...

    def changes_of(self, run: str, /) -> tuple[UndoItem, ...]:
        """Return what a run changed and nobody has taken back yet, newest first."""
        ...

    def list_left(self) -> tuple[ListedRun, ...]:
        """Return the runs that have not ended and that no living process has, oldest first."""
        ...


class BackgroundHistory:
    """Looks into the archive on a thread of its own, one look after the other.

    Args:
        open_archive: Gives the archive; called on that thread, at the first look.
    """

    def __init__(self, open_archive: Callable[[], Archive]) -> None:
        self._open = open_archive
        self._desk = ThreadPoolExecutor(max_workers=1, thread_name_prefix="tocsin-history")

    @cached_property
    def _archive(self) -> Archive:
        return self._open()

    def search(self, query: RunQuery) -> Future[tuple[ListedRun, ...]]:
        """Find a page of runs; a TocsinError in the future says why the journal cannot be read."""
        return self._desk.submit(lambda: self._archive.search(query))

    def load_past(self, run: str) -> Future[PastRun]:
        """Load a run; a TocsinError in the future says why it cannot be shown."""
        return self._desk.submit(lambda: self._archive.load_past(run))

    def look_back(self, rewind: Rewind, index: int) -> Future[Moment]:
        """Find how a run stood after its first `index` events: of a long one no window waits for it."""
        return self._desk.submit(rewind.at, index)

    def load_value(self, hash_: str) -> Future[Json]:
        """Load the value kept under a hash; a TocsinError in the future says why it cannot."""
        return self._desk.submit(lambda: self._archive.load_value(hash_))

    def changes_of(self, run: str) -> Future[tuple[UndoItem, ...]]:
        """List what a run changed and nobody has taken back yet, newest first; what nothing takes back is there too."""
        return self._desk.submit(lambda: self._archive.changes_of(run))

    def list_left(self) -> Future[tuple[ListedRun, ...]]:
        """List the runs that have not ended and that no living process has, oldest first."""
        return self._desk.submit(lambda: self._archive.list_left())

    def close(self) -> None:
        """Look no more; what is being looked for is waited for."""
        self._desk.shutdown(cancel_futures=True)
