"""Ctrl+C. While a run is followed the first one stops it, the second gives up changes that are under way.

The run is stopped as by any other face (engine.md 1.17): nothing more starts, a change that was sent ends and is
recorded, and the record says of each change what came of it.
"""

from __future__ import annotations

import math
import signal
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass
from types import FrameType, TracebackType
from typing import Final

from tocsin.base.texts import _
from tocsin.cli.waker import Waker

STOPPING: Final = _("Stopping: nothing more starts, a change that was sent is waited for. Ctrl+C again gives it up.")
GIVING_UP: Final = _("Giving up what is under way: it may have happened.")


@dataclass(frozen=True, slots=True)
class Stop:
    """Somebody wants the run to end; `force` gives up changes that are under way."""

    force: bool

    @property
    def said(self) -> str:
        """What is said to it."""
        return GIVING_UP if self.force else STOPPING


class Interruption:
    """Turns Ctrl+C into letters for whoever follows a run. A third one ends the program as it always does.

    Where it is not heard as usual, as in the background, nothing is changed. Use it as a context, in the main thread.

    Args:
        tell: Takes the letters; called from the signal's handler, in the middle of anything.
    """

    def __init__(self, tell: Callable[[Stop], None]) -> None:
        self._tell = tell
        self._is_usual = False
        self._heard = 0

    @property
    def is_heard(self) -> bool:
        """Somebody wanted the run to end."""
        return self._heard > 0

    def __enter__(self) -> Interruption:
        """Hear Ctrl+C from now on."""
        self._is_usual = signal.getsignal(signal.SIGINT) is signal.default_int_handler
        if self._is_usual:
            signal.signal(signal.SIGINT, self._on_signal)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Let it end the program again."""
        if self._is_usual:
            signal.signal(signal.SIGINT, signal.default_int_handler)

    def _on_signal(self, _number: int, _frame: FrameType | None) -> None:
        if self._heard > 1:
            raise KeyboardInterrupt
        self._heard += 1
        self._tell(Stop(force=self._heard > 1))


class End:
    """What a command that goes on until it is stopped waits for.

    Not a `threading.Event`: a handler that comes while the main thread holds its lock would wait for itself.
    """

    def __init__(self, waker: Waker) -> None:
        self._waker = waker
        self._has_come = False

    def on_signal(self, _number: int, _frame: FrameType | None) -> None:
        """It has come; the signal itself wakes who waits."""
        self._has_come = True

    def wait(self, seconds: float = math.inf) -> bool:
        """Wait for it, so long at most; True when it has come."""
        due = time.monotonic() + seconds
        while not self._has_come and (left := due - time.monotonic()) > 0:
            self._waker.wait(seconds=left if left < math.inf else None)
        return self._has_come


@contextmanager
def until_stopped() -> Generator[End]:
    """Give what Ctrl+C brings, and an orderly end, in a command that goes on until then."""
    with Waker() as waker:
        end = End(waker)
        old = {number: signal.signal(number, end.on_signal) for number in (signal.SIGINT, signal.SIGTERM)}
        try:
            yield end
        finally:
            for number, handler in old.items():
                signal.signal(number, handler)
