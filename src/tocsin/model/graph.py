"""The graph of a playbook in networkx: order, reachability, cycles, dominators. The one module that imports networkx.

A graph is built once for each tuple of edges (memoised on its identity): moving nodes and editing fields keep that
object, so they build nothing.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, Final

import networkx as nx

from tocsin.model.playbook import RUNNABLE, Edge, Graph

if TYPE_CHECKING:
    DiGraph = nx.DiGraph[str]

_untyped: Any = nx  # its stubs leave these three half unknown
_find_cycle: Callable[[DiGraph], Iterable[tuple[str, str]]] = _untyped.find_cycle
_ancestors: Callable[[DiGraph, str], set[str]] = _untyped.ancestors
_descendants: Callable[[DiGraph, str], set[str]] = _untyped.descendants

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


def find_cycle(graph: Graph) -> tuple[str, ...]:
    """Return the nodes of one cycle in order, or () when there is none."""
    try:
        return tuple(source for source, _ in _find_cycle(graph_of(graph)))
    except nx.NetworkXNoCycle:
        return ()


def would_close_cycle(graph: Graph, source: str, target: str) -> bool:
    """Tell whether an edge from source to target would lead back to source."""
    return source == target or nx.has_path(graph_of(graph), target, source)


def ancestors(graph: Graph, node: str) -> frozenset[str]:
    """Return all nodes from which this one can be reached."""
    return frozenset(_ancestors(graph_of(graph), node))


def descendants(graph: Graph, node: str) -> frozenset[str]:
    """Return all nodes that can be reached from this one."""
    return frozenset(_descendants(graph_of(graph), node))


def topological_order(graph: Graph) -> tuple[str, ...]:
    """Return the nodes, each after those that lead to it, ties in the order of the file.

    Raises:
        ValueError: The graph has a cycle.
    """
    place = {name: index for index, name in enumerate(graph.nodes)}
    try:
        return tuple(nx.lexicographical_topological_sort(graph_of(graph), key=place.__getitem__))
    except nx.NetworkXUnfeasible as error:
        raise ValueError("the graph has a cycle") from error
