"""What an edit has changed: two playbooks, of which one became the other, share every object that it did not touch."""

from __future__ import annotations

from tocsin.model.playbook import Graph, LoopNode, Node


def find_changed_nodes(old: Graph, new: Graph) -> dict[str, tuple[Node, Node]] | None:
    """Return the nodes that are other values now, as id → (before, now); None where a node or a line came or went.

    The loops around such a node are among them. Only identities are looked at, so it costs little.
    """
    changed: dict[str, tuple[Node, Node]] = {}
    pairs = [(old, new)]
    while pairs:
        before, now = pairs.pop()
        if before is now:
            continue
        if before.edges is not now.edges or list(before.nodes) != list(now.nodes):
            return None
        for name, node in before.nodes.items():
            other = now.nodes[name]
            if other is node:
                continue
            if node.kind != other.kind:
                return None
            changed[name] = (node, other)
            if isinstance(node, LoopNode) and isinstance(other, LoopNode):
                pairs.append((node.body, other.body))
    return changed
