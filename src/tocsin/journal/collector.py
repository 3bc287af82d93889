"""Lets Python's collector rest while very many objects are made that all stay."""

from __future__ import annotations

import gc
import threading
from collections.abc import Generator
from contextlib import contextmanager

_lock = threading.Lock()
_resting = 0


@contextmanager
def collector_rests() -> Generator[None]:
    """Make objects without looking for garbage among them; from any thread, several at once.

    The collector would go through a long run's events again and again while they are made, and find none: that takes
    as long as making them.
    """
    global _resting
    with _lock:
        _resting += 1
        gc.disable()
    try:
        yield
    finally:
        with _lock:
            _resting -= 1
            if not _resting:
                gc.enable()
