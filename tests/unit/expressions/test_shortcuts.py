"""A shortcut says what CEL says, and leaves to CEL whatever it is not sure of."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.expressions import EvaluationError, Scope, compile_expression, evaluate, explain
from tocsin.expressions.library import CEL_ERRORS
from tocsin.expressions.runtime import run
from tocsin.expressions.shortcuts import EXACT

NUMBERS = st.integers(-EXACT - 2, EXACT + 2) | st.integers(-3, 3) | st.floats(-3, 3) | st.floats(allow_nan=False)
VALUES = NUMBERS | st.booleans() | st.none() | st.text() | st.sampled_from(["", "a", "b", "B", "ä", "1"]) | st.just([1])
CONSTANTS = st.sampled_from(["1", "0", "-1", "2.5", "0.0", "1e300", "9007199254740991", "9007199254740993", "3u"])
CONSTANTS |= st.sampled_from(["''", "'a'", "'B'", "'1'", "'ä'", "true", "false", "null"])
OPERATORS = st.sampled_from(["==", "!=", "<", "<=", ">", ">="])


def said_by_cel(expression, scope):
    try:
        return run(expression, scope)
    except (*CEL_ERRORS, EvaluationError):
        return "an error"


@given(value=VALUES, operator=OPERATORS, constant=CONSTANTS)
def test_a_comparison_is_decided_as_cel_decides_it(value, operator, constant):
    expression = compile_expression(f"a.b {operator} {constant}")
    decided = expression.comparison.decide(value) if expression.comparison is not None else None
    scope = Scope()
    scope.bind("a", {"b": value})
    if decided is not None:
        assert said_by_cel(expression, scope) is decided


@given(value=VALUES)
def test_a_path_gives_what_cel_gives(value):
    expression = compile_expression("a.b")
    scope = Scope()
    scope.bind("a", {"b": value})
    try:
        given_here = evaluate(expression, scope)
    except EvaluationError:
        return
    assert given_here == said_by_cel(expression, scope)


@pytest.mark.parametrize(
    ("text", "value"), [("a.b >= 7", 9), ("a.b == 'x'", "x"), ("a.b != true", False), ("a.b < 2.5", 1)]
)
def test_the_plain_comparisons_need_no_cel(text, value):
    assert compile_expression(text).comparison.decide(value) is True


@pytest.mark.parametrize("text", ["7 <= a.b", "a.b == c", "a[0] == 1", "a.b < true", "a.b == null", "a.b == 1u"])
def test_other_expressions_have_no_shortcut(text):
    assert compile_expression(text).comparison is None


def test_a_field_that_is_not_there_is_for_cel_to_name():
    scope = Scope()
    scope.bind("a", {"c": 1})
    with pytest.raises(EvaluationError, match=r"a\.b"):
        evaluate(compile_expression("a.b >= 7"), scope)


@given(value=VALUES, operator=OPERATORS, constant=CONSTANTS)
def test_a_comparison_is_explained_as_any_other_expression(value, operator, constant):
    text = f"a.b {operator} {constant}"
    scope = Scope()
    scope.bind("a", {"b": value})
    try:
        outcome = evaluate(compile_expression(text), scope)
    except EvaluationError:
        return
    assert (
        explain(compile_expression(f" ({text}) "), scope, value=outcome).flip
        == explain(compile_expression(text), scope).flip
    )
    assert explain(compile_expression(text), scope, value=outcome) == explain(compile_expression(text), scope)
