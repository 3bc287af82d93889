"""Lines cut into dashes once. Where only part of a widget is painted, Qt lets the dashes of a pen slip."""

from __future__ import annotations

from itertools import pairwise
from math import hypot

from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainterPath


def dashed(path: QPainterPath, dashes: tuple[float, ...]) -> QPainterPath:
    """Return a line as its dashes, counted from its end: lines that end alike have their dashes upon each other.

    Args:
        path: One line, of straight pieces and curves.
        dashes: Lengths of dashes and gaps in turn, an even number.
    """
    corners = [point.toTuple() for point in path.toSubpathPolygons()[0].toList()]
    corners.reverse()
    made = QPainterPath(QPointF(*corners[0]))
    draw, jump = made.lineTo, made.moveTo
    turn, left = 0, dashes[0]
    for (x, y), (to_x, to_y) in pairwise(corners):
        across, down = to_x - x, to_y - y
        length, gone = hypot(across, down), 0.0
        while length - gone > left:
            gone += left
            (jump if turn % 2 else draw)(x + across * gone / length, y + down * gone / length)
            turn = (turn + 1) % len(dashes)
            left = dashes[turn]
        left -= length - gone
        if turn % 2 == 0:
            draw(to_x, to_y)
    return made
