"""A run at any moment of its list of events: what the replay slider shows. Nothing is run."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from threading import Lock
from typing import Final

from tocsin.engine.details import RunDetails
from tocsin.engine.events import Event
from tocsin.engine.progress import NodeStatus, RunProgress

STRIDE: Final = 1_000
"""A moment is kept every so many events: a jump folds less than these, about 5 ms."""
MOST: Final = 16
"""About so many moments of a long run are remembered, more where somebody looks: each holds all that was before."""


@dataclass(frozen=True, slots=True)
class Moment:
    """How a run stands after some of its events.

    Attributes:
        progress: What every face shows.
        details: What is looked at closely.
    """

    progress: RunProgress
    details: RunDetails

    def apply(self, event: Event) -> None:
        """Take one event."""
        self.progress.apply(event)
        self.details.apply(event)

    def apply_all(self, events: Iterable[Event]) -> None:
        """Take events in order; for many quicker than one by one."""
        seen = tuple(events)
        self.progress.apply_all(seen)
        for event in seen:
            self.details.apply(event)

    def copy(self) -> Moment:
        """Return the same once more, to be folded on."""
        return Moment(self.progress.copy(), self.details.copy())


_NONE: Final[Mapping[int, Callable[[], Moment | None]]] = {}


def moment_at(events: Sequence[Event], index: int) -> Moment:
    """Return how the run stood after its first `index` events."""
    moment = Moment(RunProgress(events[0].run if events else ""), RunDetails())
    moment.apply_all(events[:index])
    return moment


def changed_between(before: RunProgress, after: RunProgress) -> dict[str, NodeStatus]:
    """Return the nodes that stand otherwise in `after`, with how they stand there."""
    nodes = dict.fromkeys((*before.statuses, *after.statuses))
    return {node: after.status_of(node) for node in nodes if before.status_of(node) != after.status_of(node)}


class Rewind:
    """Gives any moment of one list of events quickly: it remembers some on the way. Any thread may ask.

    Args:
        events: The list. It may grow at its end.
        stored: Moments that are kept elsewhere: how many events they have seen, rising, and what loads them; None when
            one cannot be had after all.
        begin: How it stood before the first, where to look at that one would load others with it.
    """

    def __init__(
        self,
        events: Sequence[Event],
        stored: Mapping[int, Callable[[], Moment | None]] = _NONE,
        begin: Moment | None = None,
    ) -> None:
        self._events = events
        self._stored = dict(stored)
        self._kept: list[tuple[int, Moment]] = [(0, begin or moment_at(events, 0))]
        self._lock = Lock()

    def is_near(self, index: int) -> bool:
        """Tell whether a moment is at hand: to fold what lies between takes no longer than a frame.

        Never for a run of which moments are stored: its events are too, and must be loaded first.
        """
        return not self._stored and index - self._find(index)[0] <= STRIDE

    def at(self, index: int) -> Moment:
        """Return how the run stood after its first `index` events; the caller may fold it on."""
        reached, moment = self._begin_at(index)
        stride = max(STRIDE, len(self._events) // MOST)
        for event in self._events[reached:index]:
            if reached and (reached % stride == 0 or reached == index - index % STRIDE):
                self._keep(reached, moment)
            moment.apply(event)
            reached += 1
        return moment

    def _begin_at(self, index: int) -> tuple[int, Moment]:
        """Return the latest moment before one that is remembered or stored, to be folded on."""
        reached, kept = self._find(index)
        for place in sorted((place for place in self._stored if reached + STRIDE < place <= index), reverse=True):
            stored = self._stored[place]()
            if stored is not None:
                self._keep(place, stored)
                return place, stored
            del self._stored[place]
        return reached, kept.copy()

    def _find(self, index: int) -> tuple[int, Moment]:
        with self._lock:
            return self._kept[bisect_right(self._kept, index, key=_reached) - 1]

    def _keep(self, reached: int, moment: Moment) -> None:
        """Remember a moment; of very many those that lie closest to the one before go."""
        copied = moment.copy()
        with self._lock:
            place = bisect_right(self._kept, reached, key=_reached)
            if self._kept[place - 1][0] == reached:
                return
            self._kept.insert(place, (reached, copied))
            if len(self._kept) > 2 * MOST:
                gaps = [after[0] - before[0] for before, after in pairwise(self._kept)]
                del self._kept[gaps.index(min(gaps)) + 1]


def _reached(kept: tuple[int, Moment]) -> int:
    return kept[0]
