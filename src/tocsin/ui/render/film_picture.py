"""Draws a run moment by moment with the canvas's own functions: each look of each node and line once, as SVG.

A film is a few hundred small drawings in layers, and a list of which of them is seen when. Words are outlines, so
nothing that a playbook or an alert says becomes markup, and no font is needed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRectF, QSize
from PySide6.QtGui import QPainter
from PySide6.QtSvg import QSvgGenerator

from tocsin.engine.progress import NodeStatus
from tocsin.model.catalogue import Catalogue
from tocsin.model.playbook import Playbook
from tocsin.ui.canvas.document import paint_node
from tocsin.ui.canvas.edge_entry import EdgeEntry
from tocsin.ui.canvas.edge_paint import paint_chips, paint_edges
from tocsin.ui.canvas.entries import NodeEntry
from tocsin.ui.canvas.frame_paint import paint_frame
from tocsin.ui.canvas.looks import EdgeState, Look
from tocsin.ui.canvas.store import Store
from tocsin.ui.canvas.text_cache import OutlinePainter
from tocsin.ui.render.picture import MARGIN
from tocsin.ui.render.svg_size import shorten_svg
from tocsin.ui.theme import Tokens

NOTHING: Final = -1
"""In a layer: nothing is seen of it."""
_ABOVE: Final = frozenset({EdgeState.TAKEN, EdgeState.LIVE, EdgeState.WOULD})
"""What the run took lies above what it left."""
_DPI: Final = 72
_INNER: Final = re.compile(r"</defs>(.*)</svg>", re.DOTALL)


@dataclass(slots=True)
class Layer:
    """One node, or one line, through the run.

    Attributes:
        drawings: What it looks like, each once, as SVG without a root.
        seen: Pairs: after so many events, that drawing (its place in `drawings`, or `NOTHING`).
    """

    drawings: list[str] = field(default_factory=list[str])
    seen: list[tuple[int, int]] = field(default_factory=list[tuple[int, int]])
    _places: dict[Hashable, int] = field(default_factory=dict[Hashable, int])

    def show(self, index: int, key: Hashable, draw: Callable[[], str]) -> None:
        """See something from now on; what is seen already is not noted again."""
        place = self._places.get(key)
        if place is None:
            drawing = draw()
            if drawing and drawing not in self.drawings:
                self.drawings.append(drawing)
            place = self._places[key] = self.drawings.index(drawing) if drawing else NOTHING
        if not self.seen or self.seen[-1][1] != place:
            self.seen.append((index, place))


class FilmPicture:
    """A canvas that keeps what was seen on it: a `RunPicture` for `CanvasReplay`. Needs Qt's application, no window."""

    def __init__(self, playbook: Playbook, catalogue: Catalogue | None, tokens: Tokens) -> None:
        self._tokens = tokens
        self._store = Store()
        self._store.show(playbook, catalogue)
        nodes = self._store.nodes.values()
        frames = sorted((node for node in nodes if node.is_backdrop), key=NodeEntry.height)
        self._layers: dict[tuple[str, str], Layer] = {}
        for kind, names in (
            ("frame", [frame.id for frame in frames]),
            *((kind, list(self._store.edges)) for kind in ("left", "taken", "chip")),
            ("node", [node.id for node in nodes if not node.is_backdrop]),
        ):
            self._layers.update({(kind, name): Layer() for name in names})
        self._marked_nodes = dict.fromkeys(self._store.nodes)
        self._marked_edges = dict.fromkeys(self._store.edges)

    @property
    def area(self) -> QRectF:
        """What the picture covers, in scene pixels."""
        return self._store.reach().adjusted(-MARGIN, -MARGIN, MARGIN, MARGIN)

    @property
    def layers(self) -> tuple[Layer, ...]:
        """Everything, the lowest first."""
        return tuple(self._layers.values())

    @property
    def places(self) -> Mapping[str, QRectF]:
        """Where the nodes are that something can be said of, outer ones first."""
        return {name: node.rect for name, node in self._store.nodes.items() if self._header(node) is not None}

    def settle(self, index: int) -> None:
        """Keep what is seen after so many events."""
        for name in self._marked_nodes:
            self._keep_node(index, self._store.nodes[name])
        for name in self._marked_edges:
            self._keep_edge(index, self._store.edges[name])
        self._marked_nodes.clear()
        self._marked_edges.clear()

    def show_statuses(self, statuses: Mapping[str, NodeStatus]) -> None:
        """Show where nodes stand; the first time all others wait for their turn."""
        if statuses and not self._store.in_run:
            self._store.begin_run()
            self._mark(self._store.nodes, self._store.edges)
        for name, status in statuses.items():
            entry = self._store.nodes.get(name)
            if entry is not None and entry.status != status:
                entry.take_status(status, 0)
                self._mark((name,), (edge.text for edge in self._store.edges_into_body(entry)))

    def show_taken(self, edges: Mapping[str, EdgeState]) -> None:
        """Show what became of edges."""
        for text, state in edges.items():
            if text in self._store.edges:
                self._store.edges[text].state = state
                self._mark((), (text,))

    def show_item_progress(self, items: Mapping[str, Sequence[Look]]) -> None:
        """Show how the items of loops stand."""
        for name, looks in items.items():
            if name in self._store.nodes:
                self._store.nodes[name].items = tuple(looks)
                self._mark((name,), ())

    def show_reasons(self, reasons: Mapping[str, str]) -> None:
        """Say why edges were taken; a chip that grows may move others."""
        explained = [self._store.explain(text, reason) for text, reason in reasons.items()]
        if any(stale is not None for stale in explained):
            self._mark((), self._store.edges)

    def _mark(self, nodes: Iterable[str], edges: Iterable[str]) -> None:
        self._marked_nodes.update(dict.fromkeys(nodes))
        self._marked_edges.update(dict.fromkeys(edges))

    def _header(self, node: NodeEntry) -> NodeEntry | None:
        return node if node.has_input or node.offsets else None

    def _keep_node(self, index: int, node: NodeEntry) -> None:
        tokens = self._tokens
        if node.is_backdrop:
            key = (node.status, node.items, node.in_run)

            def frame(painter: QPainter) -> None:
                painter.translate(node.rect.topLeft())
                paint_frame(painter, node, tokens, 1.0)

            self._layers["frame", node.id].show(index, key, lambda: drawn(frame))
            return
        key = (node.body, node.words())
        self._layers["node", node.id].show(index, key, lambda: drawn(lambda to: paint_node(to, node, tokens)))

    def _keep_edge(self, index: int, edge: EdgeEntry) -> None:
        tokens, state = self._tokens, edge.shown_state
        key = (state, edge.points, edge.reason, edge.chip, edge.chip_at, edge.chip_width, edge.source.in_run)
        for kind, is_here in (("left", state not in _ABOVE), ("taken", state in _ABOVE)):
            layer = self._layers[kind, edge.text]
            if is_here:
                layer.show(index, key, lambda: drawn(lambda to: paint_edges(to, (edge,), tokens, 1.0)))
            else:
                layer.show(index, None, str)
        self._layers["chip", edge.text].show(
            index, key, lambda: drawn(lambda to: paint_chips(to, (edge,), tokens, 1.0)) if edge.chip else ""
        )


def drawn(paint: Callable[[QPainter], object]) -> str:
    """Return what a function paints, as SVG without a root."""
    buffer = QBuffer()
    buffer.setData(QByteArray())
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    generator = QSvgGenerator()
    generator.setOutputDevice(buffer)
    generator.setResolution(_DPI)
    generator.setSize(QSize(1, 1))
    painter = OutlinePainter(generator)
    painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
    paint(painter)
    painter.end()
    found = _INNER.search(shorten_svg(bytes(buffer.data().data()).decode()))
    return found.group(1).strip() if found else ""
