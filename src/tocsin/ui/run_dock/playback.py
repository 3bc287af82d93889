"""Playing a run again: which event is shown when, with long pauses cut short. Without Qt; nothing is run."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

LONGEST_PAUSE: Final = 1_000_000
"""Microseconds: a person who waits four hours for an answer does not wait them again."""
SPEEDS: Final = (0.25, 0.5, 1.0, 2.0, 4.0, 8.0, 16.0)
NORMAL: Final = 1.0


class Playback:
    """Where the playhead is in a list of events, and how it goes on.

    The index says how many events are seen: 0 is before the first, `count` after the last.

    Args:
        times: When each event was, UTC microseconds; the list may grow at its end.
    """

    def __init__(self, times: Sequence[int]) -> None:
        self._times = times
        self._spent: list[int] = []
        self.index = len(times)
        self.speed = NORMAL

    @property
    def count(self) -> int:
        """How many events there are."""
        return len(self._times)

    @property
    def is_at_end(self) -> bool:
        """Everything is seen."""
        return self.index >= self.count

    @property
    def first(self) -> int:
        """When the run began, UTC microseconds; 0 where nothing happened."""
        return self._times[0] if self._times else 0

    @property
    def last(self) -> int:
        """When its last event was, UTC microseconds; 0 where nothing happened."""
        return self._times[-1] if self._times else 0

    @property
    def moment(self) -> int:
        """The time of the last event that is seen, UTC microseconds; before the first that of the first; 0 for none."""
        return self._times[max(self.index - 1, 0)] if self._times else 0

    def go(self, index: int) -> None:
        """Put the playhead after the first `index` events."""
        self.index = min(max(index, 0), self.count)

    def step(self, by: int) -> None:
        """Go on to the next moment at which something happened (1), or back to the one before (-1)."""
        self.go(self.index + by)
        while 0 < self.index < self.count and self._times[self.index] == self.moment:
            self.go(self.index + by)

    def marks(self, most: int) -> list[int]:
        """Return the times of events to be marked on a track, at most so many, spread over them all."""
        stride = max(-(-self.count // most), 1)
        return list(self._times[::stride])

    def index_at(self, micros: int) -> int:
        """Return how many events had happened by a time of the clock."""
        return bisect_right(self._times, micros)

    def advance(self, micros: int) -> bool:
        """Let the playhead run for a while of real time; tell whether there is more to see."""
        spent = self._schedule()
        now = (spent[self.index - 1] if self.index else 0) + micros * self.speed
        self.go(max(self.index, bisect_right(spent, now)))
        return not self.is_at_end

    def due(self) -> int:
        """Return how long the next event is away in real time, in microseconds; 0 at the end."""
        if self.is_at_end:
            return 0
        spent = self._schedule()
        return round((spent[self.index] - (spent[self.index - 1] if self.index else 0)) / self.speed)

    def _schedule(self) -> list[int]:
        """When each event comes when the run is played, in microseconds from the first."""
        if len(self._spent) != self.count:
            spent = [0]
            for before, after in pairwise(self._times):
                spent.append(spent[-1] + min(after - before, LONGEST_PAUSE))
            self._spent = spent
        return self._spent
