import pytest

from tocsin.ui.actions.shortcuts import CANVAS, TYPING, KeyConflict, find_conflicts, keys_of, normal_key
from tocsin.ui.actions.table import ACTIONS

SAVE = next(spec for spec in ACTIONS if spec.id == "file.save")


def test_the_table_itself_has_no_conflict():
    assert find_conflicts({}) == ()


def test_a_person_s_own_keys_replace_those_of_the_table():
    assert keys_of(SAVE, {}) == ("Ctrl+S",)
    assert keys_of(SAVE, {"file.save": ("Ctrl+Alt+S",)}) == ("Ctrl+Alt+S",)
    assert keys_of(SAVE, {"file.save": ()}) == ()


def test_a_key_given_twice_is_a_conflict_however_it_is_spelt():
    found = find_conflicts({"file.new": ("shift+ctrl+s",)})
    assert found == (KeyConflict("shift+ctrl+s", ("file.new", "file.save_as")),)


def test_a_key_taken_from_one_action_is_free_for_another():
    assert find_conflicts({"file.save": (), "file.new": ("Ctrl+S",)}) == ()


def test_a_key_of_the_canvas_gestures_is_theirs():
    assert find_conflicts({"view.fit": ("C",)}) == (KeyConflict("C", (CANVAS, "view.fit")),)
    assert find_conflicts({"view.fit": ("Escape",)}) == (KeyConflict("Esc", (CANVAS, "view.fit")),)


def test_a_letter_for_the_whole_window_would_be_taken_from_typing():
    assert find_conflicts({"file.save": ("S",)}) == (KeyConflict("S", (TYPING, "file.save")),)


def test_an_action_that_is_not_there_any_more_is_no_conflict():
    assert find_conflicts({"gone.action": ("Ctrl+S",)}) == ()


@pytest.mark.parametrize(
    ("one", "other"),
    [("Ctrl+Shift+Z", "shift+CTRL+z"), ("Ctrl++", "ctrl++"), ("Delete", "Del"), ("Enter", "Return"), ("+", "+")],
)
def test_spellings_of_one_key_are_the_same(one, other):
    assert normal_key(one) == normal_key(other)


def test_different_keys_are_different():
    assert len({normal_key(key) for key in ("Ctrl+=", "Ctrl++", "Ctrl+-", "+", "Ctrl+Alt+.")}) == 5
