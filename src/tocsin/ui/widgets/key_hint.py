"""A key as it is shown in a small frame: “/”, “Ctrl K”, “Tab”."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from tocsin.ui.theme import Theme

HEIGHT: Final = 18
PADDING: Final = 5
RADIUS: Final = 4


def key_hint_width(key: str, theme: Theme) -> int:
    """Return how wide the frame of a key is."""
    return max(theme.px(16), QFontMetrics(theme.font(11)).horizontalAdvance(key) + 2 * theme.px(PADDING))


def paint_key_hint(painter: QPainter, rect: QRect, key: str, theme: Theme) -> None:
    """Paint a key in the middle of `rect`'s height, over all of its width."""
    height = theme.px(HEIGHT)
    frame = QRectF(rect.left(), rect.center().y() + 1 - height / 2, rect.width(), height).adjusted(0.5, 0.5, -0.5, -0.5)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(theme.tokens.line), 1))
    painter.setBrush(QColor(theme.tokens.panel))
    painter.drawRoundedRect(frame, RADIUS, RADIUS)
    painter.setPen(QColor(theme.tokens.text3))
    painter.setFont(theme.font(11))
    painter.drawText(frame, int(Qt.AlignmentFlag.AlignCenter), key)
    painter.restore()


class KeyHint(QWidget):
    """A key's frame as a widget; for those who only hear it, it has its key as a name."""

    def __init__(self, theme: Theme, key: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._key = key
        self.setAccessibleName(key)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._on_theme_changed)

    def _on_theme_changed(self) -> None:
        self.updateGeometry()
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(key_hint_width(self._key, self._theme), self._theme.px(HEIGHT))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint_key_hint(painter, self.rect(), self._key, self._theme)
        painter.end()
