"""Draws edges with their arrows, the dots of live ones, and the chips on them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter

from tocsin.ui.canvas import geometry as g
from tocsin.ui.canvas.edge_entry import EdgeEntry
from tocsin.ui.canvas.grid import Bounds, rect_bounds
from tocsin.ui.canvas.looks import EdgeState, EdgeStyle, edge_style
from tocsin.ui.canvas.motion import Motion
from tocsin.ui.canvas.pens import colour, pen
from tocsin.ui.canvas.routes import arrow_of
from tocsin.ui.canvas.text_cache import advance, line
from tocsin.ui.theme import Tokens

EdgeFinder = Callable[[Bounds], Collection[EdgeEntry]]
_ORDER: Final = {
    EdgeState.SKIPPED: 0,
    EdgeState.IDLE: 1,
    EdgeState.WOULD: 2,
    EdgeState.TAKEN: 3,
    EdgeState.LIVE: 4,
}
_QUIET: Final = frozenset({EdgeState.IDLE, EdgeState.SKIPPED})
_DOT: Final = 3.5
_APART: Final = 2.0
"""Chips that are enlarged stay so far from each other."""


def paint_edges(
    painter: QPainter, edges: Iterable[EdgeEntry], tokens: Tokens, zoom: float, *, motion: Motion | None = None
) -> None:
    """Draw the lines; what the run took lies above what it left."""
    for edge in sorted(edges, key=_rank):
        if edge.points:
            _paint_line(painter, edge, tokens)
            if edge.shown_state is EdgeState.LIVE and zoom >= g.FAR:
                _paint_dots(painter, edge, tokens, motion)
    painter.setOpacity(1.0)


def paint_chips(
    painter: QPainter, edges: Iterable[EdgeEntry], tokens: Tokens, zoom: float, find: EdgeFinder | None = None
) -> None:
    """Draw the chips, above all lines. Enlarged ones never touch: the lesser steps aside, or is left out.

    Args:
        painter: Where to.
        edges: Whose chips.
        tokens: The theme.
        zoom: How large a scene pixel is.
        find: Gives the edges in an area, for their chips; None where chips have their own size.
    """
    for edge in sorted((edge for edge in edges if edge.chip), key=_rank):
        rect: QRectF | None = chip_rect(edge, zoom)
        if find is not None and chip_growth(zoom) > 1:
            rect = _find_room(edge, rect, zoom, find)
        if rect is not None:
            _paint_chip(painter, edge, rect, tokens, zoom)


def chip_growth(zoom: float) -> float:
    """Return how much larger chips are than at 100 %, so that their words keep 11 pixels on the screen."""
    return g.text_pixels(12, zoom) / 12


def chip_rect(edge: EdgeEntry, zoom: float) -> QRectF:
    """Return where an edge's chip lies at a zoom, on the scene."""
    growth, pixels = chip_growth(zoom), g.text_pixels(12, zoom)
    width = edge.chip_width if growth == 1 else advance(edge.chip, pixels, 500) + 2 * g.CHIP_PADDING
    rect = QRectF(0, 0, width, g.CHIP_HEIGHT * growth)
    rect.moveCenter(QPointF(*edge.chip_at))
    return rect


def _rank(edge: EdgeEntry) -> tuple[bool, int]:
    return (edge.selected, _ORDER[edge.shown_state])


def _find_room(edge: EdgeEntry, rect: QRectF, zoom: float, find: EdgeFinder) -> QRectF | None:
    """Return where a chip goes beside weightier ones, or None where there is no room for it.

    What it finds depends on the places of the others alone, not on where they went: so a part that is painted anew
    looks as the whole does.
    """
    own = _weight(edge)
    area = rect_bounds(rect).grown(rect.width())
    others = [(_weight(other), chip_rect(other, zoom)) for other in find(area) if other.chip and other is not edge]
    in_the_way = [place for weight, place in others if weight > own and place.intersects(_with_air(rect))]
    if not in_the_way:
        return rect
    for place in in_the_way:
        aside = QRectF(rect)
        if rect.center().x() < place.center().x():
            aside.moveRight(place.left() - _APART)
        else:
            aside.moveLeft(place.right() + _APART)
        is_near = abs(aside.center().x() - rect.center().x()) < rect.width() / 2
        if is_near and not any(other.intersects(aside) for _, other in others):
            return aside
    return None


def _weight(edge: EdgeEntry) -> tuple[tuple[bool, int], bool, str]:
    """Return what decides which of two chips stays: a port that nothing leaves by is the lesser."""
    return (_rank(edge), edge.target is not None, edge.text)


def _with_air(rect: QRectF) -> QRectF:
    return rect.adjusted(-_APART, -_APART, _APART, _APART)


def _paint_chip(painter: QPainter, edge: EdgeEntry, rect: QRectF, tokens: Tokens, zoom: float) -> None:
    style = _style(edge)
    own = getattr(tokens, style.colour)
    is_quiet = edge.shown_state in _QUIET and not edge.selected and not edge.is_error
    painter.setPen(pen(own, 1.0))
    painter.setBrush(colour(tokens.canvas))
    plate = rect.adjusted(0.5, 0.5, -0.5, -0.5)
    painter.drawRoundedRect(plate, plate.height() / 2, plate.height() / 2)
    made = line(edge.chip, g.text_pixels(12, zoom), 500, int(rect.width()))
    painter.setPen(colour(tokens.text2 if is_quiet else own))
    made.paint_amid(painter, rect.center().x() - made.width / 2, rect.center().y())


def _style(edge: EdgeEntry) -> EdgeStyle:
    return edge_style(edge.shown_state, error=edge.is_error, selected=edge.selected, hovered=edge.hovered)


def _paint_line(painter: QPainter, edge: EdgeEntry, tokens: Tokens) -> None:
    style = _style(edge)
    painter.setOpacity(style.opacity)
    painter.setPen(pen(getattr(tokens, style.colour), style.width))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPath(edge.path_in(style.dashes))
    if edge.has_arrow:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour(getattr(tokens, style.colour)))
        painter.drawPolygon(arrow_of(edge.points))


def _paint_dots(painter: QPainter, edge: EdgeEntry, tokens: Tokens, motion: Motion | None) -> None:
    """Draw dots on their way from the source to the target, evenly apart."""
    length = edge.path.length()
    gone = motion.flow / length if motion is not None and length else 0.0
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour(getattr(tokens, _style(edge).colour)))
    for dot in range(g.DOTS):
        painter.drawEllipse(edge.path.pointAtPercent((gone + dot / g.DOTS) % 1.0), _DOT, _DOT)
    if motion is not None:
        motion.moves(edge.text, edge.bounds)
