"""Writes on a node: title, subtitle, the rows of a switch. What would be too small is enlarged or left out (§6)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from PySide6.QtGui import QColor, QPainter

from tocsin.model.catalogue import Effect
from tocsin.ui.canvas import geometry as g
from tocsin.ui.canvas.faces import port_words
from tocsin.ui.canvas.geometry import Silhouette
from tocsin.ui.canvas.looks import STYLES, Glyph, Look, Style
from tocsin.ui.canvas.node_paint import Body, tile_rect
from tocsin.ui.canvas.pens import colour
from tocsin.ui.canvas.text_cache import advance, block, line
from tocsin.ui.theme import Tokens

_TITLE: Final = 17.0
_SUBTITLE: Final = 15.0
"""The heights of the two lines."""
_FAR_RIGHT: Final = 4
"""From afar a title is large for its node and comes so near to its right edge."""
_PILL_GAP: Final = 5
_PILL_RIGHT: Final = 3
_ROW_LEFT: Final = 13
_ROW_GAP: Final = 7


@dataclass(frozen=True, slots=True)
class Words:
    """What is written on a node: title, subtitle, a switch's rows as (port, condition); a title for less room."""

    title: str
    subtitle: str
    rows: tuple[tuple[str, str], ...] = ()
    short: str = ""


def paint_words(painter: QPainter, words: Words, body: Body, tokens: Tokens, zoom: float) -> None:
    """Draw the words. What would be under 11 pixels on the screen is enlarged or left out."""
    match body.silhouette:
        case Silhouette.NOTE:
            _paint_note(painter, words.title, body, tokens, zoom)
        case Silhouette.PILL:
            _paint_pill(painter, words, body, tokens, zoom)
        case Silhouette.SWITCH:
            _paint_switch(painter, words, body, tokens, zoom)
        case _:
            _paint_lines(painter, words, body, tokens, zoom)


def _paint_lines(painter: QPainter, words: Words, body: Body, tokens: Tokens, zoom: float) -> None:
    style = STYLES[body.look]
    left = _text_left(body)
    width = _text_width(body, left) + (g.TEXT_RIGHT - _FAR_RIGHT if zoom < g.NEAR else 0)
    title = line(words.title, g.text_pixels(13, zoom), 600, width)
    painter.setPen(_title_ink(style, tokens))
    if zoom < g.NEAR or not words.subtitle:
        title.paint_amid(painter, left, body.size[1] / 2)
        return
    top = (body.size[1] - _TITLE - _SUBTITLE) / 2
    title.paint_amid(painter, left, top + _TITLE / 2)
    subtitle = line(words.subtitle, g.text_pixels(11, zoom), 600 if style.strong else 400, width)
    painter.setPen(colour(tokens.text3 if style.faded else getattr(tokens, style.text)))
    subtitle.paint_amid(painter, left, top + _TITLE + _SUBTITLE / 2)


def _paint_pill(painter: QPainter, words: Words, body: Body, tokens: Tokens, zoom: float) -> None:
    left = g.SMALL_TILE_X + g.SMALL_TILE + _PILL_GAP
    badge = g.BADGE_RIGHT_PILL + g.BADGE_SMALL / 2 + 2 if STYLES[body.look].glyph is not Glyph.NONE else _PILL_RIGHT
    room, pixels = int(body.size[0] - left - badge), g.text_pixels(12, zoom)
    fits = not words.short or advance(words.title, pixels, 600) <= room
    painter.setPen(_title_ink(STYLES[body.look], tokens))
    line(words.title if fits else words.short, pixels, 600, room).paint_amid(painter, left, body.size[1] / 2)


def _paint_switch(painter: QPainter, words: Words, body: Body, tokens: Tokens, zoom: float) -> None:
    left, style = tile_rect(body).right() + g.TEXT_GAP, STYLES[body.look]
    width = _text_width(body, left)
    painter.setPen(_title_ink(style, tokens))
    line(words.title, g.text_pixels(13, zoom), 600, width).paint_amid(painter, left, g.SWITCH_HEAD / 2)
    if zoom < g.NEAR:
        return
    for row, (port, condition) in enumerate(words.rows):
        middle = g.SWITCH_HEAD + g.SWITCH_ROW * (row + 0.5)
        name = port_words(port)
        painter.setPen(_title_ink(style, tokens))
        line(name, g.text_pixels(12, zoom), 500, body.size[0] // 2).paint_amid(painter, _ROW_LEFT, middle)
        x = _ROW_LEFT + advance(name, g.text_pixels(12, zoom), 500) + _ROW_GAP
        rule = line(condition, g.text_pixels(11, zoom), 400, max(0, int(body.size[0] - x - 14)))
        painter.setPen(colour(tokens.text3 if style.faded else tokens.text2))
        rule.paint_amid(painter, x, middle)


def _paint_note(painter: QPainter, text: str, body: Body, tokens: Tokens, zoom: float) -> None:
    across, down = g.NOTE_PADDING
    width = body.size[0] - 2 * across
    painter.setPen(colour(tokens.text))
    if zoom >= g.NEAR:
        block(text, 12, 400, width).paint(painter, across, down)
    else:
        line(text, g.text_pixels(12, zoom), 400, width).paint_amid(painter, across, body.size[1] / 2)


def _title_ink(style: Style, tokens: Tokens) -> QColor:
    return colour(tokens.text3 if style.faded else tokens.text)


def _text_left(body: Body) -> float:
    marked = body.effect is not Effect.READ or body.discloses
    return tile_rect(body).right() + (g.TEXT_GAP_MARK if marked else g.TEXT_GAP)


def _text_width(body: Body, left: float) -> int:
    right = g.HEXAGON_DEPTH if body.silhouette is Silhouette.HEXAGON else g.TEXT_RIGHT
    badge = g.BADGE_RIGHT_INSIDE + 3 if body.look is Look.INVALID else 0
    return int(body.size[0] - left - right - badge)
