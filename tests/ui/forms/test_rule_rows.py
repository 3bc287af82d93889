import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.expressions.rules import Operator, Path
from tocsin.ui.forms.fields import FieldKind
from tocsin.ui.forms.reading import Reading
from tocsin.ui.forms.rule_rows import TITLES, operator_field, read_value, text_of_value, usual_operator, value_field

TYPES = {
    "integer": st.integers(-(10**17), 10**17),
    "number": st.floats(-(10**12), 10**12, allow_nan=False).map(lambda value: round(value, 3)),
    "boolean": st.booleans(),
    "string": st.text(st.characters(categories=["L", "N", "P"]), min_size=1, max_size=8).filter(
        lambda s: "{{" not in s
    ),
}


@pytest.mark.parametrize("kind", TYPES)
def test_a_constant_reads_back_as_it_was_typed(kind):
    schema = {"type": kind}

    @given(TYPES[kind], st.lists(TYPES[kind], min_size=1, max_size=3))
    def same(one, several):
        assert read_value(text_of_value(one, schema), schema, Operator.IS) == one
        assert read_value(text_of_value(tuple(several), schema), schema, Operator.ONE_OF) == tuple(several)

    same()


@pytest.mark.parametrize("value", [7, -3, 80.5, 80.0, True, "server", "7", "80.5", "true", '"quoted"'])
def test_where_no_type_is_known_a_constant_is_read_as_it_looks(value):
    typed = text_of_value(value, {})
    read = read_value(typed, {}, Operator.IS)
    assert (read, type(read)) == (value, type(value))


def test_a_whole_number_typed_for_a_decimal_field_becomes_decimal():
    read = read_value("80", {"type": "number"}, Operator.AT_LEAST)
    assert (read, type(read)) == (80.0, float)


def test_a_value_of_another_step_stands_in_braces():
    assert text_of_value(Path("alert.src_ip"), {}) == "{{ alert.src_ip }}"
    assert read_value(" {{ alert.src_ip }} ", {"type": "integer"}, Operator.IS) == Path("alert.src_ip")


@pytest.mark.parametrize(
    ("typed", "kind"),
    [("", "string"), ("many", "integer"), ("x", "number"), ("yes", "boolean"), ("a {{ b }}", "string")],
)
def test_what_does_not_fit_says_so(typed, kind):
    read = read_value(typed, {"type": kind}, Operator.IS)
    assert isinstance(read, Reading)
    assert read.fault


def test_operators_fit_the_type_and_one_that_stands_there_stays():
    offered = [choice.value for choice in operator_field({"type": "boolean"}, Operator.MORE).choices]
    assert offered == ["true", "!true", "has", "!has", ">"]
    assert len(operator_field({}, None).choices) == len(TITLES) == len(Operator)
    assert usual_operator({"type": "number"}) is Operator.MORE


def test_named_values_are_offered():
    field = value_field({"type": "string", "enum": ["low", "high"]}, Operator.IS, "low")
    assert (field.kind, field.value, [choice.value for choice in field.choices]) == (
        FieldKind.CHOICE, "low", ["low", "high"],
    )  # fmt: skip
