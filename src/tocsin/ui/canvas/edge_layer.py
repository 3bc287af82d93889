"""All edges: one item that paints those which its grid finds where something must be painted."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPainterPath
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget
from typing_extensions import override

from tocsin.ui.canvas.drawing import Drawing
from tocsin.ui.canvas.edge_paint import paint_edges
from tocsin.ui.canvas.entries import EdgeEntry
from tocsin.ui.canvas.grid import Bounds
from tocsin.ui.canvas.node_item import EDGE_LAYER
from tocsin.ui.canvas.store import Store


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
        zoom = painter.worldTransform().m11()
        paint_edges(painter, self._exposed(option), self._drawing.tokens, zoom)

    def _exposed(self, option: QStyleOptionGraphicsItem) -> Collection[EdgeEntry]:
        """Return the edges in the areas that the view named, else in Qt's rectangle."""
        if self.areas:
            return dict.fromkeys(edge for area in self.areas for edge in self._store.edges_in(area))
        exposed: QRectF = option.exposedRect  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType]
        return self._store.edges_in(Bounds(exposed.left(), exposed.top(), exposed.right(), exposed.bottom()))
