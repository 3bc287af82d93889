"""The graph of a playbook in networkx: what leads where, and in which order. The one module that imports networkx.

A graph is built once for each tuple of edges (memoised on its identity): moving nodes and editing fields keep that
object, so they build nothing.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator
from contextlib import suppress
from typing import TYPE_CHECKING, Final

import networkx as nx

from tocsin.model.playbook import RUNNABLE, Edge, ForEachNode, Graph, WhileNode

if TYPE_CHECKING:
    DiGraph = nx.DiGraph[str]

_KEPT: Final = 64
_memo: OrderedDict[int, tuple[tuple[Edge, ...], frozenset[str], DiGraph]] = OrderedDict()


def graph_of(graph: Graph) -> DiGraph:
    """Return the directed graph of the nodes that run. Shared: never change it."""
    names = frozenset(name for name, node in graph.nodes.items() if node.kind in RUNNABLE)
    known = _memo.get(id(graph.edges))
    if known is not None and known[0] is graph.edges and known[1] == names:
        _memo.move_to_end(id(graph.edges))
        return known[2]
    made: DiGraph = nx.DiGraph()
    made.add_nodes_from(name for name in graph.nodes if name in names)
    made.add_edges_from((edge.source, edge.target) for edge in graph.edges)
    _memo[id(graph.edges)] = (graph.edges, names, made)
    while len(_memo) > _KEPT:
        _memo.popitem(last=False)
    return made


def would_close_cycle(graph: Graph, source: str, target: str) -> bool:
    """Tell whether an edge from source to target would lead back to source."""
    return source == target or nx.has_path(graph_of(graph), target, source)


def flow_order(graph: Graph) -> Iterator[str]:
    """Yield every node after those that lead to it, a loop's body after the loop, ties and the rest as in the file.

    The rest is what does not run, and what lies on a cycle or after one.
    """
    place = {name: number for number, name in enumerate(graph.nodes)}
    ordered: list[str] = []
    with suppress(nx.NetworkXUnfeasible):  # a cycle: what was sorted before it stays sorted
        ordered.extend(nx.lexicographical_topological_sort(graph_of(graph), key=place.__getitem__))
    for name in dict.fromkeys([*ordered, *graph.nodes]):
        yield name
        node = graph.nodes[name]
        if isinstance(node, ForEachNode | WhileNode):
            yield from flow_order(node.body)
