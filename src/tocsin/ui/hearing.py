"""What a desk hears from the services: connected together, let go together."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from psygnal import SignalInstance


class Hearing:
    """The connections of one owner."""

    def __init__(self) -> None:
        self._connected: list[tuple[SignalInstance, Callable[..., Any]]] = []

    def connect(self, signal: SignalInstance, slot: Callable[..., Any]) -> None:
        """Call `slot` whenever `signal` tells something, on the thread that tells it."""
        signal.connect(slot)
        self._connected.append((signal, slot))

    def close(self) -> None:
        """Hear nothing any more."""
        for signal, slot in self._connected:
            signal.disconnect(slot)  # pyright: ignore[reportUnknownMemberType]  psygnal leaves one parameter untyped
        self._connected.clear()
