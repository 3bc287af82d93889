"""Which run, and which step of it, is behind a change of the Lab: found by the keys that its attempts send."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Final, Protocol

from tocsin.base.errors import TocsinError
from tocsin.engine.events import Event, EventType, RunStatus
from tocsin.engine.undoing import UndoItem
from tocsin.services.lab_desk.values import LabRun, RunStanding

MOST_RUNS: Final = 20
"""In so many of the newest runs the one is looked for that made a change."""


class RunSummaries(Protocol):
    """What is needed to know of a run that was."""

    @property
    def run(self) -> str:
        """Its id."""
        ...

    @property
    def no(self) -> int:
        """Its number."""
        ...

    @property
    def name(self) -> str:
        """Its playbook's name."""
        ...

    @property
    def status(self) -> str:
        """Where it stands."""
        ...

    @property
    def started_at(self) -> int:
        """UTC microseconds."""
        ...

    @property
    def ended_at(self) -> int | None:
        """UTC microseconds, or None while it is on."""
        ...


class RunBooks(Protocol):
    """Where runs are looked up: `services.history` fills it."""

    def list_runs(self, *, most: int = ...) -> Sequence[RunSummaries]:
        """Return the newest runs first."""
        ...

    def load_events(self, run: str) -> list[Event]:
        """Return the events of a run."""
        ...

    def changes_of(self, run: str, /) -> tuple[UndoItem, ...]:
        """Return what a run changed and nobody has taken back yet, newest first."""
        ...


@dataclass(frozen=True, slots=True)
class Cause:
    """A step of a run."""

    run: LabRun
    path: str


class Causes:
    """Knows what was behind the keys that were asked for, and looks every key up once.

    Args:
        books: Gives the runs that were.
    """

    def __init__(self, books: Callable[[], RunBooks]) -> None:
        self._books = books
        self._found: dict[str, Cause | None] = {}
        self._starters: dict[str, str] = {}
        self._standings: dict[str, RunStanding] = {}

    def find(self, key: str) -> Cause | None:
        """Return what sent this key, as far as `look_up` found it."""
        return self._found.get(key)

    def look_up(self, keys: Iterable[str]) -> None:
        """Find the runs whose attempts sent these keys. An intent is kept before its request leaves."""
        new = set(keys) - {""} - self._found.keys()
        if not new:
            return
        self._found.update(dict.fromkeys(new))
        with suppress(TocsinError):  # a journal that cannot be read: what changed is shown all the same
            for summary in self._books().list_runs(most=MOST_RUNS):
                if not new:
                    return
                self._read(LabRun(summary.run, summary.no, summary.name), new)

    def standings(self, runs: Iterable[LabRun]) -> Mapping[str, RunStanding]:
        """Return how these runs stand; the journal is asked only while one of them is on."""
        wanted = {run.run for run in runs}
        if not all(run in self._standings and self._standings[run].is_over for run in wanted):
            with suppress(TocsinError):
                for summary in self._books().list_runs(most=MOST_RUNS):
                    self._standings[summary.run] = RunStanding(
                        RunStatus(summary.status),
                        self._starters.get(summary.run, ""),
                        summary.started_at,
                        summary.ended_at,
                    )
        return {run: self._standings[run] for run in wanted if run in self._standings}

    def _read(self, run: LabRun, wanted: set[str]) -> None:
        for event in self._books().load_events(run.run):
            if event.type is EventType.RUN_CREATED:
                self._starters[run.run] = event.by
            elif event.type is EventType.ATTEMPT_STARTED and event.data["idempotency_key"] in wanted:
                key = event.data["idempotency_key"]
                self._found[key] = Cause(run, event.path)
                wanted.discard(key)
