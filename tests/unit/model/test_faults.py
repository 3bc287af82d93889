import pytest

from tocsin.model.catalogue import Connector
from tocsin.model.faults import FaultKind, keys_at, parse_value
from tocsin.model.playbook import ActionNode, Case, JoinNode, Playbook, SwitchNode, WaitNode


def faults_of(model, data):
    value, faults = parse_value(model, data)
    assert (value is None) == bool(faults)
    return [(fault.place, fault.kind) for fault in faults]


def test_every_fault_comes_at_once_with_its_place():
    data = {"kind": "switch", "cases": [{"port": "a"}, {"port": "B", "when": 1, "x": 0}], "titel": "t"}
    assert faults_of(SwitchNode, data) == [
        (("cases", 0, "when"), FaultKind.MISSING),
        (("cases", 1, "port"), FaultKind.WRONG),
        (("cases", 1, "when"), FaultKind.WRONG),
        (("cases", 1, "x"), FaultKind.UNKNOWN),
        (("titel",), FaultKind.UNKNOWN),
    ]


def test_the_arms_of_a_union_make_one_fault():
    _, faults = parse_value(JoinNode, {"kind": "join", "need": "evry"})
    assert [(fault.message, fault.hint) for fault in faults] == [
        ("“need” must be all, every or any, or must be a whole number.", "Did you mean “every”?")
    ]


@pytest.mark.parametrize(
    ("model", "data", "message"),
    [
        (WaitNode, {"for": "30 s"}, "“for” must be a time span such as 30s, 5m, 4h or 1d."),
        (ActionNode, {"use": "block"}, "“use” must be written as CATEGORY.ACTION."),
        (ActionNode, {"use": "a.b", "retry": {"max": 0}}, "“max” must be at least 1."),
        (ActionNode, {"use": "a.b", "disabled": "no"}, "“disabled” must be true or false."),
        (Playbook, {"id": "a", "tags": [1]}, "Item 1 must be text; put it in quotes."),
        (WaitNode, {"minutes": float("nan")}, "This holds a number that a file cannot keep."),
    ],
)
def test_a_fault_is_a_sentence_for_a_person(model, data, message):
    assert [fault.message for fault in parse_value(model, data)[1]] == [message]


def test_keys_are_those_of_files_at_any_depth():
    assert keys_at(ActionNode, ("retry",)) == ("max", "delay", "factor", "max_delay", "codes")
    assert "with" in keys_at(ActionNode, ())
    assert keys_at(SwitchNode, ("cases", 3)) == tuple(Case.model_fields)
    assert "json" in keys_at(Connector, ("actions", "any", "steps", 0))
    assert keys_at(ActionNode, ("with", "ip")) == ()


def test_names_of_python_are_no_keys():
    assert faults_of(ActionNode, {"use": "a.b", "inputs": {}}) == [(("inputs",), FaultKind.UNKNOWN)]
