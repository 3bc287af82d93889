from tests.unit.checks.build import catalogue, read
from tests.unit.checks.playbooks import FIELD

from tocsin.checks import types_of, visible_roots


def test_a_node_sees_outer_nodes_first_then_its_own_then_the_loop_then_the_rest():
    assert visible_roots(read(FIELD), "isolate") == (
        "alert",
        "reputation",
        "endpoints",
        "user",
        "gathered",
        "risky",
        "block",
        "sessions",
        "critical",
        "confirm",
        "host",
        "index",
        "nodes",
        "run",
        "trigger",
        "env",
    )


def test_the_target_of_an_error_edge_sees_the_error():
    playbook = read(FIELD)
    assert ("error" in visible_roots(playbook, "person"), "error" in visible_roots(playbook, "ticket")) == (True, False)


def test_inputs_are_seen_where_a_person_may_start_the_playbook():
    text = "nodes: {person: {kind: trigger, event: manual}, done: {kind: end}}"
    assert "inputs" in visible_roots(read(text), "done")


def test_a_node_that_is_not_there_sees_what_every_run_has():
    assert visible_roots(read(FIELD), "nobody") == ("run", "env")
    assert list(types_of(read(FIELD), catalogue(), "nobody")) == ["run"]


def test_types_come_from_actions_loops_and_built_in_kinds():
    types = types_of(read(FIELD), catalogue(), "ticket")
    assert types["reputation"]["properties"]["score"]["type"] == "number"
    assert types["hosts"]["properties"]["results"]["items"]["properties"]["index"] == {"type": "integer"}
    assert types["risky"]["properties"] == {"value": {"type": "boolean"}}
    assert types["trigger"] == types["alert"]


def test_the_type_of_an_item_is_that_of_its_list():
    types = types_of(read(FIELD), catalogue(), "isolate")
    assert types["host"]["properties"]["critical"]["type"] == "boolean"
    assert types["index"] == {"type": "integer"}


def test_inputs_have_the_types_that_the_playbook_declares():
    text = """
inputs: {limit: {type: integer, default: 5}, name: {}}
nodes: {person: {kind: trigger, event: manual}, done: {kind: end}}
edges: [person -> done]
"""
    types = types_of(read(text), catalogue(), "done")
    assert types["inputs"] == types["person"]
    assert (types["inputs"]["properties"]["limit"], types["inputs"]["required"]) == ({"type": "integer"}, ["limit"])
