"""The bars of the timeline, one paint function: colour, and a second sign beside it (visual-design.md §9)."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPainterPath, QPen, QPixmap

from tocsin.ui.canvas.looks import STYLES, Look
from tocsin.ui.theme import Tokens

HEIGHT: Final = 9
LEAST: Final = 4
RADIUS: Final = 2
STRIPE: Final = 8
"""From one diagonal stripe of what waits to the next."""
BLOCK: Final = 6
"""How long a block of the tape is, the dark ones as the light ones."""
NOTCH: Final = 4
_STRIPED: Final = frozenset({"asks", "waits", "paused", "retrying"})
_HOLLOW: Final = frozenset({"running", "queued", "cancelled", "already"})


def paint_bar(painter: QPainter, rect: QRectF, look: Look, tokens: Tokens) -> None:
    """Paint a bar: waiting striped, uncertain as tape, running hollow, failed with a notch at its end, would dashed."""
    colour = QColor(getattr(tokens, STYLES[look].colour))
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    match look.value:
        case "uncertain":
            _paint_taped(painter, rect, tokens)
        case "failed" | "refused":
            painter.setBrush(colour)
            painter.drawPath(_notched(rect))
        case "would":
            _paint_outline(painter, rect, colour, (3, 2))
        case name if name in _STRIPED:
            painter.setBrush(_stripes(colour.name()))
            painter.setBrushOrigin(rect.topLeft())
            painter.drawRoundedRect(rect, RADIUS, RADIUS)
        case name if name in _HOLLOW:
            _paint_outline(painter, rect, colour, ())
        case _:
            painter.setBrush(colour)
            painter.drawRoundedRect(rect, RADIUS, RADIUS)
    painter.restore()


def paint_tape(painter: QPainter, rect: QRectF, tokens: Tokens) -> None:
    """Fill a rectangle with the tape of what may have happened, its blocks along the longer side."""
    painter.fillRect(rect, QColor(tokens.tape_ink))
    is_long = rect.width() >= rect.height()
    place, end = (rect.left(), rect.right()) if is_long else (rect.top(), rect.bottom())
    while place < end:
        stop = min(place + BLOCK, end)
        across = (rect.top(), rect.bottom()) if is_long else (rect.left(), rect.right())
        block = (place, across[0], stop, across[1]) if is_long else (across[0], place, across[1], stop)
        painter.fillRect(QRectF(QPointF(*block[:2]), QPointF(*block[2:])), QColor(tokens.tape))
        place += 2 * BLOCK


def paint_hatch(painter: QPainter, rect: QRectF, tokens: Tokens) -> None:
    """Fill a rectangle with the stripes of what hangs on a guess."""
    painter.save()
    painter.fillRect(rect, QColor(tokens.would_soft))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(_stripes(tokens.would))
    painter.setBrushOrigin(rect.topLeft())
    painter.drawRect(rect)
    painter.restore()


@lru_cache(maxsize=32)
def _stripes(colour: str) -> QBrush:
    """A tiled brush of diagonal stripes; what is behind shows between them."""
    tile = QPixmap(STRIPE, STRIPE)
    tile.fill(Qt.GlobalColor.transparent)
    painter = QPainter(tile)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(colour), STRIPE / 2 / 2**0.5 + 0.4, Qt.PenStyle.SolidLine, Qt.PenCapStyle.SquareCap))
    for shift in (-STRIPE, 0, STRIPE):
        painter.drawLine(QLineF(shift, STRIPE, shift + STRIPE, 0))
    painter.end()
    return QBrush(tile)


def _paint_taped(painter: QPainter, rect: QRectF, tokens: Tokens) -> None:
    body = QPainterPath()
    body.addRoundedRect(rect, RADIUS, RADIUS)
    painter.setClipPath(body, Qt.ClipOperation.IntersectClip)
    paint_tape(painter, rect, tokens)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor(tokens.tape), 2))
    painter.drawRoundedRect(rect, RADIUS, RADIUS)


def _paint_outline(painter: QPainter, rect: QRectF, colour: QColor, dashes: tuple[float, ...]) -> None:
    pen = QPen(colour, 1.5)
    if dashes:
        pen.setDashPattern([dash / 1.5 for dash in dashes])
    soft = QColor(colour)
    soft.setAlphaF(0.2)
    painter.setBrush(soft)
    painter.setPen(pen)
    painter.drawRoundedRect(rect.adjusted(0.75, 0.75, -0.75, -0.75), RADIUS, RADIUS)


def _notched(rect: QRectF) -> QPainterPath:
    """A bar with a piece cut out of its end."""
    depth = min(NOTCH, rect.width() / 2)
    path = QPainterPath(rect.topLeft())
    for spot in (
        rect.topRight(),
        QPointF(rect.right() - depth, rect.center().y()),
        rect.bottomRight(),
        rect.bottomLeft(),
    ):
        path.lineTo(spot)
    path.closeSubpath()
    return path
