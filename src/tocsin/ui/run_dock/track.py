"""The track of the scrubber: the whole run from left to right, its events as marks, the playhead to be dragged."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractSlider, QSizePolicy, QWidget
from typing_extensions import override

from tocsin.base.texts import _
from tocsin.ui.run_dock.playback import Playback
from tocsin.ui.theme import Theme, redraw_with

LINE: Final = 4
KNOB: Final = 12
MOST_MARKS: Final = 400


class Track(QAbstractSlider):
    """A slider whose value is how many events are seen, and whose places are times."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._playback: Playback | None = None
        self.setOrientation(Qt.Orientation.Horizontal)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(_("Moment of the run"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        redraw_with(theme, self)

    def set_playback(self, playback: Playback | None) -> None:
        """Show another run."""
        self._playback = playback
        self.refresh()

    def refresh(self) -> None:
        """Show what the playback says now; tells nothing."""
        playback = self._playback
        self.blockSignals(True)
        self.setRange(0, playback.count if playback is not None else 0)
        self.setValue(playback.index if playback is not None else 0)
        self.blockSignals(False)
        self.update()

    def _line(self) -> QRectF:
        inset, height = self._theme.px(KNOB) / 2 + 1, self._theme.px(LINE)
        return QRectF(inset, (self.height() - height) / 2, max(self.width() - 2 * inset, 1), height)

    def _x_of(self, micros: int) -> float:
        line, playback = self._line(), self._playback
        if playback is None or playback.last == playback.first:
            return line.right()
        return line.left() + line.width() * (micros - playback.first) / (playback.last - playback.first)

    def _go(self, x: float) -> None:
        if self._playback is None:
            return
        line, playback = self._line(), self._playback
        share = min(max((x - line.left()) / line.width(), 0.0), 1.0)
        moment = playback.first + round((playback.last - playback.first) * share)
        self.setValue(playback.index_at(moment))

    @override
    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(200), self._theme.px(24))

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.setSliderDown(True)
        self._go(event.position().x())

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self.isSliderDown():
            self._go(event.position().x())

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self.setSliderDown(False)

    @override
    def keyPressEvent(self, ev: QKeyEvent) -> None:
        ev.ignore()  # the keys of the replay belong to the whole page

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        tokens, line, playback = self._theme.tokens, self._line(), self._playback
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tokens.press))
        painter.drawRoundedRect(line, line.height() / 2, line.height() / 2)
        if playback is not None and playback.count:
            x = self._x_of(playback.moment)
            painter.setBrush(QColor(tokens.sel_line))
            painter.drawRoundedRect(QRectF(line.topLeft(), QPointF(x, line.bottom())), 2, 2)
            for micros in playback.marks(MOST_MARKS):
                mark = QRectF(self._x_of(micros) - 0.5, line.top() - 3, 1, line.height() + 6)
                painter.fillRect(mark, QColor(tokens.text3))
            painter.drawEllipse(QPointF(x, line.center().y()), self._theme.px(KNOB) / 2, self._theme.px(KNOB) / 2)
        painter.end()
