"""An expression as a value and the functions that are applied to it, and back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.expressions import Scope, compile_expression, evaluate
from tocsin.expressions.chain_shapes import fields_of_shape, shape_of_chain, shape_of_item
from tocsin.expressions.chains import COUNTS, Chain, Link, LinkKind, is_field_path, read_chain, write_chain

MADE = (
    "extract_indicators(reported.text).filter(i, i.type == 'ip').map(i, i.value)",
    "format_time(now() - duration('1h'), 'date')",
    "get(alert, 'a.b', 3)",
    "a.b.url().host",
    "(a ? b : c).sort()[0].name",
    "a.map(x, x.b > 1, x).unique()",
    "hosts.results[0]['a b'].join_text(', ')",
)


def test_a_chain_is_a_source_and_functions_in_the_order_in_which_they_are_applied():
    assert read_chain(MADE[0]) == Chain(
        "reported.text",
        (
            Link(LinkKind.INDICATORS),
            Link(LinkKind.FILTER, ("i", "i.type == 'ip'")),
            Link(LinkKind.EACH, ("value",)),
        ),
    )


@pytest.mark.parametrize("text", ["alert.src_ip", "a + b", "a ? b : c", "join_text(a, b)", "f(x).g()", "hash(a, 1u)"])
def test_what_cannot_be_taken_apart_stays_whole(text):
    assert read_chain(text) == Chain(text)


@pytest.mark.parametrize("text", ["a +", "", "a.sort() // why", "{{ a }}"])
def test_what_is_no_expression_or_has_a_comment_is_no_chain(text):
    assert read_chain(text) is None


@pytest.mark.parametrize("text", MADE)
def test_what_is_written_reads_back_as_the_same_chain(text):
    chain = read_chain(text)
    assert read_chain(write_chain(chain)) == chain


def test_what_is_written_gives_the_same_value():
    text = "'10.1.2.3 and a.example'.extract_indicators().filter(i, i.type != 'x').map(i, i.value).sort()"
    chain = read_chain(text)
    values = [evaluate(compile_expression(one), Scope()) for one in (text, write_chain(chain))]
    assert values == [["10.1.2.3", "a.example"]] * 2


def test_an_item_is_called_what_nothing_else_is_called():
    assert write_chain(Chain("x.list", (Link(LinkKind.EACH, ("name",)),))) == "x.list.map(x2, x2.name)"


def test_fields_of_a_value_are_paths():
    assert [is_field_path(text) for text in ("a", "a.b[0]", '["a b"]', "", "a b", "f()", "1")] == [
        *[True] * 3,
        *[False] * 4,
    ]


SOURCES = st.sampled_from(("alert.text", "a + b", "-1", "a ? b : c", "'it''s'", "{'k': [1]}", "f(x)", "!a", "a in b"))
PLAIN = st.one_of(st.text(max_size=8), st.integers(-9, 9), st.booleans())
LINKS = st.one_of(
    st.sampled_from([Link(kind) for kind, count in COUNTS.items() if not count]),
    st.builds(lambda text: Link(LinkKind.JOIN, (text,)), st.text(max_size=8)),
    st.builds(lambda path, one: Link(LinkKind.GET, (path, one)), st.text(max_size=8), PLAIN),
    st.sampled_from(
        [
            Link(LinkKind.FIRST),
            Link(LinkKind.EACH, ("value",)),
            Link(LinkKind.EACH, ('["a b"].c[1]',)),
            Link(LinkKind.FILTER, ("i", "i.type == 'ip' || x.y")),
            Link(LinkKind.MAKE, ("i", "i + 1")),
            Link(LinkKind.LATER, ("24h",)),
            Link(LinkKind.EARLIER, ("5m",)),
        ]
    ),
)


@given(SOURCES.filter(lambda text: read_chain(text) is not None), st.lists(LINKS, max_size=6))
def test_what_is_read_back_is_written_as_it_was(source, links):
    read = read_chain(source)
    text = write_chain(Chain(read.source, (*read.links, *links)))
    assert write_chain(read_chain(text)) == text


def test_the_first_item_of_a_path_is_a_path():
    assert read_chain(write_chain(Chain("alert.hosts", (Link(LinkKind.FIRST),)))) == Chain("alert.hosts[0]")


def test_the_shape_of_a_value_follows_the_functions():
    alert = {"type": "string"}
    chain = read_chain("alert.text.extract_indicators().filter(i, i.type == 'ip')")
    shape = shape_of_chain(chain, alert)
    assert shape["type"] == "array"
    assert list(fields_of_shape(shape_of_item(shape))) == ["type", "value"]
    assert shape_of_chain(read_chain("alert.hosts.map(h, h.ip)[0]"), {"type": "array"}) == {}
    assert shape_of_chain(read_chain("alert.text.url().port"), alert) == {"type": "integer"}
