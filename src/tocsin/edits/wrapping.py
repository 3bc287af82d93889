"""Puts nodes into a loop, and takes a loop away from around them; the lines across its edge follow."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from tocsin.base.texts import _
from tocsin.edits.edit import Edit, keep
from tocsin.edits.removal import edge_texts, layout_without
from tocsin.edits.soundness import ensure, ensure_edges, ensure_free, ensure_sound
from tocsin.edits.structure import ensure_joinable
from tocsin.edits.trees import frame_of, graph_at, node_at, with_graph
from tocsin.model.layout import FRAME_BOTTOM, FRAME_TOP, SNAP
from tocsin.model.playbook import Edge, ForEachNode, Graph, GroupNode, LoopNode, Node, Playbook, Spot, TriggerNode
from tocsin.model.ports import ERROR, OUT, has_input, main_port

_GROWTH = -(-(FRAME_TOP + FRAME_BOTTOM) // SNAP) * SNAP
"""How much higher than its steps a loop is, on the grid."""


@dataclass(frozen=True, slots=True)
class WrapNodes:
    """Puts nodes of one graph into the body of a new For each.

    Lines that led to one of them lead to the loop, those that led out leave the loop, each once.

    Attributes:
        ids: The nodes.
        loop: The new loop's id.
        spots: Where the nodes of their graph lie, for those of which the layout does not say it.
    """

    ids: tuple[str, ...]
    loop: str
    spots: Mapping[str, tuple[int, int]]

    @property
    def label(self) -> str:
        """What it does."""
        what = f"“{self.ids[0]}”" if len(self.ids) == 1 else _("{count} nodes").format(count=len(self.ids))
        return _("Wrap {what} in For each").format(what=what)

    def apply(self, playbook: Playbook) -> Playbook:
        """Return the playbook with the loop; refused for triggers, nodes of several frames, and a way back into it."""
        frames = {frame_of(playbook, name) for name in self.ids}
        ensure(that=len(frames) == 1, message=_("Only nodes of one frame can be wrapped together."))
        ensure_free(playbook, [self.loop])
        frame = frames.pop()
        graph = graph_at(playbook, frame)
        inside = {name: node for name, node in graph.nodes.items() if name in self.ids}
        starts = any(isinstance(node, TriggerNode) for node in inside.values())
        ensure(that=not starts, message=_("A trigger cannot lie in a loop."))
        body = Graph(nodes=inside, edges=tuple(e for e in graph.edges if e.source in inside and e.target in inside))
        loop = ForEachNode(items="[]", body=body)
        ensure_sound(playbook, frame, loop)
        outer = _outer(graph, inside, self.loop, loop)
        changed = with_graph(playbook, frame, outer)
        lost = edge_texts(playbook.graph) - edge_texts(changed.graph)
        layout = layout_without(playbook.layout, edges=lost | edge_texts(body))
        return changed.model_copy(update={"layout": layout.model_copy(update={"nodes": self._places(playbook, graph)})})

    def inverse(self, playbook: Playbook) -> Edit:
        """Return the way back."""
        return keep(playbook, self.label, "graph", "layout")

    def _places(self, playbook: Playbook, graph: Graph) -> Mapping[str, Spot]:
        """Return where all lies: nodes below the loop's head, what lay below them as much lower as it is high."""
        old = playbook.layout.nodes
        at = {**self.spots, **{name: old[name].at for name in graph.nodes if name in old}}
        inside = {name: place for name, place in at.items() if name in self.ids}
        if not inside:
            return old
        x, top = _middle(x for x, _unused in inside.values()), min(y for _unused, y in inside.values())
        bottom = max(y for _unused, y in inside.values())
        inner = {name: (ax - x, ay - top + FRAME_TOP) for name, (ax, ay) in inside.items()}
        lower = {name: (ax, ay + _GROWTH) for name, (ax, ay) in at.items() if name not in inside and ay > bottom}
        moved = {name: _moved(old.get(name), place) for name, place in {**inner, **lower}.items()}
        return {**old, **moved, self.loop: Spot(at=(x, top))}


