"""Edits of what nodes and the playbook's head say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Final, cast

from tocsin.base.json_types import Json
from tocsin.base.texts import _
from tocsin.edits.edit import Edit, keep
from tocsin.edits.errors import EditRefusedError
from tocsin.edits.removal import edge_texts, ids_within, layout_without, without_nodes
from tocsin.edits.soundness import ensure, ensure_edges, ensure_free, ensure_no_faults, ensure_sound, ensure_writable
from tocsin.edits.trees import frame_of, graph_at, node_at, with_graph
from tocsin.model.document import HEAD, head_document, node_fields, node_from_document
from tocsin.model.faults import parse_value
from tocsin.model.playbook import AskNode, Graph, LoopNode, Node, Playbook, SwitchNode
from tocsin.model.ports import has_input, ports_of
from tocsin.model.values import Place


class Missing(Enum):
    """The value of a key that shall not be there."""

    MISSING = "missing"


MISSING: Final = Missing.MISSING


@dataclass(frozen=True, slots=True)
class SetField:
    """Sets one value in a node.

    Edges of a port that goes with it go too; edges of a port that is only renamed follow the name.

    Attributes:
        node: The node's id.
        place: Keys and indexes as the file spells them: ("with", "ip"), ("cases", 0, "when").
        value: The value; MISSING takes the key or the list's item away.
    """

    node: str
    place: Place
    value: Json | Missing

    @property
    def label(self) -> str:
        """What it does."""
        return _("Change {place} of “{node}”").format(place=self.place[0] if self.place else "nothing", node=self.node)

    def apply(self, playbook: Playbook) -> Playbook:
        """Return the playbook with the value; refused when the node would not be one any more."""
        fixed = self.place[:1] in {(), ("kind",), ("body",)}
        ensure(that=not fixed, message=_("“{map}” cannot be set so.").format(map=".".join(map(str, self.place))))
        old = node_at(playbook, self.node)
        document = put(node_fields(old), self.place, self.value)
        ensure_writable(document)
        new, faults = node_from_document(cast("Mapping[str, Json]", document))
        ensure_no_faults(faults)
        if isinstance(old, LoopNode) and new is not None:
            new = new.model_copy(update={"body": old.body})
        return with_node(playbook, self.node, new or old)

    def inverse(self, playbook: Playbook) -> Edit:
        """Return the way back, lost edges included."""
        return keep(playbook, self.label, "graph", "layout")


@dataclass(frozen=True, slots=True)
class ReplaceNode:
    """Puts another node under an id, perhaps of another kind. Edges that it cannot have go."""

    id: str
    node: Node

    @property
    def label(self) -> str:
        """What it does."""
        return _("Change “{id}”").format(id=self.id)

    def apply(self, playbook: Playbook) -> Playbook:
        """Return the playbook with the other node."""
        return with_node(playbook, self.id, self.node)

    def inverse(self, playbook: Playbook) -> Edit:
        """Return the way back, lost edges included."""
        return keep(playbook, self.label, "graph", "layout")


@dataclass(frozen=True, slots=True)
class SetHead:
    """Sets one value of the playbook's head: ("name",), ("roles", "edr", "title"), ("inputs", "ip", "required")."""

    place: Place
    value: Json | Missing

    @property
    def label(self) -> str:
        """What it does."""
        return _("Change the playbook's {place}").format(place=self.place[0] if self.place else "head")

    def apply(self, playbook: Playbook) -> Playbook:
        """Return the playbook with the value; refused when it does not fit."""
        field = self._field
        document: Mapping[str, Json] = {**head_document(playbook), **({} if playbook.x is None else {"x": playbook.x})}
        changed = put(document, self.place, self.value)
        ensure_writable(changed)
        head, faults = parse_value(Playbook, changed)
        ensure_no_faults(faults)
        return playbook.model_copy(update={field: getattr(head, field)})

    def inverse(self, playbook: Playbook) -> Edit:
        """Return the way back."""
        return keep(playbook, self.label, self._field)

    @property
    def _field(self) -> str:
        field = self.place[0] if self.place else ""
        if field not in {*HEAD, "x"}:
            raise EditRefusedError(_("“{field}” is nothing that a playbook says of itself.").format(field=field))
        return str(field)


