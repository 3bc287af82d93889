import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.connectors.registry import load_catalogue
from tocsin.ui.forms.fields import FieldKind
from tocsin.ui.forms.reading import read_text, text_of
from tocsin.ui.forms.schema_fields import field_of, schema_fields

CATALOGUE = load_catalogue()
ACTIONS = sorted(
    [*CATALOGUE.vocabulary, *(f"{c.id}.{name}" for c in CATALOGUE.connectors.values() for name in c.actions)]
)


def one(schema, **more):
    return field_of(schema, ("x",), required=False, **more)


@pytest.mark.parametrize(
    ("schema", "kind"),
    [
        ({"type": "string"}, FieldKind.TEXT),
        ({"type": "string", "maxLength": 1000}, FieldKind.MULTILINE),
        ({"type": "string", "format": "ip"}, FieldKind.ADDRESS),
        ({"type": "string", "format": "ipv6"}, FieldKind.ADDRESS),
        ({"type": "string", "format": "cidr"}, FieldKind.CIDR),
        ({"type": "string", "format": "hostname"}, FieldKind.DOMAIN),
        ({"type": "string", "format": "uri"}, FieldKind.URL),
        ({"type": "string", "format": "email"}, FieldKind.MAIL),
        ({"type": "string", "format": "sha256"}, FieldKind.HASH),
        ({"type": "string", "format": "date-time"}, FieldKind.TIME),
        ({"type": "string", "format": "duration"}, FieldKind.ISO_DURATION),
        ({"type": "string", "format": "file"}, FieldKind.FILE),
        ({"type": "string", "format": "password"}, FieldKind.SECRET),
        ({"type": "string", "writeOnly": True}, FieldKind.SECRET),
        ({"type": "string", "format": "unheard of"}, FieldKind.TEXT),
        ({"type": "integer"}, FieldKind.NUMBER),
        ({"type": "boolean"}, FieldKind.CHOICE),
        ({"enum": ["a", "b"]}, FieldKind.CHOICE),
        ({"type": "array", "items": {"type": "string"}}, FieldKind.LIST),
        ({"type": "array", "items": {"type": "object", "properties": {"a": {}}}}, FieldKind.TABLE),
        ({"type": "array"}, FieldKind.JSON),
        ({"type": "object", "properties": {"a": {}}}, FieldKind.OBJECT),
        ({"type": "object", "additionalProperties": {"type": "string"}}, FieldKind.MAP),
        ({"type": "object"}, FieldKind.JSON),
        ({"type": ["string", "null"]}, FieldKind.JSON),
        ({}, FieldKind.JSON),
    ],
)
def test_a_schema_decides_how_its_value_is_written(schema, kind):
    assert one(schema).kind is kind


def test_a_default_comes_before_an_example_and_an_empty_one_is_none():
    assert one({"type": "integer", "default": 100, "examples": [5]}).placeholder == "100"
    assert one({"type": "string", "default": "", "examples": ["ws-03"]}).placeholder == "ws-03"
    assert one({"type": "number", "default": 0.5}).placeholder == "0.5"


def test_bounds_and_units_are_kept():
    field = one({"type": "integer", "minimum": 1, "maximum": 9, "unit": "hosts"})
    assert (field.least, field.most, field.unit) == (1, 9, "hosts")


def test_words_of_a_choice_can_be_read():
    field = one({"type": "string", "enum": ["in_progress", "DONE"], "default": "DONE"})
    assert [choice.title for choice in field.choices] == ["As usual: DONE", "In progress", "DONE"]
    assert [choice.title for choice in one({"type": "boolean"}).choices] == ["As usual", "Yes", "No"]


def test_an_object_without_end_is_written_as_json_at_last():
    schema = {"type": "object", "properties": {}}
    schema["properties"]["again"] = schema
    depth, field = 0, one(schema)
    while field.kind is FieldKind.OBJECT:
        depth, field = depth + 1, field.parts[0]
    assert (field.kind, depth) == (FieldKind.JSON, 4)


def test_an_answer_takes_no_templates_however_deep():
    schema = {"type": "object", "properties": {"a": {"type": "array", "items": {"type": "string"}}}}
    (field,) = schema_fields(schema, {}, (), takes_template=False)
    assert not field.reads_values


ROWS = {FieldKind.LIST, FieldKind.TABLE, FieldKind.MAP}
"""Not written in one line: each row is a field of its own."""


@pytest.mark.parametrize("use", ACTIONS)
def test_the_inputs_of_every_shipped_action_read_their_own_examples_back(use):
    facts = CATALOGUE.find_facts(use)
    for name, schema in facts.inputs.get("properties", {}).items():
        for sample in [*schema.get("examples", ()), *([schema["default"]] if schema.get("default") else ())]:
            (field,) = [f for f in schema_fields(facts.inputs, {name: sample}, ("with",)) if f.name == f"with.{name}"]
            if field.kind not in ROWS:
                assert read_text(field, text_of(field)).value == sample


@given(st.sampled_from(ACTIONS), st.text(max_size=20))
def test_no_text_makes_a_shipped_form_fail(use, text):
    facts = CATALOGUE.find_facts(use)
    for field in schema_fields(facts.inputs, dict.fromkeys(facts.inputs.get("properties", {}), text), ("with",)):
        read_text(field, text_of(field))
