import pytest
from tests.unit.edits.sample import sample

from tocsin.edits import EditRefusedError, SetField, frame_of, fresh_id, graph_at, node_at


@pytest.mark.parametrize(
    ("wish", "given"),
    [
        ("notify", "notify"),
        ("look", "look_2"),
        ("isolate", "isolate_2"),
        ("Look up: the IP", "look_up_the_ip"),
        ("item", "item_2"),
        ("host", "host_2"),
        ("while", "while_2"),
        ("3 steps", "node_3_steps"),
        ("", "node"),
        ("é", "node"),
        ("a" * 60, "a" * 48),
    ],
)
def test_a_wish_becomes_an_id_that_may_be_had(wish, given):
    assert fresh_id(sample(), wish) == given


def test_nodes_and_graphs_are_found_in_whatever_loop_they_lie():
    playbook = sample()
    assert (frame_of(playbook, "look"), frame_of(playbook, "isolate")) == (None, "hosts")
    assert node_at(playbook, "isolate") is graph_at(playbook, "hosts").nodes["isolate"]
    with pytest.raises(EditRefusedError):
        graph_at(playbook, "look")


def test_what_an_edit_does_not_touch_stays_the_same_object():
    before = sample()
    after = SetField("isolate", ("title",), "Isolate").apply(before)
    assert after.graph.nodes["look"] is before.graph.nodes["look"]
    assert graph_at(after, "hosts").edges is graph_at(before, "hosts").edges
