"""The badge of a state beside words: in rows, cards and bars, where the canvas has it on a node's border."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from tocsin.engine.events import RunStatus
from tocsin.ui.canvas.looks import Look
from tocsin.ui.canvas.marks import BadgePlace, paint_badge, paint_turning
from tocsin.ui.theme import Theme, Tokens

SIZE: Final = 18
STATUS_LOOKS: Final = {
    RunStatus.RUNNING: Look.RUNNING,
    RunStatus.WAITING: Look.ASKS,
    RunStatus.SUCCEEDED: Look.SUCCEEDED,
    RunStatus.FAILED: Look.FAILED,
    RunStatus.CANCELLED: Look.CANCELLED,
}


def paint_state(painter: QPainter, centre: QPointF, size: float, look: Look, tokens: Tokens) -> None:
    """Draw a state's badge. What runs has a ring that stands still: only the canvas moves."""
    place = BadgePlace(centre, size, on_border=False)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    paint_badge(painter, place, look, tokens)
    if look is Look.RUNNING:
        paint_turning(painter, place, tokens, None)
    painter.restore()


class Badge(QWidget):
    """A state's badge as a widget, 18 px. The words beside it say the state to those who hear it."""

    def __init__(self, theme: Theme, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._look = look
        theme.changed.connect(self._fit)
        self._fit()

    @property
    def look(self) -> Look:
        """The state that is shown."""
        return self._look

    def set_look(self, look: Look) -> None:
        """Show another state."""
        self._look = look
        self.update()

    def _fit(self) -> None:
        edge = self._theme.px(SIZE) + 2
        self.setFixedSize(edge, edge)
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        centre = QPointF(self.width() / 2, self.height() / 2)
        paint_state(painter, centre, self._theme.px(SIZE), self._look, self._theme.tokens)
        painter.end()
