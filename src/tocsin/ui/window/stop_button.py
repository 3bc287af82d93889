"""STOP: the one button that is in every window, never folds and asks nothing."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget
from typing_extensions import override

from tocsin.base.texts import _
from tocsin.ui.theme import Theme, paint_icon, redraw_with
from tocsin.ui.widgets.keys import with_key

HEIGHT: Final = 28
"""What can be hit: the whole bar's height."""
INSET: Final = 3
RADIUS: Final = 6
ICON: Final = 13
PADDING: Final = 9
GAP: Final = 6
WORDS: Final = "STOP"
TIP: Final = _("Stops every run at once, without a question")


class StopButton(QAbstractButton):
    """An octagon and a word on the colour of text."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setObjectName("stop-everything")
        self.setText(WORDS)
        self.setAccessibleName(_("STOP everything"))
        self.setAccessibleDescription(_("Stops every run at once"))
        self.show_key("")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        redraw_with(theme, self)

    def show_key(self, key: str) -> None:
        """Say which key does the same, in portable text; "" for none."""
        self.setToolTip(with_key(TIP, key))

    @override
    def sizeHint(self) -> QSize:
        words = QFontMetrics(self._theme.font(12, 600)).horizontalAdvance(WORDS)
        return QSize(self._theme.px(ICON + GAP + 2 * PADDING) + words, self._theme.px(HEIGHT))

    @override
    def paintEvent(self, e: QPaintEvent) -> None:
        theme, tokens = self._theme, self._theme.tokens
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tokens.text2 if self.isDown() or self.underMouse() else tokens.text))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0, INSET, 0, -INSET), RADIUS, RADIUS)
        edge = theme.px(ICON)
        spot = QRectF(theme.px(PADDING), (self.height() - edge) / 2, edge, edge)
        paint_icon(painter, "octagon-minus", tokens.win, spot)
        painter.setPen(QColor(tokens.win))
        painter.setFont(theme.font(12, 600))
        words = self.rect().adjusted(theme.px(PADDING + ICON + GAP), 0, 0, 0)
        painter.drawText(words, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), WORDS)
        painter.end()
