"""What ran in the frames that had the most to do: each is profiled, the worst are kept and printed.

Profiling makes every call into Python longer, so the times of a traced bench are for comparing with each other only.
"""

from __future__ import annotations

import cProfile
import heapq
import io
import itertools
import pstats
import sys

LINES = 24
"""So many calls of a frame are printed, those that took the most with all they called first."""
WARM_UP = 20
"""Frames at the beginning that are not kept: what is drawn for the first time is put into caches."""


class FrameTrace:
    """Keeps the frames in which most was done; with `most` 0 it does nothing.

    Args:
        most: How many.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._kept: list[tuple[float, int, cProfile.Profile]] = []
        self._numbers = itertools.count()
        self._profile: cProfile.Profile | None = None

    def next(self, worked_ms: float) -> None:
        """End a frame, in which Qt's thread worked so long, and begin another."""
        if not self._most:
            return
        ended = self.drop()
        number = next(self._numbers)
        if ended is not None and number >= WARM_UP:
            keep = heapq.heappush if len(self._kept) < self._most else heapq.heappushpop
            keep(self._kept, (worked_ms, number, ended))
        self._profile = cProfile.Profile()
        self._profile.enable()

    def drop(self) -> cProfile.Profile | None:
        """Profile no more; return what was being profiled."""
        ended, self._profile = self._profile, None
        if ended is not None:
            ended.disable()
        return ended

    def print(self, title: str) -> None:
        """Write the frames that were kept to stderr, the worst first."""
        for worked_ms, number, profile in sorted(self._kept, reverse=True):
            text = io.StringIO()
            pstats.Stats(profile, stream=text).sort_stats("cumulative").print_stats(LINES)
            calls = "\n".join(line for line in text.getvalue().splitlines() if line.strip())
            print(f"--- {title}, frame {number}: {worked_ms:.1f} ms\n{calls}", file=sys.stderr)
        self._kept.clear()
