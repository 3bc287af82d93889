"""Finds and replaces what lies in a playbook's graphs: loops hold graphs, so there is a tree of them.

What an edit does not touch stays the same object, so that views and memos can compare by identity.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Mapping, Sequence
from typing import Final

from tocsin.base.texts import _
from tocsin.edits.errors import EditRefusedError
from tocsin.model.names import find_name_fault
from tocsin.model.playbook import ForEachNode, Graph, LoopNode, Node, Playbook, walk_graphs, walk_nodes

_LONGEST: Final = 48


def node_at(playbook: Playbook, name: str) -> Node:
    """Return a node, in whatever graph it lies.

    Raises:
        EditRefusedError: There is none.
    """
    return graph_at(playbook, frame_of(playbook, name)).nodes[name]


def frame_of(playbook: Playbook, name: str) -> str | None:
    """Return the id of the loop whose body holds a node, or None when the playbook itself does.

    Raises:
        EditRefusedError: There is no such node.
    """
    for frame, graph in walk_graphs(playbook.graph):
        if name in graph.nodes:
            return frame
    raise EditRefusedError(_("There is no node “{name}” in this playbook.").format(name=name))


def graph_at(playbook: Playbook, frame: str | None) -> Graph:
    """Return the body of a loop, or the playbook's own graph for None.

    Raises:
        EditRefusedError: There is no such loop.
    """
    for name, graph in walk_graphs(playbook.graph):
        if name == frame:
            return graph
    raise EditRefusedError(_("There is no loop “{frame}” in this playbook.").format(frame=frame))


def depth_of(playbook: Playbook, frame: str | None) -> int:
    """Return how many loops lie around the nodes of a frame."""
    depth = 0
    while frame is not None:
        depth, frame = depth + 1, frame_of(playbook, frame)
    return depth


def map_graphs(graph: Graph, change: Callable[[str | None, Graph], Graph], *, frame: str | None = None) -> Graph:
    """Return the graph with `change(frame, graph)` done to every body in it, inner ones first, and to itself."""
    nodes = {name: _map_body(name, node, change) for name, node in graph.nodes.items()}
    same = all(nodes[name] is node for name, node in graph.nodes.items())
    return change(frame, graph if same else graph.model_copy(update={"nodes": nodes}))


def _map_body(name: str, node: Node, change: Callable[[str | None, Graph], Graph]) -> Node:
    if not isinstance(node, LoopNode):
        return node
    body = map_graphs(node.body, change, frame=name)
    return node if body is node.body else node.model_copy(update={"body": body})


def with_graph(playbook: Playbook, frame: str | None, graph: Graph) -> Playbook:
    """Return the playbook with another graph in that frame."""
    if frame is not None:
        graph = map_graphs(playbook.graph, lambda name, old: graph if name == frame else old)
    return playbook.model_copy(update={"graph": graph})


def with_nodes(graph: Graph, nodes: Mapping[str, Node]) -> Graph:
    """Return the graph with other nodes; its edges stay the same object."""
    return graph.model_copy(update={"nodes": nodes})


def find_taken_fault(playbook: Playbook, name: str) -> str | None:
    """Return why no new node may be called so, as the end of a sentence, or None when it may."""
    for taken, node in walk_nodes(playbook.graph):
        if taken == name:
            return _("is taken by another node")
        if isinstance(node, ForEachNode) and node.item_name == name:
            return _("is what “{taken}” calls its item").format(taken=taken)
    return find_name_fault(name)


def fresh_id(playbook: Playbook, wish: str) -> str:
    """Return an id for a new node that is free and may be used: the wish itself when possible, else numbered."""
    stem = re.sub(r"[^a-z0-9]+", "_", wish.lower()).strip("_")[:_LONGEST]
    stem = stem if stem[:1].isalpha() else f"node_{stem}".rstrip("_")[:_LONGEST]
    return _free_id(stem, _taken_in(playbook))


def fresh_ids(playbook: Playbook, wishes: Sequence[str]) -> Mapping[str, str]:
    """Return wish → id for new nodes that come together; a new one is none of the wishes either.

    So one name after the other can be replaced in what the nodes say, and none is replaced twice.
    """
    taken = _taken_in(playbook)
    free = {wish for wish in wishes if wish not in taken and find_name_fault(wish) is None}
    taken |= set(wishes)
    found: dict[str, str] = {}
    for wish in wishes:
        found[wish] = wish if wish in free else _free_id(wish, taken)
        taken.add(found[wish])
    return found


def _free_id(stem: str, taken: Container[str]) -> str:
    candidate, number = stem, 1
    while candidate in taken or find_name_fault(candidate) is not None:
        number += 1
        candidate = f"{stem[: _LONGEST - len(str(number)) - 1]}_{number}"
    return candidate


def _taken_in(playbook: Playbook) -> set[str]:
    """Return every name that `find_taken_fault` refuses because something is called so."""
    nodes = dict(walk_nodes(playbook.graph))
    return {*nodes, *(node.item_name for node in nodes.values() if isinstance(node, ForEachNode))}
