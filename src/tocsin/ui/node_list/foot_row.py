"""The line under a list that leads on to something else."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget
from typing_extensions import override

from tocsin.ui.theme import Theme, paint_icon, redraw_with

HEIGHT: Final = 35
ICON: Final = 15
ICON_AT: Final = 14
WORDS_AT: Final = 36


class FootRow(QAbstractButton):
    """An icon and words in the accent's colour, under a line from edge to edge."""

    def __init__(self, theme: Theme, icon: str, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._icon = icon
        self.setText(text)
        self.setAccessibleName(text)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        redraw_with(theme, self)

    @override
    def sizeHint(self) -> QSize:
        words = self._theme.px(WORDS_AT) + self.fontMetrics().horizontalAdvance(self.text())
        return QSize(words, self._theme.px(HEIGHT))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.px(WORDS_AT), self._theme.px(HEIGHT))

    @override
    def paintEvent(self, e: QPaintEvent) -> None:
        theme, tokens = self._theme, self._theme.tokens
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.underMouse():
            painter.fillRect(self.rect(), QColor(tokens.hover))
        painter.fillRect(0, 0, self.width(), 1, QColor(tokens.line))
        edge = theme.px(ICON)
        spot = QRectF(theme.px(ICON_AT), (self.height() + 1 - edge) / 2, edge, edge)
        paint_icon(painter, self._icon, tokens.accent_text, spot)
        painter.setPen(QColor(tokens.accent_text))
        painter.setFont(theme.font(13, 500))
        words = self.rect().adjusted(theme.px(WORDS_AT), 1, 0, 0)
        shown = painter.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, words.width())
        painter.drawText(words, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), shown)
        painter.end()
