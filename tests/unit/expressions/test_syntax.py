from hypothesis import given
from hypothesis import strategies as st

from tocsin.expressions import ExpressionError
from tocsin.expressions.parser import parse
from tocsin.expressions.syntax import Node


def test_parts_come_in_the_order_they_are_written():
    tree = parse("f(a, [b], {'k': c}) ? l.map(d, d) : -e[1]")
    starts = [part.start for part in _all(tree) if not part.parts]
    assert starts == sorted(starts)


@given(
    st.lists(
        st.sampled_from(
            [
                "a",
                "b.c",
                "1",
                "'x'",
                "-",
                "!",
                "(",
                ")",
                "[",
                "]",
                "{",
                "}",
                ":",
                "?",
                "&&",
                "||",
                "==",
                "in",
                "+",
                ",",
                "f(",
                ".map(x,",
                "has(a.b)",
            ]
        ),
        max_size=9,
    )
)
def test_the_text_of_every_part_is_an_expression_of_its_own(pieces):
    text = " ".join(pieces)
    try:
        tree = parse(text)
    except ExpressionError:
        return
    for part in _all(tree):
        assert type(parse(text[part.start : part.end])) is type(part)


def _all(node: Node) -> list[Node]:
    return [node, *(inner for part in node.parts for inner in _all(part))]
