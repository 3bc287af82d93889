"""Other keys for actions: what is kept, and whose a key is."""

import pytest

from tocsin.ui.actions.rebinding import Taken, find_taken, is_changed, keys_now, with_key, without
from tocsin.ui.actions.shortcuts import find_conflicts, own_keys
from tocsin.ui.actions.table import ACTIONS

SAVE, NEW = (next(spec for spec in ACTIONS if spec.id == name) for name in ("file.save", "file.new"))


def test_a_free_key_is_kept():
    kept = with_key("file.save", "Ctrl+Alt+S", {})
    assert kept == {"file.save": "Ctrl+Alt+S"}
    assert keys_now(SAVE, kept) == ("Ctrl+Alt+S",)
    assert is_changed(SAVE, kept)


def test_a_key_that_is_the_table_s_own_is_not_kept():
    assert with_key("file.save", "Ctrl+S", {"file.save": "Ctrl+Alt+S"}) == {}


def test_the_key_of_another_action_is_named_by_its_title():
    assert find_taken("file.save", "ctrl+n", {}) == Taken("ctrl+n", "This is the key of “New playbook”.", ("file.new",))


def test_a_key_that_is_taken_over_is_gone_from_the_other():
    kept = with_key("file.save", "Ctrl+N", {})
    assert (keys_now(SAVE, kept), keys_now(NEW, kept)) == (("Ctrl+N",), ())
    assert find_conflicts(own_keys(kept)) == ()


@pytest.mark.parametrize(("key", "why"), [("C", "The canvas"), ("Esc", "The canvas"), ("S", "A letter alone")])
def test_a_key_that_nobody_can_give_is_refused(key, why):
    taken = find_taken("file.save", key, {})
    assert taken is not None
    assert (taken.why.startswith(why), taken.actions) == (True, ())


def test_keys_can_be_taken_away_and_given_back():
    kept = with_key("file.save", "", {})
    assert keys_now(SAVE, kept) == ()
    assert without("file.save", kept) == {}


def test_what_an_older_version_kept_stays():
    assert with_key("file.save", "Ctrl+Alt+S", {"gone.action": "F2"})["gone.action"] == "F2"
