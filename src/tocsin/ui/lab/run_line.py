"""The line over the Lab: the world's time, the run whose changes are shown, what it did when, and the way to it."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QWidget
from typing_extensions import override

from tocsin.base.texts import _
from tocsin.engine.events import RunStatus
from tocsin.services.lab_desk import LabLook, LabRun, RunStanding
from tocsin.ui.canvas.looks import Look
from tocsin.ui.lab.changes import RunChange, deeds_of
from tocsin.ui.lab.world_clock import WorldClock
from tocsin.ui.run_dock.badge import STATUS_LOOKS, Badge
from tocsin.ui.run_dock.words import STATUS_WORDS, clock_words, duration_words, person_words
from tocsin.ui.theme import Theme
from tocsin.ui.widgets.elided_label import ElidedLabel

HEIGHT: Final = 40
ROOM_FOR_DAY: Final = 400
ROOM_FOR_DEEDS: Final = 520
"""How wide it must be to tell what the run did."""
NO_RUN: Final = _("No run has changed anything here.")
THEN: Final = "  \N{SINGLE RIGHT-POINTING ANGLE QUOTATION MARK}  "


class RunLine(QFrame):
    """40 px high.

    Attributes:
        clock: The world's time; hidden where a header tells it.

    Signals:
        run_asked: The id of the run that the person wants to see.
    """

    run_asked = Signal(str)

    def __init__(self, theme: Theme, you: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("lab-run-line")
        self._theme = theme
        self._you = you
        self._run: LabRun | None = None
        self.clock = WorldClock(theme, self)
        self._badge = Badge(theme, Look.SUCCEEDED, self)
        self._number = QLabel(self)
        self._number.setProperty("role", "panel-title")
        self._said = ElidedLabel(NO_RUN, self, role="quiet")
        self._deeds = ElidedLabel("", self, role="quiet")
        self._deeds.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._open = QPushButton(_("Open run"), self)
        self._open.setProperty("role", "link")
        self._open.setAutoDefault(False)
        self._open.clicked.connect(self._on_open)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 0, 12, 0)
        row.setSpacing(8)
        row.addWidget(self.clock)
        row.addWidget(self._badge)
        row.addWidget(self._number)
        row.addWidget(self._said, 2)
        row.addWidget(self._deeds, 3)
        row.addWidget(self._open)
        theme.changed.connect(self._fit)
        self._fit()
        self.show_run(None, None, ())

    @property
    def words(self) -> str:
        """What it says of the run."""
        return f"{self._number.text()} {self._said.text()}".strip()

    @property
    def deeds(self) -> str:
        """What the run did, when."""
        return self._deeds.text()

    @property
    def open_button(self) -> QPushButton:
        """Leads to the run."""
        return self._open

    def show_run(self, look: LabLook | None, run: LabRun | None, changes: tuple[RunChange, ...]) -> None:
        """Show a run and what it changed; None for no run."""
        self._run = run
        self.clock.show_clock(look.clock if look is not None else None)
        standing = look.standings.get(run.run) if look is not None and run is not None else None
        for part in (self._number, self._open):
            part.setVisible(run is not None)
        self._badge.setVisible(standing is not None)
        if standing is not None:
            self._badge.set_look(STATUS_LOOKS.get(standing.status, Look.RUNNING))
        self._number.setText(run.label if run is not None else "")
        self._said.set_text(NO_RUN if run is None else _standing_words(standing, self._you) if standing else run.name)
        self._deeds.set_text(THEN.join(f"{minute} {deed}" for minute, deed in deeds_of(changes)))

    @Slot()
    def _on_open(self) -> None:
        if self._run is not None:
            self.run_asked.emit(self._run.run)

    def _fit(self) -> None:
        self.setFixedHeight(self._theme.px(HEIGHT))
        self.clock.show_day(self.width() >= self._theme.px(ROOM_FOR_DAY))
        self._deeds.setVisible(self.width() >= self._theme.px(ROOM_FOR_DEEDS))

    # Qt's names

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()


def _standing_words(standing: RunStanding, you: str) -> str:
    """Return how a run went: “succeeded at 10:44:15 UTC in 02:08, started by you”."""
    said = STATUS_WORDS[RunStatus(standing.status)]
    if standing.ended_at is not None:
        took = duration_words(standing.ended_at - standing.started_at)
        said = _("{said} at {clock_words} in {took}").format(
            said=said, clock_words=clock_words(standing.ended_at), took=took
        )
    return (
        _("{said}, started by {person_words}").format(said=said, person_words=person_words(standing.by, you))
        if standing.by
        else said
    )
