"""Keeps what was worked out for a frozen value, by the value's identity."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from typing import Generic, TypeVar

K = TypeVar("K")
V = TypeVar("V")


class IdentityMemo(Generic[K, V]):
    """Remembers the results for the last few objects. An edit makes new objects only where it changes something."""

    def __init__(self, kept: int) -> None:
        self._kept = kept
        self._known: OrderedDict[int, tuple[K, V]] = OrderedDict()

    def get(self, key: K, make: Callable[[K], V]) -> V:
        """Return what `make` gave for this very object, calling it the first time."""
        known = self._known.get(id(key))
        if known is not None and known[0] is key:
            return known[1]
        made = make(key)
        self._known[id(key)] = (key, made)  # holding the key keeps its id from being given to another object
        while len(self._known) > self._kept:
            self._known.popitem(last=False)
        return made
