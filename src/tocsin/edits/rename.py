"""Renames a node, and everything that names it: edges, layout, groups, approvals, and each expression that reads it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import cast

from tocsin.base.texts import _
from tocsin.edits.edit import Edit, keep
from tocsin.edits.errors import EditRefusedError
from tocsin.edits.soundness import ensure_free
from tocsin.edits.trees import frame_of, map_graphs
from tocsin.expressions import NotAllowedError, rename_root, rename_root_in_template
from tocsin.model.playbook import AskNode, Edge, Graph, GroupNode, Layout, Node, Playbook, parse_edge
from tocsin.model.slots import Slot, replace_slots
from tocsin.model.values import Notation


@dataclass(frozen=True, slots=True)
class RenameNode:
    """Gives a node another id; what reads it reads it under the new one."""

    old: str
    new: str

    @property
    def label(self) -> str:
        """What it does."""
        return _("Rename “{old}” to “{new}”").format(old=self.old, new=self.new)

    def apply(self, playbook: Playbook) -> Playbook:
        """Return the playbook with the new id everywhere; refused when the id is taken or reserved."""
        frame_of(playbook, self.old)
        if self.old == self.new:
            return playbook
        ensure_free(playbook, [self.new])
        try:
            graph = map_graphs(playbook.graph, lambda _unused, graph: self._in_graph(graph))
            changed = replace_slots(playbook, self._in_slot)
        except NotAllowedError as error:
            raise EditRefusedError(error.message, hint=error.hint) from error
        return changed.model_copy(update={"graph": graph, "layout": self._in_layout(playbook.layout)})

    def inverse(self, playbook: Playbook) -> Edit:
        """Return the way back. Not the reverse renaming: that would also take what named the new id before."""
        return keep(playbook, self.label, "graph", "layout", "outputs", "concurrency")

    def _in_graph(self, graph: Graph) -> Graph:
        nodes = {self._in_name(name): self._in_node(node) for name, node in graph.nodes.items()}
        edges = tuple(self._in_edge(edge) for edge in graph.edges)
        same_nodes = self.old not in graph.nodes and all(nodes[name] is node for name, node in graph.nodes.items())
        same_edges = all(new is old for new, old in zip(edges, graph.edges, strict=True))
        if same_nodes and same_edges:
            return graph
        return graph.model_copy(update={"nodes": nodes, "edges": graph.edges if same_edges else edges})

    def _in_node(self, node: Node) -> Node:
        node = replace_slots(node, self._in_slot)
        match node:
            case GroupNode(nodes=names) if self.old in names:
                return node.model_copy(update={"nodes": self._in_names(names)})
            case AskNode(covers=names) if self.old in names:
                return node.model_copy(update={"covers": self._in_names(names)})
            case _:
                return node

    def _in_slot(self, slot: Slot) -> str:
        if slot.notation is Notation.CEL:
            return rename_root(slot.text, self.old, self.new)
        return cast("str", rename_root_in_template(slot.text, self.old, self.new))  # a text in, a text out

    def _in_edge(self, edge: Edge) -> Edge:
        if self.old not in {edge.source, edge.target}:
            return edge
        return edge.model_copy(update={"source": self._in_name(edge.source), "target": self._in_name(edge.target)})

    def _in_layout(self, layout: Layout) -> Layout:
        spots = {self._in_name(name): spot for name, spot in layout.nodes.items()}
        bends = {self._in_text(text): points for text, points in layout.bends.items()}
        return layout.model_copy(update={"nodes": spots, "bends": bends})

    def _in_text(self, text: str) -> str:
        parsed = parse_edge(text)
        if parsed is None:
            return text
        source, port, target = parsed
        return self._in_edge(Edge(source=source, port=port, target=target)).text

    def _in_names(self, names: Iterable[str]) -> tuple[str, ...]:
        return tuple(self._in_name(name) for name in names)

    def _in_name(self, name: str) -> str:
        return self.new if name == self.old else name
