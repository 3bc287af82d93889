"""An event loop whose time stands still until it is told to go on: a day passes in the time that its work takes."""

import asyncio
import selectors

from typing_extensions import override

from tocsin.base.clock import Clock, new_run_id
from tocsin.base.loop_thread import LoopThread

BEGIN_MICROS = 1_795_000_000_000_000


class SimulatedTime:
    """Seconds since the simulation began; the loops of its threads live by it.

    Attributes:
        seconds: How many have passed.
        clock: The same for whoever asks for the time.
    """

    def __init__(self):
        self.seconds = 0.0
        self.clock = Clock(self._utc_micros, lambda: self.seconds, lambda: new_run_id(self._utc_micros()))
        self._loops = []

    def advance(self, seconds):
        """Let time pass, and wake the loops for what falls due."""
        self.seconds += seconds
        for loop in self._loops:
            loop.call_soon_threadsafe(lambda: None)

    def make_loop(self):
        """Return a loop that lives by this time."""
        loop = asyncio.SelectorEventLoop(_Patient(selectors.DefaultSelector()))
        loop.time = self.clock.monotonic
        self._loops.append(loop)
        return loop

    def _utc_micros(self):
        return BEGIN_MICROS + round(self.seconds * 1_000_000)


class SimulatedLoopThread(LoopThread):
    """A loop in a thread of its own that lives by a simulated time."""

    def __init__(self, name, time):
        super().__init__(name)
        self._time = time

    @override
    def _run(self):
        with asyncio.Runner(loop_factory=self._time.make_loop) as runner:
            self._loop = runner.get_loop()
            runner.run(self._serve())


class _Patient:
    """A selector that waits for a fact, never for time: whoever lets time pass wakes it."""

    def __init__(self, inner):
        self._inner = inner

    def select(self, timeout=None):
        return self._inner.select(None if timeout else timeout)

    def __getattr__(self, name):
        return getattr(self._inner, name)
