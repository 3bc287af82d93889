"""The frame of a field: its border says where the keys go, what is wrong, and that a value may be dropped."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from tocsin.ui.theme import Theme, redraw_with

RADIUS: Final = 6


@dataclass(frozen=True, slots=True)
class Border:
    """A line around the field.

    Attributes:
        colour: As #RRGGBB.
        width: In pixels.
    """

    colour: str
    width: float


class FieldFrame(QWidget):
    """Surface and border; what is in it is laid out by its owner."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._has_focus = False
        self._has_problem = False
        self._is_offered = False
        self._line_at = 0
        redraw_with(theme, self)

    @property
    def border(self) -> Border:
        """The border as it is now."""
        tokens = self._theme.tokens
        if self._is_offered:
            return Border(tokens.sel_line, 2)
        if self._has_problem:
            return Border(tokens.problem, 1.5)
        if self._has_focus:
            return Border(tokens.sel_line, 2)
        return Border(tokens.ctl if self.isEnabled() else tokens.line, 1)

    def set_focused(self, has_focus: bool) -> None:
        """Say whether keys go here."""
        self._has_focus = has_focus
        self.update()

    def set_problem(self, has_problem: bool) -> None:
        """Say whether something is wrong."""
        self._has_problem = has_problem
        self.update()

    def set_offered(self, is_offered: bool) -> None:
        """Say whether what is being dragged may be dropped here."""
        self._is_offered = is_offered
        self.update()

    def set_line_at(self, y: int) -> None:
        """Draw a line across at this height; 0 draws none."""
        self._line_at = y
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        tokens, border = self._theme.tokens, self.border
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(QColor(tokens.surface if self.isEnabled() else tokens.panel))
        painter.setPen(QPen(QColor(border.colour), border.width))
        inset = border.width / 2
        body = QRectF(self.rect()).adjusted(inset, inset, -inset, -inset)
        painter.drawRoundedRect(body, RADIUS - inset, RADIUS - inset)
        if self._line_at:
            edge = int(border.width + 0.5)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(tokens.line))
            painter.drawRect(QRectF(edge, self._line_at, self.width() - 2 * edge, 1))
        painter.end()
