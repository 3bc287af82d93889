"""A playbook as a small picture: its own outer graph as blocks with a stroke for each title, row under row."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPixmap

from tocsin.model.layout import layout_playbook
from tocsin.model.playbook import RUNNABLE, Kind, Node, Playbook, is_loop
from tocsin.model.ports import ERROR
from tocsin.ui.theme import Tokens

NODE_WIDTH: Final = 41.0
NODE_HEIGHT: Final = 14.0
ROW_PITCH: Final = 27.0
COLUMN_PITCH: Final = 54.0
LEAST_PITCH: Final = 12.0
"""Closer rows could not be told apart; what is further down then is not drawn."""
LEAST_SCALE: Final = 0.62
"""Smaller blocks would not show their stroke; where rows are close the lines between them are short."""
MARGIN: Final = 14.0
CORNER: Final = 4.0
_COLUMN: Final = 240.0
"""How far apart two columns lie in a playbook, in scene pixels."""
_SAME_ROW: Final = 24
_SIZE: Final = (200, 40)
_STROKES: Final = (18.0, 22.0, 13.0, 20.0, 15.0)
"""Lengths of title strokes, in turn: names are not all as long."""
_COLOURS: Final[Mapping[Kind, str]] = {
    Kind.TRIGGER: "trigger",
    Kind.ACTION: "action",
    Kind.ASK: "human",
    Kind.CALL: "call",
    Kind.END: "end",
}


@dataclass(frozen=True, slots=True)
class Block:
    """One node: its column (0 is the main line, in columns), its row from the top, and how it looks."""

    column: float
    row: int
    colour: str
    is_round: bool
    is_loop: bool


@dataclass(frozen=True, slots=True)
class Sketch:
    """A playbook with nothing left but where things stand. Edges join blocks by their places in `blocks`."""

    blocks: tuple[Block, ...]
    edges: tuple[tuple[int, int], ...]

    @property
    def rows(self) -> int:
        """How many rows there are."""
        return 1 + max((block.row for block in self.blocks), default=0)


def sketch_of(playbook: Playbook) -> Sketch:
    """Return the outer graph of a playbook as a sketch. Loops are one block.

    A way for errors is left out unless it is the only one to its step.
    """
    nodes = {name: node for name, node in playbook.graph.nodes.items() if node.kind in RUNNABLE}
    placed = dict(playbook.layout.nodes)
    if not nodes.keys() <= placed.keys():
        placed = {**layout_playbook(playbook, lambda _name, _node: _SIZE).nodes, **placed}
    spots = {name: placed[name].at for name in nodes}
    middle = next(iter(spots.values()), (0, 0))[0]
    rows = _rows([spot[1] for spot in spots.values()])
    blocks = [_block(node, (spots[name][0] - middle) / _COLUMN, rows[spots[name][1]]) for name, node in nodes.items()]
    order = {name: place for place, name in enumerate(nodes)}
    within = [edge for edge in playbook.graph.edges if edge.source in order and edge.target in order]
    led_to = {edge.target for edge in within if edge.port != ERROR}
    edges = [
        (order[edge.source], order[edge.target]) for edge in within if edge.port != ERROR or edge.target not in led_to
    ]
    return Sketch(tuple(blocks), tuple(edges))


def paint_sketch(painter: QPainter, rect: QRectF, sketch: Sketch, tokens: Tokens) -> None:
    """Paint a sketch in the middle of a rectangle; what cannot be told apart any more runs off its end."""
    painter.save()
    painter.setClipRect(rect)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    room = rect.height() - 2 * MARGIN
    pitch = max(LEAST_PITCH, min(ROW_PITCH, room / max(1.0, sketch.rows - 1 + NODE_HEIGHT / ROW_PITCH)))
    left, right = _reach(sketch)
    across = min(1.0, (rect.width() - 2 * MARGIN) / max(1.0, (right - left) * COLUMN_PITCH + NODE_WIDTH))
    scale = min(max(pitch / ROW_PITCH, LEAST_SCALE), across)
    height = (sketch.rows - 1) * pitch + NODE_HEIGHT * scale
    painter.translate(rect.center().x(), rect.top() + max(MARGIN, (rect.height() - height) / 2))
    painter.scale(scale, scale)
    shift, step = (left + right) / 2, pitch / scale
    boxes = [
        QRectF((block.column - shift) * COLUMN_PITCH - NODE_WIDTH / 2, block.row * step, NODE_WIDTH, NODE_HEIGHT)
        for block in sketch.blocks
    ]
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor(tokens.edge), 1.25))
    for source, target in sketch.edges:
        painter.drawPath(_way(boxes[source], boxes[target]))
    for place, (block, box) in enumerate(zip(sketch.blocks, boxes, strict=True)):
        _paint_block(painter, block, box, (tokens, _STROKES[place % len(_STROKES)]))
    painter.restore()


def thumbnail(sketch: Sketch, size: tuple[int, int], tokens: Tokens, ratio: float = 1.0) -> QPixmap:
    """Return a sketch as a picture on the canvas's ground; `size` in widget pixels."""
    pixmap = QPixmap(round(size[0] * ratio), round(size[1] * ratio))
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(QColor(tokens.canvas))
    painter = QPainter(pixmap)
    paint_sketch(painter, QRectF(0, 0, *size), sketch, tokens)
    painter.end()
    return pixmap


