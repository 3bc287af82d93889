"""What must hold of every playbook that an edit leaves behind: it can be saved, and the file loads again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import cast

from tocsin.base.json_types import Json
from tocsin.base.texts import _
from tocsin.edits.errors import EditRefusedError
from tocsin.edits.trees import depth_of, find_taken_fault
from tocsin.model.canonical import canonical
from tocsin.model.document import node_document
from tocsin.model.faults import Fault
from tocsin.model.playbook import MAX_DEPTH, Graph, LoopNode, Node, Playbook, walk_nodes
from tocsin.model.ports import find_edge_fault, find_port_faults

_LEVELS_TO_A_NODE = 2  # the document holds nodes, they hold the node
_LEVELS_OF_A_LOOP = 3  # the node, its body, the body's nodes


def ensure(*, that: bool, message: str, hint: str = "") -> None:
    """Refuse the edit unless something holds."""
    if not that:
        raise EditRefusedError(message, hint=hint)


def ensure_free(playbook: Playbook, names: Iterable[str]) -> None:
    """Refuse names that new nodes may not have, also twice the same one."""
    seen: set[str] = set()
    for name in names:
        fault = _("is there twice") if name in seen else find_taken_fault(playbook, name)
        if fault is not None:
            raise EditRefusedError(f"“{name}” {fault}.", hint=_("Choose another name."))
        seen.add(name)


def ensure_no_faults(faults: Sequence[Fault]) -> None:
    """Refuse the edit with the first fault of a value that could not be made."""
    if faults:
        raise EditRefusedError(faults[0].message, hint=faults[0].hint)


def ensure_sound(playbook: Playbook, frame: str | None, node: Node) -> None:
    """Refuse a node that could not be read back: its numbers, its depth, its ports, the edges in its body."""
    ensure_writable(node_document(node), levels=_LEVELS_TO_A_NODE + _LEVELS_OF_A_LOOP * depth_of(playbook, frame))
    inner = [part for _unused, part in walk_nodes(node.body)] if isinstance(node, LoopNode) else []
    for part in (node, *inner):
        for _unused, sentence in find_port_faults(part):
            raise EditRefusedError(sentence)
        if isinstance(part, LoopNode):
            ensure_edges(part.body)


def ensure_edges(graph: Graph, *, of: str | None = None) -> None:
    """Refuse a graph with an edge that does not hold, or with one edge twice; only edges of that node, if named."""
    keys = [edge.key for edge in graph.edges if of is None or of in {edge.source, edge.target}]
    ensure(that=len(set(keys)) == len(keys), message=_("One edge is there twice."))
    for key in keys:
        fault = find_edge_fault(graph.nodes, key)
        if fault is not None:
            raise EditRefusedError(fault)


def ensure_writable(value: Json, *, levels: int = 0) -> None:
    """Refuse data that no file can keep: numbers that are not finite or beyond 2^53, half characters, great depth."""
    try:
        canonical(value)
    except (ValueError, RecursionError) as error:
        raise EditRefusedError(_("This holds a value that a file cannot keep."), hint=_("Write it as text.")) from error
    ensure(
        that=levels + _depth(value) <= MAX_DEPTH,
        message=_("This lies more than {max_depth} levels deep.").format(max_depth=MAX_DEPTH),
    )


def _depth(value: Json) -> int:
    if isinstance(value, str) or not isinstance(value, Mapping | Sequence):
        return 0
    parts = value.values() if isinstance(value, Mapping) else value
    return 1 + max((_depth(part) for part in cast("Iterable[Json]", parts)), default=0)
