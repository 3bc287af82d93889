"""Small signs, one paint function each: state badges, effect marks, ports. Drawn about their centre."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

from tocsin.model.catalogue import Effect
from tocsin.ui.canvas import geometry as g
from tocsin.ui.canvas.looks import LARGE, STYLES, Glyph, Look, Shape
from tocsin.ui.canvas.silhouettes import regular
from tocsin.ui.theme import Tokens, ui_font

_UNIT: Final = g.BADGE / 2
"""Glyphs are drawn in a square from -9 to 9, the size of a usual badge, and scaled."""
_GLYPH: Final = 0.86
_RING: Final = 2.5
_SHARE_MOVING: Final = 0.3
_SHARE_STILL: Final = 0.75
"""How much of a running ring is full: while it turns, and where nothing may move."""
_OCTAGON: Final = 1.0824
"""The circle around an octagon is so much larger than the one in it."""


def badge_size(look: Look, size: float) -> float:
    """Return a badge's diameter where a usual one's is `size`: the loud ones are a little larger."""
    return size * g.BADGE_LARGE / g.BADGE if look in LARGE else size


@dataclass(frozen=True, slots=True)
class BadgePlace:
    """Where a badge goes.

    Attributes:
        centre: The badge's.
        size: The diameter of a usual badge; the loud ones are drawn a little larger.
        on_border: It stands on a border, so the canvas shows 2 px around it.
    """

    centre: QPointF
    size: float
    on_border: bool = True


def paint_badge(painter: QPainter, place: BadgePlace, look: Look, tokens: Tokens) -> None:
    """Draw a state's badge. A running one is but its faint ring: `paint_turning` draws what turns."""
    style = STYLES[look]
    colour = QColor(getattr(tokens, style.colour))
    painter.save()
    painter.translate(place.centre)
    painter.scale(place.size / g.BADGE, place.size / g.BADGE)
    shape = _shape(style.shape, badge_size(look, g.BADGE) / 2)
    if place.on_border:
        edge = QPen(QColor(tokens.canvas), 2 * g.PLATE)
        edge.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setPen(edge)
        painter.setBrush(QColor(tokens.canvas))
        painter.drawPath(shape)
    painter.setPen(Qt.PenStyle.NoPen)
    if look is Look.UNCERTAIN:
        painter.setPen(QPen(QColor(tokens.tape_ink), 2))
        painter.setBrush(colour)
        painter.drawPath(_shape(style.shape, g.BADGE_LARGE / 2 - 1))
    elif style.solid:
        painter.setBrush(colour)
        painter.drawPath(shape)
    elif look is not Look.RUNNING:
        painter.setPen(QPen(colour, 1.5))
        painter.setBrush(QColor(tokens.canvas if place.on_border else tokens.node))
        painter.drawPath(_shape(style.shape, _UNIT - 0.75))
    ink = QColor(tokens.tape_ink if look is Look.UNCERTAIN else tokens.node if style.solid else colour)
    if style.glyph not in _WHOLE:
        painter.scale(_GLYPH, _GLYPH)
    _GLYPHS[style.glyph](painter, ink)
    painter.restore()


def paint_turning(painter: QPainter, place: BadgePlace, tokens: Tokens, turn: float | None) -> None:
    """Draw the full part of a running ring at a share of its turn, 0 to 1; None for one that stands still."""
    painter.save()
    painter.translate(place.centre)
    painter.scale(place.size / g.BADGE, place.size / g.BADGE)
    painter.setPen(_stroke(QColor(tokens.running), _RING))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    radius = _UNIT - _RING / 2
    share = _SHARE_STILL if turn is None else _SHARE_MOVING
    start = 90 - 360 * (turn or 0.0)
    painter.drawArc(QRectF(-radius, -radius, 2 * radius, 2 * radius), round(start * 16), round(-360 * share * 16))
    painter.restore()


def paint_breakpoint(painter: QPainter, left: float, middle: float, tokens: Tokens) -> None:
    """Draw the pentagon on a node's left edge: the run stops before it."""
    width, height = g.BREAKPOINT
    painter.save()
    painter.translate(left, middle - height / 2)
    painter.setPen(_stroke(QColor(tokens.paused), 2))
    painter.setBrush(QColor(tokens.paused))
    painter.drawPolygon(
        [QPointF(x, y) for x, y in ((1, 1), (10.5, 1), (width - 1, height / 2), (10.5, height - 1), (1, height - 1))]
    )
    painter.restore()


