"""Which nodes of a graph are reached by failures alone: in a run they stand back until something fails."""

from __future__ import annotations

from collections import defaultdict

from tocsin.model.playbook import Graph
from tocsin.model.ports import ERROR


def only_on_failure(graph: Graph) -> frozenset[str]:
    """Return the nodes that no way leads to but through an error port."""
    out: defaultdict[str, list[str]] = defaultdict(list)
    fed: set[str] = set()
    for edge in graph.edges:
        fed.add(edge.target)
        if edge.port != ERROR:
            out[edge.source].append(edge.target)
    queue = [name for name in graph.nodes if name not in fed]
    reached = set(queue)
    while queue:
        fresh = [name for name in out[queue.pop()] if name not in reached]
        reached.update(fresh)
        queue.extend(fresh)
    return frozenset(graph.nodes.keys() - reached)
