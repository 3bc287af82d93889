import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.expressions import (
    ExpressionError,
    NotAllowedError,
    compile_expression,
    rename_root,
    rename_root_in_template,
)

PIECES = [
    "x",
    "x.x",
    "nodes.x.output",
    "'x'",
    "x(1)",
    "a.x()",
    "l.map(v, v.x + x)",
    "l.map(x, x.x)",
    "has(nodes.x.x)",
    "(x)",
    "get(x, 'x', 1)",
    "a[x]",
    "{'x': x}",
    "// x\n",
    "+",
    "&&",
    "é",
]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("x", "host"),
        ("x.x + a.x", "host.x + a.x"),
        ("has(nodes.x.output) && nodes.y.x", "has(nodes.host.output) && nodes.y.x"),
        ("'x' + \"x\" + x  // x", "'x' + \"x\" + host  // x"),
        ("x(1) + a.x()", "x(1) + a.x()"),
        ("l.map(x, x.a)", "l.map(x, x.a)"),
        ("x.map(v, v + x)", "host.map(v, v + host)"),
        ("x.map(x2, l.exists(x, x) ? x : x2)", "host.map(x2, l.exists(x, x) ? host : x2)"),
        ("( x ).y", "( host ).y"),
        ("xx + x_1", "xx + x_1"),
        ("x +", "x +"),
    ],
)
def test_only_the_root_gets_the_new_name(text, expected):
    assert rename_root(text, "x", "host") == expected


def test_a_name_that_a_macro_uses_is_refused():
    with pytest.raises(NotAllowedError, match="“v”"):
        rename_root("l.map(v, v + x)", "x", "v")


def test_templates_are_followed_at_any_depth():
    value = {"x": ["x {{ x.a }} x {{nodes.x.port}}", 1, {"n": "{{ '{{ x }}' + x.b }}"}], "open": "{{ x"}
    assert rename_root_in_template(value, "x", "long_name") == {
        "x": ["x {{ long_name.a }} x {{nodes.long_name.port}}", 1, {"n": "{{ '{{ x }}' + long_name.b }}"}],
        "open": "{{ x",
    }


@given(st.lists(st.sampled_from(PIECES), max_size=7).map(" ".join))
def test_there_and_back_is_where_it_was(text):
    assert rename_root(rename_root(text, "x", "other"), "other", "x") == text


@given(st.lists(st.sampled_from(PIECES), max_size=7).map(" ".join))
def test_the_new_name_is_read_where_the_old_one_was(text):
    try:
        before = compile_expression(text)
    except ExpressionError:
        return
    after = compile_expression(rename_root(text, "x", "other"))
    assert after.roots == tuple("other" if root == "x" else root for root in before.roots)
    assert after.node_ids == tuple("other" if node == "x" else node for node in before.node_ids)


@given(st.lists(st.sampled_from([*PIECES, "{{", "}}"]), max_size=9).map(" ".join))
def test_a_template_there_and_back_is_where_it_was(text):
    assert rename_root_in_template(rename_root_in_template(text, "x", "other"), "other", "x") == text