@dataclass(frozen=True, slots=True)
class UnwrapLoop:
    """Takes a loop away; its steps stay where it lay, lines that led to it lead to the first ones, the last lead on.

    Attributes:
        loop: Its id.
        at: Where it lies, when the layout does not say.
    """

    loop: str
    at: tuple[int, int] = (0, 0)

    @property
    def label(self) -> str:
        """What it does."""
        return _("Unwrap “{loop}”").format(loop=self.loop)

    def apply(self, playbook: Playbook) -> Playbook:
        """Return the playbook without the loop; refused for what is none."""
        node = node_at(playbook, self.loop)
        ensure(that=isinstance(node, LoopNode), message=_("“{loop}” is no loop.").format(loop=self.loop))
        body = node.body if isinstance(node, LoopNode) else Graph()
        frame = frame_of(playbook, self.loop)
        graph = graph_at(playbook, frame)
        nodes: dict[str, Node] = {}
        for name, one in graph.nodes.items():
            nodes |= body.nodes if name == self.loop else {name: self._without_me(one, body)}
        outer = Graph(nodes=nodes, edges=_distinct(self._edges(graph, body)))
        ensure_edges(outer)
        changed = with_graph(playbook, frame, outer)
        lost = edge_texts(playbook.graph) - edge_texts(changed.graph)
        layout = layout_without(playbook.layout, nodes={self.loop}, edges=lost | {edge.text for edge in body.edges})
        spots = {**layout.nodes, **self._places(playbook, body)}
        return changed.model_copy(update={"layout": layout.model_copy(update={"nodes": spots})})

    def inverse(self, playbook: Playbook) -> Edit:
        """Return the way back."""
        return keep(playbook, self.label, "graph", "layout")

    def _edges(self, graph: Graph, body: Graph) -> Iterable[Edge]:
        targets = {edge.target for edge in body.edges}
        sources = {edge.source for edge in body.edges if edge.port != ERROR}
        first = [name for name, node in body.nodes.items() if name not in targets and has_input(node)]
        last = [name for name, node in body.nodes.items() if name not in sources and main_port(node) is not None]
        for edge in graph.edges:
            if edge.target == self.loop:
                yield from (edge.model_copy(update={"target": name}) for name in first)
            elif edge.source != self.loop:
                yield edge
            elif edge.port == OUT:
                for name in last:
                    port = main_port(body.nodes[name]) or OUT
                    yield edge.model_copy(update={"source": name, "port": port})
        yield from body.edges

    def _without_me(self, node: Node, body: Graph) -> Node:
        if not isinstance(node, GroupNode) or self.loop not in node.nodes:
            return node
        names = [inner for name in node.nodes for inner in (body.nodes if name == self.loop else (name,))]
        return node.model_copy(update={"nodes": tuple(dict.fromkeys(names))})

    def _places(self, playbook: Playbook, body: Graph) -> Mapping[str, Spot]:
        old = playbook.layout.nodes
        x, y = old[self.loop].at if self.loop in old else self.at
        inner = {name: old[name].at for name in body.nodes if name in old}
        return {name: _moved(old[name], (x + dx, y + dy - FRAME_TOP)) for name, (dx, dy) in inner.items()}


def _outer(graph: Graph, inside: Mapping[str, Node], name: str, loop: ForEachNode) -> Graph:
    """Return the graph with the loop in place of the first of its nodes, and the lines across its edge on the loop."""
    nodes: dict[str, Node] = {}
    for old, node in graph.nodes.items():
        if old not in inside:
            nodes[old] = node
        elif name not in nodes:
            nodes[name] = loop
    outer = Graph(nodes=nodes)
    for edge in _distinct(_across(graph, inside, name)):
        ensure_joinable(outer, edge)
        outer = outer.model_copy(update={"edges": (*outer.edges, edge)})
    return outer


def _across(graph: Graph, inside: Mapping[str, Node], loop: str) -> Iterable[Edge]:
    for edge in graph.edges:
        if edge.source in inside and edge.target in inside:
            continue
        if edge.target in inside:
            yield edge.model_copy(update={"target": loop})
        elif edge.source in inside:
            yield Edge(source=loop, port=ERROR if edge.port == ERROR else OUT, target=edge.target)
        else:
            yield edge


def _distinct(edges: Iterable[Edge]) -> tuple[Edge, ...]:
    return tuple({edge.key: edge for edge in edges}.values())


def _moved(spot: Spot | None, at: tuple[int, int]) -> Spot:
    return Spot(at=at) if spot is None else spot.model_copy(update={"at": at})


def _middle(values: Iterable[int]) -> int:
    known = sorted(values)
    return round((known[0] + known[-1]) / 2 / SNAP) * SNAP
