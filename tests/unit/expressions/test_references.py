import pytest

from tocsin.expressions import compile_expression


def paths(text):
    return [(each.root, each.path) for each in compile_expression(text).references]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("alert.src_ip", [("alert", ("src_ip",))]),
        ("nodes.x.output.hosts[0].id", [("nodes", ("x", "output", "hosts", 0, "id"))]),
        ("a['b c'].d", [("a", ("b c", "d"))]),
        ("a[b.c].d", [("a", ()), ("b", ("c",))]),
        ("l.map(x, x.id + y.id)", [("l", ()), ("y", ("id",))]),
        ("l.map(x, x.tags.exists(t, t == x.name))", [("l", ())]),
        ("get(x, 'a.b', y)", [("x", ()), ("y", ())]),
        ("size(a.b) + a.size()", [("a", ("b",)), ("a", ())]),
        ("'a.b' + \"{{ c }}\"", []),
    ],
)
def test_paths_are_found_as_far_as_they_are_written_out(text, expected):
    assert paths(text) == expected


def test_the_place_of_a_reference_is_its_text():
    text = "  a.b == nodes.x.output"
    assert [text[each.start : each.end] for each in compile_expression(text).references] == ["a.b", "nodes.x.output"]


@pytest.mark.parametrize(
    ("text", "guarded"),
    [
        ("x.score", [False]),
        ("has(nodes.x.output)", [True]),
        ("has(nodes.x.output) && x.score > 8.0", [True, True]),
        ("x.score > 8.0 && has(nodes.x.output)", [False, True]),
        ("has(nodes.x.output) || x.score > 8.0", [True, False]),
        ("!has(nodes.x.output) || x.score > 8.0", [True, True]),
        ("has(nodes.x.output) && y.score > 8.0", [True, False]),
        ("has(a.b) ? a.b : a.c", [True, True, False]),
        ("!has(a.b) ? a.b : a.b.c", [True, False, True]),
        ("has(a.b) && (c || a.b == 1)", [True, False, True]),
        ("get(x, 'score', y.z)", [True, False]),
        ("x.get('score', 1)", [True]),
        ("has(a.b.c) && a.b.d", [True, False]),
    ],
)
def test_a_reference_is_guarded_when_its_absence_is_taken_care_of(text, guarded):
    assert [each.guarded for each in compile_expression(text).references] == guarded
