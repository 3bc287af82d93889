"""Draws a node: its body, which sprites keep, and its words. The same functions draw to the screen, SVG and PDF."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

from tocsin.model.catalogue import Effect
from tocsin.ui.canvas import geometry as g
from tocsin.ui.canvas.faces import Family
from tocsin.ui.canvas.geometry import Density, Silhouette
from tocsin.ui.canvas.looks import STYLES, Fill, Glyph, Look, Style
from tocsin.ui.canvas.marks import (
    BadgePlace,
    badge_size,
    paint_badge,
    paint_breakpoint,
    paint_disclosure,
    paint_effect,
    paint_error_port,
    paint_plus,
    paint_port,
    paint_turning,
)
from tocsin.ui.canvas.pens import colour, pen
from tocsin.ui.canvas.silhouettes import outline
from tocsin.ui.canvas.tags import Tag, paint_tag
from tocsin.ui.theme import Tokens, paint_icon
from tocsin.ui.theme.shadow import node_shadow

FADED: Final = 0.4
"""How much of the tile is left when a node steps back."""
_STRONG: Final = 2.0
"""The least border in high contrast."""
UNFIT: Final = 0.35
"""How much of a port is left where the line that is being drawn cannot end."""


class Fit(StrEnum):
    """Whether the line that is being drawn may end at a node."""

    NO_LINE = "no line"
    FITS = "fits"
    UNFIT = "unfit"


@dataclass(frozen=True, slots=True)
class Body:
    """All that decides how a node's body looks, words apart: the key of its sprite.

    Attributes:
        silhouette: Its outline.
        density: How large nodes are drawn.
        size: Width and height.
        family: Colours of the tile.
        icon: On the tile.
        effect: Its mark.
        discloses: Its other mark.
        look: Border, fill and badge.
        selected: It has the ring.
        hovered: The pointer is over it.
        ports: Rings, from the top left corner.
        error: The diamond's place, or None where there is none to see.
        wired: The diamond is filled.
        plus: The place of the “+”, or None.
        tag: What hangs at its top right, or None.
        stops: A run stops before it.
        fit: Whether the line that is being drawn may end here.
    """

    silhouette: Silhouette
    density: Density
    size: tuple[int, int]
    family: Family
    icon: str
    effect: Effect
    discloses: bool
    look: Look
    selected: bool
    hovered: bool
    ports: tuple[tuple[float, float], ...]
    error: tuple[float, float] | None
    wired: bool
    plus: tuple[float, float] | None = None
    tag: Tag | None = None
    stops: bool = False
    fit: Fit = Fit.NO_LINE


def paint_body(painter: QPainter, body: Body, tokens: Tokens, zoom: float) -> None:
    """Draw everything but the words and what turns, the node's rectangle beginning at (0, 0).

    Order: halo, selection ring, fill, border, tile, marks, tag, breakpoint, ports, badge (visual-design.md §2.3).
    """
    style = STYLES[body.look]
    _paint_around(painter, body, tokens, zoom)
    _paint_shape(painter, body, style, tokens)
    if body.silhouette is not Silhouette.NOTE:
        painter.setOpacity(FADED if style.faded else 1.0)
        _paint_tile(painter, body, tokens, zoom)
        painter.setOpacity(1.0)
    if body.tag is not None:
        has_badge = style.glyph is not Glyph.NONE and body.look is not Look.INVALID
        beside = max(g.TAG_RIGHT_BADGE, g.BADGE_RIGHT + g.BADGE_FAR / 2 / zoom)
        paint_tag(painter, body.size[0] - (beside if has_badge else g.TAG_RIGHT), body.tag, tokens, zoom)
    if body.stops:
        paint_breakpoint(painter, g.BREAKPOINT_LEFT, body.size[1] / 2, tokens)
    paint_ports(painter, body, tokens)
    if style.glyph is not Glyph.NONE:
        paint_badge(painter, badge_place(body, zoom), body.look, tokens)


def paint_motion(painter: QPainter, body: Body, tokens: Tokens, zoom: float, turn: float | None) -> None:
    """Draw what turns on a running node's badge; `turn` is from 0 to 1, None where nothing may move."""
    if body.look is Look.RUNNING:
        paint_turning(painter, badge_place(body, zoom), tokens, turn)


