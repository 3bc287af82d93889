"""The late door to the graph: networkx costs a fifth of a second, and no window waits for it to be shown.

The first gesture that must know what leads where pays, or `warm_up` does in a quiet moment.
"""

from __future__ import annotations

from tocsin.model.playbook import Graph


def warm_up() -> None:
    """Import the graph's library now."""
    from tocsin.model import graph

    del graph


def would_close_cycle(graph: Graph, source: str, target: str) -> bool:
    """Tell whether an edge from source to target would lead back to source."""
    from tocsin.model import graph as graphs

    return graphs.would_close_cycle(graph, source, target)


def flow_order(graph: Graph) -> list[str]:
    """Return every node, each after those that lead to it."""
    from tocsin.model import graph as graphs

    return list(graphs.flow_order(graph))
