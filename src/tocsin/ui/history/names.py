"""What a run is called, by its id: its number is the journal's, and known once the run is kept."""

from __future__ import annotations

from concurrent.futures import Future
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject, Signal

from tocsin.base.errors import TocsinError
from tocsin.services.past import ListedRun, RunQuery
from tocsin.ui.bridge import EventBridge
from tocsin.ui.ports import HistoryPort


@dataclass(frozen=True, slots=True)
class RunName:
    """A run's id and what people call it: “R-218”."""

    run: str
    name: str


class RunNames(QObject):
    """Asks the journal once for each run.

    Signals:
        named: RunName, some time after it was asked for.
    """

    named = Signal(object)

    def __init__(self, history: HistoryPort, bridge: EventBridge, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._history = history
        self._bridge = bridge
        self._known: dict[str, str] = {}

    def find(self, run: str) -> str:
        """Return a run's name, or "" while nobody knows; `named` tells it then."""
        known = self._known.get(run)
        if known is None:
            self._known[run] = ""
            future = self._history.search(RunQuery(text=run, most=1))
            future.add_done_callback(partial(self._bridge.deliver, partial(self._on_found, run)))
        return known or ""

    def _on_found(self, run: str, future: Future[tuple[ListedRun, ...]]) -> None:
        if future.cancelled():
            return
        error = future.exception()
        if error is not None and not isinstance(error, TocsinError):
            raise error
        found = future.result() if error is None else ()
        if found and found[0].run == run:
            self._known[run] = found[0].title
            self.named.emit(RunName(run, found[0].title))
        else:
            del self._known[run]
