"""The bar over the canvas while a run is shown: state, name, environment, time, stop, follow."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QWidget

from tocsin.base.clock import Clock
from tocsin.engine.progress import RunProgress
from tocsin.ui.canvas.looks import Look
from tocsin.ui.run_dock.badge import STATUS_LOOKS, Badge
from tocsin.ui.run_dock.follower import LOCKED, RunPhase
from tocsin.ui.run_dock.words import STATUS_WORDS, duration_words, short_run
from tocsin.ui.theme import Theme
from tocsin.ui.widgets.action_button import ActionButton
from tocsin.ui.widgets.toggle import Toggle

HEIGHT: Final = 40
SECOND_MS: Final = 1000


class RunBar(QFrame):
    """Says in one line how the run stands.

    Signals:
        follow_changed: Whether the canvas shall go along with what runs.
    """

    follow_changed = Signal(bool)

    def __init__(
        self, theme: Theme, environment: str, parent: QWidget | None = None, *, clock: Clock | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("run-bar")
        self.setProperty("role", "panel")
        self._theme = theme
        self._environment = environment
        self._clock = clock or Clock()
        self._phase = RunPhase.NONE
        self._progress: RunProgress | None = None
        self._run_name = ""
        self._tick = QTimer(self, interval=SECOND_MS)
        self._tick.timeout.connect(self._refresh)
        self._badge = Badge(theme, Look.QUEUED, self)
        self._name, self._text = QLabel(self), QLabel(self)
        self._name.setProperty("role", "panel-title")
        self._text.setObjectName("run-text")
        self._follow = Toggle(theme, "Follow run", self)
        self._follow.setToolTip("Keeps what runs in view")
        self._follow.setChecked(True)
        self._follow.toggled.connect(self.follow_changed)
        self._row = self._arrange()
        theme.changed.connect(self._fit)
        self._fit()
        self.hide()

    @property
    def text(self) -> str:
        """What the bar says."""
        return f"{self._name.text()} {self._text.text()}".strip()

    @property
    def is_following(self) -> bool:
        """The canvas goes along with what runs."""
        return self._follow.isChecked()

    @property
    def badge(self) -> Badge:
        """The state as a sign."""
        return self._badge

    def add_action(self, action: QAction) -> None:
        """Put a button for an action after the words."""
        self._row.insertWidget(self._row.count() - 2, ActionButton(action, parent=self))

    def set_environment(self, title: str) -> None:
        """Say where the next run is."""
        self._environment = title
        self._refresh()

    def set_name(self, name: str) -> None:
        """Say what the run is called, “R-218”, once somebody knows."""
        self._run_name = name
        self._refresh()

    def show_phase(self, phase: RunPhase, progress: RunProgress | None) -> None:
        """Show where the window stands with its run."""
        if self._progress is not progress:
            self._run_name = ""
        self._phase, self._progress = phase, progress
        if phase in LOCKED:
            self._tick.start()
        else:
            self._tick.stop()
        self.setVisible(phase is not RunPhase.NONE)
        self._follow.setVisible(phase in LOCKED)
        self._refresh()

    def _arrange(self) -> QHBoxLayout:
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 0, 12, 0)
        row.setSpacing(6)
        for label in (self._name, self._text):
            label.setTextFormat(Qt.TextFormat.PlainText)
        for widget in (self._badge, self._name, self._text):
            row.addWidget(widget)
        row.addSpacing(10)
        row.addStretch(1)
        row.addWidget(self._follow)
        return row

    @Slot()
    def _fit(self) -> None:
        self.setFixedHeight(self._theme.px(HEIGHT))

    @Slot()
    def _refresh(self) -> None:
        progress = self._progress
        if progress is None:
            self._badge.set_look(Look.QUEUED)
            self._name.clear()
            self._text.setText(f"Starting in {self._environment}")
            return
        self._badge.set_look(STATUS_LOOKS[progress.status])
        self._name.setText(self._run_name or f"Run {short_run(progress.run)}")
        end = progress.ended_at or self._clock.utc_micros()
        micros = max(end - progress.started_at, 0) if progress.started_at else 0
        where = f"{STATUS_WORDS[progress.status]} in {self._environment}"
        self._text.setText(f"{where}, {duration_words(micros)}")