def _block(node: Node, column: float, row: int) -> Block:
    return Block(
        column=column,
        row=row,
        colour=_COLOURS.get(node.kind, "logic"),
        is_round=node.kind in {Kind.TRIGGER, Kind.END},
        is_loop=is_loop(node),
    )


def _rows(tops: list[int]) -> dict[int, int]:
    """Return the row of each height: what lies closer than half a node is one row."""
    rows: dict[int, int] = {}
    row, first = -1, None
    for top in sorted(set(tops)):
        if first is None or top - first > _SAME_ROW:
            row, first = row + 1, top
        rows[top] = row
    return rows


def _reach(sketch: Sketch) -> tuple[float, float]:
    columns = [block.column for block in sketch.blocks] or [0.0]
    return min(columns), max(columns)


def _way(source: QRectF, target: QRectF) -> QPainterPath:
    """Down, across, down, with round corners, as on the canvas."""
    start, end = QPointF(source.center().x(), source.bottom()), QPointF(target.center().x(), target.top())
    path = QPainterPath(start)
    width = end.x() - start.x()
    if abs(width) < 1:
        path.lineTo(end)
        return path
    turn = end.y() - min(6.5, max(0.0, (end.y() - start.y()) / 2))
    arc = min(CORNER, abs(width) / 2, abs(turn - start.y()))
    side = arc if width > 0 else -arc
    path.lineTo(start.x(), turn - arc)
    path.quadTo(start.x(), turn, start.x() + side, turn)
    path.lineTo(end.x() - side, turn)
    path.quadTo(end.x(), turn, end.x(), min(end.y(), turn + arc))
    path.lineTo(end)
    return path


def _paint_block(painter: QPainter, block: Block, box: QRectF, look: tuple[Tokens, float]) -> None:
    tokens, stroke = look
    colour = QColor(getattr(tokens, block.colour))
    radius = box.height() / 2 if block.is_round else 3.0
    painter.setPen(QPen(colour, 1.5))
    painter.setBrush(QColor(tokens.node))
    if block.is_loop:
        painter.drawRoundedRect(box.adjusted(2.5, 2.5, 2.5, 2.5), radius, radius)
    painter.drawRoundedRect(box, radius, radius)
    tile = QRectF(box.left() + 4, box.top() + 3.5, 7, 7)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawRoundedRect(tile, 2, 2)
    faint = QColor(colour)
    faint.setAlphaF(0.5)
    painter.setBrush(faint)
    painter.drawRoundedRect(QRectF(tile.right() + 3, box.center().y() - 1.5, stroke, 3), 1.5, 1.5)
