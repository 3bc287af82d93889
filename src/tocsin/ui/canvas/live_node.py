"""Paints a node on a screen: its body from a sprite, its words fresh, and what moves on it."""

from __future__ import annotations

from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainter

from tocsin.ui.canvas.drawing import Drawing
from tocsin.ui.canvas.entries import NodeEntry
from tocsin.ui.canvas.geometry import NEAR, reach
from tocsin.ui.canvas.grid import Bounds
from tocsin.ui.canvas.looks import Look
from tocsin.ui.canvas.node_paint import badge_place, paint_motion
from tocsin.ui.canvas.node_words import paint_words
from tocsin.ui.canvas.subtitles import TIMED


def paint_live(painter: QPainter, entry: NodeEntry, drawing: Drawing, corner: QPointF, zoom: float) -> None:
    """Draw a node.

    Args:
        painter: Where to; its transform is left at the node's own pixels.
        entry: The node.
        drawing: Colours, sprites, motion.
        corner: The node's top left corner on the device.
        zoom: How large a scene pixel is.
    """
    body, motion, sprites = entry.body, drawing.motion, drawing.sprites
    around, ratio = reach(zoom), painter.device().devicePixelRatio()
    at = corner - QPointF(around, around) * zoom
    painter.resetTransform()
    if entry.before is not None:
        share = motion.fade(entry.since)
        if share < 1.0:
            painter.drawPixmap(at, sprites.picture(entry.before, zoom, ratio))
            painter.setOpacity(share)
            motion.moves(entry.id, entry.bounds.grown(around))
        else:
            entry.before = None
    painter.drawPixmap(at, sprites.picture(body, zoom, ratio))
    painter.setOpacity(1.0)
    painter.translate(corner)
    painter.scale(zoom, zoom)
    now = 0
    if body.look in TIMED:
        now = motion.now
        if zoom >= NEAR:
            motion.counts(entry.id, entry.bounds)
    paint_words(painter, entry.words(now), body, drawing.tokens, zoom)
    if body.look is Look.RUNNING:
        paint_motion(painter, body, drawing.tokens, zoom, motion.turn)
        if entry.before is None:
            motion.moves(entry.id, _badge_bounds(entry, zoom))


def _badge_bounds(entry: NodeEntry, zoom: float) -> Bounds:
    place = badge_place(entry.body, zoom)
    x, y = place.centre.x() + entry.rect.left(), place.centre.y() + entry.rect.top()
    return Bounds(x, y, x, y).grown(place.size / 2 + 1)
