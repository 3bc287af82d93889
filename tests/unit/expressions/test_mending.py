import pytest

from tocsin.expressions import asking_first, compile_expression, mismatches, with_default

TYPES = {
    "alert": {"properties": {"severity": {"type": "integer"}, "user": {"type": "string"}, "score": {"type": "number"}}}
}


def guarded(text, spelled, *, is_condition=True):
    expression = compile_expression(text)
    (reference,) = [each for each in expression.references if text[each.start : each.end] == spelled][:1]
    return asking_first(expression, (reference.start, reference.end), spelled, is_condition=is_condition)


@pytest.mark.parametrize(
    ("text", "spelled", "expected"),
    [
        ("a.user == 'root' || a.bad", "a.user", "has(a.user) && a.user == 'root' || a.bad"),
        ("a.b || (a.user == 'x' || a.c)", "a.user", "a.b || (has(a.user) && a.user == 'x' || a.c)"),
        ("a.user == 'root'", "a.user", "has(a.user) && a.user == 'root'"),
        ("l.exists(i, i.s > a.limit)", "a.limit", "l.exists(i, has(a.limit) && i.s > a.limit)"),
        ("a.user ? true : false", "a.user", "has(a.user) && a.user ? true : false"),
        ("a.x ? a.user : a.y", "a.y", "has(a.y) && (a.x ? a.user : a.y)"),
        ("(a.x ? a.user : a.y)", "a.y", "has(a.y) && (a.x ? a.user : a.y)"),
    ],
)
def test_a_path_is_asked_for_before_the_nearest_condition_reads_it(text, spelled, expected):
    assert guarded(text, spelled) == expected
    compile_expression(expected)


def test_a_value_that_is_no_condition_cannot_be_asked_for_first():
    assert guarded("a.user + 'x'", "a.user", is_condition=False) is None


def test_a_guarded_path_counts_as_guarded():
    assert all(each.guarded for each in compile_expression(guarded("a.user == 'x' || b", "a.user")).references[1:2])


def test_a_default_stands_in_for_a_path():
    expression = compile_expression("'to ' + found.user.name + '!'")
    (reference,) = expression.references
    assert with_default(expression, reference, "found", ("user", "name"), "''") == (
        "'to ' + get(found, 'user.name', '') + '!'"
    )


@pytest.mark.parametrize(
    ("text", "mended"),
    [
        ("alert.severity + 1.5", "double(alert.severity) + 1.5"),
        ("1.5 * (alert.severity + 2)", "1.5 * double((alert.severity + 2))"),
        ("alert.score / 2", "alert.score / 2.0"),
        ("alert.user + 5", "alert.user + '5'"),
        ("alert.user == alert.severity", "alert.user == string(alert.severity)"),
        ("alert.user < alert.severity", ""),
        ("alert.user == [1]", ""),
    ],
)
def test_an_operation_on_two_types_is_written_for_one(text, mended):
    (mix,) = mismatches(compile_expression(text), TYPES)
    assert mix.mended == mended
    assert not mended or mismatches(compile_expression(mended), TYPES) == ()
