"""Turns nodes off and on again: an off node passes its input on."""

from __future__ import annotations

from dataclasses import dataclass

from tocsin.base.texts import _
from tocsin.edits.edit import Edit, keep
from tocsin.edits.trees import frame_of, map_graphs
from tocsin.model.playbook import Graph, Kind, Node, Playbook

_NEVER_RUN = frozenset({Kind.NOTE, Kind.GROUP})


@dataclass(frozen=True, slots=True)
class SwitchNodes:
    """Turns nodes off, or on. Notes and groups, which never run, stay as they are."""

    ids: tuple[str, ...]
    is_off: bool

    @property
    def label(self) -> str:
        """What it does."""
        what = f"“{self.ids[0]}”" if len(self.ids) == 1 else _("{count} nodes").format(count=len(self.ids))
        return _("Turn {what} {value}").format(what=what, value="off" if self.is_off else "on")

    def apply(self, playbook: Playbook) -> Playbook:
        """Return the playbook with these nodes off or on; refused when one is not there."""
        for name in self.ids:
            frame_of(playbook, name)
        return playbook.model_copy(
            update={"graph": map_graphs(playbook.graph, lambda _unused, graph: self._in_graph(graph))}
        )

    def inverse(self, playbook: Playbook) -> Edit:
        """Return the way back: each node as it was."""
        return keep(playbook, self.label, "graph")

    def _in_graph(self, graph: Graph) -> Graph:
        changed = {name: self._switched(node) for name in self.ids if (node := graph.nodes.get(name)) is not None}
        return graph.model_copy(update={"nodes": {**graph.nodes, **changed}}) if changed else graph

    def _switched(self, node: Node) -> Node:
        if node.kind in _NEVER_RUN or node.disabled is self.is_off:
            return node
        return node.model_copy(update={"disabled": self.is_off})
