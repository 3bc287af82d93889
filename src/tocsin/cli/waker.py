"""Waits of the main thread that a signal ends, whenever it comes.

CPython only notes a signal when it arrives and meets it before the next instruction. One that arrives after the last
instruction and before the thread blocks would be met when something else ends the blocking. So whoever waits here waits
in a `select`, which the byte ends that the signal leaves (`signal.set_wakeup_fd` in the Python docs).
"""

from __future__ import annotations

import contextlib
import select
import signal
import socket
from types import TracebackType
from typing import Final

_MOST: Final = 4096


class Waker:
    """Waits until it is woken, or until a signal came. Use it as a context, in the main thread.

    A pair of sockets, for that is what `select` and the signals of Windows can do.
    """

    def __init__(self) -> None:
        self._pair: tuple[socket.socket, socket.socket] | None = None
        self._before = -1

    def __enter__(self) -> Waker:
        """Be woken from now on."""
        near, far = self._pair = socket.socketpair()
        near.settimeout(0)
        far.settimeout(0)
        self._before = signal.set_wakeup_fd(far.fileno(), warn_on_full_buffer=False)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Leave the signals to whoever had them."""
        signal.set_wakeup_fd(self._before)
        if self._pair is not None:
            for end in self._pair:
                end.close()
            self._pair = None

    def wake(self) -> None:
        """End the wait that is on, or the next one; from any thread, and harmless when nobody waits any more."""
        pair = self._pair
        if pair is not None:
            with contextlib.suppress(OSError):  # it was closed just now, or is full: it wakes then
                pair[1].send(b"\0")

    def wait(self, *files: int, seconds: float | None = None) -> bool:
        """Wait until it is woken, a signal came, one of the files can be read or the time is over; True for a file."""
        if self._pair is None:
            raise RuntimeError("wait inside the context")
        near = self._pair[0]
        ready, _, _ = select.select([near, *files], [], [], seconds)
        if near in ready:
            near.recv(_MOST)
        return any(file in ready for file in files)