def with_node(playbook: Playbook, name: str, node: Node) -> Playbook:
    """Return the playbook with another node under that id, and only what still holds of the rest.

    Raises:
        EditRefusedError: The result could not be saved and loaded again.
    """
    frame = frame_of(playbook, name)
    graph = graph_at(playbook, frame)
    old = graph.nodes[name]
    ensure_sound(playbook, frame, node)
    before, after = ids_within(old), ids_within(node)
    ensure(that=len(set(after)) == len(after), message=_("One name is there twice in this loop."))
    ensure_free(playbook, [inner for inner in after if inner not in before])
    changed = _with_edges_of(graph.model_copy(update={"nodes": {**graph.nodes, name: node}}), name, old)
    ensure_edges(changed, of=name)
    result = with_graph(playbook, frame, changed)
    if changed.edges is graph.edges and getattr(node, "body", None) is getattr(old, "body", None):
        return result
    lost = edge_texts(playbook.graph) - edge_texts(result.graph)
    result = result.model_copy(update={"layout": layout_without(result.layout, edges=lost)})
    return without_nodes(result, set(before) - set(after))


def put(data: Json, place: Place, value: Json | Missing) -> Json:
    """Return data with a value set at a place; what leads there is made where it is missing.

    Raises:
        EditRefusedError: The place leads through something that has no parts, or beyond a list's end.
    """
    if not place:
        return None if isinstance(value, Missing) else value
    key, rest = place[0], place[1:]
    gone = not rest and isinstance(value, Missing)
    if isinstance(key, str) and (data is None or isinstance(data, Mapping)):
        old = data or {}
        if gone or (isinstance(value, Missing) and key not in old):
            return {name: part for name, part in old.items() if name != key}
        return {**old, key: put(old.get(key), rest, value)}
    if isinstance(key, int) and (data is None or (isinstance(data, Sequence) and not isinstance(data, str))):
        return _put_in_list(list(data or ()), key, None if gone else put(_part(data, key), rest, value), gone=gone)
    raise EditRefusedError(_("There is nothing to set at “{key}”.").format(key=key))


def _part(data: Sequence[Json] | None, index: int) -> Json:
    return data[index] if data is not None and 0 <= index < len(data) else None


def _put_in_list(parts: list[Json], index: int, value: Json, *, gone: bool) -> Json:
    ensure(that=0 <= index <= len(parts) - gone, message=_("There is no item {index}.").format(index=index + 1))
    parts[index : index + 1] = [] if gone else [value]
    return parts


def _with_edges_of(graph: Graph, name: str, old: Node) -> Graph:
    """Keep the edges that the changed node can have, those of a renamed port under its new name."""
    node = graph.nodes[name]
    ports, renamed = ports_of(node), _renamed_ports(old, node)
    if ports == ports_of(old) and has_input(node) == has_input(old):
        return graph
    edges = tuple(
        edge.model_copy(update={"port": renamed[edge.port]}) if edge.source == name and edge.port in renamed else edge
        for edge in graph.edges
    )
    kept = tuple(
        edge
        for edge in edges
        if (edge.source != name or edge.port in ports) and (edge.target != name or has_input(node))
    )
    return graph if kept == graph.edges else graph.model_copy(update={"edges": kept})


def _renamed_ports(old: Node, new: Node) -> Mapping[str, str]:
    """Old name → new name of the cases or options that kept their place in a list of the same length."""
    before, after = _named_ports(old), _named_ports(new)
    if len(before) != len(after):
        return {}
    pairs = zip(before, after, strict=True)
    return {was: now for was, now in pairs if was != now and was not in after and now not in before}


def _named_ports(node: Node) -> tuple[str, ...]:
    if isinstance(node, SwitchNode):
        return tuple(case.port for case in node.cases)
    return tuple(option.id for option in node.answers) if isinstance(node, AskNode) else ()