def border_pen(style: Style, tokens: Tokens) -> QPen:
    """Return the pen of a border; it is the caller's own."""
    width = max(style.width, _STRONG) if tokens.strong else style.width
    return QPen(pen(getattr(tokens, style.colour), width, style.dashes))


def paint_tape(painter: QPainter, silhouette: Silhouette, size: tuple[float, float], tokens: Tokens) -> None:
    """Draw the border of what may have happened: a striped tape with a line of ink inside it."""
    path = outline(silhouette, *size, -1.0)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor(tokens.tape_ink), 4))
    painter.drawPath(path)
    painter.setPen(border_pen(STYLES[Look.UNCERTAIN], tokens))
    painter.drawPath(path)
    painter.setPen(QPen(QColor(tokens.tape_ink), 1))
    painter.drawPath(outline(silhouette, *size, -3.5))  # the tape ends 3 px inside the outline


def paint_ring(
    painter: QPainter, silhouette: Silhouette, size: tuple[float, float], tokens: Tokens, zoom: float
) -> None:
    """Draw the ring of what is selected; on the screen it is never thinner than 1.5 pixels."""
    width = max(float(g.SELECTION_WIDTH), 1.5 / zoom)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor(tokens.sel_line), width))
    painter.drawPath(outline(silhouette, *size, g.SELECTION_GAP - g.SELECTION_WIDTH / 2))


def paint_ports(painter: QPainter, body: Body, tokens: Tokens) -> None:
    """Draw rings, the diamond and the “+”; ports that a line cannot end at step back."""
    painter.setOpacity(UNFIT if body.fit is Fit.UNFIT else 1.0)
    for x, y in body.ports:
        paint_port(painter, QPointF(x, y), tokens)
    if body.error is not None:
        paint_error_port(painter, QPointF(*body.error), tokens, wired=body.wired)
    painter.setOpacity(1.0)
    if body.plus is not None:
        paint_plus(painter, QPointF(*body.plus), tokens)


def tile_rect(body: Body) -> QRectF:
    """Return where the icon's tile lies."""
    height, measures = body.size[1], g.MEASURES[body.density]
    if body.silhouette is Silhouette.PILL:
        return QRectF(g.SMALL_TILE_X, (height - g.SMALL_TILE) / 2, g.SMALL_TILE, g.SMALL_TILE)
    if body.silhouette is Silhouette.SWITCH:
        return QRectF(g.SWITCH_TILE_X, (g.SWITCH_HEAD - g.SWITCH_TILE) / 2, g.SWITCH_TILE, g.SWITCH_TILE)
    x = g.TILE_X_HEXAGON if body.silhouette is Silhouette.HEXAGON else measures.tile_x
    return QRectF(x, (height - measures.tile) / 2, measures.tile, measures.tile)


def badge_place(body: Body, zoom: float) -> BadgePlace:
    """Return where a node's badge goes."""
    width, height = body.size
    if body.silhouette is Silhouette.PILL:
        return BadgePlace(QPointF(width - g.BADGE_RIGHT_PILL, height / 2), g.BADGE_SMALL, on_border=False)
    if body.look is Look.INVALID:
        right = g.BADGE_RIGHT_INSIDE + (g.HEXAGON_DEPTH / 2 if body.silhouette is Silhouette.HEXAGON else 0)
        middle = min(height, g.MEASURES[body.density].height) / 2
        return BadgePlace(QPointF(width - right, middle), g.BADGE_INSIDE, on_border=False)
    size = float(g.BADGE) if zoom >= g.NEAR else g.BADGE_FAR / zoom
    right = g.BADGE_RIGHT_HEXAGON if body.silhouette is Silhouette.HEXAGON else g.BADGE_RIGHT
    larger = (badge_size(body.look, g.BADGE) - g.BADGE) / 2
    lifted = (size - g.BADGE) / 2
    return BadgePlace(QPointF(width - right - larger - lifted, g.BADGE_TOP + g.BADGE / 2 + larger), size)


