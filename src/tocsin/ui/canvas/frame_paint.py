"""Draws the frame of a loop and of a group: ground, head, progress."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPen

from tocsin.base.texts import _
from tocsin.engine.progress import ItemCounts
from tocsin.ui.canvas import geometry as g
from tocsin.ui.canvas.entries import NodeEntry
from tocsin.ui.canvas.geometry import Silhouette
from tocsin.ui.canvas.grid import Bounds
from tocsin.ui.canvas.looks import STYLES, Fill, Glyph, Look, Style
from tocsin.ui.canvas.marks import (
    BadgePlace,
    paint_badge,
    paint_breakpoint,
    paint_turning,
)
from tocsin.ui.canvas.motion import Motion
from tocsin.ui.canvas.node_paint import border_pen, paint_ports, paint_ring, paint_tape
from tocsin.ui.canvas.pens import colour
from tocsin.ui.canvas.pens import pen as shared_pen
from tocsin.ui.canvas.silhouettes import outline
from tocsin.ui.canvas.tags import paint_tag
from tocsin.ui.canvas.text_cache import advance, line
from tocsin.ui.theme import Tokens, paint_icon

_WIDTHS: Final = {Look.RUNNING: 1.5, Look.REFUSED: 2.5}
"""A frame's line is 1 px, thinner than a node's; these say more."""
_LEFT: Final = 12.0
_ICON: Final = 13.0
_BADGE_RIGHT: Final = 16.0
_TAPE: Final = 6.0


def paint_frame(painter: QPainter, entry: NodeEntry, tokens: Tokens, zoom: float, motion: Motion | None = None) -> None:
    """Draw a frame, its rectangle beginning at (0, 0). Its name keeps 11 pixels on the screen at every zoom."""
    if entry.face.silhouette is Silhouette.GROUP:
        _paint_group(painter, entry, tokens, zoom)
        return
    paint_ground(painter, entry, tokens, zoom)
    _paint_head(painter, entry, tokens, zoom)
    if zoom >= g.FAR:
        _paint_marks(painter, entry, tokens, zoom)
        _paint_badge(painter, entry, tokens, motion)


def paint_ground(painter: QPainter, entry: NodeEntry, tokens: Tokens, zoom: float) -> None:
    """Draw a frame without its head and its marks: ring, ground, border."""
    size, style = (entry.rect.width(), entry.rect.height()), STYLES[entry.look]
    if entry.selected:
        paint_ring(painter, Silhouette.FRAME, size, tokens, zoom)
    if entry.face.silhouette is not Silhouette.GROUP:
        painter.fillPath(outline(Silhouette.FRAME, *size), _ground(style, tokens))
    if entry.look is Look.UNCERTAIN:
        paint_tape(painter, Silhouette.FRAME, size, tokens)
        return
    pen = _border(entry, style, tokens)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPath(outline(Silhouette.FRAME, *size, -pen.widthF() / 2))


def _ground(style: Style, tokens: Tokens) -> QColor:
    ground = QColor(tokens.canvas if style.fill is Fill.CANVAS else tokens.logic_soft)
    ground.setAlphaF(0.5)
    return ground


def _border(entry: NodeEntry, style: Style, tokens: Tokens) -> QPen:
    if entry.target:
        return QPen(QColor(tokens.sel_line), 1.5)
    if entry.face.silhouette is Silhouette.GROUP:
        return QPen(shared_pen(tokens.ctl, 1.0, (4.0, 3.0)))
    return border_pen(replace(style, width=_WIDTHS.get(entry.look, 1.0)), tokens)


def _paint_group(painter: QPainter, entry: NodeEntry, tokens: Tokens, zoom: float) -> None:
    paint_ground(painter, entry, tokens, zoom)
    painter.setPen(QColor(tokens.text2))
    made = line(entry.face.title, g.text_pixels(g.LEAST_TEXT, zoom), 600, int(entry.rect.width() - 2 * _LEFT))
    made.paint_amid(painter, _LEFT, g.FRAME_HEADER / 2)


def _paint_head(painter: QPainter, entry: NodeEntry, tokens: Tokens, zoom: float) -> None:
    width, style = entry.rect.width(), STYLES[entry.look]
    counts = entry.status.items if entry.status is not None else None
    aside = (
        _("{done} of {total} done").format(done=counts.done, total=counts.total or "?")
        if counts is not None
        else entry.face.aside
    )
    pixels, left = g.text_pixels(g.LEAST_TEXT, zoom), _LEFT
    if zoom >= g.FAR:
        painter.setOpacity(0.45 if style.faded else 1.0)
        paint_icon(painter, entry.face.icon, tokens.logic, QRectF(left, (g.FRAME_HEADER - _ICON) / 2, _ICON, _ICON))
        painter.setOpacity(1.0)
        left += _ICON + 6
    beside = 0.0
    if zoom >= g.BATCHED and aside:
        ink = tokens.text if entry.look is Look.REFUSED else tokens.text2
        made = line(aside, g.text_pixels(g.LEAST_TEXT, zoom), 500 if counts is not None else 400, int(width / 2))
        right = width - (_BADGE_RIGHT + g.BADGE_SMALL if style.glyph is not Glyph.NONE else 10)
        painter.setPen(colour(ink))
        made.paint_amid(painter, right - made.width, g.FRAME_HEADER / 2)
        beside = width - right + advance(aside, g.text_pixels(g.LEAST_TEXT, zoom), 500) + 8
    title = line(entry.face.title, pixels, 600, int(max(20.0, width - left - max(beside, _LEFT))))
    painter.setPen(colour(tokens.text3 if style.faded else tokens.logic))
    title.paint(painter, left, max(1.0, (g.FRAME_HEADER - title.height) / 2))
    if counts is not None and zoom >= g.FAR:
        _paint_progress(painter, QRectF(_LEFT, g.FRAME_HEADER, width - 2 * _LEFT, g.FRAME_PROGRESS), entry, tokens)


def _paint_progress(painter: QPainter, rect: QRectF, entry: NodeEntry, tokens: Tokens) -> None:
    """Draw a bar with one segment an item, up to 20; of more items each segment shows the worst in it."""
    counts = entry.status.items if entry.status is not None and entry.status.items else ItemCounts()
    looks = entry.items or _looks_of(counts)
    pieces = min(len(looks), g.FRAME_SEGMENTS)
    each = rect.width() / max(1, pieces)
    painter.setPen(Qt.PenStyle.NoPen)
    for piece in range(pieces):
        part = looks[piece * len(looks) // pieces : (piece + 1) * len(looks) // pieces]
        segment = QRectF(rect.left() + piece * each, rect.top(), each - (1 if piece < pieces - 1 else 0), rect.height())
        look = min(part, key=_WORST.index)
        if look is Look.UNCERTAIN:
            _paint_tape(painter, segment, tokens)
            continue
        painter.setBrush(colour(tokens.line if look is Look.QUEUED else getattr(tokens, STYLES[look].colour)))
        painter.drawRect(segment)


_WORST: Final = (
    Look.UNCERTAIN,
    Look.REFUSED,
    Look.FAILED,
    Look.ASKS,
    Look.PAUSED,
    Look.RETRYING,
    Look.RUNNING,
    Look.WAITS,
    Look.QUEUED,
    Look.WOULD,
    Look.SUCCEEDED,
    Look.ALREADY,
    Look.CANCELLED,
    Look.SKIPPED,
    Look.OFF,
    Look.NOT_REACHED,
    Look.INVALID,
    Look.IDLE,
)
"""Of several items the first of these is shown."""


def _looks_of(counts: ItemCounts) -> tuple[Look, ...]:
    """Return what is known of items by their number alone: those that failed come last of the done."""
    total = max(counts.total, counts.done, 1)
    done = counts.done - counts.failed
    return (Look.SUCCEEDED,) * done + (Look.FAILED,) * counts.failed + (Look.QUEUED,) * (total - counts.done)


def _paint_tape(painter: QPainter, rect: QRectF, tokens: Tokens) -> None:
    painter.fillRect(rect, QBrush(colour(tokens.tape_ink)))
    painter.setBrush(colour(tokens.tape))
    x = rect.left()
    while x < rect.right():
        painter.drawRect(QRectF(x, rect.top(), min(_TAPE, rect.right() - x), rect.height()))
        x += 2 * _TAPE


def _paint_marks(painter: QPainter, entry: NodeEntry, tokens: Tokens, zoom: float) -> None:
    body = entry.body
    if body.tag is not None:
        paint_tag(painter, entry.rect.width() - g.TAG_RIGHT, body.tag, tokens, zoom)
    if body.stops:
        paint_breakpoint(painter, g.BREAKPOINT_LEFT, g.FRAME_HEADER / 2, tokens)
    paint_ports(painter, body, tokens)


def _paint_badge(painter: QPainter, entry: NodeEntry, tokens: Tokens, motion: Motion | None) -> None:
    if STYLES[entry.look].glyph is Glyph.NONE:
        return
    at = QPointF(entry.rect.width() - _BADGE_RIGHT, g.FRAME_HEADER / 2)
    place = BadgePlace(at, g.BADGE_SMALL, on_border=False)
    paint_badge(painter, place, entry.look, tokens)
    if entry.look is not Look.RUNNING:
        return
    paint_turning(painter, place, tokens, None if motion is None else motion.turn)
    if motion is not None:
        x, y = at.x() + entry.rect.left(), at.y() + entry.rect.top()
        motion.moves(entry.id, Bounds(x, y, x, y).grown(g.BADGE_SMALL / 2 + 1))
