"""Reads nodes, edges and layout out of a document, and notes every fault on the way."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final, cast

from tocsin.base.codes import ErrorCode
from tocsin.base.json_types import Json
from tocsin.base.texts import _
from tocsin.formats.findings import At, Findings
from tocsin.model.document import node_from_document
from tocsin.model.faults import Fault, FaultKind, parse_value
from tocsin.model.names import find_name_fault
from tocsin.model.playbook import (
    Edge,
    EndNode,
    Graph,
    Layout,
    LoopNode,
    Node,
    TriggerNode,
    parse_edge,
)
from tocsin.model.ports import find_edge_fault, find_port_faults, ports_of
from tocsin.model.problems import Severity
from tocsin.model.values import Place

REFUSED: Final = ("locks", "finally", "approvals_of")
"""Keys that a later version will know; what they promise would silently not be kept."""
_UNREAD: Final = EndNode()  # stands for a node with faults of its own: any edge may end there
_LOOPS: Final = ("for_each", "while")
_EDGE_HINT: Final = "Write it as: - a -> b, or - a.port -> b"
_NOT_YET: Final = _("The file can be edited and saved, but not run yet.")


class GraphReader:
    """Reads one file's graphs.

    Attributes:
        places: Node id → the keys that lead to it.
    """

    def __init__(self, found: Findings) -> None:
        self.places: dict[str, Place] = {}
        self._found = found
        self._edges: set[str] = set()

    def read(self, data: Mapping[str, Json], root: Place) -> Graph:
        """Return the graph at `root`; what is faulty is noted and left out."""
        raw = data.get("nodes")
        nodes: dict[str, Node | None] = {}
        entries = (self._found.mapping(raw, (*root, "nodes")) if raw is not None else None) or {}
        for name, entry in entries.items():
            nodes[name] = self._node(name, entry, (*root, "nodes", name))
        edges = self._edge_list(data.get("edges"), nodes, (*root, "edges"))
        return Graph(nodes={name: node for name, node in nodes.items() if node is not None}, edges=edges)

    def read_layout(self, data: Json) -> Layout:
        """Return the layout. Places of things that are not there are noted as warnings and left out."""
        entries = (self._found.mapping(data, ("layout",)) if data is not None else None) or {}
        spots: dict[str, Json] = {}
        bends: dict[str, Json] = {}
        for name, value in entries.items():
            if name not in self.places and name not in self._edges:
                message = _("“{name}” has a place, but is not there. Saving leaves its place out.").format(name=name)
                at = At(("layout", name), at_key=True)
                self._found.note(ErrorCode.EDGE_TO_NOWHERE, at, message, severity=Severity.WARNING)
            elif name in self._edges:
                bends[name] = value
            else:
                spots[name] = {"at": value} if isinstance(value, Sequence) else value
        layout, faults = parse_value(Layout, {"nodes": spots, "bends": bends})
        self._found.faults([_in_file(fault, entries) for fault in faults], ("layout",))
        return layout or Layout()

    def _node(self, name: str, data: Json, place: Place) -> Node | None:
        may_be_called_so = self._judge_name(name, place)
        fields = self._found.mapping(data, place, node=place)
        if fields is None:
            return None
        body = self._body(fields, place)
        aside = (*REFUSED, "body") if fields.get("kind") in _LOOPS else REFUSED
        own = {key: value for key, value in fields.items() if key not in aside}
        node, faults = node_from_document(own)
        for fault in faults:
            if fault.place == ("kind",) and fault.kind is FaultKind.WRONG:
                self._found.error(ErrorCode.UNKNOWN_KIND, At((*place, "kind"), place), fault.message, fault.hint)
            else:
                self._found.faults([fault], place, node=place)
        self._judge_reserved(fields, node, place)
        if node is None or not may_be_called_so:
            return None
        self._judge_values(fields, node, place)
        return node.model_copy(update={"body": body}) if isinstance(node, LoopNode) else node

    def _judge_name(self, name: str, place: Place) -> bool:
        fault = find_name_fault(name)
        if fault is not None:
            message = _("“{name}” cannot be a node's name: it {fault}.").format(name=name, fault=fault)
            self._found.error(ErrorCode.BAD_NAME, At(place, place, at_key=True), message, _("Choose another name."))
        if name in self.places:
            line = self._found.mark(At(self.places[name], at_key=True)).line
            message = _("There is a node “{name}” already, in line {line}.").format(name=name, line=line)
            hint = _("Names are unique in the whole file, bodies of loops included.")
            self._found.error(ErrorCode.DUPLICATE_NODE, At(place, place, at_key=True), message, hint)
        self.places.setdefault(name, place)
        return fault is None

    def _body(self, fields: Mapping[str, Json], place: Place) -> Graph:
        if fields.get("kind") not in _LOOPS:
            return Graph()
        if "body" not in fields:
            hint = _("Write the nodes and edges that are repeated under it.")
            self._found.error(ErrorCode.MISSING_KEY, At((*place, "body"), place), _("“body” is missing."), hint)
            return Graph()
        data = self._found.mapping(fields["body"], (*place, "body"), node=place)
        if data is None:
            return Graph()
        self._found.known_keys(data, ("nodes", "edges"), (*place, "body"), node=place)
        return self.read(data, (*place, "body"))

    def _judge_reserved(self, fields: Mapping[str, Json], node: Node | None, place: Place) -> None:
        judge_refused(self._found, fields, place, node=place)
        if isinstance(node, TriggerNode) and node.dedupe is not None:
            at = At((*place, "dedupe"), place, at_key=True)
            message = _("“dedupe” is not there yet.")
            self._found.note(ErrorCode.RESERVED_FEATURE, at, message, _NOT_YET, severity=Severity.ERROR)

    def _judge_values(self, fields: Mapping[str, Json], node: Node, place: Place) -> None:
        if fields.get("on_error") == "continue" and "default" not in fields:
            message = _("“on_error: continue” needs “default”: what readers get when the node failed.")
            self._found.error(ErrorCode.MISSING_KEY, At((*place, "on_error"), place), message)
        for inner, sentence in find_port_faults(node):
            self._found.error(ErrorCode.BAD_NAME, At((*place, *inner), place), sentence, _("Choose another name."))

    def _edge_list(self, data: Json, nodes: Mapping[str, Node | None], place: Place) -> tuple[Edge, ...]:
        if data is None:
            return ()
        if isinstance(data, str) or not isinstance(data, Sequence):
            self._found.error(ErrorCode.WRONG_VALUE, At(place), _("“edges” must be a list."), _EDGE_HINT)
            return ()
        edges: dict[tuple[str, str, str], Edge] = {}
        for index, entry in enumerate(data):
            edge = self._edge(entry, (*place, index))
            if edge is not None and self._holds(edge, nodes, (*place, index), twice=edge.key in edges):
                edges[edge.key] = edge
                self._edges.add(edge.text)
        return tuple(edges.values())

    def _edge(self, data: Json, place: Place) -> Edge | None:
        fields: Mapping[str, Json] = cast("Mapping[str, Json]", data) if isinstance(data, Mapping) else {"edge": data}
        self._found.known_keys(fields, ("edge", "label", "x"), place)
        text = fields.get("edge")
        parsed = parse_edge(text) if isinstance(text, str) else None
        if parsed is None:
            message = _("“{text}” is no edge.").format(text=text) if isinstance(text, str) else _("This is no edge.")
            self._found.error(ErrorCode.BAD_EDGE, At(place), message, _EDGE_HINT)
            return None
        source, port, target = parsed
        extra = {key: fields[key] for key in ("label", "x") if key in fields}
        edge, faults = parse_value(Edge, {"source": source, "port": port, "target": target, **extra})
        self._found.faults(faults, place)
        return edge

    def _holds(self, edge: Edge, nodes: Mapping[str, Node | None], place: Place, *, twice: bool) -> bool:
        for name in dict.fromkeys((edge.source, edge.target)):
            if name not in nodes:
                hint = self._found.close_to(name, nodes) or _("An edge joins two nodes of one graph.")
                message = _("Edge “{text}”: there is no node “{name}” here.").format(text=edge.text, name=name)
                self._found.error(ErrorCode.EDGE_TO_NOWHERE, At(place), message, hint)
        source, target = nodes.get(edge.source), nodes.get(edge.target)
        if source is None or edge.target not in nodes:
            return False  # said above, or of the node itself
        fault = find_edge_fault({edge.target: target or _UNREAD, edge.source: source}, edge.key)
        if fault is None and twice:
            fault = _("Edge “{text}” is there twice.").format(text=edge.text)
        if fault is not None:
            self._found.error(ErrorCode.BAD_EDGE, At(place), fault, self._found.close_to(edge.port, ports_of(source)))
        return fault is None


def _in_file(fault: Fault, entries: Mapping[str, Json]) -> Fault:
    """The place as the layout writes it: no “nodes” or “bends”, no “at” where a spot is just its two numbers."""
    _unused, name, *rest = fault.place
    if rest[:1] == ["at"] and not isinstance(entries.get(str(name)), Mapping):
        rest = rest[1:]
    return replace(fault, place=(name, *rest))


def judge_refused(found: Findings, fields: Mapping[str, Json], root: Place, *, node: Place = ()) -> None:
    """Note the keys whose promise this version cannot keep."""
    for key in REFUSED:
        if key in fields:
            message = _("“{key}” belongs to a later version of Tocsin.").format(key=key)
            found.error(ErrorCode.RESERVED_FEATURE, At((*root, key), node, at_key=True), message, _("Take it out."))
