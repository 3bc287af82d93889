import pytest
from tests.unit.edits.sample import edge_texts, sample

from tocsin.edits import AddNode, Connect, Disconnect, EditRefusedError, RemoveNodes, frame_of, graph_at, node_at
from tocsin.model.playbook import Edge, EndNode, ForEachNode, Graph


def joined(source, target, port="out", frame=None):
    return Connect(frame, Edge(source=source, port=port, target=target))


def test_adding_puts_a_node_at_its_place_in_the_order_and_on_the_canvas():
    playbook = AddNode("stop", EndNode(), (5, 6), index=1).apply(sample())
    assert list(playbook.graph.nodes)[:3] == ["alert", "stop", "look"]
    assert playbook.layout.nodes["stop"].at == (5, 6)


def test_adding_into_a_loop_leaves_the_outer_edges_the_same_object():
    before = sample()
    playbook = AddNode("stop", EndNode(), (0, 0), frame="hosts").apply(before)
    assert frame_of(playbook, "stop") == "hosts"
    assert playbook.graph.edges is before.graph.edges


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("look", "taken"),
        ("isolate", "taken"),
        ("item", "reserved"),
        ("for", "word"),
        ("get", "function"),
        ("host", "calls its item"),
        ("A b", "small letter"),
    ],
)
def test_a_name_that_is_taken_or_reserved_is_refused(name, why):
    with pytest.raises(EditRefusedError, match=why) as caught:
        AddNode(name, EndNode(), (0, 0)).apply(sample())
    assert caught.value.code == "TOC-E035"


def test_a_loop_that_brings_a_name_twice_is_refused():
    loop = ForEachNode(items="[1]", body=Graph(nodes={"look": EndNode()}))
    with pytest.raises(EditRefusedError, match="taken"):
        AddNode("again", loop, (0, 0)).apply(sample())


def test_removing_a_loop_takes_its_body_its_edges_its_places_and_its_memberships():
    playbook = RemoveNodes(("hosts",)).apply(sample())
    assert edge_texts(playbook.graph) == ["alert -> look", "look -> level", "level.low -> done"]
    assert node_at(playbook, "together").nodes == ("look", "done")
    assert list(playbook.layout.nodes) == ["look"]
    assert list(playbook.layout.bends) == ["look -> level"]


def test_removing_something_that_is_not_there_is_refused():
    with pytest.raises(EditRefusedError, match="“nobody”"):
        RemoveNodes(("nobody",)).apply(sample())


@pytest.mark.parametrize(
    ("edit", "why"),
    [
        (joined("alert", "look"), "there already"),
        (joined("look", "nobody"), "no node “nobody”"),
        (joined("look", "isolate"), "no node “isolate”"),
        (joined("level", "done"), "no port “out”"),
        (joined("look", "alert"), "no input"),
        (joined("look", "look"), "itself"),
        (joined("hosts", "look"), "circle"),
        (joined("isolate", "ask_first", frame="hosts"), "circle"),
        (joined("look", "done", frame="nowhere"), "no loop “nowhere”"),
    ],
)
def test_an_edge_that_does_not_hold_is_refused(edit, why):
    with pytest.raises(EditRefusedError, match=why):
        edit.apply(sample())


def test_connecting_in_a_body_changes_that_body_only():
    playbook = joined("ask_first", "isolate", port="expired", frame="hosts").apply(sample())
    assert edge_texts(graph_at(playbook, "hosts")) == [
        "ask_first.approved -> isolate",
        "ask_first.expired -> isolate",
    ]


def test_an_edge_drawn_again_does_not_get_its_old_bends():
    before = sample()
    edit = Disconnect(None, before.graph.edges[1])
    cut = edit.apply(before)
    assert list(cut.layout.bends) == ["level.high -> hosts"]
    assert edit.inverse(before).apply(cut) == before
    with pytest.raises(EditRefusedError, match="no edge"):
        edit.apply(cut)
