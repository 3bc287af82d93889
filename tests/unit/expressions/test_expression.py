import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.base.codes import ErrorCode
from tocsin.expressions import ExpressionError, NotAllowedError, compile_expression
from tocsin.model.names import RESERVED_ROOTS


def test_it_tells_what_it_reads_and_calls():
    expression = compile_expression(
        "has(nodes.b.output) && b.n > a.n && nodes.c.state == 'x' && l.exists(i, defang(i) == a.n)"
    )
    assert expression.roots == ("nodes", "b", "a", "l")
    assert expression.node_ids == ("b", "c")
    assert expression.functions == ("defang",)
    assert expression.variables == ("i",)


def test_equal_texts_are_compiled_once():
    assert compile_expression("alert.score > 1.0") is compile_expression("alert.score > 1.0")


@pytest.mark.parametrize("text", ["nodes['x'].output", "nodes[a].output", "nodes", "size(nodes)", "get(nodes, 'x', 1)"])
def test_nodes_is_followed_by_the_id_of_a_node(text):
    with pytest.raises(NotAllowedError) as caught:
        compile_expression(text)
    assert caught.value.code is ErrorCode.EXPRESSION_NOT_ALLOWED


@pytest.mark.parametrize("name", [*RESERVED_ROOTS, "alerts"])
def test_a_variable_of_a_macro_hides_no_root(name):
    with pytest.raises(NotAllowedError, match=f"“{name}”"):
        compile_expression(f"alerts.map({name}, {name})")


def test_braces_of_a_template_are_explained():
    with pytest.raises(ExpressionError, match="not a template"):
        compile_expression("{{ alert.score }}")


def test_an_expression_of_a_megabyte_is_refused():
    with pytest.raises(ExpressionError) as caught:
        compile_expression("a + " * 250_000 + "a")
    assert caught.value.code is ErrorCode.EXPRESSION_TOO_LARGE


@given(st.text(alphabet="abx.'()[]{}!&|?:<=>+-*/% 019,\n\"\\", max_size=50))
def test_any_text_is_compiled_or_refused(text):
    try:
        expression = compile_expression(text)
    except ExpressionError:
        return
    assert expression.text == text
