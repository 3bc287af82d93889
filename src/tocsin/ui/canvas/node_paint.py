"""Draws a node: its body, which sprites keep, and its words. The same functions draw to the screen, SVG and PDF."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

from tocsin.model.catalogue import Effect
from tocsin.ui.canvas import geometry as g
from tocsin.ui.canvas.faces import Family
from tocsin.ui.canvas.geometry import Silhouette
from tocsin.ui.canvas.looks import STYLES, Fill, Glyph, Look, Style
from tocsin.ui.canvas.marks import paint_badge, paint_disclosure, paint_effect, paint_error_port, paint_port
from tocsin.ui.canvas.pens import colour, pen
from tocsin.ui.canvas.silhouettes import outline
from tocsin.ui.canvas.text_cache import advance, block, line
from tocsin.ui.theme import Tokens, paint_icon

FADED: Final = 0.45
FADED_WORDS: Final = 0.75
"""How much of tile and words is left when a node steps back."""


@dataclass(frozen=True, slots=True)
class Body:
    """All that decides how a node's body looks, words apart: the key of its sprite.

    Attributes:
        silhouette: Its outline.
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
    """

    silhouette: Silhouette
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


def paint_body(painter: QPainter, body: Body, tokens: Tokens, zoom: float) -> None:
    """Draw everything but the words, the node's rectangle beginning at (0, 0).

    Order: halo, selection ring, fill, border, tile, marks, ports, badge (visual-design.md §2.3).
    """
    style = STYLES[body.look]
    path = outline(
        body.silhouette, *body.size, -0.5 if style.width == 1 else 0.0
    )  # a line of one pixel, not of two halves
    _paint_around(painter, body, tokens)
    _paint_shape(painter, body, style, tokens, path)
    if body.silhouette is not Silhouette.NOTE:
        painter.setOpacity(FADED if style.faded else 1.0)
        _paint_tile(painter, body, tokens, zoom)
        painter.setOpacity(1.0)
    for x, y in body.ports:
        paint_port(painter, QPointF(x, y), tokens)
    if body.error is not None:
        paint_error_port(painter, QPointF(*body.error), tokens, wired=body.wired)
    if style.glyph is not Glyph.NONE:
        _paint_badge(painter, body, tokens, zoom)


@dataclass(frozen=True, slots=True)
class Words:
    """What is written on a node: title, subtitle, and a switch's rows as (port, condition)."""

    title: str
    subtitle: str
    rows: tuple[tuple[str, str], ...] = ()


def paint_words(painter: QPainter, words: Words, body: Body, tokens: Tokens, zoom: float) -> None:
    """Draw the words. What would be under 11 pixels on the screen is enlarged or left out."""
    style = STYLES[body.look]
    if style.faded:
        painter.setOpacity(FADED_WORDS)
    title = colour(tokens.text3 if style.faded else tokens.text)
    if body.silhouette is Silhouette.NOTE:
        painter.setPen(colour(tokens.text))
        if zoom >= g.NEAR:
            block(words.title, 12, 400, body.size[0] - 20).paint(painter, 10, 7)
        else:
            line(words.title, _pixels(12, zoom), 400, body.size[0] - 20).paint_amid(painter, 10, body.size[1] / 2)
    elif body.silhouette is Silhouette.PILL:
        x = g.SMALL_TILE_X + g.SMALL_TILE + 6
        _paint_line(painter, words.title, QRectF(x, 0, body.size[0] - x - 8, body.size[1]), title, _pixels(12, zoom))
    elif body.silhouette is Silhouette.SWITCH:
        _paint_switch(painter, words, body, tokens, zoom)
    elif zoom < g.NEAR or not words.subtitle:
        left = _text_left(body)
        rect = QRectF(left, 0, _text_width(body, left), body.size[1])
        _paint_line(painter, words.title, rect, title, _pixels(13, zoom))
    else:
        _paint_two_lines(painter, words, body, tokens, zoom)
    painter.setOpacity(1.0)


