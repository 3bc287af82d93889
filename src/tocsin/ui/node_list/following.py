"""What usually follows a node, learned from playbooks: the order in which a picker offers nodes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from tocsin.model.playbook import ActionNode, Node, Playbook, TriggerNode, walk_graphs
from tocsin.ui.node_list.entries import ACTION_PREFIX, TRIGGER_PREFIX


def payload_for(node: Node) -> str:
    """Return the payload of the node list's entry that makes such a node."""
    if isinstance(node, ActionNode):
        return f"{ACTION_PREFIX}{node.use}"
    if isinstance(node, TriggerNode):
        return f"{TRIGGER_PREFIX}{node.event}"
    return str(node.kind)


def count_followers(before: Node, port: str, playbooks: Iterable[Playbook]) -> Counter[str]:
    """Return how often what follows a node of that sort at that port, by the payload of its entry."""
    sought = payload_for(before)
    return Counter(
        payload_for(graph.nodes[edge.target])
        for playbook in playbooks
        for _, graph in walk_graphs(playbook.graph)
        for edge in graph.edges
        if edge.port == port and payload_for(graph.nodes[edge.source]) == sought
    )
