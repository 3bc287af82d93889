"""The floor of the canvas: a bare QPainter that draws the same look to an image. No scene, no items, no events."""

from collections.abc import Callable
from itertools import pairwise

from PySide6.QtCore import QLineF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen, QTransform

from tests.bench.timing import median_ms
from tocsin.ui.canvas.edge_paint import paint_chips, paint_edges
from tocsin.ui.canvas.grid import Bounds
from tocsin.ui.canvas.node_paint import paint_body
from tocsin.ui.canvas.node_words import paint_words
from tocsin.ui.canvas.store import Store
from tocsin.ui.theme import LIGHT


def measure(store: Store, size: tuple[int, int], centre: str) -> dict[str, float]:
    """Return medians in milliseconds: everything from far as rectangles and lines, and a screenful at 100 per cent."""
    whole = store.bounds()
    scale = min(size[0] / whole.width(), size[1] / whole.height())
    far = QTransform().scale(scale, scale).translate(-whole.left(), -whole.top())
    middle = store.nodes[centre].rect.center()
    view = QRectF(middle.x() - size[0] / 2, middle.y() - size[1] / 2, *size)
    near = QTransform.fromTranslate(-view.left(), -view.top())
    image = QImage(*size, QImage.Format.Format_ARGB32_Premultiplied)
    rects = [node.rect for node in store.nodes.values()]
    lines = [QLineF(*one, *other) for edge in store.edges.values() for one, other in pairwise(edge.points)]
    bounds = Bounds(view.left(), view.top(), view.right(), view.bottom())
    seen_nodes, seen_edges = store.nodes_in(bounds), store.edges_in(bounds)

    def blocks(painter: QPainter) -> None:
        painter.setPen(QPen(QColor(LIGHT.edge), 0))
        painter.drawLines(lines)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(LIGHT.action))
        painter.drawRects(rects)

    def screenful(painter: QPainter) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_edges(painter, seen_edges, LIGHT, 1.0)
        paint_chips(painter, seen_edges, LIGHT, 1.0)
        for node in seen_nodes:
            painter.save()
            painter.translate(node.rect.topLeft())
            paint_body(painter, node.body, LIGHT, 1.0)
            paint_words(painter, node.words(), node.body, LIGHT, 1.0)
            painter.restore()

    return {
        "whole_graph_repaint_ms": median_ms(lambda: _draw(image, far, blocks)),
        "screenful_repaint_ms": median_ms(lambda: _draw(image, near, screenful)),
    }


def _draw(image: QImage, transform: QTransform, draw: Callable[[QPainter], None]) -> None:
    image.fill(QColor(LIGHT.canvas))
    painter = QPainter(image)
    painter.setTransform(transform)
    draw(painter)
    painter.end()