def paint_plus(painter: QPainter, centre: QPointF, tokens: Tokens) -> None:
    """Draw the “+” that adds a node after this one."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(tokens.accent))
    painter.drawEllipse(centre, g.PLUS / 2, g.PLUS / 2)
    painter.setPen(_stroke(QColor(tokens.on_accent), 1.5))
    painter.drawLine(centre - QPointF(4, 0), centre + QPointF(4, 0))
    painter.drawLine(centre - QPointF(0, 4), centre + QPointF(0, 4))


def paint_effect(painter: QPainter, centre: QPointF, size: float, effect: Effect, tokens: Tokens) -> None:
    """Draw the sign of what an action does to the world: nothing, a pencil in a ring, or a solid shield."""
    if effect is Effect.READ:
        return
    painter.save()
    painter.translate(centre)
    painter.scale(size / g.MARK, size / g.MARK)
    if effect is Effect.CHANGE:
        _paint_pencil(painter, tokens)
    else:
        _paint_shield(painter, tokens)
    painter.restore()


def paint_disclosure(painter: QPainter, centre: QPointF, size: float, tokens: Tokens) -> None:
    """Draw the sign of an action that tells others what is asked: an arrow that leaves."""
    painter.save()
    painter.translate(centre)
    painter.scale(size / g.MARK, size / g.MARK)
    painter.setPen(QPen(QColor(tokens.text2), 1))
    painter.setBrush(QColor(tokens.node))
    painter.drawRoundedRect(QRectF(-7, -7, 14, 14), 3, 3)
    painter.setPen(_stroke(QColor(tokens.text), 1.5))
    painter.drawPolyline([QPointF(-2.8, -0.6), QPointF(0, -3.4), QPointF(2.8, -0.6)])
    painter.drawLine(QPointF(0, -3.2), QPointF(0, 3.6))
    painter.restore()


def paint_port(painter: QPainter, centre: QPointF, tokens: Tokens, *, filled: bool = False) -> None:
    """Draw a port's ring."""
    painter.setPen(QPen(QColor(tokens.edge), g.PORT_STROKE))
    painter.setBrush(QColor(tokens.edge if filled else tokens.node))
    painter.drawEllipse(centre, g.PORT_RADIUS, g.PORT_RADIUS)


def paint_error_port(painter: QPainter, centre: QPointF, tokens: Tokens, *, wired: bool) -> None:
    """Draw the diamond by which failures leave: filled when it is wired, hollow when it is only offered."""
    painter.save()
    painter.translate(centre)
    painter.setPen(QPen(QColor(tokens.err_path), g.PORT_STROKE))
    painter.setBrush(QColor(tokens.err_path if wired else tokens.node))
    painter.drawPath(regular(4, g.DIAMOND / 2, 0))
    painter.restore()


def _shape(shape: Shape, half: float) -> QPainterPath:
    path = QPainterPath()
    match shape:
        case Shape.PENTAGON:
            across, down, shoulder = half, half * 0.9, half * 0.2
            corners = ((-across, -down), (shoulder, -down), (across, 0), (shoulder, down), (-across, down))
            path.addPolygon([QPointF(x, y) for x, y in corners])
            path.closeSubpath()
        case Shape.OCTAGON:
            path = regular(8, half * _OCTAGON, 22.5)
        case Shape.ROUND:
            path.addEllipse(QPointF(0, 0), half, half)
    return path


def _stroke(colour: QColor, width: float) -> QPen:
    cap, join = Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin
    return QPen(colour, width, Qt.PenStyle.SolidLine, cap, join)


def _paint_pencil(painter: QPainter, tokens: Tokens) -> None:
    painter.setPen(QPen(QColor(tokens.text2), 1))
    painter.setBrush(QColor(tokens.node))
    painter.drawEllipse(QPointF(0, 0), 7, 7)
    painter.setPen(_stroke(QColor(tokens.text), 0.9))
    body = QPainterPath(QPointF(-2.9, 2.9))
    for x, y in ((-2.4, 0.9), (1.2, -2.7), (2.7, -1.2), (-0.9, 2.4)):
        body.lineTo(x, y)
    body.closeSubpath()
    painter.drawPath(body)