def _paint_around(painter: QPainter, body: Body, tokens: Tokens, zoom: float) -> None:
    if body.look is Look.RUNNING:
        halo = QColor(tokens.running)
        halo.setAlphaF(0.28)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(halo, g.HALO_WIDTH))
        painter.drawPath(outline(body.silhouette, *body.size, g.HALO_GAP))
    if body.selected:
        paint_ring(painter, body.silhouette, body.size, tokens, zoom)


def _paint_shape(painter: QPainter, body: Body, style: Style, tokens: Tokens) -> None:
    whole = outline(body.silhouette, *body.size)
    if style.fill is not Fill.CANVAS and body.silhouette is not Silhouette.NOTE:
        _paint_shadow(painter, whole, tokens)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(_fill(body, style, tokens))
    if body.look is Look.UNCERTAIN:
        painter.drawPath(whole)
        paint_tape(painter, body.silhouette, body.size, tokens)
    else:
        border = _border(body, style, tokens)
        inset = outline(body.silhouette, *body.size, -border.widthF() / 2)  # the line lies within the node
        painter.setPen(border)
        painter.drawPath(inset)
    if body.silhouette is Silhouette.SWITCH:
        painter.setPen(QPen(QColor(tokens.line), 1))
        for row in range(round((body.size[1] - g.SWITCH_HEAD) / g.SWITCH_ROW)):
            y = g.SWITCH_HEAD + row * g.SWITCH_ROW + 0.5
            painter.drawLine(QPointF(style.width, y), QPointF(body.size[0] - style.width, y))


def _paint_shadow(painter: QPainter, path: QPainterPath, tokens: Tokens) -> None:
    shadow = node_shadow(tokens)
    if shadow is not None:
        painter.fillPath(path.translated(0, 1), shadow)


def _fill(body: Body, style: Style, tokens: Tokens) -> QColor:
    if body.silhouette is Silhouette.NOTE:
        return colour(tokens.waiting_soft)
    if style.fill is Fill.SOFT:
        return colour(getattr(tokens, f"{style.colour}_soft"))
    return colour(tokens.canvas if style.fill is Fill.CANVAS else tokens.node)


def _border(body: Body, style: Style, tokens: Tokens) -> QPen:
    if body.silhouette is Silhouette.NOTE:
        return pen(tokens.waiting, 1.0)
    if body.hovered and body.look is Look.IDLE:
        return pen(tokens.text2, _STRONG if tokens.strong else 1.5)
    return border_pen(style, tokens)


def _paint_tile(painter: QPainter, body: Body, tokens: Tokens, zoom: float) -> None:
    tile, icon, radius = tile_rect(body), float(g.MEASURES[body.density].icon), float(g.TILE_RADIUS)
    if body.silhouette is Silhouette.PILL:
        icon, radius = float(g.SMALL_ICON), float(g.SMALL_TILE_RADIUS)
    if body.family is Family.HUMAN:
        radius = tile.width() / 2
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(getattr(tokens, f"{body.family}_soft")))
    painter.drawRoundedRect(tile, radius, radius)
    place = QRectF(0, 0, icon, icon)
    place.moveCenter(tile.center())
    paint_icon(painter, body.icon, getattr(tokens, body.family), place)
    size = max(float(g.MARK), 10 / zoom)
    paint_effect(painter, tile.bottomRight() + QPointF(-2, -3), size, body.effect, tokens)
    if body.discloses:
        square = QPointF(-2.5, 3.5)  # half a pixel aside: so its 15 px begin and end on whole ones
        paint_disclosure(painter, tile.topRight() + square, size, tokens)
