"""Whether a line may be drawn from a port to a node, and if not, why."""

from __future__ import annotations

from tocsin.base.texts import _
from tocsin.model.playbook import ForEachNode, Graph, WhileNode
from tocsin.model.ports import ERROR, find_edge_fault
from tocsin.ui.canvas.flow import would_close_cycle
from tocsin.ui.canvas.store import Store


def find_misfit(store: Store, source: str, port: str, target: str) -> str | None:
    """Return why the line may not be drawn, as a sentence, or None when it may."""
    start, end = store.nodes[source], store.nodes[target]
    if start.frame != end.frame:
        inner = end if end.frame is not None else start
        frame = store.nodes[inner.frame or ""].face.title
        return _("“{title}” is inside “{frame}”: a line cannot enter or leave a frame.").format(
            title=inner.face.title, frame=frame
        )
    if not end.has_input:
        return _("A {value} has no input.").format(value=end.node.kind.value)
    return _find_fault(graph_of_frame(store, start.frame), (source, port, target), start.face.title)


def _find_fault(graph: Graph, key: tuple[str, str, str], title: str) -> str | None:
    """Return why an edge may not be in a graph; `title` is what its source is called."""
    source, port, target = key
    fault = find_edge_fault(graph.nodes, key)
    if fault is not None:
        return (
            _("“{title}” goes on after an error: nothing leaves by its error port.").format(title=title)
            if port == ERROR
            else fault
        )
    if any(edge.key == key for edge in graph.edges):
        return _("They are connected already.")
    is_cycle = would_close_cycle(graph, source, target)
    return _("This would make a loop. Use For each or While for that.") if is_cycle else None


def graph_of_frame(store: Store, frame: str | None) -> Graph:
    """Return the graph of a loop's body, or the playbook's own."""
    if frame is None:
        return store.playbook.graph
    node = store.nodes[frame].node
    return node.body if isinstance(node, ForEachNode | WhileNode) else Graph()


def find_unfit(store: Store, source: str, port: str) -> frozenset[str]:
    """Return every node at which a line from a port may not end: all that `find_misfit` finds, at once."""
    frame = store.nodes[source].frame
    graph = graph_of_frame(store, frame)
    before: dict[str, list[str]] = {}
    for edge in graph.edges:
        before.setdefault(edge.target, []).append(edge.source)
    found, queue = {source}, [source]
    while queue:
        fresh = [name for name in before.get(queue.pop(), ()) if name not in found]
        found.update(fresh)
        queue.extend(fresh)
    found.update(edge.target for edge in graph.edges if (edge.source, edge.port) == (source, port))
    found.update(name for name, entry in store.nodes.items() if entry.frame != frame or not entry.has_input)
    return frozenset(found)
