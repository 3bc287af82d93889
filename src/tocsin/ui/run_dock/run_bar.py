"""The bar over the canvas while a run is shown: state, number, environment, time, stop."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QElapsedTimer, Qt, QTimer, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QWidget

from tocsin.engine.events import RunStatus
from tocsin.engine.progress import RunProgress
from tocsin.ui.run_dock.follower import RunPhase
from tocsin.ui.run_dock.settled import duration_words
from tocsin.ui.widgets.action_button import ActionButton
from tocsin.ui.widgets.marks import set_mark

SECOND_MS: Final = 1000
_WORDS: Final = {
    RunStatus.RUNNING: "running",
    RunStatus.WAITING: "waits for you",
    RunStatus.SUCCEEDED: "succeeded",
    RunStatus.FAILED: "failed",
    RunStatus.CANCELLED: "cancelled",
}


class RunBar(QFrame):
    """Says in one line how the run stands."""

    def __init__(self, *, environment: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("run-bar")
        self.setProperty("role", "panel")
        self._environment = environment
        self._phase = RunPhase.NONE
        self._progress: RunProgress | None = None
        self._since = QElapsedTimer()
        self._tick = QTimer(self, interval=SECOND_MS)
        self._tick.timeout.connect(self._refresh)
        self._text = QLabel(self)
        self._text.setObjectName("run-text")
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(12, 4, 12, 4)
        self._row.addWidget(self._text)
        self._row.addStretch(1)
        self.hide()

    @property
    def text(self) -> str:
        """What the bar says."""
        return self._text.text()

    def add_action(self, action: QAction) -> None:
        """Put a button for an action at the right end."""
        self._row.addWidget(ActionButton(action, parent=self))

    def show_phase(self, phase: RunPhase, progress: RunProgress | None) -> None:
        """Show where the window stands with its run."""
        self._phase, self._progress = phase, progress
        if phase is RunPhase.STARTING:
            self._since.start()
        is_on = phase in {RunPhase.STARTING, RunPhase.ON}
        if is_on:
            self._tick.start()
        else:
            self._tick.stop()
        self.setVisible(phase is not RunPhase.NONE)
        self._refresh()

    @Slot()
    def _refresh(self) -> None:
        if self._progress is None:
            self._text.setText(f"Starting in {self._environment}")
            return
        state = self._progress.status
        if self._phase is RunPhase.OVER:
            micros = self._progress.ended_at - self._progress.started_at
        else:
            micros = self._since.elapsed() * SECOND_MS
        words = f"Run {self._progress.run[:8]} {_WORDS[state]} in {self._environment}, {duration_words(micros)}"
        self._text.setText(words)
        set_mark(self._text, "state", str(state))
