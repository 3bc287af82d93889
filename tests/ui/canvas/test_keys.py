import pytest
from PySide6.QtCore import Qt

from tocsin.edits import Batch, Disconnect, MoveNodes, TakeOut

ALT = Qt.KeyboardModifier.AltModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.mark.parametrize(
    ("start", "key", "end"),
    [
        ("start", Qt.Key.Key_Down, "risky"),
        ("risky", Qt.Key.Key_Down, "block"),
        ("hosts", Qt.Key.Key_Down, "critical"),
        ("critical", Qt.Key.Key_Up, "hosts"),
        ("block", Qt.Key.Key_Up, "risky"),
        ("block", Qt.Key.Key_Right, "done"),
        ("done", Qt.Key.Key_Left, "block"),
        ("start", Qt.Key.Key_Tab, "risky"),
    ],
)
def test_keys_walk_along_the_edges(hands, start, key, end):
    hands.scene.set_selection([start])
    hands.key(key)
    assert hands.scene.selection() == {end}


def test_an_arrow_begins_at_the_first_node(hands):
    hands.key(Qt.Key.Key_Down)
    assert hands.scene.selection() == {"start"}


def test_alt_and_arrows_move_by_one_step_and_with_shift_by_eight(obedient):
    obedient.scene.set_selection(["done"])
    obedient.key(Qt.Key.Key_Right, ALT)
    obedient.key(Qt.Key.Key_Down, ALT | SHIFT)
    assert obedient.edits == [MoveNodes({"done": (328, 176)}), MoveNodes({"done": (328, 240)})]


def test_delete_removes_what_is_selected_as_one_edit(obedient):
    obedient.scene.set_selection(["done", "start -> risky", "hosts", "isolate"])
    obedient.key(Qt.Key.Key_Delete)
    (edit,) = obedient.edits
    assert isinstance(edit, Batch)
    assert [type(one) for one in edit.edits] == [Disconnect, TakeOut]
    assert set(obedient.scene.store.nodes) == {"start", "risky", "block"}
    assert obedient.scene.selection() == frozenset()


def test_delete_of_an_edge_leaves_the_nodes(hands):
    hands.scene.set_selection(["start -> risky"])
    hands.key(Qt.Key.Key_Delete)
    assert [type(edit) for edit in hands.edits] == [Disconnect]


def test_everything_and_nothing(hands):
    hands.key(Qt.Key.Key_A, CONTROL)
    assert hands.scene.selection() == set(hands.scene.store.nodes)
    hands.key(Qt.Key.Key_Escape)
    assert hands.scene.selection() == frozenset()


def test_enter_opens(hands):
    hands.scene.set_selection(["block"])
    hands.key(Qt.Key.Key_Return)
    assert hands.opened == ["block"]


def test_a_line_is_drawn_without_a_pointer(hands):
    hands.scene.set_selection(["risky"])
    hands.key(Qt.Key.Key_C)
    hands.key(Qt.Key.Key_Right)
    assert "“false”" in hands.hints[-1]
    while "End: succeeded" not in hands.hints[-1]:
        hands.key(Qt.Key.Key_Down)
    hands.key(Qt.Key.Key_Return)
    assert [edit.edge.text for edit in hands.edits] == ["risky.false -> done"]


def test_escape_ends_connecting_by_keys(hands):
    hands.scene.set_selection(["risky"])
    hands.key(Qt.Key.Key_C)
    hands.key(Qt.Key.Key_Escape)
    hands.key(Qt.Key.Key_Return)
    assert hands.edits == []
    assert hands.opened == ["risky"]
