from tests.helpers.runs import playbook_of

from tocsin.model.graph import flow_order, graph_of, would_close_cycle

SET = {"kind": "set", "values": {"v": 1}}
TRIGGER = {"kind": "trigger", "event": "manual"}


def graph(edges, nodes="a b c d"):
    return playbook_of({name: TRIGGER if name == "a" else SET for name in nodes.split()}, edges).graph


def test_the_flow_order_follows_the_edges_and_then_the_file():
    assert list(flow_order(graph(["a -> d", "d -> b", "a -> c"]))) == ["a", "c", "d", "b"]


def test_a_body_follows_its_loop():
    loop = {"kind": "for_each", "in": "a.l", "body": {"nodes": {"x": SET, "y": SET}, "edges": ["y -> x"]}}
    playbook = playbook_of({"end_": SET, "loop": loop, "a": TRIGGER}, ["a -> loop", "loop -> end_"])
    assert list(flow_order(playbook.graph)) == ["a", "loop", "y", "x", "end_"]


def test_what_lies_on_a_cycle_comes_last_and_nothing_is_lost():
    assert list(flow_order(graph(["a -> b", "c -> d", "d -> c"]))) == ["a", "b", "c", "d"]


def test_an_edge_that_leads_back_would_close_a_cycle():
    chain = graph(["a -> b", "b -> c"])
    assert would_close_cycle(chain, "c", "b")
    assert would_close_cycle(chain, "b", "b")
    assert not would_close_cycle(chain, "a", "c")


def test_the_graph_is_built_once_for_the_same_edges():
    first = graph(["a -> b"])
    assert graph_of(first) is graph_of(first.model_copy())


def test_new_edges_and_new_nodes_make_a_new_graph():
    first = graph(["a -> b"])
    fewer = first.model_copy(update={"nodes": {name: first.nodes[name] for name in ("a", "b", "c")}})
    assert "d" in graph_of(first)
    assert "d" not in graph_of(fewer)
    assert graph_of(graph(["a -> c"])).has_edge("a", "c")
