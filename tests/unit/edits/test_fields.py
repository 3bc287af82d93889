import pytest
from tests.unit.edits.sample import edge_texts, sample

from tocsin.edits import (
    MISSING,
    Connect,
    EditRefusedError,
    ReplaceNode,
    SetField,
    SetHead,
    graph_at,
    node_at,
)
from tocsin.model.playbook import ConditionNode, Edge, EndNode, OnError


def test_setting_a_field_makes_what_leads_to_it():
    playbook = SetField("isolate", ("with", "endpoint_id"), "{{ host.id }}").apply(sample())
    assert node_at(playbook, "isolate").inputs == {"endpoint_id": "{{ host.id }}"}


def test_a_field_edit_keeps_the_edges_the_same_object():
    before = sample()
    playbook = SetField("look", ("title",), "Look").apply(before)
    assert playbook.graph.edges is before.graph.edges
    assert playbook.layout is before.layout


def test_missing_takes_a_key_or_an_item_away():
    playbook = SetField("look", ("with", "both", 0), MISSING).apply(sample())
    playbook = SetField("look", ("with", "ip"), MISSING).apply(playbook)
    assert node_at(playbook, "look").inputs == {"both": ["look"]}


@pytest.mark.parametrize(
    ("place", "value"),
    [
        (("kind",), "end"),
        (("body",), {}),
        ((), {}),
        (("use",), "no action"),
        (("use",), MISSING),
        (("inputs",), {}),
        (("with", "ip"), float("inf")),
        (("with", "ip"), 2**53),
        (("with", "ip"), "\ud800"),
        (("with", "both", 7), "x"),
        (("with", "ip", "deeper"), "x"),
        (("timeout",), "soon"),
    ],
)
def test_a_value_that_would_not_load_again_is_refused(place, value):
    with pytest.raises(EditRefusedError):
        SetField("look", place, value).apply(sample())


def test_data_deeper_than_a_file_may_be_is_refused():
    deep = "end"
    for _ in range(29):
        deep = [deep]
    SetField("look", ("x",), {"a": deep[0][0]}).apply(sample())
    with pytest.raises(EditRefusedError, match="levels deep"):
        SetField("look", ("x",), {"a": deep}).apply(sample())


def test_a_port_that_goes_takes_its_edges_and_undo_brings_them_back():
    before = sample()
    edit = SetField("level", ("cases", 0), MISSING)
    playbook = edit.apply(before)
    assert "level.high -> hosts" not in edge_texts(playbook.graph)
    assert list(playbook.layout.bends) == ["look -> level"]
    assert edit.inverse(before).apply(playbook) == before


@pytest.mark.parametrize(
    ("place", "value"),
    [
        (("cases", 0, "port"), "urgent"),
        (("cases",), [{"port": "urgent", "when": "true"}, {"port": "low", "when": "true"}]),
    ],
)
def test_a_port_that_is_renamed_keeps_its_edges(place, value):
    playbook = SetField("level", place, value).apply(sample())
    assert edge_texts(playbook.graph) == [
        "alert -> look",
        "look -> level",
        "level.urgent -> hosts",
        "level.low -> done",
        "hosts -> done",
    ]


@pytest.mark.parametrize("name", ["low", "else", "error", "yes"])
def test_a_port_cannot_take_a_name_that_is_taken(name):
    with pytest.raises(EditRefusedError, match=f"“{name}”"):
        SetField("level", ("cases", 0, "port"), name).apply(sample())


def test_going_on_after_an_error_and_a_wired_error_port_exclude_each_other():
    wired = Connect(None, Edge(source="look", port="error", target="done")).apply(sample())
    with pytest.raises(EditRefusedError, match="on_error"):
        SetField("look", ("on_error",), "continue").apply(wired)
    going_on = SetField("look", ("on_error",), "continue").apply(sample())
    assert node_at(going_on, "look").on_error is OnError.CONTINUE
    with pytest.raises(EditRefusedError, match="on_error"):
        Connect(None, Edge(source="look", port="error", target="done")).apply(going_on)


def test_a_loop_keeps_its_body_when_a_field_of_it_changes():
    before = sample()
    playbook = SetField("hosts", ("concurrency",), 4).apply(before)
    assert graph_at(playbook, "hosts") is graph_at(before, "hosts")


def test_another_kind_keeps_the_edges_that_it_can_have():
    playbook = ReplaceNode("look", ConditionNode(when="true")).apply(sample())
    assert edge_texts(playbook.graph)[:2] == ["alert -> look", "level.high -> hosts"]


def test_a_loop_that_becomes_something_else_leaves_no_trace_of_its_body():
    playbook = ReplaceNode("hosts", EndNode()).apply(sample())
    assert list(playbook.layout.nodes) == ["look"]
    assert node_at(playbook, "together").nodes == ("look", "done")


def test_the_head_is_set_by_the_keys_of_the_file():
    playbook = SetHead(("roles", "edr", "title"), "Sensors").apply(sample())
    assert playbook.roles["edr"].title == "Sensors"
    assert SetHead(("roles", "edr"), MISSING).apply(playbook).roles == {}


@pytest.mark.parametrize("place", [("nodes",), ("layout",), ("graph",), ("tocsin",), (), ("roles", "edr", "categry")])
def test_what_is_no_part_of_the_head_is_refused(place):
    with pytest.raises(EditRefusedError):
        SetHead(place, "x").apply(sample())
