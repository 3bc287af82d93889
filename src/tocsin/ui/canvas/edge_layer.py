"""All edges: one item that paints those which its grid finds where something must be painted."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Final

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPainterPath
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget
from typing_extensions import override

from tocsin.ui.canvas.drawing import Drawing
from tocsin.ui.canvas.edge_entry import EdgeEntry
from tocsin.ui.canvas.edge_paint import chip_growth, paint_chips, paint_edges
from tocsin.ui.canvas.grid import Bounds
from tocsin.ui.canvas.node_item import EDGE_LAYER
from tocsin.ui.canvas.store import Store

_CHIP: Final = 60.0
"""Half of a usual chip's width: so much more of it there is where it is twice as large."""


class EdgeLayer(QGraphicsItem):
    """Paints edges below nodes and above frames. It spans the scene and is never hit.

    Attributes:
        areas: What a view is painting now. Qt's own rectangle is the one around all of it: after a pan by (16, 9),
            two strips, that is the whole viewport.
    """

    def __init__(self, store: Store, drawing: Drawing) -> None:
        super().__init__()
        self._store = store
        self._drawing = drawing
        self._span = QRectF()
        self.areas: Sequence[Bounds] = ()
        self.setZValue(EDGE_LAYER)
        self.setFlag(QGraphicsItem.GraphicsItemFlag.ItemUsesExtendedStyleOption)  # else exposedRect is everything

    def set_span(self, span: QRectF) -> None:
        """Take the scene's rectangle."""
        self.prepareGeometryChange()
        self._span = QRectF(span)

    # Qt's names

    @override
    def boundingRect(self) -> QRectF:
        return self._span

    @override
    def shape(self) -> QPainterPath:
        return QPainterPath()

    @override
    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        zoom, drawing = painter.worldTransform().m11(), self._drawing
        edges = edges_around(self._store, self.areas or (_exposed(option),), zoom)
        paint_edges(painter, edges, drawing.tokens, zoom, motion=drawing.motion)
        paint_chips(painter, edges, drawing.tokens, zoom, self._store.edges_in)


def edges_around(store: Store, areas: Iterable[Bounds], zoom: float) -> Collection[EdgeEntry]:
    """Return the edges that reach into areas with their line, or with their chip as large as it is at a zoom."""
    more = (chip_growth(zoom) - 1) * _CHIP
    return dict.fromkeys(edge for area in areas for edge in store.edges_in(area.grown(more) if more else area))


def _exposed(option: QStyleOptionGraphicsItem) -> Bounds:
    exposed: QRectF = option.exposedRect  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType]
    return Bounds(exposed.left(), exposed.top(), exposed.right(), exposed.bottom())
