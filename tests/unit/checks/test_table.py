import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.unit.checks.build import catalogue, check, find, products, read
from tests.unit.checks.playbooks import FIELD, WORKED

from tocsin.base.resources import playbook_paths
from tocsin.checks import check_playbook
from tocsin.formats.playbook_file import load_playbook
from tocsin.model.catalogue import Catalogue


@pytest.mark.parametrize("text", [WORKED, FIELD])
def test_whole_playbooks_are_clean(text):
    assert find(text) == []


@pytest.mark.parametrize("path", playbook_paths(), ids=lambda path: path.stem)
def test_shipped_playbooks_are_clean(path):
    assert check_playbook(load_playbook(path).playbook, products()) == ()


def test_problems_stand_in_the_order_of_the_file_then_field_then_code():
    text = """
roles: {odd: {category: nothing}}
nodes:
  last: {kind: trigger, event: siem.alert}
  first: {kind: set, values: {b: "{{ b. }}", a: "{{ a. }}"}}
  lost: {kind: set, values: {c: "{{ c. }}"}}
edges: [last -> first]
"""
    assert find(text) == [
        ("UNKNOWN_ROLE", "", "roles.odd.category"),
        ("BAD_EXPRESSION", "first", "values.a"),
        ("BAD_EXPRESSION", "first", "values.b"),
        ("UNREACHABLE", "lost", ""),
        ("BAD_EXPRESSION", "lost", "values.c"),
    ]


def test_a_name_that_is_read_wrongly_twice_in_one_field_is_one_problem():
    assert len(find(WORKED.replace("{{ alert.id }}.", "{{ alrt.id }} {{ alrt.id }}."), "UNKNOWN_REFERENCE")) == 1


def test_the_same_playbook_gives_the_same_answer_object():
    playbook = read(WORKED)
    assert check(playbook) is check(playbook)


def test_another_catalogue_gives_another_answer():
    playbook = read(WORKED)
    codes = {problem.code.name for problem in check_playbook(playbook, Catalogue())}
    assert (check(playbook), codes) == ((), {"UNKNOWN_ACTION"})


KINDS = {
    "set": {"values": {"v": "{{ n0.v }} {{ nodes.n1.output.v }}"}},
    "condition": {"when": "n0.v == 1 || has(nodes.n2.output)"},
    "join": {"need": "any"},
    "ask": {"ask": "approval", "text": "{{ n1.v }}", "expires": "1h"},
    "end": {"outputs": {"a": "n0.v"}},
    "action": {"use": "edr.isolate_endpoint", "with": {"endpoint_id": "{{ n1.v }}"}},
    "trigger": {"event": "manual"},
    "note": {"text": "x"},
}
PORTS = {
    "condition": ("true", "false"),
    "ask": ("approved", "expired"),
    "set": ("out", "error"),
    "action": ("out", "error"),
    "join": ("out", "unmet"),
    "trigger": ("out", "out"),
}


def port_of(kind, *, other):
    return PORTS[kind][other]


@given(
    kinds=st.lists(st.sampled_from(sorted(KINDS)), min_size=1, max_size=8),
    pairs=st.lists(st.tuples(st.integers(0, 7), st.booleans(), st.integers(0, 7)), max_size=14, unique=True),
    body=st.booleans(),
)
@settings(max_examples=80, deadline=None)
def test_never_raises_whatever_is_drawn_circles_included(kinds, pairs, body):
    nodes = {f"n{number}": {"kind": kind, **KINDS[kind]} for number, kind in enumerate(kinds)}
    edges = [
        f"n{source}.{port_of(kinds[source], other=other)} -> n{target}"
        for source, other, target in pairs
        if max(source, target) < len(kinds) and source != target
        if kinds[source] not in ("end", "note") and kinds[target] not in ("trigger", "note")
    ]
    graph = {"nodes": nodes, "edges": sorted(set(edges))}
    if body:
        graph = {"nodes": {"loop": {"kind": "for_each", "in": "[1]", "body": graph}}}
    problems = check_playbook(read(json.dumps(graph)), catalogue())
    assert list(problems) == sorted(problems, key=problems.index)
