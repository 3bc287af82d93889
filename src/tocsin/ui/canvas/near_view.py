"""Paints the playbook where its nodes can be read: frames, then edges with their chips, then nodes, from the store.

Qt's scene holds no items: it would look for what lies where, as the store's grid does already, and the picture of a
drag would cost half as much again.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from PySide6.QtGui import QPainter, QTransform

from tocsin.ui.canvas import geometry as g
from tocsin.ui.canvas.drawing import Drawing
from tocsin.ui.canvas.edge_entry import EdgeEntry
from tocsin.ui.canvas.edge_paint import chip_growth, paint_chips, paint_edges
from tocsin.ui.canvas.entries import NodeEntry
from tocsin.ui.canvas.frame_paint import paint_frame
from tocsin.ui.canvas.grid import Bounds
from tocsin.ui.canvas.live_node import paint_live
from tocsin.ui.canvas.store import Store

_CHIP: Final = 60.0
"""Half of a usual chip's width: so much more of it there is where it is twice as large."""


def paint_near(painter: QPainter, areas: Sequence[Bounds], store: Store, drawing: Drawing) -> None:
    """Paint what reaches into areas of the scene.

    Args:
        painter: Its transform is the way from the scene to the viewport, and stays so; the ground is painted already.
        areas: What must be painted. A part that is painted anew looks as the whole does.
        store: Where everything lies.
        drawing: Colours, sprites, motion.
    """
    transform = painter.worldTransform()
    zoom = transform.m11()
    nodes, edges = _nodes_around(store, areas, zoom), _edges_around(store, areas, zoom)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for node in nodes:
        if node.is_backdrop:
            painter.setTransform(QTransform.fromTranslate(node.rect.left(), node.rect.top()) * transform)
            paint_frame(painter, node, drawing.tokens, zoom, drawing.motion)
    painter.setTransform(transform)
    paint_edges(painter, edges, drawing.tokens, zoom, motion=drawing.motion)
    paint_chips(painter, edges, drawing.tokens, zoom, store.edges_in)
    for node in nodes:
        if not node.is_backdrop:
            paint_live(painter, node, drawing, transform.map(node.rect.topLeft()), zoom)
    painter.setTransform(transform)


def _nodes_around(store: Store, areas: Iterable[Bounds], zoom: float) -> list[NodeEntry]:
    """Return the nodes that reach into areas, the lowest first."""
    more = g.reach(zoom) - g.REACH
    found = {node.id: node for area in areas for node in store.nodes_in(area.grown(more) if more else area)}
    return sorted(found.values(), key=NodeEntry.height)


def _edges_around(store: Store, areas: Iterable[Bounds], zoom: float) -> list[EdgeEntry]:
    """Return the edges that reach into areas with their line, or with their chip as large as it is at a zoom."""
    more = (chip_growth(zoom) - 1) * _CHIP
    return list(dict.fromkeys(edge for area in areas for edge in store.edges_in(area.grown(more) if more else area)))
