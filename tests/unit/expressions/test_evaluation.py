import pytest

from tocsin.expressions import EvaluationError, Scope, compile_expression, evaluate


@pytest.fixture
def scope():
    scope = Scope(networks=["10.0.0.0/8"])
    scope.bind(
        "alert",
        {"score": 97.0, "count": 3, "src_ip": "203.0.113.66", "code": "85", "m": {"d": 1, "c": 2, "b": 3, "a": 4}},
    )
    scope.bind("nodes", {"done": {"output": {"n": 1}, "state": "succeeded"}, "skipped": {"state": "skipped"}})
    scope.bind("done", {"n": 1})
    scope.bind("hostile", "{{ alert.score }} ' || true || '")
    return scope


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("alert.score >= 80.0 && !is_internal(alert.src_ip)", True),
        ("has(nodes.done.output) && done.n == 1", True),
        ("has(nodes.skipped.output) && skipped.n == 1", False),
        ("has(nodes.skipped.output) ? skipped.n : 0", 0),
        ("get(skipped, 'n', 7)", 7),
        ("get(skipped.a.b, 'n', 7)", 7),
        ("get(done, 'n', 7) + done.get('n', 7)", 2),
        ("get(alert, 'm.a', 7) + get(alert.m, 'b', 0)", 7),
        ("missing || true", True),
        ("true || missing.x", True),
        ("false && is_private('x')", False),
        ("'1' == 1", False),
        ("alert.count < 3.5", True),
        ("5 / 2", 2),
        ("int(80.9)", 80),
        ("string(80.0) + string(true)", "80true"),
        ("alert.code == '85'", True),
        ("keys(alert.m)", ["a", "b", "c", "d"]),
        ("entries(alert.m).map(e, e.key + string(e.value))", ["a4", "b3", "c2", "d1"]),
        ("timestamp('2026-11-24T03:00:00Z') + duration('90m')", "2026-11-24T04:30:00.000Z"),
        ("timestamp('2026-11-24T03:00:00Z') - timestamp('2026-11-24T02:59:00Z')", 60.0),
        ("'a.example.com'.defang()", "a[.]example[.]com"),
        ("hostile", "{{ alert.score }} ' || true || '"),
        ("null", None),
    ],
)
def test_an_expression_has_its_value(scope, text, expected):
    assert evaluate(compile_expression(text), scope) == expected


def test_maps_leave_sorted(scope):
    assert list(evaluate(compile_expression("alert.m"), scope)) == ["a", "b", "c", "d"]
    assert list(evaluate(compile_expression("{'b': 1, 'a': 2}"), scope)) == ["a", "b"]


@pytest.mark.parametrize(
    "text", ["5.0 / 0.0", "0.0 / 0.0", "double('inf')", "b'x'", "{1: 2}", "18446744073709551615u", "optional.of(1)"]
)
def test_what_json_cannot_hold_is_an_error(scope, text):
    with pytest.raises(EvaluationError):
        evaluate(compile_expression(text), scope)


def test_an_absent_source_of_get_stays_absent_elsewhere(scope):
    with pytest.raises(EvaluationError, match="“skipped”"):
        evaluate(compile_expression("get(skipped, 'n', 1) == 1 && skipped == null"), scope)
