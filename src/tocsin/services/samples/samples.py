"""Answers what may be read at a point and what a text gives there, on a thread of its own, one question at a time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from functools import cached_property
from typing import Protocol

from tocsin.base.errors import TocsinError
from tocsin.base.json_types import Json
from tocsin.engine.events import Event
from tocsin.services.samples.groups import ValueGroup, groups_at
from tocsin.services.samples.point import ReadPoint, Surroundings
from tocsin.services.samples.seen_run import SeenRun, read_run
from tocsin.services.samples.trial import Outcome, try_text
from tocsin.services.samples.values import SampleValues

MOST_RUNS = 200
"""How many of the newest runs are looked through for one of a playbook."""


class ListedRun(Protocol):
    """What a run's place in the journal says."""

    @property
    def run(self) -> str:
        """Its id."""
        ...

    @property
    def playbook(self) -> str:
        """The playbook's id."""
        ...

    @property
    def no(self) -> int:
        """Its number."""
        ...


class Archive(Protocol):
    """The runs that were: `services.history.RunHistory`."""

    def list_runs(self, *, most: int = ...) -> Sequence[ListedRun]:
        """Return the newest runs first."""
        ...

    def load_events(self, run: str, /) -> Sequence[Event]:
        """Return a run's events."""
        ...

    def load_value(self, hash_: str, /) -> Json:
        """Return a large value."""
        ...


class Answers:
    """Knows what may be read and what it was. For one thread: `Samples` has one for it.

    Args:
        open_archive: Gives the runs that were; called at the first look. None: there are none.
        networks: Gives the environment's own networks, for is_internal(); called likewise.
    """

    def __init__(
        self, open_archive: Callable[[], Archive] | None = None, networks: Callable[[], Sequence[str]] = tuple
    ) -> None:
        self._open = open_archive
        self._find_networks = networks
        self._seen: dict[str, SeenRun | None] = {}
        self._values: SampleValues | None = None

    def groups(self, point: ReadPoint) -> tuple[ValueGroup, ...]:
        """Return what may be read at a point."""
        return groups_at(self._values_at(point))

    def evaluate(self, point: ReadPoint, text: str, *, is_template: bool) -> Outcome:
        """Return what a text gives at a point."""
        return try_text(self._values_at(point), text, is_template=is_template)

    def look_again(self, playbook: str) -> bool:
        """Look for a newer run of a playbook; tell whether there is one. The first question looks by itself."""
        before = self._seen.get(playbook)
        newest = self._seen[playbook] = self._find_newest(playbook, before)
        return newest is not before

    @cached_property
    def _archive(self) -> Archive | None:
        return self._open() if self._open else None

    @cached_property
    def _networks(self) -> Sequence[str]:
        return self._find_networks()

    def _values_at(self, point: ReadPoint) -> SampleValues:
        playbook = point.playbook.id
        if playbook not in self._seen:
            self.look_again(playbook)
        run, known = self._seen[playbook], self._values
        if known is None or known.around.point is not point or known.run is not run:
            self._values = known = SampleValues(Surroundings(point), run, self._networks)
        return known

    def _find_newest(self, playbook: str, before: SeenRun | None) -> SeenRun | None:
        """Return the values of the newest run; where the journal cannot be read there are samples still."""
        if self._archive is None or not playbook:
            return None
        try:
            listed = self._archive.list_runs(most=MOST_RUNS)
            newest = next((run for run in listed if run.playbook == playbook), None)
            if newest is None or (before is not None and before.run == newest.run and before.is_over):
                return before
            events = self._archive.load_events(newest.run)
            return read_run(newest.run, newest.no, events, self._archive.load_value)
        except TocsinError:
            return before


class Samples:
    """Answers on a thread of its own, one question after the other. What it is asked must not change."""

    def __init__(self, answers: Answers) -> None:
        self._answers = answers
        self._desk = ThreadPoolExecutor(max_workers=1, thread_name_prefix="tocsin-samples")

    def groups(self, point: ReadPoint) -> Future[tuple[ValueGroup, ...]]:
        """List what may be read at a point."""
        return self._desk.submit(lambda: self._answers.groups(point))

    def evaluate(self, point: ReadPoint, text: str, *, is_template: bool) -> Future[Outcome]:
        """Try a text at a point."""
        return self._desk.submit(lambda: self._answers.evaluate(point, text, is_template=is_template))

    def look_again(self, playbook: str) -> Future[bool]:
        """Look for a newer run of a playbook; tells whether there is one."""
        return self._desk.submit(lambda: self._answers.look_again(playbook))

    def close(self) -> None:
        """Answer nothing more; what is being worked out is waited for: its limits end it."""
        self._desk.shutdown(cancel_futures=True)
