"""What a view shows of a gesture above everything: the selection rectangle, the line that is being drawn."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPolygonF
from typing_extensions import override

from tocsin.ui.canvas.drawing import Drawing
from tocsin.ui.canvas.geometry import PORT_RADIUS
from tocsin.ui.canvas.gestures.base import Connection, Preview
from tocsin.ui.canvas.grid import Bounds
from tocsin.ui.canvas.routes import Point
from tocsin.ui.canvas.text_cache import line

_RING = 9.0
_SWING = (30.0, 120.0)
"""A line that is being drawn leaves and comes in upright for so far at least and at most."""
_REACH = 520.0
"""The words beside a line's end reach at most so far."""


class Overlay(Preview):
    """Keeps what is shown and says which part of the scene it covers."""

    def __init__(self, drawing: Drawing, update: Callable[[QRectF], None]) -> None:
        self._drawing = drawing
        self._update = update
        self._band: QRectF | None = None
        self._connection: Connection | None = None
        self._guides: tuple[Bounds, ...] = ()
        self._cut = QPolygonF()

    @override
    def show_band(self, band: QRectF | None) -> None:
        stale, self._band = self._band, band
        for rect in (stale, band):
            if rect is not None:
                self._update(rect.adjusted(-3, -3, 3, 3))

    @override
    def show_guides(self, guides: Sequence[Bounds]) -> None:
        stale, self._guides = self._guides, tuple(guides)
        for left, top, right, bottom in {*stale, *self._guides}:
            self._update(QRectF(left, top, right - left, bottom - top).adjusted(-3, -3, 3, 3))

    @override
    def show_cut(self, way: Sequence[Point]) -> None:
        stale, self._cut = self._cut, QPolygonF([QPointF(*point) for point in way])
        for shown in (stale, self._cut):
            self._update(shown.boundingRect().adjusted(-3, -3, 3, 3))

    @override
    def show_connection(self, connection: Connection | None) -> None:
        stale, self._connection = self._connection, connection
        for shown in (stale, connection):
            if shown is not None:
                self._update(_way_of(shown).controlPointRect().adjusted(-16, -24, _REACH, 24))

    def paint(self, painter: QPainter, zoom: float) -> None:
        """Draw it, in scene pixels."""
        if not (self._band or self._guides or self._cut or self._connection):
            return
        tokens = self._drawing.tokens
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._band is not None:
            fill = QColor(tokens.sel_line)
            fill.setAlphaF(0.1)
            painter.setPen(QPen(QColor(tokens.sel_line), 1 / zoom))
            painter.setBrush(fill)
            painter.drawRect(self._band)
        self._paint_guides(painter, zoom)
        if self._connection is not None:
            self._paint_connection(painter, self._connection)

    def _paint_guides(self, painter: QPainter, zoom: float) -> None:
        """Draw guides one pixel wide, none of it blurred, and the cut dashed."""
        colour = QColor(self._drawing.tokens.sel_line)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.setPen(QPen(colour, 1 / zoom))
        for left, top, right, bottom in self._guides:
            painter.drawLine(QPointF(left, top), QPointF(right, bottom))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(colour, 1.5 / zoom, Qt.PenStyle.DashLine))
        painter.drawPolyline(self._cut)

    def _paint_connection(self, painter: QPainter, shown: Connection) -> None:
        """Draw the line: solid where it fits, dashed where it does not, and at its end the verdict in words."""
        tokens = self._drawing.tokens
        start, end = QPointF(*shown.start), QPointF(*shown.end)
        colour = QColor({None: tokens.sel_line, True: tokens.succeeded, False: tokens.problem}[shown.fits])
        line_pen = QPen(colour, 2.5)
        line_pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        if shown.fits is False:
            line_pen.setDashPattern([2, 1.2])
        painter.setPen(line_pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(_way_of(shown))
        painter.setBrush(colour)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.drawEllipse(start, PORT_RADIUS + 0.75, PORT_RADIUS + 0.75)
        if shown.fits is not None:
            self._paint_verdict(painter, end, colour, shown)

    def _paint_verdict(self, painter: QPainter, at: QPointF, colour: QColor, shown: Connection) -> None:
        """Draw a ring around the port that fits, a cross on one that does not, and beside it why, in one sentence."""
        pen = QPen(colour, 2)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        made = line(shown.hint.partition(". ")[0].rstrip("."), 12, 500, int(_REACH - 60))
        plate = QRectF(at.x() + 14, at.y() - 22, made.width + (34 if shown.fits else 16), 20)
        if shown.fits:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(at, _RING, _RING)
        else:
            painter.drawLine(at + QPointF(-5, -5), at + QPointF(5, 5))
            painter.drawLine(at + QPointF(5, -5), at + QPointF(-5, 5))
        painter.setPen(QPen(colour, 1))
        painter.setBrush(QColor(self._drawing.tokens.canvas))
        painter.drawRoundedRect(plate, plate.height() / 2, plate.height() / 2)
        painter.setPen(pen)
        left = plate.left() + 8
        if shown.fits:
            sign = QPointF(left + 5, plate.center().y())
            painter.drawPolyline([sign + QPointF(x, y) for x, y in ((-4.0, 0.0), (-1.0, 3.0), (4.0, -3.0))])
            left += 18
        made.paint_amid(painter, left, plate.center().y())


def _way_of(shown: Connection) -> QPainterPath:
    """Return the curve of a line that is being drawn, out below its start and into its end from above."""
    start, end = QPointF(*shown.start), QPointF(*shown.end)
    least, most = _SWING
    upright = QPointF(0, min(max(least, abs(end.y() - start.y()) / 2), most))
    way = QPainterPath(start)
    way.cubicTo(start + upright, end - upright, end)
    return way
