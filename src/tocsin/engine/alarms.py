"""The timers of all runs: one alarm of the loop, set for the earliest."""

from __future__ import annotations

import asyncio
import heapq
from collections.abc import Callable, Iterator
from typing import Final

from tocsin.base.clock import Clock

Ring = Callable[[str, str, int], None]
"""Is told a run, its timer, and by how many milliseconds it is late."""
LONGEST_NAP: Final = 60.0
"""Seconds between two looks at the time: the wall clock may have jumped while the machine slept."""


class Alarms:
    """Rings for each timer once, in the order of (due, timer). Belongs to the loop that it is first used on.

    Args:
        clock: Gives the time.
        ring: Is called when a timer's time has come.
    """

    def __init__(self, clock: Clock, ring: Ring) -> None:
        self._clock = clock
        self._ring = ring
        self._by_run: dict[str, dict[str, int]] = {}
        self._due: list[tuple[int, str, str]] = []
        self._alarm: asyncio.TimerHandle | None = None

    def arm(self, run: str, timer: str, due: int) -> None:
        """Ring at this time, UTC microseconds; a timer that is set already rings at this one only."""
        self._by_run.setdefault(run, {})[timer] = due
        entry = (due, timer, run)
        heapq.heappush(self._due, entry)
        if self._due[0] is entry:
            self._set()

    def disarm(self, run: str, timer: str) -> None:
        """Forget a timer; harmless when it is not set."""
        self._by_run.get(run, {}).pop(timer, None)

    def forget(self, run: str) -> None:
        """Forget all timers of a run."""
        self._by_run.pop(run, None)

    def close(self) -> None:
        """Ring no more."""
        self._by_run.clear()
        if self._alarm is not None:
            self._alarm.cancel()
            self._alarm = None

    def _is_set(self, due: int, timer: str, run: str) -> bool:
        return self._by_run.get(run, {}).get(timer) == due

    def _set(self) -> None:
        if self._alarm is not None:
            self._alarm.cancel()
            self._alarm = None
        while self._due and not self._is_set(*self._due[0]):
            heapq.heappop(self._due)
        if self._due:
            delay = (self._due[0][0] - self._clock.utc_micros()) / 1_000_000
            self._alarm = asyncio.get_running_loop().call_later(min(max(0.0, delay), LONGEST_NAP), self._on_alarm)

    def _on_alarm(self) -> None:
        self._alarm = None
        for due, timer, run in self._take_due(self._clock.utc_micros()):
            self._ring(run, timer, max(0, (self._clock.utc_micros() - due) // 1000))
        self._set()

    def _take_due(self, now: int) -> Iterator[tuple[int, str, str]]:
        while self._due and self._due[0][0] <= now:
            due, timer, run = heapq.heappop(self._due)
            if self._is_set(due, timer, run):
                del self._by_run[run][timer]
                yield due, timer, run
