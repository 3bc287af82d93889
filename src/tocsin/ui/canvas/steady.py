"""A float that costs little while the canvas scrolls below it: it hides what it covers, and its ground is a picture."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QSize, Qt, Slot
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPixmap, QRegion, QResizeEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from tocsin.ui.theme import Theme
from tocsin.ui.widgets.floating import Floating


class SteadyFloat(Floating):
    """Opaque, so that the canvas below is not painted and then painted over: its round corners stand on its colour."""

    def __init__(self, theme: Theme, name: str, parent: QWidget) -> None:
        super().__init__(theme, name, parent)
        self._ground: QPixmap | None = None
        self._drawn_from = Floating(theme, "", self)
        self._drawn_from.hide()
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        theme.changed.connect(self._forget)

    @Slot()
    def _forget(self) -> None:
        self._ground = None

    def _draw_ground(self) -> QPixmap:
        """Return the picture of this float without what is in it, on the canvas's colour."""
        ratio = self.devicePixelRatioF()
        if self._ground is None or self._ground.devicePixelRatio() != ratio:
            self._ground = QPixmap(QSize(round(self.width() * ratio), round(self.height() * ratio)))
            self._ground.setDevicePixelRatio(ratio)
            self._ground.fill(QColor(self._theme.tokens.canvas))
            self._drawn_from.resize(self.size())
            self._drawn_from.render(self._ground, QPoint(), QRegion(), QWidget.RenderFlag(0))
        return self._ground

    # Qt's names

    @override
    def paintEvent(self, arg__1: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.drawPixmap(0, 0, self._draw_ground())
        painter.end()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._ground = None
