import pytest

from tocsin.expressions import compile_expression, infer_type, mismatches, unknown_functions

TYPES = {
    "alert": {
        "type": "object",
        "properties": {
            "score": {"type": "number"},
            "count": {"type": "integer"},
            "id": {"type": "string"},
            "tor": {"type": "boolean"},
            "any": {},
            "maybe": {"type": ["string", "null"]},
            "hosts": {"type": "array", "items": {"type": "object", "properties": {"n": {"type": "integer"}}}},
        },
    }
}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("alert", "map"),
        ("alert.score", "double"),
        ("alert.hosts[0].n", "int"),
        ("alert.any", None),
        ("alert.maybe", None),
        ("alert.gone", None),
        ("other.x", None),
        ("alert.count + 1", "int"),
        ("-alert.score", "double"),
        ("alert.score + alert.any", None),
        ("alert.score > 1.0", "bool"),
        ("!alert.tor", "bool"),
        ("has(alert.x) && true", "bool"),
        ("alert.tor ? 1 : 2", "int"),
        ("alert.tor ? 1 : 'a'", None),
        ("alert.hosts.map(h, h.n)", "list"),
        ("alert.hosts.exists(h, true)", "bool"),
        ("size(alert.id)", "int"),
        ("defang(alert.id)", "string"),
        ("get(alert, 'x', 1)", None),
        ("now()", "timestamp"),
        ("now() - now()", None),
        ("duration('1h')", "duration"),
        ("{'a': 1}", "map"),
        ("null", "null"),
    ],
)
def test_types_follow_from_the_schemas(text, expected):
    assert infer_type(compile_expression(text), TYPES) == expected


@pytest.mark.parametrize(
    ("text", "part", "words"),
    [
        ("alert.score + 1 > 2.0", "alert.score + 1", "double(…)"),
        ("alert.count * 2.0", "alert.count * 2.0", "double(…)"),
        ("'n: ' + alert.count", "'n: ' + alert.count", "string(…)"),
        ("true && alert.score == '85'", "alert.score == '85'", "never equal"),
        ("alert.tor != 1", "alert.tor != 1", "never equal"),
        ("alert.id == null", "alert.id == null", "never equal"),
        ("alert.id < 5", "alert.id < 5", "cannot compare"),
        ("[1].map(x, alert.count + 0.5)", "alert.count + 0.5", "double(…)"),
    ],
)
def test_types_that_do_not_fit_are_shown_where_they_stand(text, part, words):
    (found,) = mismatches(compile_expression(text), TYPES)
    assert text[found.start : found.end] == part
    assert words in found.message


@pytest.mark.parametrize(
    "text",
    [
        "alert.score >= 80",
        "alert.count == 80.0",
        "alert.count + 1 == 2",
        "alert.any == 5",
        "alert.maybe == null",
        "alert.id + 'x'",
        "now() - duration('1h') < now()",
        "[1].map(alerts, alerts.score + 1)",
        "alert.id in ['a']",
    ],
)
def test_what_fits_or_is_not_known_is_left(text):
    assert mismatches(compile_expression(text), TYPES) == ()


def test_functions_that_do_not_exist_are_shown_where_they_stand():
    text = "size(a) > 1 && a.startWith('b')"
    (found,) = unknown_functions(compile_expression(text))
    assert text[found.start : found.end] == "startWith"
    assert "Did you mean “startsWith”?" in found.message
