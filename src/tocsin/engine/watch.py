"""Ends what takes too long. One alarm serves all that is under way: most of it ends long before its time."""

from __future__ import annotations

import asyncio
import math
from collections.abc import Coroutine
from typing import Any, TypeVar

_T = TypeVar("_T")


class Watch:
    """Gives work its time, as `asyncio.timeout` does, without a timer of the loop for each. Belongs to one loop."""

    def __init__(self) -> None:
        self._ends: dict[asyncio.Task[Any], float] = {}
        self._late: set[asyncio.Task[Any]] = set()
        self._alarm: asyncio.TimerHandle | None = None
        self._rings_at = math.inf

    async def within(self, seconds: float, work: Coroutine[Any, Any, _T]) -> _T:
        """Return what comes of some work of the running task, which is cancelled when its time is over.

        Raises:
            TimeoutError: Nothing came of it within these seconds.
        """
        task = asyncio.current_task()
        if task is None:
            raise RuntimeError("not in a task")
        self._begin(task, seconds)
        try:
            return await work
        except asyncio.CancelledError as error:
            if self._end(task):
                raise TimeoutError from error
            raise
        finally:
            self._end(task)

    def close(self) -> None:
        """Ring no more."""
        self._ends.clear()
        if self._alarm is not None:
            self._alarm.cancel()
            self._alarm = None

    def _begin(self, task: asyncio.Task[Any], seconds: float) -> None:
        loop = task.get_loop()
        ends = self._ends[task] = loop.time() + seconds
        if ends < self._rings_at:
            self._set_alarm(loop, ends)

    def _end(self, task: asyncio.Task[Any]) -> bool:
        """Let a task be; tell whether its time ran out, and that alone is why it was cancelled."""
        self._ends.pop(task, None)
        if task not in self._late:
            return False
        self._late.remove(task)
        return not task.uncancel()

    def _set_alarm(self, loop: asyncio.AbstractEventLoop, when: float) -> None:
        if self._alarm is not None:
            self._alarm.cancel()
        self._rings_at = when
        self._alarm = loop.call_at(when, self._ring, loop)

    def _ring(self, loop: asyncio.AbstractEventLoop) -> None:
        self._alarm, self._rings_at = None, math.inf
        now = loop.time()
        for task in [task for task, ends in self._ends.items() if ends <= now]:
            del self._ends[task]
            self._late.add(task)
            task.cancel()
        if self._ends:
            self._set_alarm(loop, min(self._ends.values()))
