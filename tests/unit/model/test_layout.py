import random
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tocsin.model.document import from_document
from tocsin.model.layered import Box, Link, draw, rank
from tocsin.model.layout import FRAME_BOTTOM, FRAME_TOP, SNAP, layout_playbook
from tocsin.model.playbook import ActionNode, ConditionNode, Edge, Graph, Playbook, TriggerNode, is_loop, walk_graphs


def _sizes(name, node):
    if is_loop(node):
        return 256, 112
    return (128, 24) if node.kind == "join" else (224, 48)


def _action():
    return {"kind": "action", "use": "edr.find_endpoints"}


def _at(document):
    return {name: spot.at for name, spot in layout_playbook(from_document(document), _sizes).nodes.items()}


def drawn(seed, count):
    """A playbook of so many nodes with long and short edges, error edges among them."""
    chance = random.Random(seed)
    nodes = {"n0": TriggerNode(event="manual")}
    edges = {}
    for index in range(1, count):
        nodes[f"n{index}"] = ActionNode(use="edr.x") if index % 3 else ConditionNode(when="true")
        for port, reach in (("out", 6), ("error", 10)):
            if port == "error" and chance.random() > 0.3:
                continue
            source = max(0, index - chance.randint(1, reach))
            kind = nodes[f"n{source}"].kind
            own = {"condition": {"out": "true", "error": "false"}, "trigger": {"error": "out"}}.get(kind, {})
            edge = Edge(source=f"n{source}", port=own.get(port, port), target=f"n{index}")
            edges[edge.text] = edge
    return Playbook(id="drawn", graph=Graph(nodes=nodes, edges=tuple(edges.values())))


def test_a_chain_stands_in_one_column_from_top_to_bottom():
    at = _at({"id": "x", "nodes": {name: _action() for name in "abc"}, "edges": ["a -> b", "b -> c"]})
    assert {x for x, _ in at.values()} == {0}
    assert at["a"][1] == 0 < at["b"][1] < at["c"][1]


def test_the_main_way_stays_straight_where_a_branch_leaves():
    nodes = {"a": {"kind": "trigger", "event": "manual"}, "c": {"kind": "condition", "when": "true"}}
    nodes |= {name: _action() for name in ("yes", "no", "more")}
    at = _at({"id": "x", "nodes": nodes, "edges": ["a -> c", "c.true -> yes", "c.false -> no", "yes -> more"]})
    assert at["a"][0] == at["c"][0] == at["yes"][0] == at["more"][0] == 0
    assert abs(at["no"][0]) >= 240


def test_parallel_nodes_stand_evenly_below_their_source():
    nodes = {name: _action() for name in ("a", "l", "m", "r", "end")} | {"j": {"kind": "join", "need": "all"}}
    edges = [*(f"a -> {name}" for name in "lmr"), *(f"{name} -> j" for name in "lmr"), "j -> end"]
    at = _at({"id": "x", "nodes": nodes, "edges": edges})
    assert sorted(at[name][0] for name in "lmr") == [-240, 0, 240]
    assert at["j"][0] == at["end"][0] == 0


def test_a_body_is_laid_out_in_its_frame_and_the_frame_has_room_for_it():
    body = {"nodes": {name: _action() for name in "bcd"}, "edges": ["b -> c", "c -> d"]}
    loop = {"kind": "for_each", "in": "[1]", "body": body}
    at = _at({"id": "x", "nodes": {"loop": loop, "after": _action()}, "edges": ["loop -> after"]})
    assert at["b"] == (0, FRAME_TOP)
    assert at["after"][1] >= at["loop"][1] + at["d"][1] + 48 + FRAME_BOTTOM


def test_error_handlers_stand_aside_below_what_leads_there():
    nodes = {name: _action() for name in ("a", "b", "person")} | {"failed": {"kind": "end", "status": "failed"}}
    edges = ["a -> b", "a.error -> person", "b.error -> person", "person -> failed"]
    at = _at({"id": "x", "nodes": nodes, "edges": edges})
    assert at["person"][0] == at["failed"][0] >= 224 + 62
    assert at["person"][1] >= at["b"][1] + 48
    assert at["failed"][1] > at["person"][1]


def test_a_handler_that_leads_back_is_laid_out_with_the_rest():
    nodes = {name: _action() for name in ("a", "b", "retry")}
    at = _at({"id": "x", "nodes": nodes, "edges": ["a -> b", "a.error -> retry", "retry -> b"]})
    assert at["a"][1] < at["retry"][1] < at["b"][1]


def test_a_long_edge_gets_a_lane_of_its_own():
    nodes = {"a": {"kind": "condition", "when": "true"}} | {name: _action() for name in "bcd"}
    edges = ["a.true -> b", "b -> c", "c -> d", "a.false -> d"]
    layout = layout_playbook(from_document({"id": "x", "nodes": nodes, "edges": edges}), _sizes)
    (bends,) = layout.bends.values()
    assert set(layout.bends) == {"a.false -> d"}
    assert all(abs(x) > 112 for x, _ in bends)


def test_an_empty_playbook_has_an_empty_layout():
    assert layout_playbook(Playbook(id="x"), _sizes).nodes == {}


def test_links_that_close_a_cycle_are_not_followed():
    drawing = draw({name: Box(10, 10, 10) for name in "abc"}, [Link("a", "b"), Link("b", "c"), Link("c", "a")])
    assert drawing.spots["a"][1] < drawing.spots["b"][1] < drawing.spots["c"][1]


def test_a_source_stands_just_above_what_it_leads_to():
    ranks = rank("abcd", [Link("a", "b"), Link("b", "c"), Link("d", "c")])
    assert ranks == {"a": 0, "b": 1, "c": 2, "d": 1}


@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(st.integers(0, 10**6), st.integers(1, 60))
def test_nothing_overlaps_and_everything_leads_downwards(seed, count):
    playbook = drawn(seed, count)
    at = {name: spot.at for name, spot in layout_playbook(playbook, _sizes).nodes.items()}
    assert set(at) == set(playbook.graph.nodes)
    places = sorted((y, x, name) for name, (x, y) in at.items())
    for (y, x, _), (other_y, other_x, _) in pairwise(places):
        assert other_y >= y + 48 or abs(other_x - x) >= 224
    for edge in playbook.graph.edges:
        assert at[edge.target][1] >= at[edge.source][1] + 48
    assert all(value % SNAP == 0 for spot in at.values() for value in spot)


@pytest.mark.parametrize("seed", [1, 2])
def test_the_same_playbook_is_laid_out_the_same_way(seed):
    first, second = (layout_playbook(drawn(seed, 40), _sizes) for _ in range(2))
    assert first == second


def test_every_node_of_every_body_gets_a_place():
    inner = {"kind": "for_each", "in": "[1]", "body": {"nodes": {"deep": _action()}, "edges": []}}
    outer = {"kind": "while", "when": "true", "max": 3, "every": "1s", "body": {"nodes": {"inner": inner}, "edges": []}}
    playbook = from_document({"id": "x", "nodes": {"outer": outer}})
    names = {name for _, graph in walk_graphs(playbook.graph) for name in graph.nodes}
    assert set(layout_playbook(playbook, _sizes).nodes) == names == {"outer", "inner", "deep"}
