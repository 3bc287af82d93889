import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.expressions import compile_expression
from tocsin.expressions.completion import Region, SpanKind, find_region, find_whole_path, token_spans, typing_at


def colours(text):
    return [(text[span.start : span.end], span.kind) for span in token_spans(text)]


def test_words_of_an_expression_have_their_colours():
    assert colours("size(a.b) >= 80.0 && 'x' in [true]") == [
        ("size", SpanKind.FUNCTION),
        ("(", SpanKind.OPERATOR),
        ("a", SpanKind.REFERENCE),
        (".", SpanKind.REFERENCE),
        ("b", SpanKind.REFERENCE),
        (")", SpanKind.OPERATOR),
        (">=", SpanKind.OPERATOR),
        ("80.0", SpanKind.NUMBER),
        ("&&", SpanKind.OPERATOR),
        ("'x'", SpanKind.STRING),
        ("in", SpanKind.OPERATOR),
        ("[", SpanKind.OPERATOR),
        ("true", SpanKind.NUMBER),
        ("]", SpanKind.OPERATOR),
    ]


def test_a_text_that_is_not_closed_is_a_string_to_the_end_of_its_line():
    assert colours("'abc\nd") == [("'abc", SpanKind.STRING), ("d", SpanKind.REFERENCE)]


@given(st.text())
def test_spans_of_any_text_are_in_order_and_within_it(text):
    places = [place for span in token_spans(text) for place in (span.start, span.end)]
    assert places == sorted(places)
    assert all(0 <= place <= len(text) for place in places)


@pytest.mark.parametrize(
    ("text", "typed"),
    [
        ("alert.sr", "alert.sr"),
        ("x == alert.", "alert."),
        ("hosts[0].na", "hosts[0].na"),
        ("f(al", "al"),
        ("a && ", ""),
        ("'al", None),
        ("12", None),
    ],
)
def test_the_path_before_the_cursor_is_what_is_being_typed(text, typed):
    found = typing_at(text, len(text))
    assert (found.text if found else None) == typed


def test_what_follows_the_cursor_in_the_same_word_belongs_to_it():
    found = typing_at("alert.src_ip == 1", 7)
    assert (found.text, found.start, found.end) == ("alert.s", 0, 12)


def test_behind_the_dot_of_what_is_no_path_only_functions_can_be_meant():
    assert typing_at("f(x).si", 7).is_member
    assert not typing_at("x.si", 4).is_member


def test_a_condition_is_an_expression_everywhere():
    assert find_region("a > 1", 2, is_template=False) == Region(0, 5)


@pytest.mark.parametrize(
    ("position", "region"),
    [(2, None), (5, Region(5, 8)), (8, Region(5, 8)), (10, None), (15, Region(15, 20, is_open=True))],
)
def test_in_a_template_only_slots_are_expressions(position, region):
    assert find_region("Hi {{ a }} b {{ al.x", position, is_template=True) == region


def test_an_open_slot_ends_where_the_next_one_begins():
    text = "{{ al {{ x }}"
    assert find_region(text, 4, is_template=True) == Region(2, 6, is_open=True)


def test_an_expression_that_is_a_path_is_told_from_one_that_holds_one():
    assert find_whole_path(compile_expression("alert.src_ip")).path == ("src_ip",)
    assert find_whole_path(compile_expression("alert.src_ip + ''")) is None
