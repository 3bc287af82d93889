"""Lines cut into dashes once. Where only part of a widget is painted, Qt lets the dashes of a pen slip."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import QLineF, QPointF
from PySide6.QtGui import QPainterPath


def dashed(path: QPainterPath, dashes: tuple[float, ...]) -> QPainterPath:
    """Return a line as its dashes, counted from its end: lines that end alike have their dashes upon each other.

    Args:
        path: One line, of straight pieces and curves.
        dashes: Lengths of dashes and gaps in turn, an even number.
    """
    corners = path.toSubpathPolygons()[0].toList()
    made = QPainterPath(corners[-1])
    turn, left = 0, dashes[0]
    for one, other in pairwise(reversed(corners)):
        piece = QLineF(one, other)
        length, gone = piece.length(), 0.0
        while length - gone > left:
            gone += left
            _go(made, piece.pointAt(gone / length), is_dash=turn % 2 == 0)
            turn = (turn + 1) % len(dashes)
            left = dashes[turn]
        left -= length - gone
        if turn % 2 == 0:
            made.lineTo(other)
    return made


def _go(path: QPainterPath, point: QPointF, *, is_dash: bool) -> None:
    if is_dash:
        path.lineTo(point)
    else:
        path.moveTo(point)
