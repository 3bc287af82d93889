"""Forms as rows: what rows can say is said back without loss, what they cannot is left to JSON."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.ui.forms.schema_rows import find_rows, schema_of

WORD = st.text(st.characters(categories=("Ll", "Nd")), min_size=1, max_size=6)
ASKED = st.fixed_dictionaries(
    {"type": st.sampled_from(("string", "number", "integer", "boolean"))},
    optional={
        "title": WORD,
        "help": WORD,
        "enum": st.lists(WORD, min_size=1, max_size=3),
        "default": st.one_of(WORD, st.booleans(), st.integers(0, 9)),
        "minimum": st.integers(0, 9),
    },
)


@st.composite
def schemas(draw):
    properties = draw(st.dictionaries(WORD, ASKED, max_size=4))
    required = [name for name in properties if draw(st.booleans())]
    extra = draw(st.fixed_dictionaries({}, optional={"title": WORD, "additionalProperties": st.booleans()}))
    return {"type": "object", **extra, "properties": properties, **({"required": required} if required else {})}


@given(schemas())
def test_what_rows_can_say_is_said_back_as_it_was(schema):
    rows = find_rows(schema)
    assert rows is not None
    said = schema_of(rows, schema)
    assert said == schema
    assert list(said) == list(schema)


@pytest.mark.parametrize(
    "schema",
    [
        {"type": "array"},
        {"properties": {"a": {"oneOf": []}}},
        {"properties": {"a": True}},
        {"properties": {"a": {"type": "string", "title": " "}}},
        {"properties": {"a": {"type": "integer", "enum": [1, 2]}}},
        {"properties": {}, "required": ["b"]},
        {"properties": {"a": {"type": "string", "required": True}}},
        [],
        "text",
    ],
)
def test_what_rows_cannot_say_is_left_alone(schema):
    assert find_rows(schema) is None


def test_a_row_with_choices_is_one_of_several():
    rows = [{"name": "how", "kind": "text", "enum": ["now", "later"], "required": True}]
    assert schema_of(rows, None) == {
        "type": "object",
        "required": ["how"],
        "properties": {"how": {"type": "string", "enum": ["now", "later"]}},
    }
