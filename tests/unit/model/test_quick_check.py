"""What is told at once is what the library tells."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from tocsin.model.quick_check import compile_accept
from tocsin.model.schemas import check_value

JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-3, 3) | st.sampled_from([1.0, 1.5, "a", "b", "x"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from("abc"), inner, max_size=3),
    max_leaves=6,
)
TYPES = st.sampled_from(["object", "array", "string", "integer", "number", "boolean", "null"])
SCHEMAS = st.recursive(
    st.booleans()
    | st.fixed_dictionaries({}, optional={"type": TYPES, "title": st.just("T"), "enum": st.just(["a", 1])})
    | st.sampled_from([{"type": "string", "format": "ipv4"}, {"type": ["string", "null"]}, {"minLength": 2}])
    | st.fixed_dictionaries(
        {"type": TYPES},
        optional={
            "minimum": st.sampled_from([0, 1.5]),
            "maximum": st.sampled_from([1, 2.5]),
            "minLength": st.integers(0, 2),
            "maxLength": st.integers(0, 2),
            "pattern": st.sampled_from(["^[ab]", "x"]),
            "enum": st.just(["a", 1]),
            "help": st.just("In words."),
        },
    ),
    lambda inner: st.fixed_dictionaries(
        {"type": TYPES},
        optional={
            "properties": st.dictionaries(st.sampled_from("abc"), inner, max_size=2),
            "required": st.lists(st.sampled_from("abc"), max_size=2, unique=True),
            "additionalProperties": inner,
            "items": inner,
        },
    ),
    max_leaves=4,
)


@given(SCHEMAS, JSON)
def test_what_is_accepted_at_once_fits_by_the_library_too(schema, value):
    if compile_accept(schema)(value):
        assert Draft202012Validator(schema).is_valid(value)


@pytest.mark.parametrize(
    ("schema", "value"),
    [
        ({"type": "object"}, {"x": 1}),
        ({"type": "object", "required": ["ip"], "properties": {"ip": {"type": "string"}}}, {"ip": "192.0.2.1"}),
        ({"type": "array", "items": {"type": "number"}}, [1, 2.5]),
        ({"type": "string", "enum": ["high", "low"]}, "low"),
        ({"description": "Anything."}, None),
        ({"type": "integer", "minimum": 1, "maximum": 1000, "help": "More than this many is an error."}, 100),
        ({"type": "string", "minLength": 1, "maxLength": 255, "pattern": "^[^ ]+$"}, "tocsin"),
    ],
)
def test_what_is_usual_needs_no_library(schema, value):
    assert compile_accept(schema)(value)


def test_what_does_not_fit_is_still_named():
    schema = {"type": "object", "required": ["ip"], "properties": {"ip": {"type": "string"}}}
    assert [misfit.place for misfit in check_value({"ip": 4}, schema)] == ["ip"]
    assert check_value({}, schema)[0].message == "'ip' is a required property"
