"""A switch with its words before it, such as “Follow run”."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget
from typing_extensions import override

from tocsin.ui.theme import Theme

HEIGHT: Final = 24
TRACK: Final = QSize(28, 16)
KNOB: Final = 12
GAP: Final = 8


class Toggle(QAbstractButton):
    """A checkable button that is drawn as a switch; listen to `toggled`, or to `clicked` for a person's doing."""

    def __init__(self, theme: Theme, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setText(text)
        self.setAccessibleName(text)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._on_theme_changed)

    def _on_theme_changed(self) -> None:
        self.updateGeometry()
        self.update()

    def _track(self) -> QRectF:
        size = QSize(self._theme.px(TRACK.width()), self._theme.px(TRACK.height()))
        left, top = self.width() - size.width(), (self.height() - size.height()) / 2
        return QRectF(left, top, size.width(), size.height())

    def _paint_switch(self, painter: QPainter) -> None:
        tokens, track = self._theme.tokens, self._track()
        is_on = self.isChecked() and self.isEnabled()
        painter.setPen(QPen(QColor(tokens.accent if is_on else tokens.ctl), 1))
        painter.setBrush(QColor(tokens.accent if is_on else tokens.surface))
        painter.drawRoundedRect(track.adjusted(0.5, 0.5, -0.5, -0.5), track.height() / 2, track.height() / 2)
        inset = track.height() / 2
        centre = QPointF(track.right() - inset if self.isChecked() else track.left() + inset, track.center().y())
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tokens.on_accent if is_on else tokens.ctl))
        radius = self._theme.px(KNOB) / 2 if is_on else self._theme.px(KNOB) / 2 - 1
        painter.drawEllipse(centre, radius, radius)

    @override
    def sizeHint(self) -> QSize:
        words = QFontMetrics(self._theme.font(13)).horizontalAdvance(self.text())
        gap = self._theme.px(GAP) if self.text() else 0
        return QSize(words + gap + self._theme.px(TRACK.width()), self._theme.px(HEIGHT))

    @override
    def paintEvent(self, e: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self._theme.font(13))
        painter.setPen(QColor(self._theme.tokens.text if self.isEnabled() else self._theme.tokens.text3))
        painter.drawText(self.rect(), int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), self.text())
        self._paint_switch(painter)
        painter.end()
