import pytest
from tests.unit.edits.sample import edge_texts, sample

from tocsin.edits import AddNode, Connect, EditRefusedError, UnwrapLoop, WrapNodes, frame_of, node_at
from tocsin.model.playbook import Edge, SetNode


def wrapped(*names, playbook=None):
    return WrapNodes(names, "each", {}).apply(playbook or sample())


def test_wrapped_nodes_lie_in_a_loop_and_the_lines_across_its_edge_are_the_loop_s():
    after = wrapped("look", "level")
    assert frame_of(after, "look") == frame_of(after, "level") == "each"
    assert edge_texts(node_at(after, "each").body) == ["look -> level"]
    assert edge_texts(after.graph) == ["alert -> each", "each -> hosts", "each -> done", "hosts -> done"]


def test_a_loop_lies_where_its_nodes_lay_and_they_lie_below_its_head():
    after = wrapped("look")
    assert after.layout.nodes["each"].at == (0, 120)
    assert after.layout.nodes["look"].at == (0, 32)


def test_a_way_out_and_back_in_is_refused():
    playbook = AddNode("between", SetNode(values={}), (0, 0)).apply(sample())
    for edge in (Edge(source="alert", target="between"), Edge(source="between", target="done")):
        playbook = Connect(None, edge).apply(playbook)
    with pytest.raises(EditRefusedError, match="circle"):
        wrapped("look", "hosts", playbook=playbook)


@pytest.mark.parametrize("names", [("alert", "look"), ("look", "isolate"), ("nobody",)])
def test_triggers_and_nodes_of_several_frames_are_refused(names):
    with pytest.raises(EditRefusedError):
        wrapped(*names)


def test_unwrapping_leads_the_lines_on_to_the_steps():
    after = UnwrapLoop("hosts").apply(sample())
    assert set(edge_texts(after.graph)) == {
        "alert -> look", "look -> level", "level.high -> ask_first", "level.low -> done",
        "ask_first.approved -> isolate", "isolate -> done",
    }  # fmt: skip
    assert frame_of(after, "isolate") is None


def test_unwrapped_again_the_places_are_those_of_before():
    before = sample()
    after = UnwrapLoop("each").apply(wrapped("look"))
    assert after.layout.nodes["look"] == before.layout.nodes["look"]
    assert set(edge_texts(after.graph)) == set(edge_texts(before.graph))


def test_only_a_loop_can_be_unwrapped():
    with pytest.raises(EditRefusedError, match="no loop"):
        UnwrapLoop("look").apply(sample())


@pytest.mark.parametrize("edit", [WrapNodes(("look", "level"), "each", {}), UnwrapLoop("hosts")])
def test_both_are_undone_as_a_whole(edit):
    before = sample()
    assert edit.inverse(before).apply(edit.apply(before)) == before
