"""Paints the playbook from a distance, batched from the store (facts.md §3).

Under 45 % nodes are blocks in the colour of their kind, during a run of their state.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from PySide6.QtCore import QLineF, QPoint, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QImage, QPainter, QPen, QTransform

from tocsin.ui.canvas.drawing import Drawing
from tocsin.ui.canvas.edge_entry import EdgeEntry
from tocsin.ui.canvas.entries import NodeEntry
from tocsin.ui.canvas.frame_paint import paint_frame, paint_ground
from tocsin.ui.canvas.grid import Bounds
from tocsin.ui.canvas.looks import STYLES, Look, edge_style
from tocsin.ui.canvas.node_paint import border_pen, paint_ring
from tocsin.ui.canvas.silhouettes import outline
from tocsin.ui.canvas.store import Store

_SHAPED: Final = 300
"""So many blocks keep their outline; of more the outline could not be seen, and rectangles go in one call."""
_TINY: Final = 0.07
"""Nor can it be seen of fewer under this zoom, where a block is three pixels high."""
_DOT_RIGHT: Final = 0.62
"""The middle of a block's dot lies so many of its heights from its right edge."""
_STRIPE: Final = 4


@dataclass(slots=True)
class _Batches:
    """What is drawn in one call each, by colour; and what is not."""

    frames: list[NodeEntry] = field(default_factory=list[NodeEntry])
    lines: defaultdict[str, list[QLineF]] = field(default_factory=lambda: defaultdict(list))
    rects: defaultdict[str, list[QRectF]] = field(default_factory=lambda: defaultdict(list))
    stripes: defaultdict[float, list[QRectF]] = field(default_factory=lambda: defaultdict(list))
    hollow: defaultdict[Look, list[QRectF]] = field(default_factory=lambda: defaultdict(list))
    dots: list[QRectF] = field(default_factory=list[QRectF])
    shaped: list[NodeEntry] = field(default_factory=list[NodeEntry])
    special: list[NodeEntry] = field(default_factory=list[NodeEntry])


class FarView:
    """Paints one store. What a view of much of it needs is kept until `forget`."""

    def __init__(self, store: Store, drawing: Drawing, *, with_names: bool = True) -> None:
        self._store = store
        self._drawing = drawing
        self._with_names = with_names
        self._kept: tuple[Bounds, _Batches] | None = None

    def forget(self) -> None:
        """Say that something looks or lies otherwise than before."""
        self._kept = None

    def paint(self, painter: QPainter, bounds: Bounds, transform: QTransform) -> None:
        """Paint what lies in a rectangle of the scene.

        Args:
            painter: The ground is painted already.
            bounds: The rectangle.
            transform: From the scene to the painter's own pixels.
        """
        self._paint_blocks(painter, self._batches(bounds, transform.m11()), transform)

    def _batches(self, bounds: Bounds, zoom: float) -> _Batches:
        """Return what lies in a rectangle; asked for the same again, as while nothing moves, it costs nothing."""
        if self._kept is None or self._kept[0] != bounds:
            batches = _batched(self._store.nodes_in(bounds), self._store.edges_in(bounds), zoom)
            if bounds.right - bounds.left < self._store.bounds().width() / 2:
                return batches  # a small part: not worth forgetting the large one for
            self._kept = (bounds, batches)
        return self._kept[1]

    def _paint_frames(self, painter: QPainter, frames: Iterable[NodeEntry], transform: QTransform) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for frame in frames:
            painter.setTransform(QTransform.fromTranslate(frame.rect.left(), frame.rect.top()) * transform)
            if self._with_names:
                paint_frame(painter, frame, self._drawing.tokens, transform.m11(), self._drawing.motion)
            else:
                paint_ground(painter, frame, self._drawing.tokens, transform.m11())

    def _paint_blocks(self, painter: QPainter, batches: _Batches, transform: QTransform) -> None:
        tokens, zoom = self._drawing.tokens, transform.m11()
        self._paint_frames(painter, batches.frames, transform)
        painter.setTransform(transform)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
        for colour, lines in batches.lines.items():
            painter.setPen(QPen(QColor(getattr(tokens, colour)), 0))
            painter.drawLines(lines)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=zoom < _TINY)  # else rows of them differ in height
        painter.setPen(Qt.PenStyle.NoPen)
        for colour, rects in batches.rects.items():
            painter.setBrush(QColor(getattr(tokens, colour)))
            painter.drawRects(rects)
        painter.setBrush(QColor(tokens.node))
        painter.drawRects(batches.dots)
        self._paint_hollow(painter, batches)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tokens.text2))
        for width, rects in batches.stripes.items():
            painter.drawRects([rect.translated(-(width + 1) / zoom, 0) for rect in _narrowed(rects, width / zoom)])
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for node in batches.shaped:
            self._paint_shape(painter, node)
        for node in batches.special:
            self._paint_special(painter, node, zoom)

    def _paint_hollow(self, painter: QPainter, batches: _Batches) -> None:
        painter.setBrush(QColor(self._drawing.tokens.canvas))
        for look, rects in batches.hollow.items():
            painter.setPen(self._cosmetic(look))
            painter.drawRects(rects)

    def _cosmetic(self, look: Look) -> QPen:
        """Return the pen of a look's border, as wide at every zoom."""
        pen = border_pen(STYLES[look], self._drawing.tokens)
        pen.setCosmetic(True)
        return pen

    def _paint_shape(self, painter: QPainter, node: NodeEntry) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(getattr(self._drawing.tokens, node.block.colour)))
        painter.drawPath(outline(node.face.silhouette, *node.size).translated(node.rect.topLeft()))

    def _paint_special(self, painter: QPainter, node: NodeEntry, zoom: float) -> None:
        block, tokens = node.block, self._drawing.tokens
        corner = node.rect.topLeft()
        path = outline(node.face.silhouette, *node.size).translated(corner)
        if block.hollow:
            painter.setPen(self._cosmetic(node.look))
            painter.setBrush(QColor(tokens.canvas))
            painter.drawPath(path)
        else:
            self._paint_shape(painter, node)
        if block.tape:
            stripes = QBrush(_tape(tokens.tape_ink))
            stripes.setTransform(QTransform.fromScale(1 / zoom, 1 / zoom))
            painter.fillPath(path, stripes)
        elif block.dot and not block.hollow:
            painter.setBrush(QColor(tokens.node))
            painter.drawEllipse(_dot(node.rect))
        if block.selected:
            painter.translate(corner)
            paint_ring(painter, node.face.silhouette, node.size, tokens, zoom)
            painter.translate(-corner)


