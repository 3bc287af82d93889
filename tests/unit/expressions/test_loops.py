import pytest

from tocsin.expressions import NotAllowedError, TooLargeError, compile_expression
from tocsin.expressions.loops import find_loops
from tocsin.expressions.parser import parse


def test_loops_know_what_stands_inside_them():
    (outer,) = find_loops(parse("hosts.map(h, h.ips.filter(i, i > 1))"))
    (inner,) = outer.inner
    assert (outer.source, outer.over_items) == (("hosts", ()), False)
    assert (inner.source, inner.over_items, inner.is_counted) == (("h", ("ips",)), True, False)


def test_a_chain_is_not_nested():
    assert len(find_loops(parse("l.filter(a, a).map(b, b).exists(c, c)"))) == 3


@pytest.mark.parametrize(
    "text",
    ["l.map(a, l.map(b, l.map(c, 1)))", "l.exists(a, l.all(b, l.filter(c, true).map(d, l.map(e, 1)).size() > 1))"],
)
def test_a_bomb_of_nested_macros_is_refused(text):
    with pytest.raises(TooLargeError):
        compile_expression(text)


def test_a_map_written_out_has_no_order():
    with pytest.raises(NotAllowedError, match="order"):
        compile_expression("{'a': 1}.map(k, k)")


def test_a_variable_cannot_hide_one_around_it():
    with pytest.raises(NotAllowedError, match="twice"):
        compile_expression("l.map(x, x.map(x, x))")
