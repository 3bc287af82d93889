"""The order of a playbook's nodes, which its canonical document does not keep: RFC 8785 sorts every key.

A run pins it beside the hash, for ready nodes start by their place in the file, also after a resume (engine.md 1.6).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tocsin.model.playbook import ForEachNode, Graph, Playbook, WhileNode, walk_nodes


def order_of(playbook: Playbook) -> tuple[str, ...]:
    """Return the ids of all nodes in the order of the file; those of a body follow their loop."""
    return tuple(name for name, _ in walk_nodes(playbook.graph))


def in_order(playbook: Playbook, order: Sequence[str]) -> Playbook:
    """Return the playbook with its nodes, in bodies too, in this order; those that it does not name come last."""
    place = {name: number for number, name in enumerate(order)}
    return playbook.model_copy(update={"graph": _sorted(playbook.graph, place)})


def _sorted(graph: Graph, place: Mapping[str, int]) -> Graph:
    names = sorted(graph.nodes, key=lambda name: place.get(name, len(place)))
    nodes = {name: graph.nodes[name] for name in names}
    for name, node in nodes.items():
        if isinstance(node, ForEachNode | WhileNode):
            nodes[name] = node.model_copy(update={"body": _sorted(node.body, place)})
    return graph.model_copy(update={"nodes": nodes})
