import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.helpers.playbooks import json_values, texts

from tocsin.formats.yaml_text import read_yaml
from tocsin.formats.yaml_writing import Flow, Quoted, write_yaml


def same(one, other):
    """Equal, in the types and in the order of keys too."""
    if type(one) is not type(other):
        return False
    if isinstance(one, dict):
        return list(one) == list(other) and all(same(one[key], other[key]) for key in one)
    return len(one) == len(other) and all(map(same, one, other)) if isinstance(one, list) else one == other


@settings(max_examples=150, deadline=None)
@given(st.dictionaries(texts(), json_values(), max_size=3), st.sampled_from([lambda value: value, Flow]))
def test_what_was_written_reads_as_the_same_data(data, style):
    text = write_yaml({key: style(value) for key, value in data.items()})
    read = read_yaml(text, "drawn.yaml")
    assert read.problems == ()
    assert read.comments == ()
    assert same(read.data, data)


@settings(max_examples=100, deadline=None)
@given(st.dictionaries(texts(), texts(), max_size=3))
def test_readers_of_old_yaml_take_every_text_for_the_same_text(data):
    assert yaml.load(write_yaml(data), Loader=yaml.CSafeLoader) == data


@pytest.mark.parametrize(
    ("value", "line"),
    [
        ("plain words", "k: plain words"),
        ("yes", 'k: "yes"'),
        ("12:30:45", 'k: "12:30:45"'),
        ("1.0", 'k: "1.0"'),
        ("203.0.113.66", "k: 203.0.113.66"),
        ("198.51.100.0/24", "k: 198.51.100.0/24"),
        ("https://fw.example.com", "k: https://fw.example.com"),
        ("a: b", 'k: "a: b"'),
        ("a #b", 'k: "a #b"'),
        ("\x1b\u202e", 'k: "\\u001b\\u202e"'),
        (Quoted("a"), 'k: "a"'),
        (80.0, "k: 80.0"),
        (1e22, "k: 1.0e+22"),
        (None, "k: null"),
        ([], "k: []"),
        ({}, "k: {}"),
        ("one\ntwo\n", "k: |\n  one\n  two"),
        ("one\ntwo", "k: |-\n  one\n  two"),
        (" one\ntwo", 'k: " one\\ntwo"'),
        ([{"a": 1, "b": [2]}, [3]], "k:\n- a: 1\n  b:\n  - 2\n- - 3"),
        (Flow({"a": [1, "x"]}), 'k: {a: [1, "x"]}'),
    ],
)
def test_each_value_has_its_one_spelling(value, line):
    assert write_yaml({"k": value}) == line + "\n"


def test_a_key_too_long_for_one_line_is_written_on_its_own():
    data = {"k" * 2000: {"a": 1}}
    assert read_yaml(write_yaml(data), "long.yaml").data == data
