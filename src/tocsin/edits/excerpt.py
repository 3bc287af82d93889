"""Takes part of a playbook out as a small playbook of its own, and puts one into another: what copy and paste share."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Final, cast

from tocsin.base.texts import _
from tocsin.edits.edit import Edit, keep
from tocsin.edits.errors import EditRefusedError
from tocsin.edits.removal import ids_within
from tocsin.edits.soundness import ensure, ensure_edges, ensure_sound
from tocsin.edits.trees import fresh_ids, graph_at, map_graphs, with_graph
from tocsin.expressions import NotAllowedError, rename_root, rename_root_in_template
from tocsin.model.bindings import role_of
from tocsin.model.layout import SNAP
from tocsin.model.playbook import (
    ActionNode,
    AskNode,
    Edge,
    Graph,
    GroupNode,
    Layout,
    Node,
    Playbook,
    Role,
    Spot,
    TriggerNode,
    parse_edge,
    walk_graphs,
    walk_nodes,
)
from tocsin.model.slots import Slot, replace_slots
from tocsin.model.values import Notation

EXCERPT_ID: Final = "excerpt"
_WORD: Final = re.compile(r"[a-z][a-z0-9_]*")


@dataclass(frozen=True, slots=True)
class Paste:
    """Puts all nodes and edges of a small playbook into a graph.

    Ids that are taken are made new, and what the pasted nodes say of each other follows; what they say of others stays.
    Roles that they need are brought along where no role of the category is there.

    Attributes:
        excerpt: What is put in, as `excerpt_of` or a file gives it.
        at: Where the top centre of all of it goes, in pixels of the graph.
        frame: The loop whose body takes it; None for the playbook's own graph.
        verb: What it is called in the Undo menu.
    """

    excerpt: Playbook
    at: tuple[int, int]
    frame: str | None = None
    verb: str = "Paste"

    @property
    def label(self) -> str:
        """What it does."""
        names = list(self.excerpt.graph.nodes)
        return (
            f"{self.verb} “{names[0]}”"
            if len(names) == 1
            else _("{verb} {count} nodes").format(verb=self.verb, count=len(names))
        )

    def names_in(self, playbook: Playbook) -> Mapping[str, str]:
        """Return id in the excerpt → id that the node gets in this playbook, inner ones included."""
        return fresh_ids(playbook, [name for name, _unused in walk_nodes(self.excerpt.graph)])

    def apply(self, playbook: Playbook) -> Playbook:
        """Return the playbook with the nodes; refused when there are none or they do not fit in so deep."""
        graph = graph_at(playbook, self.frame)
        names = self.names_in(playbook)
        ensure(that=bool(names), message=_("There are no nodes to paste."))
        roles = _roles_in(playbook, self.excerpt)
        known = {name for name, _unused in walk_nodes(playbook.graph)}
        coming = _renamed(self.excerpt.graph, _Names(names, known, {old: new for old, (new, _unused) in roles.items()}))
        if self.frame is not None:  # each was sound where it came from: only deeper down it can be too deep
            for node in coming.nodes.values():
                ensure_sound(playbook, self.frame, node)
        ensure_edges(coming)
        both = Graph(nodes={**graph.nodes, **coming.nodes}, edges=(*graph.edges, *coming.edges))
        fresh_roles = {name: role for name, role in roles.values() if name not in playbook.roles}
        layout = _layout_with(playbook.layout, self._layout(names))
        update = {"roles": {**playbook.roles, **fresh_roles}} if fresh_roles else {}
        return with_graph(playbook, self.frame, both).model_copy(update={**update, "layout": layout})

    def inverse(self, playbook: Playbook) -> Edit:
        """Return the way back."""
        return keep(playbook, self.label, "graph", "layout", "roles")

    def _layout(self, names: Mapping[str, str]) -> Layout:
        """Return where everything lies after the shift to `at`; what is inside a loop lies as it lay there."""
        old = self.excerpt.layout
        roots = [old.nodes[name].at for name in self.excerpt.graph.nodes if name in old.nodes]
        left, right = (min((x for x, _unused in roots), default=0), max((x for x, _unused in roots), default=0))
        top = min((y for _unused, y in roots), default=0)
        dx, dy = _snapped(self.at[0] - (left + right) / 2), _snapped(self.at[1] - top)
        spots = {name: spot for name, spot in old.nodes.items() if name in names}
        for name in self.excerpt.graph.nodes:
            spot = spots.get(name, Spot(at=((left + right) // 2, top)))
            spots[name] = spot.model_copy(update={"at": (spot.at[0] + dx, spot.at[1] + dy)})
        outer = {edge.text for edge in self.excerpt.graph.edges}
        bends = {
            _renamed_text(text, names): tuple((x + dx, y + dy) for x, y in points) if text in outer else points
            for text, points in old.bends.items()
        }
        return Layout(nodes={names[name]: spot for name, spot in spots.items()}, bends=bends)


def excerpt_of(playbook: Playbook, names: Collection[str], spots: Mapping[str, tuple[int, int]]) -> Playbook:
    """Return these nodes, the edges among them and the roles they need, as a playbook that can be written and read.

    Args:
        playbook: Where they are.
        names: Their ids; a loop brings its body, and what lies in one of the loops is not named beside it.
        spots: Where they lie relative to each other; those inside loops lie as in the playbook.
    """
    nodes: dict[str, Node] = {}
    edges: list[Edge] = []
    for _unused, graph in walk_graphs(playbook.graph):
        nodes |= {name: node for name, node in graph.nodes.items() if name in names}
        edges += [edge for edge in graph.edges if edge.source in names and edge.target in names]
    graph = Graph(nodes=nodes, edges=tuple(edges))
    inside = {name for node in nodes.values() for name in ids_within(node)}
    texts = {edge.text for _unused, part in walk_graphs(graph) for edge in part.edges}
    old = playbook.layout
    places = {name: Spot(at=spots[name]) if name not in old.nodes else old.nodes[name] for name in nodes}
    layout = Layout(
        nodes={
            **{name: spot.model_copy(update={"at": spots[name]}) for name, spot in places.items()},
            **{name: spot for name, spot in old.nodes.items() if name in inside},
        },
        bends={text: points for text, points in old.bends.items() if text in texts},
    )
    roles = {name: role for name, role in playbook.roles.items() if name in _roles_used(graph, playbook)}
    return Playbook(id=EXCERPT_ID, roles=roles, graph=graph, layout=layout)


@dataclass(frozen=True, slots=True)
class _Names:
    """What is called otherwise after pasting: nodes, and roles; and which other nodes there are."""

    nodes: Mapping[str, str]
    known: Collection[str]
    roles: Mapping[str, str]

    def members(self, names: tuple[str, ...]) -> tuple[str, ...]:
        """Return the names under which these are there; those of nobody are left out."""
        return tuple(self.nodes.get(name, name) for name in names if name in self.nodes or name in self.known)


def _renamed(graph: Graph, names: _Names) -> Graph:
    return map_graphs(graph, lambda _unused, part: _renamed_graph(part, names))


def _renamed_graph(graph: Graph, names: _Names) -> Graph:
    nodes = {names.nodes[name]: _renamed_node(node, names) for name, node in graph.nodes.items()}
    edges = tuple(
        edge.model_copy(update={"source": names.nodes[edge.source], "target": names.nodes[edge.target]})
        for edge in graph.edges
    )
    return graph.model_copy(update={"nodes": nodes, "edges": edges})


def _renamed_node(node: Node, names: _Names) -> Node:
    try:
        node = replace_slots(node, lambda slot: _renamed_slot(slot, names.nodes))
    except NotAllowedError as error:
        raise EditRefusedError(error.message, hint=error.hint) from error
    match node:
        case GroupNode(nodes=members):
            return node.model_copy(update={"nodes": tuple(names.nodes[one] for one in members if one in names.nodes)})
        case AskNode(covers=covered) if covered:
            return node.model_copy(update={"covers": names.members(covered)})
        case ActionNode() | TriggerNode():
            return _with_role(node, names.roles)
        case _:
            return node


def _with_role(node: ActionNode | TriggerNode, roles: Mapping[str, str]) -> Node:
    new = roles.get(node.role, node.role) if node.role is not None else None
    return node if new == node.role else node.model_copy(update={"role": new})


def _renamed_slot(slot: Slot, names: Mapping[str, str]) -> str:
    """Follow only names that the text holds: each costs a parse."""
    text = slot.text
    for old in dict.fromkeys(_WORD.findall(text)):
        new = names.get(old, old)
        if new == old:
            continue
        if slot.notation is Notation.CEL:
            text = rename_root(text, old, new)
        else:
            text = cast("str", rename_root_in_template(text, old, new))  # a text in, a text out
    return text


def _renamed_text(text: str, names: Mapping[str, str]) -> str:
    parsed = parse_edge(text)
    if parsed is None:
        return text
    source, port, target = parsed
    return Edge(source=names.get(source, source), port=port, target=names.get(target, target)).text


def _roles_used(graph: Graph, playbook: Playbook) -> frozenset[str]:
    nodes = [node for _unused, node in walk_nodes(graph)]
    found = {role_of(node, playbook) for node in nodes if isinstance(node, ActionNode)}
    found |= {node.role for node in nodes if isinstance(node, TriggerNode)}
    return frozenset(name for name in found if name is not None)


def _roles_in(playbook: Playbook, excerpt: Playbook) -> dict[str, tuple[str, Role]]:
    """Return role of the excerpt → (name, role) that plays it there: one that is there, else a new one."""
    there = dict(playbook.roles)
    found: dict[str, tuple[str, Role]] = {}
    for name, role in excerpt.roles.items():
        same = [other for other, one in there.items() if one.category == role.category]
        alone = sum(one.category == role.category for one in excerpt.roles.values()) == 1
        if name in same:
            plays = name
        elif same and alone:
            plays = same[0]
        else:
            plays = _free_role(name, there)
            there[plays] = role
        found[name] = (plays, there[plays])
    return found


def _free_role(name: str, taken: Mapping[str, Role]) -> str:
    candidate, number = name, 1
    while candidate in taken:
        number += 1
        candidate = f"{name}_{number}"
    return candidate


def _layout_with(layout: Layout, more: Layout) -> Layout:
    nodes, bends = {**layout.nodes, **more.nodes}, {**layout.bends, **more.bends}
    return layout.model_copy(update={"nodes": nodes, "bends": bends})


def _snapped(value: float) -> int:
    return round(value / SNAP) * SNAP
