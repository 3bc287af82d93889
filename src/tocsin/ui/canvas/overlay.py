"""What a view shows of a gesture above everything: the selection rectangle, the line that is being drawn."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen
from typing_extensions import override

from tocsin.ui.canvas.drawing import Drawing
from tocsin.ui.canvas.gestures.base import Connection, Preview
from tocsin.ui.canvas.text_cache import line

_REACH = 260.0
"""The words beside a line's end reach at most so far."""


class Overlay(Preview):
    """Keeps what is shown and says which part of the scene it covers."""

    def __init__(self, drawing: Drawing, update: Callable[[QRectF], None]) -> None:
        self._drawing = drawing
        self._update = update
        self._band: QRectF | None = None
        self._connection: Connection | None = None

    @override
    def show_band(self, band: QRectF | None) -> None:
        stale, self._band = self._band, band
        for rect in (stale, band):
            if rect is not None:
                self._update(rect.adjusted(-3, -3, 3, 3))

    @override
    def show_connection(self, connection: Connection | None) -> None:
        stale, self._connection = self._connection, connection
        for shown in (stale, connection):
            if shown is not None:
                rect = QRectF(QPointF(*shown.start), QPointF(*shown.end)).normalized()
                self._update(rect.adjusted(-16, -24, _REACH, 24))

    def paint(self, painter: QPainter, zoom: float) -> None:
        """Draw it, in scene pixels."""
        tokens = self._drawing.tokens
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._band is not None:
            fill = QColor(tokens.sel_line)
            fill.setAlphaF(0.1)
            painter.setPen(QPen(QColor(tokens.sel_line), 1 / zoom))
            painter.setBrush(fill)
            painter.drawRect(self._band)
        if self._connection is not None:
            self._paint_connection(painter, self._connection)

    def _paint_connection(self, painter: QPainter, shown: Connection) -> None:
        tokens = self._drawing.tokens
        start, end = QPointF(*shown.start), QPointF(*shown.end)
        colour = {None: tokens.sel_line, True: tokens.succeeded, False: tokens.problem}[shown.fits]
        pen = QPen(QColor(colour), 2.5)
        if shown.fits is False:
            pen.setDashPattern([2, 1.2])
        way = QPainterPath(start)
        bend = max(30.0, abs(end.y() - start.y()) / 2)
        way.cubicTo(start + QPointF(0, bend), end - QPointF(0, bend), end)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(way)
        painter.setBrush(QColor(colour))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.drawEllipse(start, 4.5, 4.5)
        if shown.fits is None:
            return
        self._paint_verdict(painter, end, QColor(colour), fits=shown.fits)
        made = line(shown.hint, 12, 500, int(_REACH - 30))
        painter.setPen(QColor(colour))
        made.paint(painter, end.x() + 16, end.y() - made.height - 4)

    def _paint_verdict(self, painter: QPainter, at: QPointF, colour: QColor, *, fits: bool) -> None:
        painter.setBrush(QColor(self._drawing.tokens.node))
        painter.setPen(QPen(colour, 2))
        painter.drawEllipse(at, 9, 9)
        signs = [(-4.0, 0.0), (-1.0, 3.0), (4.0, -3.0)] if fits else [(-3.0, -3.0), (3.0, 3.0)]
        painter.drawPolyline([at + QPointF(x, y) for x, y in signs])
        if not fits:
            painter.drawLine(at + QPointF(3, -3), at + QPointF(-3, 3))
