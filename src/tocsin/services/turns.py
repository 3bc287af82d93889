"""Runs that wait for their turn, because runs of the same key came before them (engine.md 1.33).

Which those are is read from the journal: it knows the runs of every process, also those that wait for a person while
no process has them. All methods are called on the engine's loop.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

LOOK_SECONDS: Final = 0.25


@dataclass(frozen=True, slots=True)
class Waiter:
    """A run that waits.

    Attributes:
        limit: How many of its key may be on at once.
        ahead: Counts those that came before it and are not over.
        begin: Lets it begin; harmless when it is over already.
        is_wanted: It has not been stopped meanwhile.
    """

    limit: int
    ahead: Callable[[], int]
    begin: Callable[[], object]
    is_wanted: Callable[[], bool]


class Turns:
    """Lets waiting runs begin as soon as it is their turn."""

    def __init__(self) -> None:
        self._tasks: set[asyncio.Task[None]] = set()

    def add(self, waiter: Waiter) -> None:
        """Look after a run from now on."""
        task = asyncio.get_running_loop().create_task(_watch(waiter))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def close(self) -> None:
        """Look no more; what waits goes on waiting in the journal."""
        tasks = list(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def _watch(waiter: Waiter) -> None:
    while waiter.is_wanted():
        if waiter.ahead() < waiter.limit:
            waiter.begin()
            return
        await asyncio.sleep(LOOK_SECONDS)
