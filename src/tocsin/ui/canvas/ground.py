"""The canvas's ground: a colour with dots, painted as one tiled brush."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QRectF
from PySide6.QtGui import QBrush, QColor, QPainter, QPixmap, QTransform

from tocsin.ui.canvas.drawing import Drawing
from tocsin.ui.canvas.geometry import FAR, GRID, GRID_FAR, GRID_FAR_BELOW
from tocsin.ui.canvas.grid import Bounds

_DOTS = 4
"""A tile has so many dots across, so that its size in whole pixels differs little from the true one."""
_DOT = 2
"""The side of a dot in pixels of the screen; whole ones, so that it has its colour and no shade of it."""


class Ground:
    """Keeps the tile of the last zoom."""

    def __init__(self, drawing: Drawing) -> None:
        self._drawing = drawing
        self._key: tuple[float, float, str, str] | None = None
        self._brush = QBrush()

    def paint(self, painter: QPainter, areas: Iterable[Bounds]) -> None:
        """Paint rectangles of the scene; the painter's transform is the view's."""
        tokens, zoom = self._drawing.tokens, painter.worldTransform().m11()
        key = (zoom, painter.device().devicePixelRatio(), tokens.canvas, tokens.dot)
        if key != self._key:
            self._key = key
            self._brush = QBrush(QColor(tokens.canvas)) if zoom < FAR else _dots(*key)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)  # twice as fast, and the edges are straight
        for left, top, right, bottom in areas:
            painter.fillRect(QRectF(left, top, right - left, bottom - top), self._brush)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)


def _dots(zoom: float, ratio: float, ground: str, colour: str) -> QBrush:
    apart = GRID if zoom >= GRID_FAR_BELOW else GRID_FAR
    edge = max(1, round(apart * _DOTS * zoom * ratio))
    tile = QPixmap(edge, edge)
    tile.fill(QColor(ground))
    painter = QPainter(tile)
    side = round(_DOT * ratio)
    for column in range(_DOTS):
        for row in range(_DOTS):
            left, top = (round((at + 0.5) * edge / _DOTS - side / 2) for at in (column, row))
            painter.fillRect(left, top, side, side, QColor(colour))
    painter.end()
    brush = QBrush(tile)
    scale = apart * _DOTS / edge
    brush.setTransform(QTransform.fromTranslate(-apart / 2, -apart / 2).scale(scale, scale))
    return brush
