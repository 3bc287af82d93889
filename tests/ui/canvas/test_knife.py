import pytest
from PySide6.QtCore import Qt

from tocsin.edits import Batch, Disconnect

CONTROL, RIGHT = Qt.KeyboardModifier.ControlModifier, Qt.MouseButton.RightButton
CUTTING = {"modifiers": CONTROL, "button": RIGHT}


def crossing(scene, text, *, reach=40):
    """The ends of a level cut through the middle of an upright line."""
    (x, top), (_, bottom) = scene.store.edges[text].points[:2]
    middle = (top + bottom) / 2
    return (x - reach, middle - 2), (x + reach, middle + 2)


def test_a_cut_takes_the_line_that_it_crosses(obedient):
    obedient.drag(*crossing(obedient.scene, "start -> risky"), **CUTTING)
    (edit,) = obedient.edits
    assert isinstance(edit, Disconnect)
    assert "start -> risky" not in obedient.scene.store.edges
    assert "risky.true -> block" in obedient.scene.store.edges


def test_several_lines_are_cut_as_one_step(obedient):
    left, right = crossing(obedient.scene, "start -> risky", reach=140)
    lower_left, lower_right = crossing(obedient.scene, "risky.true -> block", reach=140)
    obedient.drag(left, right, lower_right, lower_left, **CUTTING)
    (edit,) = obedient.edits
    assert isinstance(edit, Batch)
    assert edit.label == "Cut 2 lines"


def test_what_would_be_cut_is_selected_and_escape_leaves_all_as_it_was(hands):
    start, end = crossing(hands.scene, "start -> risky")
    hands.scene.set_selection(["done"])
    hands.press(*start, **CUTTING)
    hands.move(*end)
    assert hands.scene.selection() == {"start -> risky"}
    hands.key(Qt.Key.Key_Escape)
    assert hands.scene.selection() == {"done"}
    assert hands.edits == []
    hands.release(*end, **CUTTING)


@pytest.mark.parametrize("locked", [True, False])
def test_a_locked_playbook_and_the_ground_are_not_cut(hands, locked):
    hands.scene.set_locked(locked)
    start, end = crossing(hands.scene, "start -> risky") if locked else ((-300, 400), (-250, 420))
    hands.drag(start, end, **CUTTING)
    assert hands.edits == []
