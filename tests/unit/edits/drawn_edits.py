"""Draws edits for a playbook: sensible ones and silly ones, which must be refused or leave a sound playbook."""

from __future__ import annotations

from hypothesis import strategies as st
from tests.helpers.playbooks import json_values, texts

from tocsin.edits import (
    MISSING,
    AddNode,
    Batch,
    Connect,
    Disconnect,
    Edit,
    GroupNodes,
    MoveNodes,
    Paste,
    RemoveNodes,
    RenameNode,
    ReplaceNode,
    SetField,
    SetHead,
    SetSpot,
    SwapAction,
    SwitchNodes,
    TakeOut,
    UnwrapLoop,
    WrapNodes,
    excerpt_of,
    fresh_id,
)
from tocsin.model.playbook import ActionNode, ConditionNode, Edge, JoinNode, Playbook, Spot, walk_graphs, walk_nodes
from tocsin.model.ports import ports_of
from tocsin.model.slots import slots_of

_NODES = st.sampled_from([ConditionNode(when="true"), JoinNode(need="any"), ActionNode(use="edr.isolate_endpoint")])
_SPOTS = st.tuples(st.integers(-99, 99), st.integers(-99, 99))
_FIELDS = st.sampled_from(
    [("title",), ("with", "ip"), ("cases",), ("cases", 0), ("cases", 0, "port"), ("options", 0, "id"), ("options",),
     ("on_error",), ("default",), ("need",), ("when",), ("text",), ("x", "a", "b"), ("kind",), ("nonsense",)]
)  # fmt: skip
_VALUES = st.sampled_from(
    [MISSING, "high", "low", "continue", "stop", "any", 3, None, "a < b", [{"port": "high", "when": "true"}],
     [{"id": "later"}, {"id": "approved"}], 2**70, float("nan"), "\ud800"]
)  # fmt: skip
_HEAD = st.sampled_from(
    [("name",), ("roles", "edr", "category"), ("outputs", "o"), ("tags",), ("timeout",), ("nodes",)]
)


def edits(playbook: Playbook) -> st.SearchStrategy[Edit]:
    """Draw one edit, or a batch of two, for this playbook."""
    nodes = dict(walk_nodes(playbook.graph))
    if not nodes:
        return st.builds(AddNode, st.just("first"), _NODES, _SPOTS)
    names = st.sampled_from(sorted(nodes))
    frames = st.sampled_from([frame for frame, _ in walk_graphs(playbook.graph)])
    drawn = [
        st.builds(AddNode, texts().map(lambda wish: fresh_id(playbook, wish)), _NODES, _SPOTS, frames,
                  st.none() | st.integers(0, 3)),
        st.lists(names, min_size=1, max_size=2, unique=True).map(lambda ids: RemoveNodes(tuple(ids))),
        st.dictionaries(names, _SPOTS, min_size=1, max_size=3).map(MoveNodes),
        st.builds(SetSpot, names, st.builds(Spot, at=_SPOTS, folded=st.booleans())),
        st.builds(SetField, names, _FIELDS, _VALUES | json_values() | texts()),
        _slot_changes(playbook),
        st.builds(ReplaceNode, names, _NODES),
        st.builds(SetHead, _HEAD, _VALUES | texts()),
        st.builds(RenameNode, names, st.sampled_from(["renamed", "item", "for", "action_1", "Bad"])),
        *_on_several(playbook, names, frames),
        _connections(playbook),
        _disconnections(playbook),
    ]  # fmt: skip
    one = st.one_of([part for part in drawn if part is not None])
    return one | st.lists(one, min_size=2, max_size=2).map(lambda two: Batch(tuple(two), "Two things"))


def _on_several(playbook, names, frames):
    """Edits of a handful of nodes at once."""
    some = st.lists(names, min_size=1, max_size=4, unique=True).map(tuple)
    loop = st.just("wrapping").map(lambda wish: fresh_id(playbook, wish))
    return [
        st.builds(Paste, some.map(lambda ids: _excerpt(playbook, ids)), _SPOTS, frames),
        st.builds(TakeOut, some),
        st.builds(SwitchNodes, some, st.booleans()),
        st.builds(WrapNodes, some, loop, st.just({})),
        st.builds(UnwrapLoop, names, _SPOTS),
        st.builds(GroupNodes, some, loop, _SPOTS),
        st.builds(SwapAction, names, st.sampled_from(["edr.release_endpoint", "firewall.block_address"])),
    ]


def _excerpt(playbook, ids):
    """Take out the ids of one graph: what lies in a loop that is taken comes with it."""
    for _, graph in walk_graphs(playbook.graph):
        if ids[0] in graph.nodes:
            chosen = [name for name in ids if name in graph.nodes]
            return excerpt_of(playbook, chosen, {name: (8 * place, 0) for place, name in enumerate(chosen)})
    raise AssertionError(ids)


def _slot_changes(playbook):
    slots = [(name, slot.place) for name, node in walk_nodes(playbook.graph) for slot in slots_of(node)]
    if not slots:
        return None
    return st.builds(lambda at, text: SetField(*at, text), st.sampled_from(slots), texts())


def _connections(playbook):
    pairs = [
        (frame, source, port, target)
        for frame, graph in walk_graphs(playbook.graph)
        for source, node in graph.nodes.items()
        for port in ports_of(node)
        for target in graph.nodes
    ]
    if not pairs:
        return None
    return st.sampled_from(pairs).map(lambda p: Connect(p[0], Edge(source=p[1], port=p[2], target=p[3])))


def _disconnections(playbook):
    edges = [(frame, edge) for frame, graph in walk_graphs(playbook.graph) for edge in graph.edges]
    return st.sampled_from(edges).map(lambda pair: Disconnect(*pair)) if edges else None
