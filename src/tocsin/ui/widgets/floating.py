"""A frame that floats over a canvas or a window: raised, rounded, with a hard shadow below it."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QWidget
from typing_extensions import override

from tocsin.ui.theme import Theme, redraw_with
from tocsin.ui.theme.shadow import float_shadow

RADIUS: Final = 8
DROP: Final = 2
"""How far the shadow, the same shape, lies below the frame."""


class Floating(QFrame):
    """Lay things out in it as in any frame; its margins leave room for the border and the shadow."""

    def __init__(self, theme: Theme, name: str, parent: QWidget | None = None) -> None:
        """Make an empty frame.

        Args:
            theme: The look.
            name: What it is, for those who hear the window.
            parent: What it floats over: a child widget, never a window of its own.
        """
        super().__init__(parent)
        self._theme = theme
        self.setAccessibleName(name)
        self.setContentsMargins(1, 1, 1, 1 + DROP)
        redraw_with(theme, self)

    def border(self) -> str:
        """Return the colour of the border; a float with something to say has another."""
        return self._theme.tokens.line

    @override
    def paintEvent(self, arg__1: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        body = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5 - DROP)
        shadow = float_shadow(self._theme.tokens)
        if shadow is not None:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(shadow)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0, DROP, 0, 0), RADIUS, RADIUS)
        painter.setPen(QPen(QColor(self.border()), 1))
        painter.setBrush(QColor(self._theme.tokens.raised))
        painter.drawRoundedRect(body, RADIUS - 0.5, RADIUS - 0.5)
        painter.end()
