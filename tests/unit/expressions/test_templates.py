import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.base.codes import ErrorCode
from tocsin.expressions import (
    EvaluationError,
    ExpressionError,
    Scope,
    TemplateError,
    TooLargeError,
    compile_template,
    find_slots,
    render,
)


@pytest.fixture
def scope():
    scope = Scope()
    scope.bind("a", {"text": "x", "int": 5, "double": 80.0, "yes": True, "none": None, "list": [1], "map": {"k": 1}})
    scope.bind("hostile", {"text": "{{ a.int }} }} {{", "map": {"{{ a.int }}": "{{ a.int }}"}})
    return scope


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{{ a.int }}", 5),
        ("{{a.double}}", 80.0),
        ("{{ a.none }}", None),
        ("{{ a.list }}", [1]),
        ("{{ a.map }}", {"k": 1}),
        (" {{ a.int }}", " 5"),
        ("{{ a.int }} ", "5 "),
        ("{{ a.int }}{{ a.double }}", "580"),
        ("{{ a.text }}, {{ a.yes }}!", "x, true!"),
        ("at {{ timestamp('2026-11-24T03:00:00Z') }}", "at 2026-11-24T03:00:00.000Z"),
        ("{{ {'a': {'b': 1}} }}", {"a": {"b": 1}}),
        ("{{{'a': {'b': 1}}}}", {"a": {"b": 1}}),
        ("{{ size('}}') }}", 2),
        ('{{ r"\\" + "}}" }}', "\\}}"),
        ('{{ "{{" }}', "{{"),
        ('{{ "{{" }} a.int }}', "{{ a.int }}"),
        ("a }} b", "a }} b"),
        ("a { b } c", "a { b } c"),
        ("", ""),
    ],
)
def test_a_field_becomes_its_value(scope, text, expected):
    value = render(compile_template(text), scope)
    assert (value, type(value)) == (expected, type(expected))


@pytest.mark.parametrize(
    ("text", "column"),
    [("{{", 1), ("ab {{ a.int", 4), ("{{ }}", 1), ("x {{}}", 3), ("{{ {'a': 1 }}", 1)],
)
def test_a_slot_that_is_blank_or_open_is_shown_with_its_column(text, column):
    with pytest.raises(TemplateError) as caught:
        compile_template(text)
    assert (caught.value.column, caught.value.code) == (column, ErrorCode.BAD_TEMPLATE)


def test_a_string_that_is_open_in_a_slot_is_shown_with_its_column():
    with pytest.raises(ExpressionError, match="not closed") as caught:
        compile_template("{{ a.int }} {{ ' }}")
    assert caught.value.column == 16


def test_a_fault_in_a_slot_is_shown_where_it_stands():
    with pytest.raises(ExpressionError) as caught:
        compile_template({"to": ["x", "see {{ a.int + }}"]})
    assert (caught.value.path, caught.value.column) == (("to", 1), 15)


@pytest.mark.parametrize("field", ["none", "list", "map"])
def test_text_takes_no_null_list_or_map(scope, field):
    with pytest.raises(EvaluationError, match=f"inside text: “a.{field}”"):
        render(compile_template(f"x {{{{ a.{field} }}}}"), scope)


def test_templates_work_at_any_depth_but_not_in_keys(scope):
    value = {"{{ a.int }}": ["{{ a.int }}", {"n": "{{ a.text }}!"}, 3, None, "plain"]}
    assert render(compile_template(value), scope) == {"{{ a.int }}": [5, {"n": "x!"}, 3, None, "plain"]}


def test_data_that_holds_braces_stays_data(scope):
    assert render(compile_template("{{ hostile.text }}"), scope) == "{{ a.int }} }} {{"
    assert render(compile_template("<{{ hostile.text }}>"), scope) == "<{{ a.int }} }} {{>"
    assert render(compile_template("{{ hostile.map }}"), scope) == {"{{ a.int }}": "{{ a.int }}"}


def test_a_template_tells_what_it_reads():
    template = compile_template({"a": "{{ x.n }} {{ nodes.y.output.n }}", "b": ["{{ y.n }}{{ x.m }}"], "c": "plain"})
    assert template.roots == ("x", "nodes", "y")
    assert template.node_ids == ("y",)
    assert [(part.path, part.start) for part in template.parts] == [
        (("a",), 3),
        (("a",), 13),
        (("b", 0), 3),
        (("b", 0), 12),
    ]
    assert [each.path for each in template.references] == [("n",), ("y", "output", "n"), ("n",), ("m",)]


@pytest.mark.parametrize("value", [1, None, "plain }}", {"{{": ["a"]}, []])
def test_what_holds_no_expression_is_constant(scope, value):
    template = compile_template(value)
    assert template.is_constant
    assert render(template, scope) is value


def test_a_slot_of_a_megabyte_is_refused():
    with pytest.raises(TooLargeError):
        compile_template("{{ " + "a + " * 250_000 + "a }}")


def test_a_field_that_is_too_deep_is_refused():
    deep: object = "{{ a }}"
    for _ in range(100):
        deep = [deep]
    with pytest.raises(TooLargeError):
        compile_template(deep)


@given(st.text(alphabet="a{}'\" \\r", max_size=30))
def test_slots_stand_in_the_text_as_they_are_or_the_text_is_refused(text):
    try:
        slots = find_slots(text)
    except ExpressionError:
        return
    for slot in slots:
        assert text[slot.start : slot.end].strip("{} ").startswith(slot.text.strip("{} "))
        assert text[slot.text_start : slot.text_start + len(slot.text)] == slot.text


@given(st.text(max_size=60).filter(lambda text: "{{" not in text))
def test_text_without_opening_braces_is_itself(text):
    assert render(compile_template(text), Scope()) == text
