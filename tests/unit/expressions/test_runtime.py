import pytest

from tocsin.expressions import EvaluationError, Scope, compile_expression, evaluate
from tocsin.model.failures import FailureCode


@pytest.fixture
def scope():
    scope = Scope()
    scope.bind("many", list(range(400)))
    scope.bind("rows", [{"cells": list(range(300)), "map": {"a": 1}}] * 400)
    scope.bind("few", [1, 2, 3])
    scope.bind("text", "10.0.0.1 10.0.0.2")
    return scope


@pytest.mark.parametrize(
    "text",
    [
        "many.map(a, many.map(b, 1))",
        "rows.map(r, r.cells.map(c, 1))",
        "rows.map(r, r.cells.filter(c, true).map(d, 1))",
        "many.map(a, many.filter(b, true).map(c, 1))",
        "rows.exists(r, r.cells.filter(c, true).exists(d, false)) || true",
        "true || many.exists(a, many.exists(b, false))",
    ],
)
def test_what_would_run_too_long_is_stopped_also_where_cel_absorbs_errors(scope, text):
    with pytest.raises(EvaluationError) as caught:
        evaluate(compile_expression(text), scope)
    assert caught.value.kind is FailureCode.LIMIT


def test_the_limit_of_one_evaluation_is_not_that_of_the_next(scope):
    with pytest.raises(EvaluationError):
        evaluate(compile_expression("rows.map(r, r.cells.filter(c, true).map(d, 1))"), scope)
    assert evaluate(compile_expression("few.map(f, f + 1)"), scope) == [2, 3, 4]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("few.map(a, few.map(b, a * b))", [[1, 2, 3], [2, 4, 6], [3, 6, 9]]),
        ("few.filter(a, a > 1).map(b, b)", [2, 3]),
        ("extract_indicators(text).map(i, i.value)", ["10.0.0.1", "10.0.0.2"]),
        ("[text].map(t, extract_indicators(t).map(i, i.type))", [["ip", "ip"]]),
        ("[{'l': [1]}, {'l': []}].map(x, x.l.filter(y, true).map(z, z))", [[1], []]),
    ],
)
def test_what_is_affordable_runs(scope, text, expected):
    assert evaluate(compile_expression(text), scope) == expected


@pytest.mark.parametrize(
    "text",
    [
        "rows[0].map.map(k, k)",
        "rows.map(r, r.map.exists(k, true))",
        "rows.map(r, from_json('{\"a\": 1}').map(k, k))",
        "rows.map(r, get(r, 'map', 1).map(k, k))",
    ],
)
def test_a_map_is_not_gone_through(scope, text):
    with pytest.raises(EvaluationError, match="map"):
        evaluate(compile_expression(text), scope)
