"""Keeps what was worked out for a frozen value, by the value's identity and no longer than the value lives."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from typing import Generic, TypeVar
from weakref import KeyedRef

K = TypeVar("K")
V = TypeVar("V")


class IdentityMemo(Generic[K, V]):
    """Remembers the results for the last few objects. An edit makes new objects only where it changes something.

    The objects are held weakly: what was found for a playbook goes when the playbook is closed. A result that holds
    its own object keeps it until newer ones push it out.
    """

    def __init__(self, kept: int) -> None:
        self._kept = kept
        self._known: OrderedDict[int, tuple[KeyedRef[int, K], V]] = OrderedDict()

    def __len__(self) -> int:
        return len(self._known)

    def get(self, key: K, make: Callable[[K], V]) -> V:
        """Return what `make` gave for this very object, calling it the first time."""
        known = self._known.get(id(key))
        if known is not None and known[0]() is key:
            return known[1]
        made = make(key)
        self._known[id(key)] = (KeyedRef(key, self._forget, id(key)), made)
        while len(self._known) > self._kept:
            self._known.popitem(last=False)
        return made

    def _forget(self, gone: KeyedRef[int, K]) -> None:
        known = self._known.get(gone.key)
        if known is not None and known[0] is gone:  # its id may belong to a newer object by now
            self._known.pop(gone.key, None)  # another thread may just have pushed it out
