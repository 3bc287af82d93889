"""Clock time along a line: where a moment stands, and where the marks are. Without Qt."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from tocsin.base.times import moment_of, zone_mark

MICROS: Final = 1_000_000
_STEPS: Final = tuple(
    round(step * MICROS)
    for step in (
        *(0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5),
        *(1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800),
        *(3600, 7200, 14_400, 43_200, 86_400, 604_800),
    )
)
TICK_GAP: Final = 76
FINE_TICK_GAP: Final = 100
"""Marks closer than a second apart say milliseconds too, and need more room."""


@dataclass(frozen=True, slots=True)
class Tick:
    """A mark: where, and what it says."""

    x: float
    text: str


@dataclass(frozen=True, slots=True)
class TimeAxis:
    """A stretch of time from `left` to `right`.

    Attributes:
        start: UTC microseconds at `left`.
        end: UTC microseconds at `right`; a whole number of steps after `start`.
        left: Pixels.
        right: Pixels.
        step: Microseconds between two marks.
    """

    start: int
    end: int
    left: float
    right: float
    step: int

    def x_of(self, micros: int) -> float:
        """Return where a moment stands; outside the stretch at its nearer end."""
        share = (micros - self.start) / (self.end - self.start)
        return self.left + min(max(share, 0.0), 1.0) * (self.right - self.left)

    def time_at(self, x: float) -> int:
        """Return the moment at a place; outside the stretch its nearer end."""
        share = (x - self.left) / (self.right - self.left)
        return self.start + round(min(max(share, 0.0), 1.0) * (self.end - self.start))

    @property
    def zone(self) -> str:
        """What the marks are times of: “UTC”."""
        return zone_mark(moment_of(self.start))

    def ticks(self) -> tuple[Tick, ...]:
        """Return the marks, the first at the start."""
        count = (self.end - self.start) // self.step
        return tuple(self._tick(self.start + number * self.step) for number in range(count + 1))

    def _tick(self, micros: int) -> Tick:
        moment = datetime.fromtimestamp(micros / MICROS, tz=moment_of(self.start).tzinfo)  # one zone for all marks
        text = f"{moment:%H:%M:%S}"
        return Tick(self.x_of(micros), text if self.step >= MICROS else f"{text}.{micros // 1000 % 1000:03d}")


def make_axis(start: int, end: int, left: float, right: float, *, scale: float = 1.0) -> TimeAxis:
    """Return an axis that holds both moments and ends at a mark, so that it seldom changes while a run goes on.

    Args:
        start: UTC microseconds.
        end: UTC microseconds, not before `start`.
        left: Where it begins, in pixels.
        right: Where it ends, in pixels.
        scale: Of text: larger marks need more room.
    """
    right = max(right, left + 1)
    span = max(end - start, 1)
    for step in _STEPS:
        gap = (TICK_GAP if step >= MICROS else FINE_TICK_GAP) * scale
        count = math.ceil(span / step)
        if count <= max(1, int((right - left) / gap)):
            return TimeAxis(start, start + count * step, left, right, step)
    count = math.ceil(span / _STEPS[-1])
    return TimeAxis(start, start + count * _STEPS[-1], left, right, count * _STEPS[-1])
