"""Finds the way of every edge from where the nodes are: sides of ports, rails of error paths, chips."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence

from tocsin.base.texts import _
from tocsin.model.playbook import parse_edge
from tocsin.model.ports import ERROR, OUT
from tocsin.ui.canvas import geometry as g
from tocsin.ui.canvas.edge_entry import EdgeEntry
from tocsin.ui.canvas.entries import NodeEntry
from tocsin.ui.canvas.faces import port_words
from tocsin.ui.canvas.geometry import Silhouette
from tocsin.ui.canvas.grid import Bounds, Grid
from tocsin.ui.canvas.routes import (
    Blockers,
    Ends,
    Point,
    bent_error_route,
    bent_route,
    bounds_of,
    chip_centre,
    error_route,
    rail_of,
    route,
)
from tocsin.ui.canvas.text_cache import advance

_ROW = 8.0
"""Nodes whose middles differ by less stand in one row."""
_APART = 4.0
"""So far a chip keeps from a node that it steps aside for."""
_BEHIND = frozenset({Silhouette.FRAME, Silhouette.GROUP})
"""What lies under the lines."""


class Wiring:
    """The edges of a store, by their ends.

    Attributes:
        into: Node → edges that end there.
        out: Node → edges that start there, waiting chips and lines into bodies included.
    """

    def __init__(self, nodes: Mapping[str, NodeEntry], grid: Grid[str]) -> None:
        self._nodes = nodes
        self._grid = grid
        self.into: defaultdict[str, list[EdgeEntry]] = defaultdict(list)
        self.out: defaultdict[str, list[EdgeEntry]] = defaultdict(list)
        self._inside: defaultdict[str, list[EdgeEntry]] = defaultdict(list)
        self.bends: Mapping[str, Sequence[Point]] = {}

    def connect(self, edges: Iterable[EdgeEntry]) -> None:
        """Take other edges."""
        self.into.clear()
        self.out.clear()
        self._inside.clear()
        for edge in edges:
            self.out[edge.source.id].append(edge)
            if edge.edge is not None and edge.source.frame is not None:
                self._inside[edge.source.frame].append(edge)
            if edge.target is not None:
                self.into[edge.target.id].append(edge)

    def touching(self, names: Iterable[str]) -> list[EdgeEntry]:
        """Return the edges whose way depends on where these nodes are."""
        found: dict[EdgeEntry, None] = {}
        for name in names:
            found.update(dict.fromkeys(self.out.get(name, ())))
            found.update(dict.fromkeys(self.into.get(name, ())))
        targets = {edge.target.id for edge in found if edge.is_error and edge.target is not None}
        for target in targets:
            found.update(dict.fromkeys(edge for edge in self.into[target] if edge.is_error))
        return list(found)

    def shift_bends(self, names: Collection[str], dx: float, dy: float) -> None:
        """Let the bends of lines between nodes that move together go with them."""
        inner = [edge.text for name in names for edge in self.out.get(name, ()) if edge.text in self.bends]
        moved = {text: self.bends[text] for text in inner if (end := parse_edge(text)) and end[2] in names}
        if moved:
            self.bends = {**self.bends} | {text: [(x + dx, y + dy) for x, y in way] for text, way in moved.items()}

    def within(self, frame: str) -> list[EdgeEntry]:
        """Return the edges in a loop's body that have a way."""
        return [edge for edge in self._inside.get(frame, ()) if edge.points]

    def sharing_chip(self, edge: EdgeEntry) -> list[EdgeEntry]:
        """Return the edges of which one bears the chip for all, with this one: error edges on one rail."""
        if not edge.is_error or edge.target is None or edge.text in self.bends:
            return [edge]
        return self._on_rail(edge.target)

    def turn_ports(self, node: NodeEntry) -> bool:
        """Put a node's side ports on the sides where their targets are; tell whether that changed anything."""
        own = [port for port in node.ports if port != ERROR]
        if len(own) < 2 or node.is_frame:
            return False
        side, wired = 0.0, False
        for edge in self.out.get(node.id, ()):
            if edge.edge is None or edge.target is None or edge.edge.port == ERROR:
                continue
            place = own.index(edge.edge.port)
            if place:
                wired = True
                away = edge.target.anchor[0] - node.anchor[0]
                side += (away if place % 2 else -away) / place
        mirrored = side < 0 or (wired and side == 0)  # what leads on in the same column goes round at the left
        if mirrored is node.mirrored:
            return False
        node.mirrored = mirrored
        node.forget_body()
        return True

    def find_way(self, edge: EdgeEntry) -> None:
        """Route one edge and place its chip."""
        if edge.target is None:
            self._place_waiting_chip(edge)
        elif edge.is_error:
            self._find_error_way(edge, edge.target)
        else:
            self._find_plain_way(edge, edge.target)
        if edge.points:
            self._place_chip(edge)

    def _find_plain_way(self, edge: EdgeEntry, target: NodeEntry) -> None:
        source = edge.source
        if edge.edge is None:
            start = (source.anchor[0], source.anchor[1])
            ends = Ends(start, (target.anchor[0], target.anchor[1] + g.ARROW_TIP + g.ARROW_HEIGHT))  # no arrow there
        else:
            start = source.port_point(edge.edge.port)
            side = round(start[0] - source.anchor[0])
            ends = Ends(start, target.anchor, len(self.into[target.id]) > 1, (side > 0) - (side < 0))
        bent = bent_route(ends, self._bends_of(edge))
        points = bent or route(ends, self._blockers(target.frame, {source.id, target.id}))
        edge.set_points(points, bounds_of(points))

    def _bends_of(self, edge: EdgeEntry) -> list[Point]:
        """Return where a line's upright runs are to lie on the scene."""
        left, top = self._nodes[edge.source.frame].anchor if edge.source.frame else (0.0, 0.0)
        return [(x + left, y + top) for x, y in self.bends.get(edge.text, ())]

    def _on_rail(self, target: NodeEntry) -> list[EdgeEntry]:
        """Return the error edges that share a rail to a node: those that nobody led another way."""
        return [edge for edge in self.into[target.id] if edge.is_error and edge.text not in self.bends]

    def _find_error_way(self, edge: EdgeEntry, target: NodeEntry) -> None:
        start = edge.source.port_point(ERROR)
        points = bent_error_route(start, target.anchor, self._bends_of(edge))
        if points is None:
            sources = list(dict.fromkeys([*(one.source for one in self._on_rail(target)), edge.source]))
            if _stands_for(edge.source, sources) is not None:
                edge.set_points((), edge.source.bounds)
                edge.chip = ""
                return
            drawn = [node.bounds for node in sources if _stands_for(node, sources) is None]
            rail = rail_of(drawn, target.anchor, self._blockers(target.frame, {target.id}))
            points = error_route(edge.source.bounds, start, target.anchor, rail)
        edge.set_points(points, bounds_of(points))

    def _blockers(self, frame: str | None, own: set[str]) -> Blockers:
        def find(x: float, top: float, bottom: float) -> list[Bounds]:
            names = self._grid.find(Bounds(x - 6, top, x + 6, bottom))
            nodes = (self._nodes[name] for name in names if name not in own)
            return [node.bounds for node in nodes if node.frame == frame]

        return find

    def _place_chip(self, edge: EdgeEntry) -> None:
        edge.chip = self._chip_words(edge)
        if not edge.chip:
            return
        edge.chip_width = advance(edge.chip, 12, 500) + 2 * g.CHIP_PADDING
        points = edge.points[-3:] if edge.is_error else edge.points
        edge.chip_at = self._beside_nodes(chip_centre(points, edge.chip_width), edge.chip_width / 2)
        edge.bounds = _with_chip(edge.bounds, edge)

    def _beside_nodes(self, at: Point, half: float) -> Point:
        """Let a chip step aside where a node would lie over its end, as far as it still sits on its line."""
        x, y = at
        for name in self._grid.find(Bounds(x - half, y - g.CHIP_HEIGHT / 2, x + half, y + g.CHIP_HEIGHT / 2)):
            node = self._nodes[name]
            if node.face.silhouette in _BEHIND:
                continue
            right = node.bounds.right + _APART - (x - half)
            left = x + half - (node.bounds.left - _APART)
            step = right if right < left else -left
            if abs(step) < half - g.CHIP_PADDING:
                return x + step, y
        return at

    def _chip_words(self, edge: EdgeEntry) -> str:
        words = self.chip_text(edge)
        return words if len(words) <= g.CHIP_LONGEST else f"{words[: g.CHIP_LONGEST - 1].rstrip()}…"

    def chip_text(self, edge: EdgeEntry) -> str:
        """Return all that an edge's chip has to say; the chip itself shows the beginning of it."""
        name = self._port_words(edge)
        if edge.is_error and not name:
            return ""
        if not edge.reason:
            return name
        name = port_words(ERROR) if edge.is_error else name
        return f"{name}: {edge.reason}" if name else edge.reason

    def _port_words(self, edge: EdgeEntry) -> str:
        if edge.edge is None:
            return ""
        if edge.edge.label:
            return edge.edge.label
        if edge.edge.port == ERROR and edge.target is not None:
            drawn = [other for other in self.sharing_chip(edge) if other.points]
            bears = next((other for other in drawn if other.reason), drawn[0] if drawn else None)
            return _("on error") if bears is edge else ""
        return "" if edge.edge.port == OUT else port_words(edge.edge.port)

    def _place_waiting_chip(self, edge: EdgeEntry) -> None:
        port = edge.text.partition(".")[2].partition(" ")[0]
        x, y = edge.source.port_point(port)
        edge.chip = port_words(port)
        edge.chip_width = advance(edge.chip, 12, 500) + 2 * g.CHIP_PADDING
        edge.chip_at = (x, y + g.PORT_RADIUS + g.CHIP_HEIGHT / 2 + 1)
        edge.bounds = _with_chip(Bounds(x, y, x, y), edge)


def _stands_for(node: NodeEntry, sources: Iterable[NodeEntry]) -> NodeEntry | None:
    """Return the node further right in the same row whose error line stands for this one's too, or None."""
    middle = node.rect.center().y()
    row = (other for other in sources if abs(other.rect.center().y() - middle) < _ROW)
    return next((other for other in row if other.rect.left() >= node.rect.right()), None)


def _with_chip(bounds: Bounds, edge: EdgeEntry) -> Bounds:
    (x, y), half = edge.chip_at, edge.chip_width / 2 + 2
    return Bounds(
        min(bounds.left, x - half),
        min(bounds.top, y - g.CHIP_HEIGHT),
        max(bounds.right, x + half),
        max(bounds.bottom, y + g.CHIP_HEIGHT),
    )
