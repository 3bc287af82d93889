"""A playbook as plain data, and back: the form that files, hashes and snapshots share."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any, Final, cast

from tocsin.base.errors import did_you_mean
from tocsin.base.json_types import Json
from tocsin.base.texts import _
from tocsin.model.canonical import digest
from tocsin.model.faults import Fault, FaultKind, parse_value
from tocsin.model.playbook import (
    FORMAT_VERSION,
    NODE_TYPES,
    Edge,
    EvaluatingNode,
    ForEachNode,
    Graph,
    Layout,
    Node,
    OnError,
    Playbook,
    Spot,
    WhileNode,
    parse_edge,
)
from tocsin.model.ports import ports_of

# fmt: off
HEAD: Final = (
    "id", "uid", "name", "description", "created", "author", "tags", "inputs", "outputs", "roles", "concurrency",
    "timeout", "handler",
)
"""Keys of a playbook's head, in the order of the file."""
# fmt: on


def to_document(playbook: Playbook) -> dict[str, Json]:
    """Return the playbook with the file's keys in the file's order; defaults are left out, edges are sorted."""
    document: dict[str, Any] = {"tocsin": FORMAT_VERSION} | head_document(playbook) | graph_document(playbook.graph)
    layout = _layout_document(playbook.layout)
    if layout:
        document["layout"] = layout
    if playbook.x is not None:
        document["x"] = dict(playbook.x)
    return document


def head_document(playbook: Playbook) -> dict[str, Json]:
    """Return what a playbook says beside its graph, its layout and `x`, in the order of the file."""
    head = playbook.model_dump(mode="json", by_alias=True, exclude_defaults=True, include=set(HEAD))
    return {key: head[key] for key in HEAD if key in head}


def graph_document(graph: Graph) -> dict[str, Any]:
    """Return `nodes` and `edges` of one graph as the file has them."""
    return {
        "nodes": {name: node_document(node) for name, node in graph.nodes.items()},
        "edges": [_edge_document(edge) for edge in sorted_edges(graph)],
    }


def node_document(node: Node) -> dict[str, Any]:
    """Return one node: its kind first, then the keys that differ from their defaults; a body as nodes and edges."""
    body = {"body": graph_document(node.body)} if isinstance(node, ForEachNode | WhileNode) else {}
    return node_fields(node) | body


def node_fields(node: Node) -> dict[str, Any]:
    """Return one node as `node_document` does, without its body."""
    fields = node.model_dump(mode="json", by_alias=True, exclude_defaults=True, exclude={"kind", "body"})
    required = {
        (info.alias or name): getattr(node, name)
        for name, info in type(node).model_fields.items()
        if info.is_required() and name != "body"
    }
    document: dict[str, Any] = {"kind": str(node.kind)}
    document |= {key: fields.get(key, value) for key, value in required.items()}
    document |= fields
    if isinstance(node, EvaluatingNode) and node.on_error is OnError.CONTINUE:
        document.setdefault("default", None)  # null may be meant: without the key the file would not load again
    return document


def sorted_edges(graph: Graph) -> list[Edge]:
    """Return the edges in the order of the file: by the source's place, its port's place, the target's place."""
    place = {name: index for index, name in enumerate(graph.nodes)}
    ports = {name: {port: index for index, port in enumerate(ports_of(node))} for name, node in graph.nodes.items()}
    return sorted(
        graph.edges,
        key=lambda edge: (place[edge.source], ports[edge.source].get(edge.port, 99), place[edge.target]),
    )


def playbook_hash(playbook: Playbook) -> str:
    """Return the hash of what a playbook says: SHA-256 over its canonical document."""
    return digest(to_document(playbook))


def _edge_document(edge: Edge) -> Json:
    if edge.label is None and edge.x is None:
        return edge.text
    extra = {"label": edge.label, "x": edge.x}
    return {"edge": edge.text} | {key: value for key, value in extra.items() if value is not None}


