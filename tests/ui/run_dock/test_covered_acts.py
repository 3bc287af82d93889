from tests.ui.run_dock.stories import SUBJECT

from tocsin.ui.run_dock.covered_acts import MOST, act_pieces
from tocsin.ui.run_dock.kept_values import Found

ACT = {
    "path": "hosts[2]/isolate",
    "action": "toy.checked",
    "connection": "toy",
    "revision": "0a1b",
    "effect": "destructive",
    "inputs": {"host": "db-01\n<b>safe</b>", "note": ""},
}


def text_of(pieces):
    return "".join(piece.text for piece in pieces)


def test_an_act_is_told_by_step_product_connection_and_inputs():
    assert text_of(act_pieces(Found([ACT]), SUBJECT)) == ("Isolate: General, connection “toy”, host db-01 <b>safe</b>")


def test_inputs_are_data_and_stay_on_one_line():
    assert [piece.text for piece in act_pieces(Found([ACT]), SUBJECT) if piece.is_data] == ["host db-01 <b>safe</b>"]


def test_many_acts_are_counted():
    acts = [ACT | {"path": f"hosts[{at}]/isolate"} for at in range(MOST + 3)]
    lines = text_of(act_pieces(Found(acts), SUBJECT)).split("\n")
    assert (len(lines), lines[-1]) == (MOST + 1, "and 3 more")


def test_where_nothing_is_covered_nothing_is_told():
    assert act_pieces(Found(None), SUBJECT) == ()


def test_acts_that_are_still_loaded_say_so():
    assert text_of(act_pieces(Found("Loading…", is_there=False), SUBJECT)) == "Loading…"
