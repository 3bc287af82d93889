"""Draws the frame of a loop and of a group: ground, head, progress."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from tocsin.engine.progress import ItemCounts
from tocsin.ui.canvas import geometry as g
from tocsin.ui.canvas.entries import NodeEntry
from tocsin.ui.canvas.geometry import Silhouette
from tocsin.ui.canvas.looks import STYLES, Glyph, Look
from tocsin.ui.canvas.marks import paint_badge, paint_error_port, paint_port
from tocsin.ui.canvas.node_paint import border_pen, paint_tape
from tocsin.ui.canvas.silhouettes import outline
from tocsin.ui.canvas.text_cache import line
from tocsin.ui.theme import Tokens, paint_icon

_SEGMENTS = 20


def paint_frame(painter: QPainter, entry: NodeEntry, tokens: Tokens, zoom: float) -> None:
    """Draw a frame, its rectangle beginning at (0, 0). Its name keeps 11 pixels on the screen at every zoom."""
    width, height = entry.rect.width(), entry.rect.height()
    path = outline(Silhouette.FRAME, width, height, -0.5 if STYLES[entry.look].width == 1 else 0.0)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    if entry.selected:
        painter.setPen(QPen(QColor(tokens.sel_line), max(g.SELECTION_WIDTH, 1.5 / zoom)))
        painter.drawPath(outline(Silhouette.FRAME, width, height, g.SELECTION_GAP))
    if entry.face.silhouette is Silhouette.GROUP:
        _paint_group(painter, entry, tokens, zoom)
        return
    painter.fillPath(path, _ground(tokens))
    if entry.look is Look.UNCERTAIN:
        paint_tape(painter, path, tokens)
    else:
        pen = border_pen(STYLES[entry.look], tokens)
        if entry.look is Look.RUNNING or entry.target:
            pen = QPen(QColor(tokens.sel_line if entry.target else tokens.running), 1.5)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(path)
    _paint_head(painter, entry, tokens, zoom)
    if zoom >= g.FAR:
        _paint_ports(painter, entry, tokens)


def _ground(tokens: Tokens) -> QColor:
    ground = QColor(tokens.logic_soft)
    ground.setAlphaF(0.5)
    return ground


def _paint_group(painter: QPainter, entry: NodeEntry, tokens: Tokens, zoom: float) -> None:
    pen = QPen(QColor(tokens.ctl), 1)
    pen.setDashPattern([4, 3])
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPath(outline(Silhouette.GROUP, entry.rect.width(), entry.rect.height()))
    painter.setPen(QColor(tokens.text2))
    made = line(entry.face.title, _pixels(zoom), 600, int(entry.rect.width() - 24))
    made.paint_amid(painter, 12, g.FRAME_HEADER / 2)


def _pixels(zoom: float) -> int:
    return max(12, -int(-11 // zoom))


def _paint_head(painter: QPainter, entry: NodeEntry, tokens: Tokens, zoom: float) -> None:
    width, status = entry.rect.width(), entry.status
    counts = status.items if status is not None else None
    aside = f"{counts.done} of {counts.total or '?'} done" if counts is not None else entry.face.aside
    pixels = _pixels(zoom)
    left = 12.0
    if zoom >= g.FAR:
        paint_icon(painter, entry.face.icon, tokens.logic, QRectF(left, 5, 14, 14))
        left += 20
    room = width - left - 12
    beside = 0.0
    if zoom >= g.BATCHED and aside:
        made = line(aside, 11, 400, int(room / 2))
        right = width - 14 - (22 if STYLES[entry.look].glyph is not Glyph.NONE else 0)
        painter.setPen(QColor(tokens.text2))
        made.paint_amid(painter, right - made.width, g.FRAME_HEADER / 2)
        beside = made.width + 12
    title = line(entry.face.title, pixels, 600, int(max(20.0, room - beside)))
    painter.setPen(QColor(tokens.logic))
    title.paint(painter, left, max(1.0, (g.FRAME_HEADER - title.height) / 2))
    if counts is not None:
        _paint_progress(painter, QRectF(12, g.FRAME_HEADER, width - 24, 3), counts, tokens)


def _paint_progress(painter: QPainter, rect: QRectF, counts: ItemCounts, tokens: Tokens) -> None:
    """Draw a bar with one segment an item, up to 20; failed ones last of those that are done."""
    painter.setPen(Qt.PenStyle.NoPen)
    total = max(counts.total, counts.done, 1)
    pieces = min(total, _SEGMENTS)
    gap = 2.0 if pieces > 1 else 0.0
    each = (rect.width() - gap * (pieces - 1)) / pieces
    done = round(pieces * counts.done / total)
    failed = -(-pieces * counts.failed // total)
    for piece in range(pieces):
        colour = tokens.line if piece >= done else tokens.failed if piece >= done - failed else tokens.succeeded
        painter.setBrush(QColor(colour))
        painter.drawRoundedRect(QRectF(rect.left() + piece * (each + gap), rect.top(), each, rect.height()), 1.5, 1.5)


def _paint_ports(painter: QPainter, entry: NodeEntry, tokens: Tokens) -> None:
    body = entry.body
    for x, y in body.ports:
        paint_port(painter, QPointF(x, y), tokens)
    if body.error is not None:
        paint_error_port(painter, QPointF(*body.error), tokens, wired=body.wired)
    if STYLES[entry.look].glyph is not Glyph.NONE:
        paint_badge(painter, QPointF(entry.rect.width() - g.BADGE_RIGHT, 12), g.BADGE_SMALL, entry.look, tokens)
