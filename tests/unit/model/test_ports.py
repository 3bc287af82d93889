import pytest

from tocsin.model.playbook import (
    ActionNode,
    AskKind,
    AskNode,
    Case,
    ConditionNode,
    EndNode,
    JoinNode,
    NoteNode,
    OnError,
    Option,
    SwitchNode,
    TriggerNode,
    WaitNode,
)
from tocsin.model.ports import find_edge_fault, find_port_faults, main_port, ports_of

ASK = AskNode(ask=AskKind.APPROVAL, text="Go on?")


@pytest.mark.parametrize(
    ("node", "ports"),
    [
        (TriggerNode(event="manual"), ("out",)),
        (ActionNode(use="a.b"), ("out", "error")),
        (ConditionNode(when="true"), ("true", "false", "error")),
        (SwitchNode(cases=(Case(port="a", when="true"),)), ("a", "else", "error")),
        (JoinNode(), ("out", "unmet")),
        (WaitNode(duration="1s"), ("out", "expired", "error")),
        (ASK, ("approved", "rejected", "expired", "error")),
        (AskNode(ask=AskKind.FORM, text=""), ("submitted", "expired", "error")),
        (EndNode(), ()),
        (NoteNode(text=""), ()),
    ],
)
def test_each_kind_has_the_ports_of_the_specification(node, ports):
    assert ports_of(node) == ports
    assert main_port(node) == (ports[0] if ports else None)


@pytest.mark.parametrize("name", ["expired", "error", "yes", "later"])
def test_an_option_cannot_take_a_port_that_is_there(name):
    node = ASK.model_copy(update={"options": (Option(id="later"), Option(id=name))})
    assert [place for place, _ in find_port_faults(node)] == [("options", 1, "id")]


def test_a_node_that_goes_on_after_an_error_has_nothing_to_wire():
    nodes = {"a": ActionNode(use="a.b", on_error=OnError.CONTINUE), "b": EndNode()}
    assert find_edge_fault(nodes, ("a", "out", "b")) is None
    assert "on_error" in (find_edge_fault(nodes, ("a", "error", "b")) or "")
