"""Draws edges with their arrows, and the chips on them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from tocsin.ui.canvas import geometry as g
from tocsin.ui.canvas.entries import EdgeEntry
from tocsin.ui.canvas.looks import EdgeState, EdgeStyle, edge_style
from tocsin.ui.canvas.pens import colour, pen
from tocsin.ui.canvas.routes import arrow_of, rail_phase
from tocsin.ui.canvas.text_cache import line
from tocsin.ui.theme import Tokens

_ORDER: Final = {EdgeState.SKIPPED: 0, EdgeState.IDLE: 1, EdgeState.TAKEN: 2, EdgeState.LIVE: 3}


def paint_edges(painter: QPainter, edges: Iterable[EdgeEntry], tokens: Tokens, zoom: float) -> None:
    """Draw lines, then chips above them all; what the run took lies above what it left."""
    ordered = sorted(edges, key=lambda edge: (edge.selected, _ORDER[edge.state]))
    for edge in ordered:
        if edge.points:
            _paint_line(painter, edge, tokens)
    painter.setOpacity(1.0)
    for edge in ordered:
        if edge.chip:
            paint_chip(painter, edge, tokens, zoom)


def paint_chip(painter: QPainter, edge: EdgeEntry, tokens: Tokens, zoom: float) -> None:
    """Draw an edge's words on their plate; they keep 11 pixels on the screen."""
    growth = max(1.0, 11 / (12 * zoom))
    rect = QRectF(0, 0, edge.chip_width * growth, g.CHIP_HEIGHT * growth)
    rect.moveCenter(QPointF(*edge.chip_at))
    style = _style(edge)
    own = getattr(tokens, style.colour)
    idle = edge.state in {EdgeState.IDLE, EdgeState.SKIPPED} and not edge.selected
    painter.setPen(pen(own, 1.0))
    painter.setBrush(colour(tokens.canvas))
    painter.drawRoundedRect(rect, rect.height() / 2, rect.height() / 2)
    made = line(edge.chip, max(12, round(12 * growth)), 500, int(rect.width()))
    painter.setPen(colour(tokens.text2 if idle and not edge.is_error else own))
    made.paint_amid(painter, rect.center().x() - made.width / 2, rect.center().y())


def _style(edge: EdgeEntry) -> EdgeStyle:
    return edge_style(edge.state, error=edge.is_error, selected=edge.selected)


def _paint_line(painter: QPainter, edge: EdgeEntry, tokens: Tokens) -> None:
    style = _style(edge)
    painter.setOpacity(style.opacity)
    painter.setPen(_line_pen(edge, style, tokens))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPath(edge.path)
    if edge.has_arrow:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour(getattr(tokens, style.colour)))
        painter.drawPolygon(arrow_of(edge.points))


def _line_pen(edge: EdgeEntry, style: EdgeStyle, tokens: Tokens) -> QPen:
    shared = pen(getattr(tokens, style.colour), style.width, style.dashes)
    if not edge.is_error:
        return shared
    own = QPen(shared)
    own.setDashOffset(rail_phase(edge.points) % sum(style.dashes) / style.width)
    return own
