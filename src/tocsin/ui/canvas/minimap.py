"""The whole playbook, small: where one is in it, and the way elsewhere."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QElapsedTimer, QPointF, QRectF, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPen, QPixmap, QTransform
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from tocsin.base.texts import _
from tocsin.ui.canvas.far_view import FarView
from tocsin.ui.canvas.grid import rect_bounds
from tocsin.ui.canvas.scene import CanvasScene
from tocsin.ui.canvas.steady import SteadyFloat
from tocsin.ui.theme import Theme
from tocsin.ui.widgets.floating import DROP

SIZE: Final = (184, 120)
PAUSE_MS: Final = 100
"""It is drawn at most ten times a second."""
_INSET: Final = 8.0
_SHARE: Final = 10
"""Drawing it takes at most one part in so many of the time."""


class Minimap(SteadyFloat):
    """Draws a scene from far, with a frame around what a view shows.

    Signals:
        place_wanted: The centre, on the scene, that the view is to go to.
    """

    place_wanted = Signal(QPointF)

    def __init__(self, scene: CanvasScene, theme: Theme, parent: QWidget) -> None:
        super().__init__(theme, _("Minimap"), parent)
        self._canvas = scene
        self._far = FarView(scene.store, scene.drawing, with_names=False)
        self._picture = QPixmap()
        self._seen = QRectF()
        self._grip: QPointF | None = None
        self._since = QElapsedTimer()
        self._pause = PAUSE_MS
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._draw_anew)
        self.setFixedSize(*SIZE)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        scene.picture_changed.connect(self._on_picture)

    @property
    def is_waiting(self) -> bool:
        """It will be drawn anew when its pause is over."""
        return self._timer.isActive()

    def show_seen(self, seen: QRectF) -> None:
        """Put the frame around another part of the scene."""
        if seen != self._seen:
            self._seen = QRectF(seen)
            self.update()

    def frame(self) -> QRectF:
        """Return the frame around what is seen, in its own pixels, within its edges."""
        return self._transform().mapRect(self._seen).intersected(self._room())

    def _room(self) -> QRectF:
        return QRectF(0, 0, self.width(), self.height() - DROP).adjusted(_INSET, _INSET, -_INSET, -_INSET)

    def _transform(self) -> QTransform:
        """Return the way from the scene to its own pixels."""
        whole, room = self._canvas.bounds(), self._room()
        if whole.isEmpty():
            return QTransform()
        scale = min(room.width() / whole.width(), room.height() / whole.height(), 0.2)
        corner = room.center() - whole.center() * scale
        return QTransform(scale, 0, 0, scale, corner.x(), corner.y())

    @Slot()
    def _on_picture(self) -> None:
        if self.isVisible() and not self._timer.isActive():
            gone = self._since.elapsed() if self._since.isValid() else self._pause
            self._timer.start(max(0, self._pause - gone))

    @Slot()
    def _draw_anew(self) -> None:
        self._picture = QPixmap()
        self._far.forget()
        self.update()

    def _drawn(self) -> QPixmap:
        ratio = self.devicePixelRatioF()
        if self._picture.isNull() or self._picture.devicePixelRatio() != ratio:
            self._since.start()
            picture = QPixmap(QSize(round(self.width() * ratio), round(self.height() * ratio)))
            picture.setDevicePixelRatio(ratio)
            picture.fill(Qt.GlobalColor.transparent)
            painter = QPainter(picture)
            self._far.paint(painter, rect_bounds(self._canvas.bounds()), self._transform())
            painter.end()
            self._picture = picture
            self._pause = max(PAUSE_MS, self._since.elapsed() * _SHARE)
        return self._picture

    def _move_to(self, on_map: QPointF) -> None:
        back, possible = self._transform().inverted()
        if possible:
            self.place_wanted.emit(back.map(on_map))

    # Qt's names

    @override
    def paintEvent(self, arg__1: QPaintEvent) -> None:
        super().paintEvent(arg__1)
        painter = QPainter(self)
        painter.drawPixmap(0, 0, self._drawn())
        fill = QColor(self._theme.tokens.sel_line)
        fill.setAlphaF(0.1)
        painter.setBrush(fill)
        painter.setPen(QPen(QColor(self._theme.tokens.sel_line), 1.5))
        painter.drawRect(self.frame())
        painter.end()

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        at, frame = event.position(), self.frame()
        self._grip = at - frame.center() if frame.contains(at) else QPointF()
        self._move_to(at - self._grip)
        event.accept()

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._grip is not None:
            self._move_to(event.position() - self._grip)

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._grip = None
