"""Functions over lists: order, each once, joined to a text."""

import pytest

from tocsin.expressions import EvaluationError, Scope, compile_expression, evaluate


def value_of(text):
    return evaluate(compile_expression(text), Scope())


def test_items_without_the_field_come_last():
    items = "[{'n': 2}, {'m': 0}, {'n': 1}, {'n': null}]"
    assert value_of(f"sort_by({items}, 'n')") == [{"n": 1}, {"n": 2}, {"m": 0}, {"n": None}]


def test_times_are_put_in_order():
    later, sooner = "2026-11-24T03:00:00Z", "2026-11-23T03:00:00Z"
    assert value_of(f"sort([timestamp('{later}'), timestamp('{sooner}')])") == [
        "2026-11-23T03:00:00.000Z",
        "2026-11-24T03:00:00.000Z",
    ]


@pytest.mark.parametrize("text", ["sort([1, 'a'])", "sort([true, false])", "sort([[1], [2]])", "sort([null])"])
def test_what_has_no_order_is_refused(text):
    with pytest.raises(EvaluationError, match="cannot be put in order"):
        value_of(text)


def test_objects_are_told_apart_by_what_they_hold():
    assert value_of("unique([{'a': 1, 'b': 2}, {'b': 2, 'a': 1}, 1, 1.0, true])") == [{"a": 1, "b": 2}, 1, 1.0, True]


def test_numbers_are_joined_as_they_stand_in_text_and_lists_are_not():
    assert value_of("join_text([1, 2.0, true], ' ')") == "1 2 true"
    with pytest.raises(EvaluationError, match="cannot stand inside text"):
        value_of("join_text([[1]], ' ')")


def test_an_empty_list_stays_empty():
    assert [value_of(f"[].{call}") for call in ("sort()", "unique()", "sort_by('a')", "join_text(', ')")] == [
        [],
        [],
        [],
        "",
    ]