def border_pen(style: Style, tokens: Tokens) -> QPen:
    """Return the pen of a border; it is the caller's own."""
    return QPen(pen(getattr(tokens, style.colour), style.width, style.dashes))


def paint_tape(painter: QPainter, path: QPainterPath, tokens: Tokens) -> None:
    """Draw the border of what may have happened: a striped tape."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor(tokens.tape_ink), 4))
    painter.drawPath(path)
    tape = QPen(QColor(tokens.tape), 4)
    tape.setCapStyle(Qt.PenCapStyle.FlatCap)
    tape.setDashPattern([2, 2])
    painter.setPen(tape)
    painter.drawPath(path)


def _paint_around(painter: QPainter, body: Body, tokens: Tokens) -> None:
    painter.setBrush(Qt.BrushStyle.NoBrush)
    if body.look is Look.RUNNING:
        halo = QColor(tokens.running)
        halo.setAlphaF(0.28)
        painter.setPen(QPen(halo, 3))
        painter.drawPath(outline(body.silhouette, *body.size, 2.5))
    if body.selected:
        painter.setPen(QPen(QColor(tokens.sel_line), g.SELECTION_WIDTH))
        painter.drawPath(outline(body.silhouette, *body.size, g.SELECTION_GAP))


def _paint_shape(painter: QPainter, body: Body, style: Style, tokens: Tokens, path: QPainterPath) -> None:
    if style.fill is Fill.NODE and body.silhouette is not Silhouette.NOTE:
        shadow = QColor("#000000" if tokens.dark else tokens.text)
        shadow.setAlphaF(0.4 if tokens.dark else 0.1)
        painter.fillPath(path.translated(0, 1), shadow)
    fill = tokens.canvas if style.fill is Fill.CANVAS else tokens.node
    painter.setBrush(QColor(tokens.waiting_soft if body.silhouette is Silhouette.NOTE else fill))
    if body.look is Look.UNCERTAIN:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.drawPath(path)
        paint_tape(painter, path, tokens)
        return
    border = border_pen(style, tokens)
    if body.silhouette is Silhouette.NOTE:
        border.setColor(colour(tokens.waiting))
    elif body.hovered and body.look is Look.IDLE:
        border = pen(tokens.text2, 1.5)
    painter.setPen(border)
    painter.drawPath(path)
    if body.silhouette is Silhouette.SWITCH:
        painter.setPen(QPen(QColor(tokens.line), 1))
        for row in range(round((body.size[1] - g.SWITCH_HEAD) / g.SWITCH_ROW)):
            y = g.SWITCH_HEAD + row * g.SWITCH_ROW
            painter.drawLine(QPointF(1, y), QPointF(body.size[0] - 1, y))


def _paint_tile(painter: QPainter, body: Body, tokens: Tokens, zoom: float) -> None:
    tile, icon, radius = tile_rect(body), float(g.ICON), float(g.TILE_RADIUS)
    if body.silhouette is Silhouette.PILL:
        icon, radius = float(g.SMALL_ICON), float(g.SMALL_TILE_RADIUS)
    if body.family is Family.HUMAN or (body.family is Family.END):
        radius = tile.width() / 2
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(getattr(tokens, f"{body.family}_soft")))
    painter.drawRoundedRect(tile, radius, radius)
    place = QRectF(0, 0, icon, icon)
    place.moveCenter(tile.center())
    paint_icon(painter, body.icon, getattr(tokens, body.family), place)
    size = max(g.MARK, 10 / zoom)
    paint_effect(painter, tile.bottomRight() + QPointF(-2, -3), size, body.effect, tokens)
    if body.discloses:
        paint_disclosure(painter, tile.topRight() + QPointF(-2, 3), size, tokens)


def tile_rect(body: Body) -> QRectF:
    """Return where the icon's tile lies."""
    height = body.size[1]
    if body.silhouette is Silhouette.PILL:
        return QRectF(g.SMALL_TILE_X, (height - g.SMALL_TILE) / 2, g.SMALL_TILE, g.SMALL_TILE)
    if body.silhouette is Silhouette.SWITCH:
        return QRectF(g.TILE_X, 4, 26, 26)
    x = g.TILE_X_HEXAGON if body.silhouette is Silhouette.HEXAGON else g.TILE_X
    return QRectF(x, (height - g.TILE) / 2, g.TILE, g.TILE)


