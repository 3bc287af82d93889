"""What a product bears: so many requests at once and so many in a time, for each connection, shared by all runs."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Final

from tocsin.model.bindings import Binding
from tocsin.model.catalogue import Limits

_PERIODS: Final = {"s": 1.0, "m": 60.0, "h": 3600.0, "d": 86400.0}

Sleep = Callable[[float], Awaitable[None]]
Monotonic = Callable[[], float]
Take = Callable[[str, int], Awaitable[bool]]
"""Counts one more request of a connection; False when it made so many today already."""


async def count_nothing(_connection: str, _most: int) -> bool:
    """Let every request go, where days are not counted."""
    return True


@dataclass(slots=True)
class TokenBucket:
    """A bucket of `count` tokens that fills again evenly within `period` seconds; who comes too soon is told to wait.

    Kept as the one moment at which the bucket would be full (the generic cell rate algorithm, ITU-T I.371).
    """

    count: int
    period: float
    _full_at: float = field(default=0.0, init=False)

    def reserve(self, now: float) -> float:
        """Take a token, perhaps a future one, and return how many seconds to wait until it is there."""
        interval = self.period / self.count
        full_at = max(self._full_at, now)
        self._full_at = full_at + interval
        return max(0.0, full_at - now - (self.count - 1) * interval)

    def try_reserve(self, now: float) -> bool:
        """Take a token that is there now; False, and nothing taken, when one would have to be waited for."""
        interval = self.period / self.count
        if max(self._full_at, now) - now > (self.count - 1) * interval:
            return False
        self.reserve(now)
        return True


def _bucket_of(rate: str) -> TokenBucket:
    count, _, unit = rate.partition("/")
    return TokenBucket(max(1, int(count)), _PERIODS[unit])


class ConnectionPermit:
    """The places and the rate of one connection: the engine's port `Permit`.

    Args:
        limits: What the product bears.
        monotonic: Seconds that never go back.
        sleep: Waits for seconds.
    """

    def __init__(self, limits: Limits, *, monotonic: Monotonic, sleep: Sleep) -> None:
        self._free = limits.concurrency
        self._bucket = _bucket_of(limits.rate) if limits.rate else None
        self._queue: deque[asyncio.Future[None]] = deque()
        self._monotonic = monotonic
        self._sleep = sleep

    def try_enter(self) -> bool:
        """Enter at once if there is room and nobody waits."""
        if self._queue or not self._free:
            return False
        if self._bucket is not None and not self._bucket.try_reserve(self._monotonic()):
            return False
        self._free -= 1
        return True

    async def enter(self) -> None:
        """Wait for a place and a token, first come first served, and enter."""
        await self._take_place()
        wait = self._bucket.reserve(self._monotonic()) if self._bucket else 0.0
        if wait > 0:
            try:
                await self._sleep(wait)
            except BaseException:
                self.leave()
                raise

    def leave(self) -> None:
        """Give the place to the next who waits, or back."""
        while self._queue:
            waiter = self._queue.popleft()
            if not waiter.done():
                waiter.set_result(None)
                return
        self._free += 1

    async def _take_place(self) -> None:
        if self._free and not self._queue:
            self._free -= 1
            return
        waiter = asyncio.get_running_loop().create_future()
        self._queue.append(waiter)
        try:
            await waiter
        except asyncio.CancelledError:
            if waiter.done() and not waiter.cancelled():
                self.leave()  # the place was given in the moment of the cancellation
            raise


class Permits:
    """The permits of every connection. Belongs to one event loop."""

    def __init__(self, *, monotonic: Monotonic, sleep: Sleep = asyncio.sleep) -> None:
        self._monotonic = monotonic
        self._sleep = sleep
        self._by_connection: dict[tuple[str, str], ConnectionPermit] = {}

    def of(self, binding: Binding) -> ConnectionPermit:
        """Return the permit of a connection, the same for every run."""
        key = (binding.connection_id, binding.connector.id)
        permit = self._by_connection.get(key)
        if permit is None:
            permit = ConnectionPermit(binding.connector.limits, monotonic=self._monotonic, sleep=self._sleep)
            self._by_connection[key] = permit
        return permit
