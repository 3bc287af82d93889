import pytest
from tests.unit.checks.build import read

from tocsin.edits import EditRefusedError, RenameItem, RenameWithin, graph_at, node_at
from tocsin.formats import write_playbook

TWICE = """
nodes:
  alert: {kind: trigger, event: siem.alert}
  each:
    kind: for_each
    in: "[1, 2]"
    collect: "done.v + alert.severity"
    body:
      nodes:
        done: {kind: set, values: {v: 1}}
        reader: {kind: set, values: {v: "{{ done.v }}"}}
      edges: [done -> reader]
  done: {kind: set, values: {v: 2}}
  later: {kind: set, values: {v: "{{ done.v }}"}}
edges: [alert -> each, each -> done, done -> later]
layout: {done: [8, 16]}
"""
NESTED = """
nodes:
  alert: {kind: trigger, event: siem.alert}
  outer:
    kind: for_each
    in: "[[1], [2]]"
    body:
      nodes:
        inner:
          kind: for_each
          in: "item"
          key: "item"
          body:
            nodes:
              one: {kind: set, values: {v: "{{ item }}"}}
              deeper:
                kind: for_each
                in: "[item]"
                body: {nodes: {two: {kind: set, values: {v: "{{ item }}"}}}, edges: []}
        after: {kind: set, values: {v: "{{ item }}"}}
edges: [alert -> outer]
"""


def values(playbook, name):
    return node_at(playbook, name).values


def test_the_inner_one_of_two_is_renamed_with_its_readers_and_the_outer_one_stays():
    playbook = read(TWICE)
    changed = RenameWithin("each", "done", "done_2").apply(playbook)
    assert list(graph_at(changed, "each").nodes) == ["done_2", "reader"]
    assert [edge.text for edge in graph_at(changed, "each").edges] == ["done_2 -> reader"]
    assert node_at(changed, "each").collect == "done_2.v + alert.severity"
    assert (values(changed, "reader"), values(changed, "later")) == ({"v": "{{ done_2.v }}"}, {"v": "{{ done.v }}"})
    assert changed.layout.nodes["done_2"] == changed.layout.nodes["done"]


def test_an_item_is_renamed_where_it_is_meant_and_nowhere_else():
    changed = RenameItem("inner", "digit").apply(read(NESTED))
    inner = node_at(changed, "inner")
    assert (inner.items, inner.key, inner.item_name) == ("item", "digit", "digit")
    assert values(changed, "one") == {"v": "{{ digit }}"}
    assert node_at(changed, "deeper").items == "[digit]"
    assert values(changed, "two") == {"v": "{{ item }}"}
    assert values(changed, "after") == {"v": "{{ item }}"}


@pytest.mark.parametrize(
    ("text", "edit"), [(TWICE, RenameWithin("each", "done", "done_2")), (NESTED, RenameItem("inner", "digit"))]
)
def test_the_way_back_gives_the_same_file(text, edit):
    playbook = read(text)
    assert write_playbook(edit.inverse(playbook).apply(edit.apply(playbook))) == write_playbook(playbook)


@pytest.mark.parametrize(
    "edit",
    [
        RenameWithin("each", "done", "alert"),
        RenameWithin("each", "nobody", "free"),
        RenameWithin("nowhere", "done", "free"),
        RenameItem("done", "free"),
        RenameItem("each", "later"),
    ],
)
def test_what_cannot_be_named_so_is_refused(edit):
    with pytest.raises(EditRefusedError):
        edit.apply(read(TWICE))
