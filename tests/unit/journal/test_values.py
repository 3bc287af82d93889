"""Which values an event names: by reference in its data, and the snapshots that a run is pinned to."""

import json

import pytest

from tocsin.journal.values import named_values

A, B, C, D = ("a" * 64, "b" * 64, "c" * 64, "d" * 64)


def named(kind, data):
    return sorted(named_values(kind, json.dumps({"v": 1, "data": data}, separators=(",", ":")).encode()))


def reference(key):
    return {"r": key, "n": 2000, "t": "dict"}


def test_a_run_names_its_playbook_what_that_calls_and_its_handler():
    handler = {"id": "h", "hash": C, "closure": [{"id": "deep", "hash": D}], "handler": None}
    data = {"playbook": {"hash": A}, "closure": [{"id": "callee", "hash": B}], "handler": handler}
    assert named("run.created", data) == [A, B, C, D]
    assert named("run.created", {"playbook": {"hash": A}, "closure": [], "handler": None}) == [A]
    assert named("run.created", {"playbook": {"hash": A}, "input": reference(B)}) == [A, B]


@pytest.mark.parametrize(
    "data", [{"output": reference(A)}, {"undo": {"inputs": reference(A)}}, {"all": [reference(A)]}]
)
def test_references_are_found_wherever_the_engine_puts_them(data):
    assert named("attempt.finished", data) == [A]


@pytest.mark.parametrize(
    ("kind", "data"),
    [
        ("attempt.finished", {"output": {"v": reference(A)}}),
        ("attempt.finished", {"output": {"r": A, "n": 1}}),
        ("attempt.started", {"inputs_hash": A}),
        ("x.acme.seen", {"output": reference(A)}),
    ],
)
def test_what_only_looks_like_one_is_none(kind, data):
    assert named(kind, data) == []
