import pytest

from tocsin.expressions import EvaluationError, Scope, compile_expression, evaluate
from tocsin.model.failures import FailureCode


@pytest.fixture
def scope():
    scope = Scope()
    scope.bind(
        "alert", {"score": 97.0, "count": 3, "user": None, "tags": ["a", "b"], "hosts": [{"id": "h1"}, {"name": "h2"}]}
    )
    scope.bind("nodes", {"x": {"state": "skipped"}})
    return scope


def error_of(text, scope):
    with pytest.raises(EvaluationError) as caught:
        evaluate(compile_expression(text), scope)
    return caught.value


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("x.score > 8.0", "x"),
        ("alert.scor > 8.0", "alert.scor"),
        ("alert.user.name", "alert.user.name"),
        ("alert.score > 1.0 && alert.raw.id == 'a'", "alert.raw"),
        ("nodes.x.output.score", "nodes.x.output"),
        ("nodes.y.state", "nodes.y"),
        ("has(alert.raw.id)", "alert.raw"),
        ("alert.tags[2]", "alert.tags[2]"),
        ("alert['key']", "alert['key']"),
        ("alert.hosts.map(h, h.id)", "h.id"),
        ("true ? size(alert.raw) : 1", "alert.raw"),
        ("get(x, 'a', alert.none)", "alert.none"),
        ("[1, {'a': alert.none}]", "alert.none"),
    ],
)
def test_the_path_that_is_missing_is_named(scope, text, missing):
    error = error_of(text, scope)
    assert (error.missing, error.kind) == (missing, FailureCode.EXPRESSION)
    assert f"“{missing}”" in error.message or missing.rpartition(".")[2] in error.message


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("1 / 0", "divides by zero"),
        ("1.0 + 1", "a decimal number and a whole number"),
        ("9223372036854775807 + 1", "beyond 64 bits"),
        ("alert.score && true", "“&&”"),
        ("!alert.score", "“!” cannot take a decimal number"),
        ("alert.score ? 1 : 2", "a decimal number, not true or false"),
        ("sizze(alert)", "Did you mean “size”"),
        ("size(alert.score)", r"size\(\) cannot take a decimal number"),
        ("timestamp('2026-11-24T03:00:00')", r"timestamp\(\)"),
        ("duration('1d')", r"duration\(\)"),
        ("'abc'.all(c, true)", r"all\(\) goes through a list"),
    ],
)
def test_the_cause_is_said_in_words(scope, text, words):
    error = error_of(text, scope)
    assert error.missing == ""
    with pytest.raises(EvaluationError, match=words):
        raise error


def test_a_function_speaks_for_itself(scope):
    error = error_of("alert.score > 1.0 && is_private(alert.tags[0])", scope)
    assert (error.kind, error.message) == (FailureCode.BAD_ARGUMENT, "“a” is not an address.")


def test_a_function_whose_error_was_absorbed_does_not_speak_for_another(scope):
    assert error_of("(is_private('x') || true) && x.y", scope).missing == "x"


def test_a_close_field_is_offered(scope):
    assert error_of("alert.scor", scope).hint == "Did you mean “score”?"
