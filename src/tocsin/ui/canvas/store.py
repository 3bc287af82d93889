"""Where everything on the canvas is: positions beside the model, found again through spatial grids.

Items, layers and the far view paint what it says; gestures ask it what lies under the pointer. It draws nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF

from tocsin.model.catalogue import Catalogue
from tocsin.model.differences import find_changed_nodes
from tocsin.model.layout import FRAME_BOTTOM, layout_playbook
from tocsin.model.playbook import Edge, GroupNode, Node, Playbook, walk_graphs
from tocsin.model.ports import ERROR, OUT, has_input
from tocsin.ui.canvas import geometry as g
from tocsin.ui.canvas.edge_entry import EdgeEntry
from tocsin.ui.canvas.entries import NodeEntry
from tocsin.ui.canvas.faces import face_of
from tocsin.ui.canvas.failure_paths import only_on_failure
from tocsin.ui.canvas.grid import Bounds, Grid
from tocsin.ui.canvas.looks import EdgeState
from tocsin.ui.canvas.routes import Point, distance
from tocsin.ui.canvas.wiring import Wiring

_ROUTE_ALL = 600
"""Up to so many edges, every edit that shifts something looks again whether a node has come into some edge's way."""


@dataclass(frozen=True, slots=True)
class Changes:
    """What another playbook changed on the canvas: ids of nodes that came, went, and look or lie otherwise.

    Attributes:
        added: Those that came.
        removed: Those that went.
        touched: Those that look or lie otherwise.
        keeps_plan: Everything lies and every line leads as before: those touched only say something else.
    """

    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    touched: tuple[str, ...] = ()
    keeps_plan: bool = False


@dataclass(frozen=True, slots=True)
class Hit:
    """What lies at a point: a port of a node, a node, an edge. The first that is set counts."""

    node: str | None = None
    port: str | None = None
    edge: str | None = None
    input: bool = False


