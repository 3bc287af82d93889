import pytest

from tocsin.model.document import from_document, node_document, node_from_document, playbook_hash, to_document
from tocsin.model.names import find_name_fault
from tocsin.model.playbook import ActionNode, Edge, EndNode, Graph, OnError, Playbook, TriggerNode, parse_edge

GRAPH = Graph(
    nodes={"start": TriggerNode(event="manual"), "look": ActionNode(use="a.b"), "done": EndNode()},
    edges=(
        Edge(source="look", port="error", target="done"),
        Edge(source="look", target="done", label="fine"),
        Edge(source="start", target="look"),
    ),
)


def test_edges_are_sorted_by_source_port_and_target():
    document = to_document(Playbook(id="sorted", graph=GRAPH))
    assert document["edges"] == ["start -> look", {"edge": "look -> done", "label": "fine"}, "look.error -> done"]


def test_the_order_in_which_edges_were_drawn_does_not_change_the_hash():
    turned = GRAPH.model_copy(update={"edges": tuple(reversed(GRAPH.edges))})
    assert playbook_hash(Playbook(id="a", graph=GRAPH)) == playbook_hash(Playbook(id="a", graph=turned))


def test_a_null_that_stands_in_for_a_failed_output_is_written():
    node = ActionNode(use="a.b", on_error=OnError.CONTINUE)
    assert node_document(node) == {"kind": "action", "use": "a.b", "on_error": "continue", "default": None}
    assert node_document(ActionNode(use="a.b")) == {"kind": "action", "use": "a.b"}


def test_an_edge_cannot_say_its_ends_twice():
    document = {"id": "a", "nodes": {"a1": {"kind": "join"}, "b1": {"kind": "end"}}}
    edge = {"edge": "a1 -> b1", "source": "b1"}
    assert from_document({**document, "edges": [edge]}).graph.edges[0].source == "a1"


@pytest.mark.parametrize(("kind", "place"), [(None, "missing"), ("acton", "no kind “acton”")])
def test_a_node_without_a_known_kind_is_a_fault(kind, place):
    node, faults = node_from_document({"kind": kind} if kind else {})
    assert node is None
    assert place in faults[0].message


@pytest.mark.parametrize("text", ["a -> b\n", "a->b", "a  -> b", "a.B -> b", "1 -> b", "a -> b -> c"])
def test_what_is_nearly_an_edge_is_none(text):
    assert parse_edge(text) is None


def test_a_name_with_a_line_end_is_no_name():
    assert find_name_fault("look\n") is not None
    assert find_name_fault("look") is None
