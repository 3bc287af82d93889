"""Edits that keep a line whole: a node goes out of it, comes into it, or does something else in it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from tocsin.base.texts import _
from tocsin.edits.edit import Batch, Edit, keep
from tocsin.edits.fields import with_node
from tocsin.edits.removal import edge_texts, layout_without
from tocsin.edits.soundness import ensure
from tocsin.edits.structure import Connect, Disconnect, RemoveNodes
from tocsin.edits.trees import frame_of, graph_at, node_at, with_graph
from tocsin.model.playbook import ActionNode, Edge, Graph, Node, Playbook
from tocsin.model.ports import ERROR, find_edge_fault, has_input, main_port


@dataclass(frozen=True, slots=True)
class TakeOut:
    """Takes nodes away as `RemoveNodes` does; a line that led through one of them, with one end each, leads on."""

    ids: tuple[str, ...]

    @property
    def label(self) -> str:
        """What it does."""
        return RemoveNodes(self.ids).label

    def apply(self, playbook: Playbook) -> Playbook:
        """Return the playbook without the nodes; refused when one is not there."""
        frames = {name: frame_of(playbook, name) for name in self.ids}
        joined = playbook
        for frame in dict.fromkeys(frames.values()):
            graph = graph_at(playbook, frame)
            edges = graph.edges
            for name in (name for name in self.ids if frames[name] == frame):
                edges = _led_past(graph, edges, name)
            if edges is not graph.edges:
                joined = with_graph(joined, frame, graph_at(joined, frame).model_copy(update={"edges": edges}))
        left = RemoveNodes(self.ids).apply(joined)
        lost = edge_texts(playbook.graph) - edge_texts(left.graph)
        return left.model_copy(update={"layout": layout_without(left.layout, edges=lost)})

    def inverse(self, playbook: Playbook) -> Edit:
        """Return what brings them and their lines back."""
        return keep(playbook, self.label, "graph", "layout")


@dataclass(frozen=True, slots=True)
class SwapAction:
    """Lets an action node do something else; its name, its lines and all else that it says stay.

    Attributes:
        node: Its id.
        use: What it does now: CATEGORY.ACTION or CONNECTOR.ACTION.
        inputs: Names of the inputs that the new action knows; what the others were given goes. None keeps all.
    """

    node: str
    use: str
    inputs: Collection[str] | None = None

    @property
    def label(self) -> str:
        """What it does."""
        return _("Swap the action of “{node}”").format(node=self.node)

    def apply(self, playbook: Playbook) -> Playbook:
        """Return the playbook with the other action; refused for what is no action."""
        old = node_at(playbook, self.node)
        ensure(that=isinstance(old, ActionNode), message=_("“{node}” is no action.").format(node=self.node))
        if not isinstance(old, ActionNode) or old.use == self.use:
            return playbook
        given = {key: value for key, value in old.inputs.items() if self.inputs is None or key in self.inputs}
        same_kind = old.use.partition(".")[0] == self.use.partition(".")[0]
        update = {"use": self.use, "inputs": given, "role": old.role if same_kind else None, "project": None}
        return with_node(playbook, self.node, old.model_copy(update=update))

    def inverse(self, playbook: Playbook) -> Edit:
        """Return the way back."""
        return keep(playbook, self.label, "graph", "layout")


def spliced(placing: Edit, name: str, node: Node, frame: str | None, edge: Edge) -> Edit:
    """Return the edit that places a node and leads a line through it; `placing` alone where the node cannot pass it on.

    Args:
        placing: Adds or moves the node.
        name: Its id.
        node: What it is.
        frame: The loop in whose body node and line are; None for the playbook's own graph.
        edge: The line.
    """
    port = main_port(node)
    if port is None or not has_input(node) or name in {edge.source, edge.target}:
        return placing
    ways = (
        Disconnect(frame, edge),
        Connect(frame, edge.model_copy(update={"target": name})),
        Connect(frame, Edge(source=name, port=port, target=edge.target)),
    )
    return Batch((placing, *ways), placing.label)


def _led_past(graph: Graph, edges: tuple[Edge, ...], name: str) -> tuple[Edge, ...]:
    """Return the edges with one round a node where exactly one leads to it and one away; its own stay for now."""
    into = [edge for edge in edges if edge.target == name]
    out = [edge for edge in edges if edge.source == name]
    if len(into) != 1 or len(out) != 1 or out[0].port == ERROR:
        return edges
    way = into[0].model_copy(update={"target": out[0].target})
    if any(edge.key == way.key for edge in edges) or find_edge_fault(graph.nodes, way.key) is not None:
        return edges
    return tuple(way if edge is into[0] else edge for edge in edges if edge is not out[0])
