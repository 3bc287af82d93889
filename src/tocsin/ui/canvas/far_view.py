"""Paints the playbook from a distance, batched from the store; Qt's scene is not asked (facts.md §3).

Under 45 % nodes are blocks in the colour of their kind, during a run of their state. From there to 70 % they are
sprites with titles, blitted in the device's own pixels.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPen, QTransform

from tocsin.ui.canvas import geometry as g
from tocsin.ui.canvas.drawing import Drawing
from tocsin.ui.canvas.edge_paint import paint_edges
from tocsin.ui.canvas.entries import EdgeEntry, NodeEntry
from tocsin.ui.canvas.frame_paint import paint_frame
from tocsin.ui.canvas.geometry import Silhouette
from tocsin.ui.canvas.grid import Bounds
from tocsin.ui.canvas.looks import STYLES, edge_style
from tocsin.ui.canvas.node_paint import border_pen, paint_words
from tocsin.ui.canvas.silhouettes import outline
from tocsin.ui.canvas.store import Store

_SHAPED: Final = 300
"""So many blocks keep their outline; of more the outline could not be seen, and rectangles go in one call."""
_FRAMES: Final = frozenset({Silhouette.FRAME, Silhouette.GROUP})


@dataclass(slots=True)
class _Batches:
    """What is drawn in one call each, by colour; and what is not."""

    frames: list[NodeEntry] = field(default_factory=list[NodeEntry])
    lines: defaultdict[str, list[QLineF]] = field(default_factory=lambda: defaultdict(list))
    rects: defaultdict[str, list[QRectF]] = field(default_factory=lambda: defaultdict(list))
    stripes: defaultdict[float, list[QRectF]] = field(default_factory=lambda: defaultdict(list))
    shaped: list[NodeEntry] = field(default_factory=list[NodeEntry])
    special: list[NodeEntry] = field(default_factory=list[NodeEntry])


class FarView:
    """Paints one store. What a view of much of it needs is kept until `forget`."""

    def __init__(self, store: Store, drawing: Drawing) -> None:
        self._store = store
        self._drawing = drawing
        self._kept: tuple[Bounds, _Batches] | None = None

    def forget(self) -> None:
        """Say that something looks or lies otherwise than before."""
        self._kept = None

    def paint(self, painter: QPainter, exposed: QRectF, transform: QTransform) -> None:
        """Paint what lies in a rectangle of the scene.

        Args:
            painter: On the viewport, in its pixels; the ground is painted already.
            exposed: In scene pixels.
            transform: From scene to viewport.
        """
        bounds = Bounds(exposed.left(), exposed.top(), exposed.right(), exposed.bottom())
        if transform.m11() < g.FAR:
            self._paint_blocks(painter, self._batches(bounds), transform)
            return
        nodes = self._store.nodes_in(bounds)
        self._paint_frames(painter, _frames(nodes), transform)
        painter.setTransform(transform)
        paint_edges(painter, self._store.edges_in(bounds), self._drawing.tokens, transform.m11())
        self._paint_sprites(painter, [node for node in nodes if node.face.silhouette not in _FRAMES], transform)

    def _batches(self, bounds: Bounds) -> _Batches:
        """Return what lies in a rectangle; asked for the same again, as while nothing moves, it costs nothing."""
        if self._kept is None or self._kept[0] != bounds:
            batches = _batched(self._store.nodes_in(bounds), self._store.edges_in(bounds))
            if bounds.right - bounds.left < self._store.bounds().width() / 2:
                return batches  # a small part: not worth forgetting the large one for
            self._kept = (bounds, batches)
        return self._kept[1]

    def _paint_frames(self, painter: QPainter, frames: Iterable[NodeEntry], transform: QTransform) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for frame in frames:
            painter.setTransform(QTransform.fromTranslate(frame.rect.left(), frame.rect.top()) * transform)
            paint_frame(painter, frame, self._drawing.tokens, transform.m11())

    def _paint_sprites(self, painter: QPainter, nodes: Iterable[NodeEntry], transform: QTransform) -> None:
        zoom, ratio, sprites = transform.m11(), painter.device().devicePixelRatio(), self._drawing.sprites
        for node in nodes:
            corner = transform.map(node.rect.topLeft())
            painter.resetTransform()
            painter.drawPixmap(corner - QPointF(g.REACH, g.REACH) * zoom, sprites.picture(node.body, zoom, ratio))
            painter.translate(corner)
            painter.scale(zoom, zoom)
            paint_words(painter, node.words, node.body, self._drawing.tokens, zoom)

    def _paint_blocks(self, painter: QPainter, batches: _Batches, transform: QTransform) -> None:
        tokens, zoom = self._drawing.tokens, transform.m11()
        self._paint_frames(painter, batches.frames, transform)
        painter.setTransform(transform)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
        for colour, lines in batches.lines.items():
            painter.setPen(QPen(QColor(getattr(tokens, colour)), 0))
            painter.drawLines(lines)
        painter.setPen(Qt.PenStyle.NoPen)
        for colour, rects in batches.rects.items():
            painter.setBrush(QColor(getattr(tokens, colour)))
            painter.drawRects(rects)
        painter.setBrush(QColor(tokens.text2))
        for width, rects in batches.stripes.items():
            painter.drawRects([rect.translated(-(width + 1) / zoom, 0) for rect in _narrowed(rects, width / zoom)])
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for node in batches.shaped:
            self._paint_shape(painter, node)
        for node in batches.special:
            self._paint_special(painter, node, zoom)

    def _paint_shape(self, painter: QPainter, node: NodeEntry) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(getattr(self._drawing.tokens, node.block.colour)))
        painter.drawPath(outline(node.face.silhouette, *node.size).translated(node.rect.topLeft()))

    def _paint_special(self, painter: QPainter, node: NodeEntry, zoom: float) -> None:
        block, tokens = node.block, self._drawing.tokens
        corner = node.rect.topLeft()
        path = outline(node.face.silhouette, *node.size).translated(corner)
        if block.hollow:
            pen = border_pen(STYLES[node.look], tokens)
            pen.setCosmetic(True)
            painter.setPen(pen)
            painter.setBrush(QColor(tokens.canvas))
            painter.drawPath(path)
        else:
            self._paint_shape(painter, node)
        if block.tape:
            stripes = QBrush(QColor(tokens.tape_ink), Qt.BrushStyle.BDiagPattern)
            stripes.setTransform(QTransform.fromScale(1 / zoom, 1 / zoom))
            painter.fillPath(path, stripes)
        elif block.dot and not block.hollow:
            painter.setBrush(QColor(tokens.node))
            radius = node.rect.height() / 6
            painter.drawEllipse(QPointF(node.rect.right() - 4 * radius, node.rect.center().y()), radius, radius)
        if block.selected:
            painter.setPen(QPen(QColor(tokens.sel_line), max(g.SELECTION_WIDTH, 1.5 / zoom)))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawPath(outline(node.face.silhouette, *node.size, g.SELECTION_GAP).translated(corner))


def _frames(nodes: Iterable[NodeEntry]) -> list[NodeEntry]:
    return sorted((node for node in nodes if node.face.silhouette in _FRAMES), key=lambda node: node.depth)


def _batched(nodes: Sequence[NodeEntry], edges: Iterable[EdgeEntry]) -> _Batches:
    made = _Batches(frames=_frames(nodes))
    for edge in edges:
        style = edge_style(edge.state, error=edge.is_error, selected=edge.selected)
        made.lines[style.colour].extend(edge.lines)
    many = len(nodes) > _SHAPED
    for node in nodes:
        if node.face.silhouette in _FRAMES:
            continue
        block = node.block
        if block.stripe:
            made.stripes[block.stripe].append(node.rect)
        if not block.plain:
            made.special.append(node)
        elif many:
            made.rects[block.colour].append(node.rect)
        else:
            made.shaped.append(node)
    return made


def _narrowed(rects: Iterable[QRectF], width: float) -> list[QRectF]:
    return [QRectF(rect.left(), rect.top(), width, rect.height()) for rect in rects]
