"""Offers the runs that a process which is gone has left: to go on, or to be looked at."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Future
from functools import partial

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QApplication, QWidget

from tocsin.base.errors import TocsinError
from tocsin.base.texts import _
from tocsin.services.past import ListedRun
from tocsin.services.runs import StartedRun
from tocsin.ui.bridge import EventBridge
from tocsin.ui.dialogs.resume import ResumeDialog
from tocsin.ui.window.arrivals import Arrivals, StoredPorts


class ResumeDesk(QObject):
    """Asks; nothing goes on by itself.

    Signals:
        chosen: The id of a run to look at.
        nothing_left: It was asked for, and there is none.
        failed: A TocsinError: the journal cannot be read.
    """

    chosen = Signal(str)
    nothing_left = Signal()
    failed = Signal(object)

    def __init__(self, ports: StoredPorts, arrivals: Arrivals, bridge: EventBridge, window: QWidget) -> None:
        super().__init__(window)
        self._ports = ports
        self._arrivals = arrivals
        self._bridge = bridge
        self._window = window
        self._waiting: tuple[ListedRun, ...] = ()
        self._is_closed = False

    def offer(self, *, is_asked_for: bool = False) -> None:
        """Look for them, and ask; where there are none, say so only to those who asked."""
        future = self._ports.history.list_left()
        slot = self._on_asked_for if is_asked_for else self._on_listed
        future.add_done_callback(partial(self._bridge.deliver, slot))

    def close(self) -> None:
        """Expect no answer any more."""
        self._is_closed = True

    def _on_asked_for(self, future: Future[tuple[ListedRun, ...]]) -> None:
        self._on_listed(future)
        if not self._is_closed and not future.cancelled() and future.exception() is None and not future.result():
            self.nothing_left.emit()

    def _on_listed(self, future: Future[tuple[ListedRun, ...]]) -> None:
        if self._is_closed or future.cancelled():
            return
        error = future.exception()
        if isinstance(error, TocsinError):
            self.failed.emit(error)
        elif error is not None:
            raise error
        elif future.result():
            self._waiting = future.result()
            self._ask_soon()

    def _ask_soon(self) -> None:
        """Ask now, or when the question that is open has been answered."""
        before = QApplication.activeModalWidget()
        if before is None:
            self._ask()
        else:
            before.destroyed.connect(self._ask)

    @Slot()
    def _ask(self) -> None:
        if self._is_closed or not self._waiting:
            return
        dialog = ResumeDialog(self._waiting, self._window)
        self._waiting = ()
        dialog.resumed.connect(self._on_resumed)
        dialog.chosen.connect(self.chosen)
        dialog.open()

    @Slot(object)
    def _on_resumed(self, runs: Sequence[ListedRun]) -> None:
        for run in runs:
            self._arrivals.start(partial(self._start, run.run), verb=_("Resume anyway"))

    def _start(self, run: str, *, accepts_changes: bool) -> Future[StartedRun]:
        return self._ports.runs.resume(run, by=self._ports.person, accepts_changes=accepts_changes)