def _paint_shield(painter: QPainter, tokens: Tokens) -> None:
    shield = QPainterPath(QPointF(0, -7.5))
    shield.cubicTo(2.2, -5.8, 4.2, -5.2, 6.4, -5.0)
    shield.lineTo(6.4, 0.2)
    shield.cubicTo(6.4, 4.2, 3.4, 6.4, 0, 7.5)
    shield.cubicTo(-3.4, 6.4, -6.4, 4.2, -6.4, 0.2)
    shield.lineTo(-6.4, -5.0)
    shield.cubicTo(-4.2, -5.2, -2.2, -5.8, 0, -7.5)
    bolt = QPainterPath(QPointF(1.2, -4.2))
    for x, y in ((-3.0, 1.0), (-0.4, 1.0), (-1.2, 4.4), (3.0, -0.9), (0.4, -0.9)):
        bolt.lineTo(x, y)
    bolt.closeSubpath()
    painter.setPen(QPen(QColor(tokens.node), 1.5))
    painter.setBrush(QColor(tokens.text))
    painter.drawPath(shield)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(tokens.node))
    painter.drawPath(bolt)


def _lines(*ways: tuple[tuple[float, float], ...], width: float = 1.8) -> Callable[[QPainter, QColor], None]:
    def paint(painter: QPainter, ink: QColor) -> None:
        painter.setPen(_stroke(ink, width))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for way in ways:
            painter.drawPolyline([QPointF(x, y) for x, y in way])

    return paint


def _paint_dots(painter: QPainter, ink: QColor) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ink)
    for x in (-3.4, 0.0, 3.4):
        painter.drawEllipse(QPointF(x, 0), 1.1, 1.1)


def _paint_ring(painter: QPainter, ink: QColor) -> None:
    faint = QColor(ink)
    faint.setAlphaF(0.28)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(faint, _RING))
    painter.drawEllipse(QPointF(0, 0), _UNIT - _RING / 2, _UNIT - _RING / 2)


def _paint_again(painter: QPainter, ink: QColor) -> None:
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(_stroke(ink, 1.7))
    painter.drawArc(QRectF(-4.2, -4.2, 8.4, 8.4), 30 * 16, 290 * 16)
    painter.drawPolyline([QPointF(4.4, -4.6), QPointF(4.2, -1.6), QPointF(1.2, -1.8)])


def _paint_step(painter: QPainter, ink: QColor) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ink)
    painter.drawPolygon([QPointF(-4, -4), QPointF(2, 0), QPointF(-4, 4)])
    painter.drawRect(QRectF(2.4, -4, 1.8, 8))


def _paint_letter(letter: str) -> Callable[[QPainter, QColor], None]:
    def paint(painter: QPainter, ink: QColor) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ink)
        painter.drawPath(_letter(letter))

    return paint


@lru_cache(maxsize=8)
def _letter(letter: str) -> QPainterPath:
    path = QPainterPath()
    path.addText(QPointF(0, 0), ui_font(14, 600), letter)
    return path.translated(-path.boundingRect().center())


def _paint_nothing(painter: QPainter, ink: QColor) -> None:
    del painter, ink


_WHOLE: Final = frozenset({Glyph.RING, Glyph.WARN, Glyph.QUESTION})
"""Glyphs that are drawn in a badge's full size."""
_GLYPHS: Final[Mapping[Glyph, Callable[[QPainter, QColor], None]]] = {
    Glyph.NONE: _paint_nothing,
    Glyph.DOTS: _paint_dots,
    Glyph.RING: _paint_ring,
    Glyph.CLOCK: _lines(((0, -4), (0, 0), (2.8, 1.8)), width=1.6),
    Glyph.PAUSE: _lines(((-2.2, -3.4), (-2.2, 3.4)), ((2.2, -3.4), (2.2, 3.4)), width=2.2),
    Glyph.AGAIN: _paint_again,
    Glyph.STEP: _paint_step,
    Glyph.CHECK: _lines(((-3.6, 0.3), (-1.1, 2.8), (3.8, -2.6))),
    Glyph.EQUALS: _lines(((-3, -1.6), (3, -1.6)), ((-3, 1.6), (3, 1.6)), width=1.5),
    Glyph.PLAY: _lines(((-2, -3.2), (3.2, 0), (-2, 3.2), (-2, -3.2)), width=1.3),
    Glyph.BAR: _lines(((-4, 0), (4, 0)), width=2.4),
    Glyph.QUESTION: _paint_letter("?"),
    Glyph.CROSS: _lines(((-3, -3), (3, 3)), ((3, -3), (-3, 3))),
    Glyph.SLASH: _lines(((-2.8, 2.8), (2.8, -2.8)), width=1.6),
    Glyph.DASH: _lines(((-3.6, 0), (3.6, 0))),
    Glyph.WARN: _lines(((0, -4), (0, 0.8)), ((0, 3.6), (0, 3.7))),
}
