"""Edits of what there is and how it hangs together: nodes and edges."""

from __future__ import annotations

from dataclasses import dataclass

from tocsin.base.texts import _
from tocsin.edits.edit import Edit, keep
from tocsin.edits.removal import ids_within, layout_without, without_nodes
from tocsin.edits.soundness import ensure, ensure_free, ensure_sound
from tocsin.edits.trees import frame_of, graph_at, with_graph, with_nodes
from tocsin.model.playbook import Edge, Graph, Node, Playbook, Spot
from tocsin.model.ports import find_edge_fault


@dataclass(frozen=True, slots=True)
class AddNode:
    """Puts a new node into a graph.

    Attributes:
        id: Its id, free in the whole file.
        node: The node; a loop may bring a body.
        at: Where it lies in its graph, in pixels; None leaves that to the layout.
        frame: The loop whose body takes it; None for the playbook's own graph.
        index: Its place among the nodes; None for the last.
    """

    id: str
    node: Node
    at: tuple[int, int] | None
    frame: str | None = None
    index: int | None = None

    @property
    def label(self) -> str:
        """What it does."""
        return _("Add “{id}”").format(id=self.id)

    def apply(self, playbook: Playbook) -> Playbook:
        """Return the playbook with the node."""
        graph = graph_at(playbook, self.frame)
        ensure_free(playbook, [self.id, *ids_within(self.node)])
        ensure_sound(playbook, self.frame, self.node)
        nodes = list(graph.nodes.items())
        nodes.insert(len(nodes) if self.index is None else self.index, (self.id, self.node))
        changed = with_graph(playbook, self.frame, with_nodes(graph, dict(nodes)))
        if self.at is None:
            return changed
        spots = {**playbook.layout.nodes, self.id: Spot(at=self.at)}
        return changed.model_copy(update={"layout": playbook.layout.model_copy(update={"nodes": spots})})

    def inverse(self, playbook: Playbook) -> Edit:
        """Return the removal."""
        return keep(playbook, self.label, "graph", "layout")


@dataclass(frozen=True, slots=True)
class RemoveNodes:
    """Takes nodes away, with their edges, their bodies, their places and their membership in groups."""

    ids: tuple[str, ...]

    @property
    def label(self) -> str:
        """What it does."""
        return (
            _("Remove “{ids}”").format(ids=self.ids[0])
            if len(self.ids) == 1
            else _("Remove {count} nodes").format(count=len(self.ids))
        )

    def apply(self, playbook: Playbook) -> Playbook:
        """Return the playbook without the nodes."""
        gone = set(self.ids)
        for name in self.ids:
            gone.update(ids_within(graph_at(playbook, frame_of(playbook, name)).nodes[name]))
        return without_nodes(playbook, gone)

    def inverse(self, playbook: Playbook) -> Edit:
        """Return what brings them back, each to its old place."""
        return keep(playbook, self.label, "graph", "layout")


@dataclass(frozen=True, slots=True)
class Connect:
    """Draws an edge."""

    frame: str | None
    edge: Edge

    @property
    def label(self) -> str:
        """What it does."""
        return _("Connect “{source}” to “{target}”").format(source=self.edge.source, target=self.edge.target)

    def apply(self, playbook: Playbook) -> Playbook:
        """Return the playbook with the edge; refused when it does not hold, is there, or closes a circle."""
        graph = graph_at(playbook, self.frame)
        ensure_joinable(graph, self.edge)
        edges = (*graph.edges, self.edge)
        return with_graph(playbook, self.frame, graph.model_copy(update={"edges": edges}))

    def inverse(self, playbook: Playbook) -> Edit:
        """Return the disconnection."""
        return keep(playbook, self.label, "graph")


@dataclass(frozen=True, slots=True)
class Disconnect:
    """Takes an edge away, with the bends in it."""

    frame: str | None
    edge: Edge

    @property
    def label(self) -> str:
        """What it does."""
        return _("Disconnect “{source}” from “{target}”").format(source=self.edge.source, target=self.edge.target)

    def apply(self, playbook: Playbook) -> Playbook:
        """Return the playbook without the edge."""
        graph = graph_at(playbook, self.frame)
        edges = tuple(edge for edge in graph.edges if edge.key != self.edge.key)
        ensure(that=len(edges) < len(graph.edges), message=_("There is no edge “{text}”.").format(text=self.edge.text))
        changed = with_graph(playbook, self.frame, graph.model_copy(update={"edges": edges}))
        return changed.model_copy(update={"layout": layout_without(playbook.layout, edges={self.edge.text})})

    def inverse(self, playbook: Playbook) -> Edit:
        """Return what draws it again, at its old place in the list."""
        return keep(playbook, self.label, "graph", "layout")


def ensure_joinable(graph: Graph, edge: Edge) -> None:
    """Refuse an edge that does not hold in the graph, is there already, or closes a circle.

    Raises:
        EditRefusedError: It may not be drawn.
    """
    fault = find_edge_fault(graph.nodes, edge.key)
    ensure(that=fault is None, message=fault or "")
    ensure(
        that=all(other.key != edge.key for other in graph.edges),
        message=_("“{text}” is there already.").format(text=edge.text),
    )
    circle = _("“{target}” leads to “{source}”, so this edge would close a circle.").format(
        target=edge.target, source=edge.source
    )
    ensure(that=not _leads_to(graph, edge.target, edge.source), message=circle, hint=_("Use a loop to repeat steps."))


def _leads_to(graph: Graph, start: str, goal: str) -> bool:
    """A search of its own: networkx would cost every user of edits its import (definitions.md D12)."""
    after: dict[str, list[str]] = {}
    for edge in graph.edges:
        after.setdefault(edge.source, []).append(edge.target)
    seen, waiting = {start}, [start]
    while waiting:
        for target in after.get(waiting.pop(), ()):
            if target not in seen:
                seen.add(target)
                waiting.append(target)
    return goal in seen