class Store:
    """The geometry of one playbook.

    Attributes:
        playbook: What is shown.
        nodes: Every node by id, outer ones first.
        edges: Every line by its text.
        density: How large nodes are.
        in_run: A run is shown.
    """

    def __init__(self, density: g.Density = g.Density.COMFORTABLE) -> None:
        self.playbook = Playbook(id="empty")
        self.density = density
        self.in_run = False
        self.nodes: dict[str, NodeEntry] = {}
        self.edges: dict[str, EdgeEntry] = {}
        self._catalogue: Catalogue | None = None
        self._node_grid: Grid[str] = Grid()
        self._edge_grid: Grid[str] = Grid()
        self._wiring = Wiring(self.nodes, self._node_grid)
        self._groups: dict[str, None] = {}
        self._whole: QRectF | None = None

    def show(self, playbook: Playbook, catalogue: Catalogue | None) -> Changes:
        """Take another playbook; nodes that are the same values stay the same entries."""
        fresh_faces = catalogue is not self._catalogue or playbook.roles != self.playbook.roles
        before, self.playbook, self._catalogue = self.playbook, playbook, catalogue
        restyled = None if fresh_faces else self._find_restyled(before)
        if restyled is None:
            return self._take(fresh_faces=fresh_faces)
        return Changes(touched=restyled, keeps_plan=True)

    def set_density(self, density: g.Density) -> Changes:
        """Draw nodes larger or smaller; they stay where they are."""
        self.density = density
        return self._take(fresh_faces=True)

    def begin_run(self, since: int = 0) -> None:
        """Let every node wait for its turn; `since` is when that began, in the milliseconds of `motion`."""
        self.in_run = True
        for _, graph in walk_graphs(self.playbook.graph):
            aside = only_on_failure(graph)
            for name in graph.nodes:
                entry = self.nodes[name]
                entry.in_run, entry.aside = True, name in aside
                entry.take_status(None, since)

    def end_run(self) -> None:
        """Forget what is shown of a run."""
        self.in_run = False
        for entry in self.nodes.values():
            entry.take_status(None, 0)
            entry.before, entry.in_run, entry.items = None, False, ()
        explained = [edge for one in self.edges.values() if one.reason for edge in self._wiring.sharing_chip(one)]
        for edge in self.edges.values():
            edge.state, edge.reason = EdgeState.IDLE, ""
        self._route(dict.fromkeys(explained))

    def explain(self, text: str, reason: str) -> Bounds | None:
        """Say on an edge's chip why it was taken; return what must be painted anew, or None when nothing."""
        edge = self.edges.get(text)
        if edge is None or edge.reason == reason:
            return None
        edge.reason, stale = reason, edge.bounds
        sharing = [(other, other.bounds) for other in self._wiring.sharing_chip(edge)]
        self._route([other for other, _ in sharing])
        for other, before in sharing:
            if other.bounds != before:
                stale = stale.united(before).united(other.bounds)
        return stale.united(edge.bounds)

    def bend(self, text: str, bends: Sequence[Point]) -> Bounds:
        """Lead an edge through other bends, until another playbook is shown; return what must be painted anew."""
        edge = self.edges[text]
        before = edge.bounds
        self._wiring.bends = {**self._wiring.bends, text: bends}
        self._route([edge])
        return before.united(edge.bounds)

    def bends_of(self, text: str) -> Sequence[Point]:
        """Return an edge's bends as they are shown, pairs in its own graph; none for one that finds its own way."""
        return self._wiring.bends.get(text, ())

    def has_bend(self, text: str, place: int) -> bool:
        """Tell whether the playbook has an edge with a bend at a place, counted along it."""
        return text in self.edges and 2 * place < len(self.playbook.layout.bends.get(text, ()))

    def chip_text(self, edge: EdgeEntry) -> str:
        """Return all that an edge's chip has to say."""
        return self._wiring.chip_text(edge)

    def _find_restyled(self, before: Playbook) -> tuple[str, ...] | None:
        """Where only settings of nodes are others: let the entries take them, and return those that show it.

        None, and nothing is done, where what lies around such a node or its lines may depend on them.
        """
        changed = find_changed_nodes(before.graph, self.playbook.graph)
        if changed is None or before.layout is not self.playbook.layout:
            return None
        fresh = [self._entry(name, node, self.nodes[name].frame, None) for name, (_, node) in changed.items()]
        if any(self.nodes[entry.id].footprint != entry.footprint for entry in fresh):
            return None
        return tuple(entry.id for entry in fresh if self.nodes[entry.id].take_node(entry))

    def _take(self, *, fresh_faces: bool) -> Changes:
        old, ways = dict(self.nodes), (set(self.edges), self._wiring.bends)
        kept = self._take_nodes(old, fresh_faces=fresh_faces)
        moved = self._place(self.nodes.values(), set(self.nodes) - kept)
        self._whole = None
        fresh = self._take_edges()
        self._wiring.bends = self.playbook.layout.bends
        is_shifted = (
            (set(self.edges), self._wiring.bends) != ways
            or any(name in kept or name not in old or old[name].rect != self.nodes[name].rect for name in moved)
            or not old.keys() <= self.nodes.keys()
        )
        everything = (len(self.edges) <= _ROUTE_ALL and is_shifted) or len(fresh) == len(self.edges)
        self._route(self.edges.values() if everything else dict.fromkeys([*self._wiring.touching(moved), *fresh]))
        moved += self._fit_frames(self.nodes.values())
        added = tuple(name for name in self.nodes if name not in old)
        removed = tuple(name for name in old if name not in self.nodes)
        touched = tuple(name for name in self.nodes if name in old and (name in moved or name not in kept))
        return Changes(added, removed, touched)

    def move(self, names: Iterable[str], dx: float, dy: float) -> list[Bounds]:
        """Shift nodes, with what lies in them; frames around them follow. Return what must be painted anew."""
        roots = self.roots(names)
        before = {name: self.nodes[name].bounds.grown(g.REACH) for name in roots}
        for name in roots:
            entry = self.nodes[name]
            entry.at = (round(entry.at[0] + dx), round(entry.at[1] + dy))
        self._wiring.shift_bends(roots, dx, dy)
        kin = self._with_kin(roots)
        moved = self._place(kin, set())
        edges = [(edge, edge.bounds) for edge in self._wiring.touching(moved)]
        self._route([edge for edge, _ in edges])
        moved += self._fit_frames(kin)
        stale = [was.united(edge.bounds) for edge, was in edges]  # a step is small: one area of each, not two
        for name in moved:
            now = self.nodes[name].bounds.grown(g.REACH)
            stale.append(before.pop(name).united(now) if name in before else now)
        return stale + list(before.values())

    def roots(self, names: Iterable[str]) -> list[str]:
        """Return the nodes that do not lie in another one of them."""
        chosen = dict.fromkeys(name for name in names if name in self.nodes)
        return [name for name in chosen if not any(frame in chosen for frame in self.frames_around(name))]

    def frames_around(self, name: str) -> list[str]:
        """Return the loops that a node lies in, the nearest first."""
        found: list[str] = []
        frame = self.nodes[name].frame
        while frame is not None:
            found.append(frame)
            frame = self.nodes[frame].frame
        return found

    def nodes_in(self, bounds: Bounds) -> list[NodeEntry]:
        """Return the nodes whose drawing touches a rectangle."""
        return [self.nodes[name] for name in self._node_grid.find(bounds.grown(g.REACH))]

    def edges_in(self, bounds: Bounds) -> list[EdgeEntry]:
        """Return the lines that touch a rectangle."""
        return [self.edges[text] for text in self._edge_grid.find(bounds)]

    def edges_of(self, name: str) -> list[EdgeEntry]:
        """Return the edges that start or end at a node."""
        return [
            edge for edge in self._wiring.touching([name]) if edge.edge and name in (edge.edge.source, edge.edge.target)
        ]

    def edges_into_body(self, node: NodeEntry) -> list[EdgeEntry]:
        """Return the lines that lead from a frame to the beginnings of its body, those that end at this node."""
        return [edge for edge in self._wiring.into.get(node.id, ()) if edge.edge is None] if node.frame else []

    def hit(self, x: float, y: float, reach: float = g.PORT_HIT) -> Hit:
        """Return what lies at a point. Ports win over nodes, nodes over edges, inner ones over frames."""
        near = sorted(self.nodes_in(Bounds(x, y, x, y).grown(reach)), key=lambda entry: -entry.depth)
        ports = [found for entry in near if (found := self._port_at(entry, x, y, reach)) is not None]
        if ports:
            return min(ports, key=lambda found: found[0])[1]
        for entry in near:
            header = entry.bounds._replace(bottom=entry.rect.top() + g.FRAME_HEADER) if entry.is_frame else entry.bounds
            if header.holds(x, y):
                return Hit(node=entry.id)
        lines = [edge for edge in self.edges_in(Bounds(x, y, x, y).grown(g.EDGE_HIT)) if edge.edge and edge.points]
        best = min(lines, key=lambda edge: distance(edge.points, x, y), default=None)
        if best is not None and distance(best.points, x, y) <= g.EDGE_HIT:
            return Hit(edge=best.text)
        return Hit()

    def frame_at(self, x: float, y: float) -> str | None:
        """Return the innermost frame at a point, or None."""
        frames = [entry for entry in self.nodes_in(Bounds(x, y, x, y)) if entry.is_frame and entry.bounds.holds(x, y)]
        return max(frames, key=lambda entry: entry.depth).id if frames else None

    def origin_of(self, frame: str | None) -> Point:
        """Return where a graph's own coordinates begin."""
        return (0.0, 0.0) if frame is None else self.nodes[frame].anchor

    def bounds(self) -> QRectF:
        """Return the rectangle around everything; empty when there is nothing."""
        if self._whole is None:
            whole = QRectF()
            for entry in self.nodes.values():
                if entry.frame is None:
                    whole = whole.united(entry.rect)
            self._whole = whole
        return QRectF(self._whole)

    def reach(self) -> QRectF:
        """Return the rectangle around all nodes and all lines with their chips."""
        whole = self.bounds()
        for edge in self.edges.values():
            left, top, right, bottom = edge.bounds
            whole = whole.united(QRectF(left, top, right - left, bottom - top))
        return whole

    # Taking a playbook

    def _take_nodes(self, old: Mapping[str, NodeEntry], *, fresh_faces: bool) -> set[str]:
        """Fill `nodes`; return the ids whose entries stayed."""
        kept: set[str] = set()
        spots = self._spots(old)
        self.nodes.clear()
        self._groups.clear()
        for frame, graph in walk_graphs(self.playbook.graph):
            depth = 0 if frame is None else self.nodes[frame].depth + 1
            for name, node in graph.nodes.items():
                entry = old.get(name)
                if entry is not None and entry.frame == frame and entry.node is node and not fresh_faces:
                    kept.add(name)
                else:
                    entry = self._entry(name, node, frame, entry)
                entry.at, entry.depth, entry.children, entry.order = spots[name], depth, [], len(self.nodes)
                self.nodes[name] = entry
                if isinstance(node, GroupNode):
                    self._groups[name] = None
                if frame is not None:
                    self.nodes[frame].children.append(name)
        for name in old.keys() - self.nodes.keys():
            self._node_grid.remove(name)
        return kept

    def _entry(self, name: str, node: Node, frame: str | None, before: NodeEntry | None) -> NodeEntry:
        framed = frame is not None
        entry = NodeEntry(
            id=name,
            node=node,
            face=face_of(name, node, self.playbook, self._catalogue),
            frame=frame,
            depth=0,
            at=(0, 0),
            offsets=g.port_offsets(node, self.density, framed=framed),
            size=g.size_of(node, self.density, framed=framed),
            has_input=has_input(node),
            density=self.density,
            in_run=self.in_run,
        )
        if before is not None:
            entry.keep_shown(before)
        return entry

    def _spots(self, old: Mapping[str, NodeEntry]) -> dict[str, tuple[int, int]]:
        """Return every node's place: the file's, else where it is shown already, else where the layout puts it."""
        laid_out = self.playbook.layout.nodes
        spots: dict[str, tuple[int, int]] = {}
        automatic: Mapping[str, tuple[int, int]] | None = None
        for frame, graph in walk_graphs(self.playbook.graph):
            for name in graph.nodes:
                if name in laid_out:
                    spots[name] = laid_out[name].at
                elif name in old and old[name].frame == frame:
                    spots[name] = old[name].at
                else:
                    if automatic is None:
                        found = layout_playbook(self.playbook, lambda _, node: g.size_of(node))
                        automatic = {known: spot.at for known, spot in found.nodes.items()}
                    spots[name] = automatic[name]
        return spots

    def _with_kin(self, roots: Iterable[str]) -> list[NodeEntry]:
        """Return nodes with all that lies in them and all frames around them, outer ones first."""
        found: dict[str, NodeEntry] = {}
        for root in roots:
            for name in (*reversed(self.frames_around(root)), root):
                found[name] = self.nodes[name]
        queue = list(roots)
        while queue:
            for child in self.nodes[queue.pop()].children:
                found[child] = self.nodes[child]
                queue.append(child)
        return sorted(found.values(), key=lambda entry: entry.depth)

    def _place(self, entries: Collection[NodeEntry], changed: set[str]) -> list[str]:
        """Work out anchors, then rectangles from the inside out; return the ids that lie otherwise than before."""
        for entry in entries:
            x, y = self.origin_of(entry.frame)
            entry.anchor = (x + entry.at[0], y + entry.at[1])
        moved: list[str] = []
        groups = [self.nodes[name] for name in self._groups]
        for entry in (*reversed([one for one in entries if one.id not in self._groups]), *groups):
            rect = self._rect(entry)
            if rect != entry.rect or entry.id in changed:
                moved.append(entry.id)
                if entry.is_frame or entry.id in changed or rect.size() != entry.rect.size():
                    entry.forget_body()  # that of a plain node looks the same elsewhere
                entry.rect = rect
                self._node_grid.put(entry.id, entry.bounds)
        if self._whole is not None:  # may be larger than need be until another playbook is shown
            for name in moved:
                self._whole = self._whole.united(self.nodes[name].rect)
        return moved

    def _fit_frames(self, entries: Iterable[NodeEntry]) -> list[str]:
        """Give frames room for the ways of the edges in them, now that these are known; return those that grew."""
        frames = [entry for entry in entries if entry.is_frame]
        grown = self._place(frames, set()) if frames else []
        if grown:
            self._route(self._wiring.touching(grown))
        return grown

    def _rect(self, entry: NodeEntry) -> QRectF:
        x, y = entry.anchor
        width, height = entry.size
        rect = QRectF(x - width / 2, y, width, height)
        if entry.is_frame:
            for child in entry.children:
                inner = self.nodes[child].rect
                rect = rect.united(inner.adjusted(-g.BODY_SIDE, 0, g.BODY_SIDE, FRAME_BOTTOM))
            return self._with_lanes(entry.id, rect)
        if isinstance(entry.node, GroupNode):
            for name in entry.node.nodes:
                if name in self.nodes:
                    rect = rect.united(self.nodes[name].rect.adjusted(-g.GRID, -g.FRAME_HEADER, g.GRID, g.GRID))
        return rect

    def _with_lanes(self, frame: str, rect: QRectF) -> QRectF:
        """Make a frame wider at the sides where lines run beside its body."""
        left, right = rect.left() + g.BODY_SIDE, rect.right() - g.BODY_SIDE
        wide = QRectF(rect)
        for edge in self._wiring.within(frame):
            if edge.bounds.left < left and min(x for x, _ in edge.points) < left:
                wide.setLeft(min(wide.left(), rect.left() - g.LANE, edge.bounds.left - g.LANE_MARGIN))
            if edge.bounds.right > right and max(x for x, _ in edge.points) > right:
                wide.setRight(max(wide.right(), rect.right() + g.LANE, edge.bounds.right + g.LANE_MARGIN))
        return wide

    def _take_edges(self) -> list[EdgeEntry]:
        """Fill `edges`; return those that are new."""
        old = dict(self.edges)
        self.edges.clear()
        for frame, graph in walk_graphs(self.playbook.graph):
            wired: dict[str, set[str]] = {}
            targets: set[str] = set()
            for edge in graph.edges:
                self._keep_edge(old.get(edge.text), edge.text, edge, (edge.source, edge.target))
                wired.setdefault(edge.source, set()).add(edge.port)
                targets.add(edge.target)
            for name in graph.nodes:
                self._wire(name, frozenset(wired.get(name, ())), fed=name in targets)
                for port in self._waiting_ports(name):
                    text = f"{name}.{port} >"
                    self._keep_edge(old.get(text), text, None, (name, None))
                if frame is not None and name not in targets and self.nodes[name].has_input:
                    text = f"{frame} > {name}"
                    self._keep_edge(old.get(text), text, None, (frame, name))
        for text in old.keys() - self.edges.keys():
            self._edge_grid.remove(text)
        self._wiring.connect(self.edges.values())
        return [entry for text, entry in self.edges.items() if old.get(text) is not entry]

    def _keep_edge(self, before: EdgeEntry | None, text: str, edge: Edge | None, ends: tuple[str, str | None]) -> None:
        source, target = self.nodes[ends[0]], self.nodes[ends[1]] if ends[1] else None
        if before is not None and before.source is source and before.target is target and before.edge is edge:
            self.edges[text] = before
            return
        self.edges[text] = fresh = EdgeEntry(text, edge, source, target)
        if before is not None:
            fresh.follow(before)

    def _wire(self, name: str, ports: frozenset[str], *, fed: bool) -> None:
        entry = self.nodes[name]
        if (entry.wired, entry.fed) != (ports, fed):
            entry.wired, entry.fed = ports, fed
            entry.forget_body()

    def _waiting_ports(self, name: str) -> list[str]:
        """Return the named ports that nothing leaves by: they keep their chip."""
        entry = self.nodes[name]
        if len(entry.offsets) < 3 or entry.face.rows:
            return []
        quiet = {OUT, ERROR} | g.QUIET_PORTS | entry.wired
        return [port for port in entry.offsets if port not in quiet]

    def _route(self, edges: Collection[EdgeEntry]) -> None:
        """Turn the side ports of the nodes where these edges start, then find their ways."""
        turned = {edge.source.id for edge in edges if self._wiring.turn_ports(edge.source)}
        for edge in dict.fromkeys([*edges, *self._wiring.touching(turned)]) if turned else edges:
            self._wiring.find_way(edge)
            self._edge_grid.put(edge.text, edge.bounds)

    @staticmethod
    def _port_at(entry: NodeEntry, x: float, y: float, reach: float) -> tuple[float, Hit] | None:
        """Return the nearest port within reach, and how far it is. Within the node the reach is smaller."""
        inside = entry.bounds.grown(-2).holds(x, y)
        best, nearest = None, reach * (0.6 if inside else 1.0)
        places = [(port, entry.port_point(port), False) for port in entry.ports]
        if entry.has_input:
            places.append(("", entry.anchor, True))
        for port, (px, py), is_input in places:
            away = max(abs(px - x), abs(py - y))
            if away <= nearest:
                best, nearest = Hit(node=entry.id, port=port or None, input=is_input), away
        return None if best is None else (nearest, best)
