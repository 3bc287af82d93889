from tests.unit.edits.sample import sample

from tocsin.edits import Connect, Disconnect, MoveNodes, RemoveNodes, SetField, SetHead
from tocsin.model.comparison import compare


def rows(there, here=None):
    return [(one.subject, one.field, one.here, one.there) for one in compare(here or sample(), there)]


def test_what_is_the_same_differs_in_nothing():
    assert rows(sample()) == []


def test_a_setting_of_a_step_is_told_with_both_values():
    ((subject, field, _, there),) = rows(SetField("done", ("message",), "All is well.").apply(sample()))
    assert (subject, field, there) == ("done", "message", "All is well.")


def test_what_the_playbook_says_of_itself_is_told():
    ((subject, field, _, there),) = rows(SetHead(("name",), "Another name").apply(sample()))
    assert (subject, field, there) == ("Playbook", "name", "Another name")


def test_a_line_that_is_not_there_is_told_on_the_side_where_it_is():
    edge = sample().graph.edges[0]
    without = Disconnect(None, edge).apply(sample())
    assert ("Line", "", edge.text, "") in rows(without)
    assert ("Line", "", "", edge.text) in rows(Connect(None, edge).apply(without), without)


def test_a_step_that_is_not_there_is_told_once():
    found = rows(RemoveNodes(("done",)).apply(sample()))
    assert ("done", "", "step", "") in found


def test_places_are_told_in_one_row():
    assert rows(MoveNodes({"done": (8, 8), "hosts": (0, 8)}).apply(sample())) == [
        ("Canvas", "", "places of steps", "other places")
    ]
