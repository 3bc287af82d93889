"""Small signs, one paint function each: state badges, effect marks, ports. Drawn about their centre."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

from tocsin.model.catalogue import Effect
from tocsin.ui.canvas.geometry import BADGE, BADGE_LARGE, DIAMOND, MARK, PLATE, PORT_RADIUS, PORT_STROKE
from tocsin.ui.canvas.looks import STYLES, Glyph, Look
from tocsin.ui.canvas.silhouettes import regular
from tocsin.ui.theme import Tokens, ui_font

_UNIT: Final = 9.0
"""Glyphs are drawn in a square from -9 to 9, the size of a usual badge, and scaled."""


def paint_badge(painter: QPainter, centre: QPointF, size: float, look: Look, tokens: Tokens) -> None:
    """Draw a state's badge on its plate. `size` is its diameter; the loud ones are drawn a little larger."""
    style = STYLES[look]
    colour = QColor(getattr(tokens, style.colour))
    painter.save()
    painter.translate(centre)
    scale = size / BADGE * (BADGE_LARGE / BADGE if look in {Look.UNCERTAIN, Look.PAUSED} else 1.0)
    painter.scale(scale, scale)
    shape = _shape(look)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(tokens.canvas))
    painter.drawEllipse(QPointF(0, 0), _UNIT + PLATE, _UNIT + PLATE)
    if look is Look.UNCERTAIN:
        painter.setPen(QPen(QColor(tokens.tape_ink), 2))
        painter.setBrush(colour)
    elif style.solid:
        painter.setBrush(colour)
    else:
        painter.setPen(QPen(colour, 1.5))
        painter.setBrush(QColor(tokens.node if look is not Look.SKIPPED else tokens.canvas))
    if look is not Look.RUNNING:
        painter.drawPath(shape)
    ink = QColor(tokens.tape_ink if look is Look.UNCERTAIN else tokens.node if style.solid else colour)
    _GLYPHS[style.glyph](painter, ink)
    painter.restore()


def paint_effect(painter: QPainter, centre: QPointF, size: float, effect: Effect, tokens: Tokens) -> None:
    """Draw the sign of what an action does to the world: nothing, a pencil in a ring, or a solid shield."""
    if effect is Effect.READ:
        return
    painter.save()
    painter.translate(centre)
    painter.scale(size / MARK, size / MARK)
    if effect is Effect.CHANGE:
        _paint_pencil(painter, tokens)
    else:
        _paint_shield(painter, tokens)
    painter.restore()


def paint_disclosure(painter: QPainter, centre: QPointF, size: float, tokens: Tokens) -> None:
    """Draw the sign of an action that tells others what is asked: an arrow that leaves."""
    painter.save()
    painter.translate(centre)
    painter.scale(size / MARK, size / MARK)
    painter.setPen(QPen(QColor(tokens.text2), 1))
    painter.setBrush(QColor(tokens.node))
    painter.drawRoundedRect(QRectF(-6.5, -6.5, 13, 13), 3, 3)
    painter.setPen(_stroke(QColor(tokens.text), 1.5))
    painter.drawPolyline([QPointF(-2.8, -0.6), QPointF(0, -3.4), QPointF(2.8, -0.6)])
    painter.drawLine(QPointF(0, -3.2), QPointF(0, 3.6))
    painter.restore()


def paint_port(painter: QPainter, centre: QPointF, tokens: Tokens, *, filled: bool = False) -> None:
    """Draw a port's ring."""
    painter.setPen(QPen(QColor(tokens.edge), PORT_STROKE))
    painter.setBrush(QColor(tokens.edge if filled else tokens.node))
    painter.drawEllipse(centre, PORT_RADIUS, PORT_RADIUS)


def paint_error_port(painter: QPainter, centre: QPointF, tokens: Tokens, *, wired: bool) -> None:
    """Draw the diamond by which failures leave: filled when it is wired, hollow when it is only offered."""
    painter.save()
    painter.translate(centre)
    painter.setPen(QPen(QColor(tokens.err_path), PORT_STROKE))
    painter.setBrush(QColor(tokens.err_path if wired else tokens.node))
    painter.drawPath(regular(4, DIAMOND / 2, 0))
    painter.restore()


def _shape(look: Look) -> QPainterPath:
    path = QPainterPath()
    if look is Look.PAUSED:
        path.addPolygon([QPointF(-8, -8), QPointF(3, -8), QPointF(9, 0), QPointF(3, 8), QPointF(-8, 8)])
        path.closeSubpath()
    else:
        radius = _UNIT - 0.75
        path.addEllipse(QPointF(0, 0), radius, radius)
    return path


def _stroke(colour: QColor, width: float) -> QPen:
    cap, join = Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin
    return QPen(colour, width, Qt.PenStyle.SolidLine, cap, join)


def _paint_pencil(painter: QPainter, tokens: Tokens) -> None:
    painter.setPen(QPen(QColor(tokens.text2), 1))
    painter.setBrush(QColor(tokens.node))
    painter.drawEllipse(QPointF(0, 0), 7, 7)
    painter.setPen(_stroke(QColor(tokens.text), 1.1))
    body = QPainterPath(QPointF(-3.3, 3.3))
    for x, y in ((-2.7, 0.9), (1.4, -3.2), (3.2, -1.4), (-0.9, 2.7)):
        body.lineTo(x, y)
    body.closeSubpath()
    painter.drawPath(body)


def _paint_shield(painter: QPainter, tokens: Tokens) -> None:
    shield = QPainterPath(QPointF(0, -7.5))
    shield.cubicTo(2.2, -5.8, 4.2, -5.2, 6.4, -5.0)
    shield.lineTo(6.4, 0.2)
    shield.cubicTo(6.4, 4.2, 3.4, 6.4, 0, 7.6)
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
    painter.setPen(QPen(faint, 2.5))
    painter.drawEllipse(QPointF(0, 0), 7, 7)
    painter.setPen(_stroke(ink, 2.5))
    painter.drawArc(QRectF(-7, -7, 14, 14), 90 * 16, -270 * 16)


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
        painter.setPen(ink)
        painter.setFont(ui_font(13, 600))
        painter.drawText(QRectF(-_UNIT, -_UNIT, 2 * _UNIT, 2 * _UNIT), Qt.AlignmentFlag.AlignCenter, letter)

    return paint


def _paint_nothing(painter: QPainter, ink: QColor) -> None:
    del painter, ink


_GLYPHS: Final[Mapping[Glyph, Callable[[QPainter, QColor], None]]] = {
    Glyph.NONE: _paint_nothing,
    Glyph.DOTS: _paint_dots,
    Glyph.RING: _paint_ring,
    Glyph.CLOCK: _lines(((0, -4), (0, 0), (2.8, 1.8)), width=1.6),
    Glyph.PAUSE: _lines(((-2.2, -3.4), (-2.2, 3.4)), ((2.2, -3.4), (2.2, 3.4)), width=2.2),
    Glyph.AGAIN: _paint_again,
    Glyph.STEP: _paint_step,
    Glyph.CHECK: _lines(((-3.6, 0.3), (-1.1, 2.8), (3.8, -2.6))),
    Glyph.QUESTION: _paint_letter("?"),
    Glyph.CROSS: _lines(((-3, -3), (3, 3)), ((3, -3), (-3, 3))),
    Glyph.SLASH: _lines(((-2.8, 2.8), (2.8, -2.8)), width=1.6),
    Glyph.DASH: _lines(((-3.6, 0), (3.6, 0))),
    Glyph.WARN: _lines(((0, -4), (0, 0.8)), ((0, 3.6), (0, 3.7))),
}
