from hypothesis import given
from hypothesis import strategies as st

from tocsin.edits import MISSING, Batch, SetField, merged
from tocsin.edits.fields import put
from tocsin.ui.forms.changes import edit_of, narrowed
from tocsin.ui.forms.fields import FieldKind, FormField

JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 9) | st.text(max_size=2),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from("abc"), inner, max_size=3),
    max_leaves=8,
)
CASES = FormField(("cases",), "Cases", FieldKind.TABLE, value=[{"port": "a", "when": "x"}, {"port": "b", "when": "y"}])


def test_a_letter_typed_in_a_row_changes_that_text_alone():
    new = [{"port": "a", "when": "x"}, {"port": "b", "when": "y1"}]
    assert edit_of(("sw",), CASES, new) == SetField("sw", ("cases", 1, "when"), "y1")


def test_letters_typed_in_a_row_are_one_step_of_the_history():
    first = edit_of(("sw",), CASES, [{"port": "a", "when": "x1"}, {"port": "b", "when": "y"}])
    second = SetField("sw", ("cases", 0, "when"), "x12")
    assert merged(first, second) == second


def test_a_row_more_or_less_sets_the_whole_list():
    new = [{"port": "b", "when": "y"}]
    assert edit_of(("sw",), CASES, new) == SetField("sw", ("cases",), new)


@given(JSON, JSON)
def test_the_narrow_change_does_what_the_wide_one_does(old, new):
    place, said = narrowed(("field",), old, new)
    document = {} if old is None else {"field": old}
    wanted = {} if new is None else {"field": new}
    assert put(document, place, said) == wanted


def test_several_nodes_are_changed_in_one_step():
    field = FormField(("timeout",), "Time limit", FieldKind.DURATION)
    edit = edit_of(("a", "b"), field, "30s")
    assert isinstance(edit, Batch)
    assert edit.edits == (SetField("a", ("timeout",), "30s"), SetField("b", ("timeout",), "30s"))
    assert edit_of(("a", "b"), field, None).edits[0] == SetField("a", ("timeout",), MISSING)
