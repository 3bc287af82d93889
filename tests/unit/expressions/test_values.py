import json
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.expressions import EvaluationError
from tocsin.expressions.library import compile_program, new_context
from tocsin.expressions.values import from_value, text_of, to_value
from tocsin.model.failures import FailureCode

JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**63), 2**63 - 1)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("abc", max_size=2), inner, max_size=3),
    max_leaves=12,
)


@given(JSON)
def test_data_goes_through_cel_unchanged_and_sorted(value):
    context = new_context()
    context.add_variable("x", from_value(value))
    left = to_value(compile_program("x").execute(context))
    assert json.dumps(left) == json.dumps(value, sort_keys=True)


@pytest.mark.parametrize(
    ("raw", "left"),
    [
        (datetime(2026, 11, 24, 4, tzinfo=timezone(timedelta(hours=1))), "2026-11-24T03:00:00.000Z"),
        (datetime(2026, 11, 24, 3, 0, 0, 123456, tzinfo=UTC), "2026-11-24T03:00:00.123456Z"),
        (timedelta(minutes=1, milliseconds=500), 60.5),
        ({"b": 1, "a": {"d": 1, "c": 2}}, {"a": {"c": 2, "d": 1}, "b": 1}),
    ],
)
def test_what_json_has_not_gets_a_fixed_form(raw, left):
    assert json.dumps(to_value(raw)) == json.dumps(left)


@pytest.mark.parametrize("raw", [float("inf"), float("nan"), 2**63, -(2**63) - 1, b"x", {1: 2}, [object()], int])
def test_what_cannot_be_kept_does_not_leave(raw):
    with pytest.raises(EvaluationError):
        to_value(raw)


@pytest.mark.parametrize("value", [2**63, -(2**63) - 1, {"a": [2**70]}, float("inf"), "\ud800", {"\ud800": 1}])
def test_what_would_change_in_cel_does_not_enter(value):
    with pytest.raises(EvaluationError):
        from_value(value)


def test_what_is_not_read_does_not_enter():
    value = {"a": {"b": 1, "big": 2**70}, "l": [1, 2], "other": 2**70}
    assert from_value(value, {"a": {"b": None}, "l": {}, "gone": None}) == {"a": {"b": 1}, "l": []}


@pytest.mark.parametrize("door", [to_value, from_value])
def test_both_doors_stop_at_a_depth(door):
    deep: object = 1
    for _ in range(100):
        deep = [deep]
    with pytest.raises(EvaluationError) as caught:
        door(deep)
    assert caught.value.kind is FailureCode.LIMIT


@pytest.mark.parametrize("number", [80.0, 0.1, 1e21, 1e-7, -0.0, 1.5e300, 123456789.125])
def test_a_double_in_text_is_written_as_cel_writes_it(number):
    context = new_context()
    context.add_variable("x", number)
    assert text_of(number) == compile_program("string(x)").execute(context)


@pytest.mark.parametrize("value", [None, [1], {"a": 1}])
def test_null_lists_and_maps_do_not_stand_in_text(value):
    with pytest.raises(EvaluationError, match="inside text"):
        text_of(value)
