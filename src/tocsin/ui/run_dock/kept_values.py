"""Large values of runs, loaded from the journal when somebody looks at them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from concurrent.futures import Future
from dataclasses import dataclass
from functools import partial
from typing import Final

from PySide6.QtCore import QObject, Signal

from tocsin.base.errors import TocsinError
from tocsin.base.json_types import Json
from tocsin.base.texts import _
from tocsin.engine.moments import Moment, Rewind
from tocsin.ui.bridge import EventBridge
from tocsin.ui.ports import HistoryPort

MOST: Final = 64
_REFERENCE: Final = frozenset({"r", "n", "t"})
_TAGGED: Final = frozenset({"v"})


@dataclass(frozen=True, slots=True)
class Found:
    """What is known of a value.

    Attributes:
        value: It, or what is said in its place.
        is_there: It is the value itself.
    """

    value: Json
    is_there: bool = True


class KeptValues(QObject):
    """Gives values by what events keep of them: `{"v": …}`, or a reference to one that is too large for an event.

    Signals:
        loaded: A value that was asked for is there now.
    """

    loaded = Signal()

    def __init__(self, history: HistoryPort | None, bridge: EventBridge, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._history = history
        self._bridge = bridge
        self._known: dict[str, Found] = {}

    def find(self, kept: Json) -> Found:
        """Return a value; one that is not here yet is asked for, and `loaded` tells when it came."""
        if not isinstance(kept, Mapping) or frozenset(kept) != _REFERENCE or self._history is None:
            return plain_value(kept)
        key = str(kept["r"])
        known = self._known.get(key)
        if known is not None:
            return known
        if len(self._known) >= MOST:
            del self._known[next(iter(self._known))]
        self._known[key] = waiting = plain_value(kept)
        self._history.load_value(key).add_done_callback(partial(self._bridge.deliver, partial(self._on_loaded, key)))
        return waiting

    def look_back(self, rewind: Rewind, index: int, receive: Callable[[Moment | None], None]) -> None:
        """Find how a run stood after its first `index` events without holding the window up.

        Args:
            rewind: Gives it.
            index: How many events.
            receive: Called with it, now or later; with None when the journal cannot be read.
        """
        if self._history is None:
            receive(rewind.at(index))
            return
        future = self._history.look_back(rewind, index)
        future.add_done_callback(partial(self._bridge.deliver, partial(_give, receive)))

    def _on_loaded(self, key: str, future: Future[Json]) -> None:
        if future.cancelled():
            return
        error = future.exception()
        if error is not None and not isinstance(error, TocsinError):
            raise error
        self._known[key] = Found(future.result()) if error is None else Found(error.line, is_there=False)
        self.loaded.emit()


def _give(receive: Callable[[Moment | None], None], future: Future[Moment]) -> None:
    if future.cancelled():
        return
    error = future.exception()
    if error is not None and not isinstance(error, TocsinError):
        raise error
    receive(future.result() if error is None else None)


def plain_value(kept: Json) -> Found:
    """Return what can be said of a value without the journal: itself, or how large it is."""
    if not isinstance(kept, Mapping):
        return Found(kept)
    if frozenset(kept) == _REFERENCE:
        return Found(_("{n:,} bytes, kept in the journal").format(n=kept["n"]), is_there=False)
    return Found(kept["v"] if frozenset(kept) == _TAGGED else kept)
