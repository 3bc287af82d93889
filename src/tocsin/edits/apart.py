"""Edits that tell things of one name apart: the second of two nodes, the item of a loop inside a loop."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, cast

from tocsin.base.texts import _
from tocsin.edits.edit import Edit, keep
from tocsin.edits.rename import RenameNode
from tocsin.edits.soundness import ensure, ensure_free
from tocsin.edits.trees import frame_of, graph_at, map_graphs, node_at, with_graph, with_nodes
from tocsin.expressions import rename_root, rename_root_in_template
from tocsin.model.playbook import ForEachNode, Graph, LoopNode, Node, Playbook
from tocsin.model.slots import Slot, replace_slots
from tocsin.model.values import Notation

_OF_THE_BODY: Final = frozenset({"collect", "until", "carry"})
"""What a loop says that reads the nodes of its body."""
_OF_THE_ITEM: Final = frozenset({"collect", "key"})


@dataclass(frozen=True, slots=True)
class RenameWithin:
    """Gives the node of one frame another id, and lets one of the same id in another frame be.

    Attributes:
        frame: The loop in whose body it lies; None for the playbook's own graph.
        old: Its id.
        new: The new one, free in the whole file.
    """

    frame: str | None
    old: str
    new: str

    @property
    def label(self) -> str:
        """What it does."""
        return _("Rename “{old}” to “{new}”").format(old=self.old, new=self.new)

    def apply(self, playbook: Playbook) -> Playbook:
        """Return the playbook with the new id in that frame and whatever reads from it."""
        ensure_free(playbook, [self.new])
        graph = graph_at(playbook, self.frame)
        ensure(that=self.old in graph.nodes, message=_("There is no node “{old}” in this frame.").format(old=self.old))
        alone = RenameNode(self.old, self.new).apply(Playbook(id=playbook.id, graph=graph))
        changed = with_graph(playbook, self.frame, alone.graph)
        if self.frame is not None:
            renamed = _renaming(self.old, self.new, _OF_THE_BODY)
            changed = _with_node(changed, self.frame, lambda loop: replace_slots(loop, renamed))
        spots = playbook.layout.nodes
        if self.old not in spots:
            return changed
        layout = playbook.layout.model_copy(update={"nodes": {**spots, self.new: spots[self.old]}})
        return changed.model_copy(update={"layout": layout})

    def inverse(self, playbook: Playbook) -> Edit:
        """Return the way back."""
        return keep(playbook, self.label, "graph", "layout")


@dataclass(frozen=True, slots=True)
class RenameItem:
    """Lets a loop call its items otherwise; what its body reads of them follows."""

    loop: str
    new: str

    @property
    def label(self) -> str:
        """What it does."""
        return _("Call an item of “{loop}” “{new}”").format(loop=self.loop, new=self.new)

    def apply(self, playbook: Playbook) -> Playbook:
        """Return the playbook with the other name; refused when something is called so."""
        ensure_free(playbook, [self.new])
        loop = node_at(playbook, self.loop)
        ensure(that=isinstance(loop, ForEachNode), message=_("“{loop}” has no items.").format(loop=self.loop))
        return _with_node(playbook, self.loop, self._in_loop)

    def inverse(self, playbook: Playbook) -> Edit:
        """Return the way back."""
        return keep(playbook, self.label, "graph")

    def _in_loop(self, loop: Node) -> Node:
        if not isinstance(loop, ForEachNode):
            return loop
        renamed = _renaming(loop.item_name, self.new, _OF_THE_ITEM)
        body = _renamed_body(loop.body, loop.item_name, self.new)
        return replace_slots(loop, renamed).model_copy(update={"item_name": self.new, "body": body})


def _renamed_body(graph: Graph, old: str, new: str) -> Graph:
    nodes: dict[str, Node] = {}
    for name, node in graph.nodes.items():
        hides = isinstance(node, ForEachNode) and node.item_name == old
        changed = replace_slots(node, _renaming(old, new, frozenset({"in"}) if hides else None))
        if isinstance(changed, LoopNode) and not hides:
            changed = changed.model_copy(update={"body": _renamed_body(changed.body, old, new)})
        nodes[name] = changed
    return with_nodes(graph, nodes)


def _renaming(old: str, new: str, keys: frozenset[str] | None = None) -> Callable[[Slot], str]:
    """Return what renames a root in the texts under these keys; under all for None."""

    def renamed(slot: Slot) -> str:
        if keys is not None and slot.place[0] not in keys:
            return slot.text
        if slot.notation is Notation.CEL:
            return rename_root(slot.text, old, new)
        return cast("str", rename_root_in_template(slot.text, old, new))  # a text in, a text out

    return renamed


def _with_node(playbook: Playbook, name: str, change: Callable[[Node], Node]) -> Playbook:
    frame = frame_of(playbook, name)

    def changed(at: str | None, graph: Graph) -> Graph:
        return with_nodes(graph, {**graph.nodes, name: change(graph.nodes[name])}) if at == frame else graph

    return playbook.model_copy(update={"graph": map_graphs(playbook.graph, changed)})