def _layout_document(layout: Layout) -> dict[str, Any]:
    spots = {name: _spot_document(spot) for name, spot in layout.nodes.items()}
    return cast("dict[str, Any]", spots) | {name: [list(p) for p in bends] for name, bends in layout.bends.items()}


def _spot_document(spot: Spot) -> Json:
    if spot.size is None and not spot.folded and not spot.pinned:
        return list(spot.at)
    return spot.model_dump(mode="json", exclude_defaults=True)


def node_from_document(document: Mapping[str, Json]) -> tuple[Node | None, tuple[Fault, ...]]:
    """Return (node, ()) or (None, what is wrong). A loop comes with an empty body, whatever the document says of it."""
    kind = document.get("kind")
    model = NODE_TYPES.get(str(kind))
    if model is None:
        return None, (_kind_fault(kind),)
    body: dict[str, Json] = {"body": {}} if issubclass(model, ForEachNode | WhileNode) else {}
    node, faults = parse_value(model, {**document, **body})
    return cast("Node | None", node), faults


def _kind_fault(kind: Json) -> Fault:
    if kind is None:
        return Fault(
            ("kind",), FaultKind.MISSING, _("“kind” is missing."), _("Say what the node is, such as “action”.")
        )
    message = _("There is no kind “{kind}”.").format(kind=kind)
    return Fault(("kind",), FaultKind.WRONG, message, did_you_mean(str(kind), list(NODE_TYPES)))


def from_document(document: Mapping[str, Json]) -> Playbook:
    """Return the playbook that a document says. The reverse of `to_document`.

    Raises:
        pydantic.ValidationError: Keys or values are wrong; all of them at once, with their places in `model_form`.
        ValueError: An edge is not written as one.
    """
    return Playbook.model_validate_json(json.dumps(model_form(document)), by_alias=True, by_name=False)


def model_form(document: Mapping[str, Json]) -> dict[str, Any]:
    """Return the document with `nodes` and `edges` gathered under `graph`, edges and layout taken apart.

    What is not as expected is passed on as it is, so that validation can say so.
    """
    form = {key: value for key, value in document.items() if key not in {"tocsin", "nodes", "edges", "layout"}}
    form["graph"] = graph_form(document)
    layout = document.get("layout")
    if isinstance(layout, Mapping):
        form["layout"] = _layout_form(layout)
    elif layout is not None:
        form["layout"] = layout
    return form


def graph_form(document: Mapping[str, Json]) -> dict[str, Any]:
    """Return `nodes` (bodies likewise) and `edges` as the model wants them."""
    form: dict[str, Any] = {}
    nodes = document.get("nodes")
    if isinstance(nodes, Mapping):
        form["nodes"] = {name: _node_form(node) for name, node in nodes.items()}
    elif nodes is not None:
        form["nodes"] = nodes
    edges = document.get("edges")
    if isinstance(edges, Sequence) and not isinstance(edges, str):
        form["edges"] = [_edge_form(edge) for edge in edges]
    elif edges is not None:
        form["edges"] = edges
    return form


def _node_form(node: Json) -> Json:
    body = node.get("body") if isinstance(node, Mapping) else None
    return {**cast("Mapping[str, Json]", node), "body": graph_form(body)} if isinstance(body, Mapping) else node


def _edge_form(edge: Json) -> Json:
    text = edge.get("edge") if isinstance(edge, Mapping) else edge
    extra = {key: value for key, value in edge.items() if key != "edge"} if isinstance(edge, Mapping) else {}
    parsed = parse_edge(text) if isinstance(text, str) else None
    if parsed is None:
        raise ValueError(f"“{text}” is no edge. Write it as `a -> b` or `a.port -> b`.")
    source, port, target = parsed
    return {**extra, "source": source, "port": port, "target": target}


def _layout_form(layout: Mapping[str, Json]) -> dict[str, Any]:
    nodes = {name: place for name, place in layout.items() if " -> " not in name}
    spots = {name: {"at": place} if isinstance(place, Sequence) else place for name, place in nodes.items()}
    return {"nodes": spots, "bends": {name: place for name, place in layout.items() if " -> " in name}}
