"""A run at any moment of its list of events: what the replay slider shows. Nothing is run."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from tocsin.engine.details import RunDetails
from tocsin.engine.events import Event
from tocsin.engine.progress import NodeStatus, RunProgress

STRIDE: Final = 1_000
"""A moment is kept every so many events: a jump folds less than these, about 5 ms."""


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

    def copy(self) -> Moment:
        """Return the same once more, to be folded on."""
        return Moment(self.progress.copy(), self.details.copy())


def moment_at(events: Sequence[Event], index: int) -> Moment:
    """Return how the run stood after its first `index` events."""
    moment = Moment(RunProgress(events[0].run if events else ""), RunDetails())
    seen = events[:index]
    moment.progress.apply_all(seen)
    for event in seen:
        moment.details.apply(event)
    return moment


def changed_between(before: RunProgress, after: RunProgress) -> dict[str, NodeStatus]:
    """Return the nodes that stand otherwise in `after`, with how they stand there."""
    nodes = dict.fromkeys((*before.statuses, *after.statuses))
    return {node: after.status_of(node) for node in nodes if before.status_of(node) != after.status_of(node)}


class Rewind:
    """Gives any moment of one list of events quickly: it remembers some on the way.

    Args:
        events: The list. It may grow at its end.
    """

    def __init__(self, events: Sequence[Event]) -> None:
        self._events = events
        self._kept: list[tuple[int, Moment]] = [(0, moment_at(events, 0))]

    def at(self, index: int) -> Moment:
        """Return how the run stood after its first `index` events; the caller may fold it on."""
        place = bisect_right(self._kept, index, key=lambda kept: kept[0]) - 1
        reached, kept = self._kept[place]
        moment = kept.copy()
        for event in self._events[reached:index]:
            moment.apply(event)
            reached += 1
            if reached == self._kept[-1][0] + STRIDE:
                self._kept.append((reached, moment.copy()))
        return moment
