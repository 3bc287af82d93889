"""The line around a field over which a value is held that it can read (visual-design.md §8)."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from tocsin.ui.theme import Theme, redraw_with

WIDTH: Final = 2
RADIUS: Final = 6


class DropFrame(QWidget):
    """Lies over the field, so that nothing in it shifts, and lets every press through."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()
        redraw_with(theme, self)

    def show_over(self, field: QWidget) -> None:
        """Stand around all of a field."""
        self.setGeometry(field.rect())
        self.raise_()
        self.show()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(self._theme.tokens.sel_line), WIDTH))
        inset = WIDTH / 2
        body = QRectF(self.rect()).adjusted(inset, inset, -inset, -inset)
        painter.drawRoundedRect(body, RADIUS - inset, RADIUS - inset)
        painter.end()
