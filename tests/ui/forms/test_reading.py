import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.ui.forms.fields import Choice, FieldKind, FormField, Numeric
from tocsin.ui.forms.reading import fitted, read_text, text_of


def field(kind, **more):
    return FormField(("x",), "X", kind, **more)


@pytest.mark.parametrize(
    ("kind", "more", "text", "value"),
    [
        (FieldKind.TEXT, {}, "Look ", "Look "),
        (FieldKind.TEXT, {}, "  ", None),
        (FieldKind.TEXT, {"numeric": Numeric.INTEGER}, "12", 12),
        (FieldKind.TEXT, {"numeric": Numeric.INTEGER}, "12%", "12%"),
        (FieldKind.NUMBER, {"numeric": Numeric.INTEGER}, " 7 ", 7),
        (FieldKind.NUMBER, {"numeric": Numeric.NUMBER}, "0.5", 0.5),
        (FieldKind.NUMBER, {"takes_template": True}, "{{ a.b }}", "{{ a.b }}"),
        (FieldKind.DURATION, {}, " 5m ", "5m"),
        (FieldKind.JSON, {}, '{"a": [1, null]}', {"a": [1, None]}),
        (FieldKind.JSON, {"takes_template": True}, "{{ a.list }}", "{{ a.list }}"),
        (FieldKind.JSON, {"takes_template": True}, '["{{ a }}"]', ["{{ a }}"]),
        (FieldKind.CHOICE, {"choices": (Choice("stop", "Stop the run"),)}, "Stop the run", "stop"),
        (FieldKind.CHOICE, {"choices": (Choice(None, "as usual"),)}, "as usual", None),
        (FieldKind.CHOICE, {"choices": (Choice("all", "all"),), "is_open": True, "numeric": Numeric.INTEGER}, "2", 2),
        (FieldKind.EXPRESSION, {}, "a.b == 1", "a.b == 1"),
        (FieldKind.DURATION, {}, "24 hours", "24h"),
        (FieldKind.ISO_DURATION, {}, "5m", "PT5M"),
        (FieldKind.ISO_DURATION, {}, "PT24H", "PT24H"),
        (FieldKind.ADDRESS, {}, " 203.0.113.66 ", "203.0.113.66"),
        (FieldKind.ADDRESS, {"takes_template": True}, "{{ a.ip }}", "{{ a.ip }}"),
        (FieldKind.TIME, {}, "2026-11-24T10:42:07+01:00", "2026-11-24T10:42:07+01:00"),
        (FieldKind.TIME, {}, "2026-11-24 10:42 UTC", "2026-11-24T10:42:00Z"),
    ],
)
def test_what_is_typed_is_read_as_its_value(kind, more, text, value):
    reading = read_text(field(kind, **more), text)
    assert (reading.value, type(reading.value), reading.fault) == (value, type(value), "")


@pytest.mark.parametrize(
    ("kind", "more", "text", "fault"),
    [
        (FieldKind.TEXT, {"required": True}, " ", "required"),
        (FieldKind.NUMBER, {"numeric": Numeric.INTEGER}, "1.5", "whole number"),
        (FieldKind.NUMBER, {"numeric": Numeric.NUMBER}, "many", "number"),
        (FieldKind.NUMBER, {"numeric": Numeric.NUMBER}, "inf", "end"),
        (FieldKind.NUMBER, {"numeric": Numeric.NUMBER}, "nan", "end"),
        (FieldKind.NUMBER, {"numeric": Numeric.INTEGER}, "{{ a }}", "whole number"),
        (FieldKind.DURATION, {}, "5 parsecs", "30s"),
        (FieldKind.JSON, {}, "{", "line 1, column 2"),
        (FieldKind.JSON, {}, "NaN", "NaN"),
        (FieldKind.JSON, {}, "[" * 100_000, "nested too deep"),
        (FieldKind.JSON, {}, '"' + "x" * 1_000_001 + '"', "too large"),
        (FieldKind.CHOICE, {"choices": (Choice("stop", "Stop"),)}, "Stopp", "“Stopp” is not offered"),
        (FieldKind.NUMBER, {"numeric": Numeric.INTEGER, "least": 1}, "0", "1 or more"),
        (FieldKind.NUMBER, {"numeric": Numeric.INTEGER, "most": 1000}, "1001", "1000 or less"),
        (FieldKind.ADDRESS, {}, "203.0.113", "such as “203.0.113.66”"),
        (FieldKind.TIME, {}, "2026-11-24 10:42", "with its zone"),
    ],
)
def test_what_does_not_fit_is_said_in_words(kind, more, text, fault):
    reading = read_text(field(kind, **more), text)
    assert reading.value is None
    assert fault in reading.fault


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53), 2**53)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


@given(JSON)
def test_json_that_is_shown_is_read_back_as_it_was(value):
    assert read_text(field(FieldKind.JSON), text_of(field(FieldKind.JSON, value=value))).value == value


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_number_that_is_shown_is_read_back_as_it_was(value):
    number = field(FieldKind.NUMBER, numeric=Numeric.NUMBER, value=value)
    assert math.isclose(read_text(number, text_of(number)).value, value, rel_tol=0)


@pytest.mark.parametrize(
    ("kind", "more", "value", "shown"),
    [
        (FieldKind.NUMBER, {}, 5, FieldKind.NUMBER),
        (FieldKind.NUMBER, {}, True, FieldKind.JSON),
        (FieldKind.NUMBER, {}, "5", FieldKind.JSON),
        (FieldKind.NUMBER, {"takes_template": True}, "{{ a }}", FieldKind.NUMBER),
        (FieldKind.TEXT, {}, "one\ntwo", FieldKind.MULTILINE),
        (FieldKind.TEXT, {}, {"a": 1}, FieldKind.JSON),
        (FieldKind.LIST, {"parts": (field(FieldKind.TEXT),)}, ["a", "b"], FieldKind.LIST),
        (FieldKind.LIST, {"parts": (field(FieldKind.TEXT),)}, ["a", None], FieldKind.JSON),
        (FieldKind.LIST, {"parts": (field(FieldKind.TEXT),)}, "a", FieldKind.JSON),
        (FieldKind.TABLE, {"parts": (field(FieldKind.TEXT),)}, [{"x": "a"}], FieldKind.TABLE),
        (FieldKind.TABLE, {"parts": (field(FieldKind.TEXT),)}, ["a"], FieldKind.JSON),
        (FieldKind.OBJECT, {"parts": (field(FieldKind.TEXT),)}, {"x": "a", "y": 2}, FieldKind.OBJECT),
        (FieldKind.OBJECT, {"parts": (field(FieldKind.TEXT),)}, [1], FieldKind.JSON),
    ],
)
def test_a_value_that_a_field_could_not_show_is_shown_as_json(kind, more, value, shown):
    assert fitted(field(kind, **more), value).kind is shown