def _paint_badge(painter: QPainter, body: Body, tokens: Tokens, zoom: float) -> None:
    width, height = body.size
    size = float(g.BADGE) if zoom >= g.NEAR else 15 / zoom
    if body.silhouette is Silhouette.PILL or body.look is Look.INVALID:
        centre, size = QPointF(width - g.BADGE_RIGHT + 3, min(height, g.NODE_HEIGHT) / 2), min(size, g.BADGE_SMALL)
    else:
        right = g.BADGE_RIGHT_HEXAGON if body.silhouette is Silhouette.HEXAGON else g.BADGE_RIGHT
        centre = QPointF(width - right, 0)
    paint_badge(painter, centre, size, body.look, tokens)


def _pixels(least: int, zoom: float) -> int:
    """Return the size in scene pixels that is at least 11 on the screen."""
    return max(least, -int(-11 // zoom))


def _text_left(body: Body) -> float:
    marked = body.effect is not Effect.READ or body.discloses
    return tile_rect(body).right() + (g.TEXT_GAP_MARK if marked else g.TEXT_GAP)


def _text_width(body: Body, left: float) -> int:
    right = g.HEXAGON_DEPTH if body.silhouette is Silhouette.HEXAGON else g.TEXT_RIGHT
    badge = 18 if body.look is Look.INVALID else 0
    return int(body.size[0] - left - right - badge)


def _paint_two_lines(painter: QPainter, words: Words, body: Body, tokens: Tokens, zoom: float) -> None:
    style = STYLES[body.look]
    left = _text_left(body)
    width, top = _text_width(body, left), (body.size[1] - 32) / 2
    title = colour(tokens.text3 if style.faded else tokens.text)
    _paint_line(painter, words.title, QRectF(left, top, width, 17), title, _pixels(13, zoom))
    second = line(words.subtitle, _pixels(11, zoom), 600 if style.strong else 400, width)
    painter.setPen(colour(tokens.text3 if style.faded else getattr(tokens, style.text)))
    second.paint_amid(painter, left, top + 17 + 15 / 2)


def _paint_line(painter: QPainter, text: str, rect: QRectF, ink: QColor, pixels: int) -> None:
    """Draw a line in 600, in the middle of the rectangle's height."""
    made = line(text, pixels, 600, int(rect.width()))
    painter.setPen(ink)
    made.paint_amid(painter, rect.left(), rect.center().y())


def _paint_switch(painter: QPainter, words: Words, body: Body, tokens: Tokens, zoom: float) -> None:
    left = tile_rect(body).right() + g.TEXT_GAP
    head = QRectF(left, 0, body.size[0] - left - g.TEXT_RIGHT, g.SWITCH_HEAD)
    _paint_line(painter, words.title, head, colour(tokens.text), _pixels(13, zoom))
    if zoom < g.NEAR:
        return
    for row, (port, condition) in enumerate(words.rows):
        middle = g.SWITCH_HEAD + g.SWITCH_ROW * (row + 0.5)
        name = line(port.replace("_", " "), 12, 500, 120)
        painter.setPen(colour(tokens.text))
        name.paint_amid(painter, 12, middle)
        x = 12 + advance(port.replace("_", " "), 12, 500) + 8
        rule = line(condition, 11, 400, int(max(0, body.size[0] - x - 14)))
        painter.setPen(colour(tokens.text2))
        rule.paint_amid(painter, x, middle)
