import pytest
from tests.unit.edits.sample import sample

from tocsin.edits import EditRefusedError, GroupNodes, frame_of, node_at


def test_a_group_holds_the_nodes_and_lies_in_their_graph_and_nothing_that_runs_is_another():
    before = sample()
    after = GroupNodes(("look", "level"), "both", (0, 0)).apply(before)
    assert node_at(after, "both").nodes == ("look", "level")
    assert frame_of(after, "both") is None
    assert after.graph.edges == before.graph.edges
    assert GroupNodes(("look", "level"), "both", (0, 0)).inverse(before).apply(after) == before


def test_nodes_of_a_loop_are_grouped_in_it():
    assert frame_of(GroupNodes(("isolate",), "one", (0, 0)).apply(sample()), "one") == "hosts"


def test_a_group_is_no_member_of_another():
    after = GroupNodes(("look", "level"), "both", (0, 0)).apply(sample())
    assert node_at(GroupNodes(("both", "look"), "more", (0, 0)).apply(after), "more").nodes == ("look",)
    with pytest.raises(EditRefusedError):
        GroupNodes(("both",), "more", (0, 0)).apply(after)


@pytest.mark.parametrize("names", [("look", "isolate"), ("nobody",)])
def test_nodes_of_several_frames_are_refused(names):
    with pytest.raises(EditRefusedError):
        GroupNodes(names, "both", (0, 0)).apply(sample())
