"""Takes nodes and every trace of them out of a playbook: edges, places, bends, membership in groups."""

from __future__ import annotations

from collections.abc import Collection

from tocsin.edits.trees import map_graphs
from tocsin.model.playbook import Graph, GroupNode, Layout, LoopNode, Node, Playbook, walk_graphs, walk_nodes


def ids_within(node: Node) -> tuple[str, ...]:
    """Return the ids of all nodes in a loop's body, at any depth; () for every other kind."""
    return tuple(name for name, _ in walk_nodes(node.body)) if isinstance(node, LoopNode) else ()


def edge_texts(graph: Graph) -> frozenset[str]:
    """Return the texts of all edges of a graph and the bodies in it."""
    return frozenset(edge.text for _, part in walk_graphs(graph) for edge in part.edges)


def without_nodes(playbook: Playbook, gone: Collection[str]) -> Playbook:
    """Return the playbook without these nodes. Ids that are there no longer lose what still speaks of them."""
    graph = map_graphs(playbook.graph, lambda _, graph: _without(graph, gone))
    lost = edge_texts(playbook.graph) - edge_texts(graph)
    layout = layout_without(playbook.layout, nodes=gone, edges=lost)
    return playbook.model_copy(update={"graph": graph, "layout": layout})


def layout_without(layout: Layout, *, nodes: Collection[str] = (), edges: Collection[str] = ()) -> Layout:
    """Return the layout without the places of these nodes and the bends of these edges; itself when it has none."""
    spots = {name: spot for name, spot in layout.nodes.items() if name not in nodes}
    bends = {text: points for text, points in layout.bends.items() if text not in edges}
    same = (len(spots), len(bends)) == (len(layout.nodes), len(layout.bends))
    return layout if same else layout.model_copy(update={"nodes": spots, "bends": bends})


def _without(graph: Graph, gone: Collection[str]) -> Graph:
    nodes = {name: _without_members(node, gone) for name, node in graph.nodes.items() if name not in gone}
    edges = tuple(edge for edge in graph.edges if edge.source not in gone and edge.target not in gone)
    edges = graph.edges if len(edges) == len(graph.edges) else edges
    same = len(nodes) == len(graph.nodes) and all(nodes[name] is node for name, node in graph.nodes.items())
    return graph if same and edges is graph.edges else graph.model_copy(update={"nodes": nodes, "edges": edges})


def _without_members(node: Node, gone: Collection[str]) -> Node:
    if not isinstance(node, GroupNode) or not any(name in gone for name in node.nodes):
        return node
    return node.model_copy(update={"nodes": tuple(name for name in node.nodes if name not in gone)})
