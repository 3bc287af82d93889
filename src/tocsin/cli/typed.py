"""A line that a person types at the terminal, given up at once when the run is to end."""

from __future__ import annotations

import os
import sys
from collections import deque
from collections.abc import Callable
from threading import Thread
from typing import Final, Protocol

from tocsin.cli.waker import Waker

_MOST: Final = 4096


class ReadLine(Protocol):
    """Prints the prompt and returns what is typed; None when nobody will: the input was closed, or Ctrl+C pressed."""

    def __call__(self, prompt: str) -> str | None:
        """Ask for one line, without its end."""
        ...


def read_line(prompt: str, waker: Waker, is_over: Callable[[], bool]) -> str | None:
    """Return the line that is typed on standard input, a terminal; None when it is closed or `is_over` says so.

    The terminal keeps a line until it is whole, so its own keys for mending it go on working.
    """
    read = _read_aside if sys.platform == "win32" else _read_here
    return read(prompt, waker, is_over)


def _read_here(prompt: str, waker: Waker, is_over: Callable[[], bool]) -> str | None:
    print(prompt, end="", flush=True)
    keys, line = sys.stdin.fileno(), b""
    while not line.endswith(b"\n"):
        if is_over():
            print(flush=True)
            return None
        if not waker.wait(keys):
            continue
        typed = _read_keys(keys)
        if not typed:
            break
        line += typed
    return line.decode(sys.stdin.encoding, errors="replace").rstrip("\r\n") if line else None


def _read_keys(keys: int) -> bytes:
    try:
        return os.read(keys, _MOST)
    except OSError:  # the terminal is gone
        return b""


def _read_aside(prompt: str, waker: Waker, is_over: Callable[[], bool]) -> str | None:
    """Read in a thread that is left alone when it is over: Windows cannot wait for a console and a socket at once."""
    typed: deque[str | None] = deque()

    def read() -> None:
        try:
            typed.append(input(prompt))
        except EOFError:
            typed.append(None)
        waker.wake()

    Thread(target=read, name="tocsin-typed", daemon=True).start()
    while not typed:
        if is_over():
            print(flush=True)
            return None
        waker.wait()
    return typed.popleft()