def _frames(nodes: Iterable[NodeEntry]) -> list[NodeEntry]:
    return sorted((node for node in nodes if node.is_backdrop), key=NodeEntry.height)


def _batched(nodes: Sequence[NodeEntry], edges: Iterable[EdgeEntry], zoom: float) -> _Batches:
    made = _Batches(frames=_frames(nodes))
    for edge in edges:
        style = edge_style(edge.shown_state, error=edge.is_error, selected=edge.selected)
        made.lines[style.colour].extend(edge.lines)
    is_shaped = zoom >= _TINY and len(nodes) <= _SHAPED
    for node in nodes:
        if node.is_backdrop:
            continue
        block = node.block
        if block.stripe:
            made.stripes[block.stripe].append(node.rect)
        if not is_shaped:
            _put_in_batch(made, node)
        elif block.plain:
            made.shaped.append(node)
        else:
            made.special.append(node)
    return made


def _put_in_batch(made: _Batches, node: NodeEntry) -> None:
    block, rect = node.block, node.rect
    if block.selected or block.tape:
        made.special.append(node)
    elif block.hollow:
        made.hollow[node.look].append(rect)
    else:
        made.rects[block.colour].append(rect)
    if block.dot and not block.hollow:
        made.dots.append(_dot(rect))


def _dot(rect: QRectF) -> QRectF:
    """Return where the dot lies that says that a block tells a state, not a kind."""
    side = rect.height() / 2
    return QRectF(rect.right() - _DOT_RIGHT * rect.height() - side / 2, rect.center().y() - side / 2, side, side)


@lru_cache(maxsize=4)
def _tape(ink: str) -> QImage:
    """Return a tile of diagonal stripes, as wide as what is between them, in pixels of the screen."""
    edge, half = 2 * _STRIPE, _STRIPE
    tile = QImage(edge, edge, QImage.Format.Format_ARGB32_Premultiplied)
    tile.fill(Qt.GlobalColor.transparent)
    painter = QPainter(tile)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(ink))
    painter.drawPolygon([QPoint(0, 0), QPoint(half, 0), QPoint(0, half)])
    painter.drawPolygon([QPoint(edge, 0), QPoint(edge, half), QPoint(half, edge), QPoint(0, edge)])
    painter.end()
    return tile


def _narrowed(rects: Iterable[QRectF], width: float) -> list[QRectF]:
    return [QRectF(rect.left(), rect.top(), width, rect.height()) for rect in rects]
