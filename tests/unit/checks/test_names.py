import pytest
from tests.unit.checks.build import check, find, problem, read

NAMED = """
nodes:
  alert: {kind: trigger, event: siem.alert}
  NAME: {kind: set, values: {a: x}}
  reader: {kind: set, values: {b: x}}
edges: [alert -> NAME, NAME -> reader]
"""
LOOP = """
nodes:
  alert: {kind: trigger, event: siem.alert}
  each:
    kind: for_each
    in: "[1, 2]"
    as: NAME
    body: {nodes: {one: {kind: set, values: {a: "{{ index }}"}}}}
edges: [alert -> each]
"""


@pytest.mark.parametrize("name", ["nodes", "run", "size", "while", "y", "is_private"])
def test_a_name_with_another_meaning_is_refused(name):
    assert find(NAMED.replace("NAME", name).replace(" y:", ' "y":'), "RESERVED_NAME") == [("RESERVED_NAME", name, "")]


def test_the_fix_renames_with_all_edges():
    playbook = read(NAMED.replace("NAME", "size"))
    (found,) = check(playbook)
    mended = found.fix.edit.apply(playbook)
    assert (list(mended.graph.nodes), check(mended)) == (["alert", "size_node", "reader"], ())


@pytest.mark.parametrize("name", ["index", "run", "one", "alert", "has"])
def test_an_item_is_not_called_like_something_else(name):
    assert ("RESERVED_NAME", "each", "as") in find(LOOP.replace("NAME", name))


@pytest.mark.parametrize("name", ["item", "host"])
def test_an_item_has_its_default_name_or_one_of_its_own(name):
    assert find(LOOP.replace("NAME", name)) == []


def test_loops_beside_each_other_may_share_the_name_of_their_items():
    text = """
nodes:
  alert: {kind: trigger, event: siem.alert}
  one: {kind: for_each, in: "[1]", body: {nodes: {a: {kind: set, values: {v: "{{ item }}"}}}}}
  two: {kind: for_each, in: "[1]", body: {nodes: {b: {kind: set, values: {v: "{{ item }}"}}}}}
edges: [alert -> one, one -> two]
"""
    assert find(text) == []


def test_one_id_in_two_bodies_is_found_at_the_second():
    text = """
nodes:
  alert: {kind: trigger, event: siem.alert}
  one: {kind: for_each, in: "[1]", body: {nodes: {same: {kind: set, values: {}}}}}
  two: {kind: for_each, in: "[1]", body: {nodes: {same: {kind: set, values: {}}}}}
edges: [alert -> one, one -> two]
"""
    assert problem(text, "DUPLICATE_ID").message == (
        "“same” is the id of two nodes, one inside the loop “one” and one inside the loop “two”."
    )


def test_a_macro_calls_its_items_by_a_name_of_their_own():
    text = """
nodes:
  alert: {kind: trigger, event: siem.alert}
  note: {kind: set, values: {a: "{{ [1, 2].map(alert, alert + 1) }}"}}
edges: [alert -> note]
"""
    assert find(text) == [("SHADOWED_NAME", "note", "values.a")]
    assert find(text.replace("alert, alert + 1", "n, n + 1")) == []


def test_two_answers_of_one_name_are_found():
    text = """
nodes:
  alert: {kind: trigger, event: siem.alert}
  sure: {kind: ask, ask: choice, text: Which, options: [{id: this}, {id: this}], deadline: 4h}
  done: {kind: end}
edges: [alert -> sure, sure.this -> done]
"""
    assert find(text) == [("RESERVED_NAME", "sure", "options.1.id")]
