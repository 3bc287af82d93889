"""The outlines of nodes as paths; the kind is read from them without colour."""

from __future__ import annotations

import math
from functools import lru_cache

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainterPath

from tocsin.ui.canvas.geometry import FRAME_RADIUS, HEXAGON_DEPTH, NODE_RADIUS, NOTE_RADIUS, ROUND_RADIUS, Silhouette

_TIP = 3.0
"""How much of a hexagon's corner is rounded off."""


@lru_cache(maxsize=512)
def outline(silhouette: Silhouette, width: float, height: float, grown: float = 0.0) -> QPainterPath:
    """Return the outline of a node whose rectangle begins at (0, 0), grown on all sides. Shared: never change it."""
    rect = QRectF(-grown, -grown, width + 2 * grown, height + 2 * grown)
    path = QPainterPath()
    match silhouette:
        case Silhouette.HEXAGON:
            return _hexagon(rect, HEXAGON_DEPTH + grown / 2)
        case Silhouette.TRIGGER:
            return _trigger(rect, min(ROUND_RADIUS + grown, height / 2 + grown), NODE_RADIUS + grown)
        case Silhouette.PILL:
            radius = rect.height() / 2
        case Silhouette.NOTE:
            radius = NOTE_RADIUS + grown
        case Silhouette.FRAME | Silhouette.GROUP:
            radius = FRAME_RADIUS + grown
        case _:
            radius = NODE_RADIUS + grown
    path.addRoundedRect(rect, radius, radius)
    return path


@lru_cache(maxsize=64)
def regular(corners: int, radius: float, turned: float) -> QPainterPath:
    """Return a regular polygon about (0, 0); `turned` is its first corner's angle in degrees, 0 = right."""
    path = QPainterPath()
    for corner in range(corners):
        angle = math.radians(turned + 360 * corner / corners)
        point = QPointF(radius * math.cos(angle), radius * math.sin(angle))
        if corner:
            path.lineTo(point)
        else:
            path.moveTo(point)
    path.closeSubpath()
    return path


def _trigger(rect: QRectF, top: float, bottom: float) -> QPainterPath:
    path = QPainterPath(QPointF(rect.left() + top, rect.top()))
    path.lineTo(rect.right() - top, rect.top())
    path.arcTo(QRectF(rect.right() - 2 * top, rect.top(), 2 * top, 2 * top), 90, -90)
    path.lineTo(rect.right(), rect.bottom() - bottom)
    path.arcTo(QRectF(rect.right() - 2 * bottom, rect.bottom() - 2 * bottom, 2 * bottom, 2 * bottom), 0, -90)
    path.lineTo(rect.left() + bottom, rect.bottom())
    path.arcTo(QRectF(rect.left(), rect.bottom() - 2 * bottom, 2 * bottom, 2 * bottom), 270, -90)
    path.lineTo(rect.left(), rect.top() + top)
    path.arcTo(QRectF(rect.left(), rect.top(), 2 * top, 2 * top), 180, -90)
    path.closeSubpath()
    return path


def _hexagon(rect: QRectF, depth: float) -> QPainterPath:
    middle = rect.center().y()
    corners = [
        QPointF(rect.left() + depth, rect.top()),
        QPointF(rect.right() - depth, rect.top()),
        QPointF(rect.right(), middle),
        QPointF(rect.right() - depth, rect.bottom()),
        QPointF(rect.left() + depth, rect.bottom()),
        QPointF(rect.left(), middle),
    ]
    path = QPainterPath()
    for index, corner in enumerate(corners):
        before = _towards(corner, corners[index - 1])
        after = _towards(corner, corners[(index + 1) % len(corners)])
        if index:
            path.lineTo(before)
        else:
            path.moveTo(before)
        path.quadTo(corner, after)
    path.closeSubpath()
    return path


def _towards(start: QPointF, end: QPointF) -> QPointF:
    way = end - start
    return start + way * (_TIP / math.hypot(way.x(), way.y()))
