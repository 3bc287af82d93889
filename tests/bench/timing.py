"""How benches measure."""

import statistics
import time
from collections.abc import Callable

FRAMES = 40
BUDGET = 1.5
"""Seconds after which a slow measurement makes do with what it has."""


def median_ms(action: Callable[[], object], *, warm_up: int = 2) -> float:
    """Return the median of up to 40 runs, in milliseconds."""
    for _ in range(warm_up):
        action()
    taken: list[float] = []
    begin = time.perf_counter()
    while len(taken) < FRAMES and (len(taken) < 3 or time.perf_counter() - begin < BUDGET):
        start = time.perf_counter()
        action()
        taken.append((time.perf_counter() - start) * 1000)
    return round(statistics.median(taken), 3)
