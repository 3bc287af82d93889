import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.services.samples.words import LONGEST, field_title, result_words, sample_words, type_words

DATA = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=20,
)


@pytest.mark.parametrize(
    ("name", "schema", "title"),
    [
        ("src_ip", {}, "Source IP"),
        ("started_at", {}, "Started at"),
        ("id", {}, "ID"),
        ("src_ip", {"title": "Source address"}, "Source address"),
    ],
)
def test_a_field_is_called_by_its_title_else_by_its_name_in_words(name, schema, title):
    assert field_title(name, schema) == title


@pytest.mark.parametrize(
    ("schema", "value", "words"),
    [
        ({"type": "string"}, None, "text"),
        ({"type": "string", "format": "date-time"}, None, "time"),
        ({"type": "integer"}, None, "number"),
        ({}, [1], "list"),
        ({}, True, "true or false"),
        ({}, None, ""),
    ],
)
def test_a_type_is_a_word_of_the_schema_else_of_the_sample(schema, value, words):
    assert type_words(schema, value) == words


@pytest.mark.parametrize(
    ("value", "title", "words"),
    [
        ("malicious", "", "malicious"),
        (["scanner", "ssh"], "Tags", "scanner, ssh"),
        ([{}, {}, {}], "Hosts", "3 hosts"),
        ([{}], "Hosts", "1 host"),
        ([], "Hosts", "0 hosts"),
        ({"a": 1}, "", "1 field"),
        (97.0, "", "97"),
        (True, "", "true"),
        ("2024-03-02T00:00:00Z", "", "2024-03-02 00:00 UTC"),
        ("2024-03-02", "", "2024-03-02"),
    ],
)
def test_a_sample_is_short(value, title, words):
    assert sample_words(value, title) == words


@given(DATA)
def test_any_data_is_one_line_of_bounded_length(value):
    for words in (sample_words(value), result_words(value)):
        assert "\n" not in words
        assert len(words) <= LONGEST
