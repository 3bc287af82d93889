import pytest
from tests.unit.edits.sample import edge_texts, sample

from tocsin.edits import AddNode, EditRefusedError, MoveNodes, SwapAction, SwitchNodes, TakeOut, node_at, spliced
from tocsin.model.playbook import ActionNode, ConditionNode, Edge, EndNode, NoteNode


def test_a_line_through_a_node_stays_when_the_node_goes():
    after = TakeOut(("look",)).apply(sample())
    assert "alert -> level" in edge_texts(after.graph)
    assert "look" not in after.graph.nodes


def test_a_chain_that_goes_leaves_one_line_and_its_port():
    after = TakeOut(("hosts",)).apply(sample())
    assert "level.high -> done" in edge_texts(after.graph)


def test_where_several_lines_lead_out_none_is_guessed():
    after = TakeOut(("level",)).apply(sample())
    assert edge_texts(after.graph) == ["alert -> look", "hosts -> done"]


def test_taking_out_is_undone_as_a_whole():
    before = sample()
    edit = TakeOut(("look", "isolate"))
    assert edit.inverse(before).apply(edit.apply(before)) == before


def test_an_action_is_swapped_without_its_lines_and_its_name_going():
    before = sample()
    after = SwapAction("look", "threat_intel.lookup_domain", inputs={"both"}).apply(before)
    node = node_at(after, "look")
    assert isinstance(node, ActionNode)
    assert (node.use, set(node.inputs)) == ("threat_intel.lookup_domain", {"both"})
    assert after.graph.edges is before.graph.edges


def test_only_an_action_can_be_swapped():
    with pytest.raises(EditRefusedError, match="no action"):
        SwapAction("level", "edr.isolate_endpoint").apply(sample())


def test_a_node_comes_into_a_line_by_its_main_port():
    edge = Edge(source="look", target="level")
    after = spliced(
        AddNode("check", ConditionNode(when="true"), (0, 180)), "check", ConditionNode(when="true"), None, edge
    )
    texts = edge_texts(after.apply(sample()).graph)
    assert {"look -> check", "check.true -> level"} <= set(texts)
    assert "look -> level" not in texts


@pytest.mark.parametrize("node", [EndNode(), NoteNode(text="a")])
def test_what_passes_nothing_on_is_only_placed(node):
    placing = MoveNodes({"x": (0, 0)})
    assert spliced(placing, "x", node, None, Edge(source="look", target="level")) is placing


def test_nodes_are_turned_off_and_on_wherever_they_lie_and_groups_stay():
    before = sample()
    off = SwitchNodes(("look", "isolate", "together"), is_off=True)
    after = off.apply(before)
    assert [node_at(after, name).disabled for name in off.ids] == [True, True, False]
    assert SwitchNodes(("look", "isolate"), is_off=False).apply(after) == before
    assert off.inverse(before).apply(after) == before
    assert off.label == "Turn 3 nodes off"
