import pytest
from tests.helpers.runs import playbook_of

from tocsin.edits import AddNode, Connect, MoveNodes, SetField
from tocsin.model.differences import find_changed_nodes
from tocsin.model.playbook import Edge, EndNode

SET = {"kind": "set", "values": {"v": 1}}
LOOP = {"kind": "for_each", "in": "a.l", "body": {"nodes": {"x": SET, "y": SET}, "edges": ["x -> y"]}}


@pytest.fixture
def playbook():
    return playbook_of({"a": {"kind": "trigger", "event": "manual"}, "loop": LOOP, "b": SET}, ["a -> loop"])


def changed(edit, playbook):
    found = find_changed_nodes(playbook.graph, edit.apply(playbook).graph)
    return None if found is None else sorted(found)


def test_a_setting_changes_one_node(playbook):
    assert changed(SetField("b", ("title",), "Other"), playbook) == ["b"]


def test_the_loop_around_it_is_another_value_too(playbook):
    assert changed(SetField("x", ("title",), "Other"), playbook) == ["loop", "x"]


def test_a_move_changes_no_node(playbook):
    assert changed(MoveNodes({"b": (8, 8)}), playbook) == []


@pytest.mark.parametrize(
    "edit",
    [
        AddNode("new", EndNode(), (0, 0)),
        Connect(None, Edge(source="loop", target="b")),
        AddNode("new", EndNode(), (0, 0), "loop"),
    ],
)
def test_what_comes_or_goes_is_more_than_a_setting(playbook, edit):
    assert changed(edit, playbook) is None
