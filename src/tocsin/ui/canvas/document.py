"""Draws everything of a store at full detail, without a scene: for pictures in files."""

from __future__ import annotations

from PySide6.QtGui import QPainter

from tocsin.ui.canvas.edge_paint import paint_chips, paint_edges
from tocsin.ui.canvas.entries import NodeEntry
from tocsin.ui.canvas.frame_paint import paint_frame
from tocsin.ui.canvas.node_paint import paint_body, paint_motion
from tocsin.ui.canvas.node_words import paint_words
from tocsin.ui.canvas.store import Store
from tocsin.ui.theme import Tokens


def paint_document(painter: QPainter, store: Store, tokens: Tokens) -> None:
    """Draw frames, then edges, then nodes, in scene pixels at 100 per cent."""
    frames = [node for node in store.nodes.values() if node.is_backdrop]
    for frame in sorted(frames, key=NodeEntry.height):
        painter.save()
        painter.translate(frame.rect.topLeft())
        paint_frame(painter, frame, tokens, 1.0)
        painter.restore()
    paint_edges(painter, store.edges.values(), tokens, 1.0)
    paint_chips(painter, store.edges.values(), tokens, 1.0)
    for node in store.nodes.values():
        if not node.is_backdrop:
            paint_node(painter, node, tokens)


def paint_node(painter: QPainter, node: NodeEntry, tokens: Tokens) -> None:
    """Draw one node that is no frame, where it lies."""
    painter.save()
    painter.translate(node.rect.topLeft())
    paint_body(painter, node.body, tokens, 1.0)
    paint_words(painter, node.words(), node.body, tokens, 1.0)
    paint_motion(painter, node.body, tokens, 1.0, None)
    painter.restore()
