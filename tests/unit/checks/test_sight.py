import json

import pytest
from tests.unit.checks.build import check, find, problem, read


def titled(**said):
    return json.dumps({"nodes": {"alert": {"kind": "trigger", "event": "siem.alert", **said}}, "edges": []})


@pytest.mark.parametrize("sign", ["\u202e", "\u200b", "\u2066", "\ufeff", "\u00ad"])
def test_a_sign_without_a_shape_is_found_and_taken_out(sign):
    text = titled(title=f"a{sign}b")
    assert find(text) == [("HIDDEN_CHARACTERS", "alert", "title")]
    mended = problem(text, "HIDDEN_CHARACTERS").fix.edit.apply(read(text))
    assert (mended.graph.nodes["alert"].title, check(mended)) == ("ab", ())


@pytest.mark.parametrize("title", ["Überprüfen", "Проверка", "日本語", "Ω and π", "Straße 5"])
def test_every_language_may_be_written(title):
    assert find(titled(title=title)) == []


def test_letters_of_two_alphabets_in_one_word_are_found():
    assert find(titled(title="Bl\u043eck")) == [("HIDDEN_CHARACTERS", "alert", "title")]


def test_the_name_of_the_playbook_is_looked_at_too():
    text = '{"name": "a\\u202eb", "nodes": {"alert": {"kind": "trigger", "event": "siem.alert"}}}'
    assert find(text) == [("HIDDEN_CHARACTERS", "", "name")]
    assert check(problem(text, "HIDDEN_CHARACTERS").fix.edit.apply(read(text))) == ()


LAID = """
nodes:
  alert: {kind: trigger, event: siem.alert}
  done: {kind: end}
edges: [alert -> done]
layout: {alert: [0, 0], done: PLACE}
"""


@pytest.mark.parametrize("place", ["[0, 0]", "[4, 4]", "[200000, 0]", "[0, -200000]"])
def test_a_node_that_nobody_sees_is_found_and_moved(place):
    text = LAID.replace("PLACE", place)
    assert find(text) == [("HIDDEN_NODE", "done", "")]
    assert check(problem(text, "HIDDEN_NODE").fix.edit.apply(read(text))) == ()


@pytest.mark.parametrize("place", ["[0, 104]", "[280, 0]", "[-90000, 90000]"])
def test_a_node_that_can_be_seen_is_left_alone(place):
    assert find(LAID.replace("PLACE", place)) == []
