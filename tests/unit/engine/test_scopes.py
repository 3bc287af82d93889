"""What expressions may see: engine.md 1.24, 1.25, 1.26, 1.29."""

import pytest
from tests.helpers.runs import TRIGGER, Driver, answer_by_path, answered, playbook_of

from tocsin.engine.outcomes import Outcome

LOOK = {"kind": "action", "use": "toy.look", "retry": {"max": 3, "delay": "1s"}}
CHANGE = {"kind": "action", "use": "toy.change"}


def value_of(text, *, before=None, edges=("t -> x",), **kind):
    """The value of an expression in a set node `x` behind these nodes."""
    nodes = {"t": TRIGGER, **(before or {}), "x": {"kind": "set", "values": {"v": f"{{{{ {text} }}}}"}}}
    driver = Driver(playbook_of(nodes, list(edges)), **kind)
    driver.persons = lambda event: ("approved", None)
    driver.run()
    return driver.output("x")["v"] if driver.output("x") else driver.error("x")["code"]


BEHIND = ("t -> a", "a -> x")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("trigger.n", 5),
        ("t.n", 5),
        ("inputs.n", 5),
        ("env.score_limit", 80),
        ("run.mode", "live"),
        ("run.environment", "lab"),
        ("run.id", "0190-test"),
        ("has(run.first_error)", False),
        ("now()", "1970-01-01T00:00:01.000Z"),
    ],
)
def test_roots_of_a_run(text, value):
    assert value_of(text, event={"n": 5}) == value


def test_the_first_error_is_known_everywhere():
    nodes = {"a": {"kind": "condition", "when": "1 / 0 == 1"}}
    assert value_of("run.first_error.node + run.first_error.code", before=nodes, edges=("t -> a", "a.error -> x")) == (
        "aexpression"
    )


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("a.score", 9),
        ("nodes.a.state", "succeeded"),
        ("nodes.a.port", "out"),
        ("nodes.a.output.score", 9),
        ("nodes.a.attempts", 2),
        ("nodes.a.changed", True),
        ("has(nodes.a.error)", False),
    ],
)
def test_metadata_of_an_action(text, value):
    answers = answer_by_path(a=[answered(Outcome.NOT_SENT), answered(output={"score": 9})])
    action = {**CHANGE, "retry": {"max": 2, "delay": "1s"}}
    assert value_of(text, before={"a": action}, edges=BEHIND, answers=answers) == value


def test_a_field_called_error_or_items_is_data():
    answers = answer_by_path(a=answered(output={"error": "none", "items": [1]}))
    assert value_of("a.error + string(a.items[0])", before={"a": LOOK}, edges=BEHIND, answers=answers) == "none1"


def test_who_answered_is_known():
    ask = {"kind": "ask", "ask": "approval", "text": "?"}
    assert value_of("nodes.a.answered_by", before={"a": ask}, edges=("t -> a", "a.approved -> x")) == "user:test"


def test_a_skipped_node_is_unbound_and_can_be_guarded():
    nodes = {"c": {"kind": "condition", "when": "true"}, "a": LOOK, "b": {"kind": "join"}}
    edges = ("t -> c", "c.false -> a", "a -> b", "c.true -> b", "b -> x")
    assert value_of("has(nodes.a.output) && a.score > 8", before=nodes, edges=edges) is False
    assert value_of("a.score", before=nodes, edges=edges) == "expression"


def test_inputs_are_bound_only_where_the_trigger_is_manual():
    nodes = {"s": {"kind": "trigger", "event": "siem.alert"}}
    assert value_of("inputs.n", before=nodes, edges=("s -> x",), trigger="s", event={"n": 5}) == "expression"


def test_a_number_that_arrives_whole_is_what_its_sender_wrote():
    assert value_of("t.n + 1", event={"n": 5}) == 6
    assert value_of("t.n / 2.0", event={"n": 5.0}) == 2.5


def test_what_json_cannot_hold_is_an_error():
    assert value_of("5.0 / 0.0") == "expression"


# 1.29 large values


BIG = {"text": "a" * 3000}


def test_a_large_value_is_read_in_the_very_turn_it_came():
    answers = answer_by_path(a=answered(output=BIG))
    assert value_of("size(a.text)", before={"a": LOOK}, edges=BEHIND, answers=answers) == 3000


def test_a_large_value_is_in_its_event_by_hash_only():
    nodes = {"t": TRIGGER, "a": LOOK}
    driver = Driver(playbook_of(nodes, ["t -> a"]), answers=answer_by_path(a=answered(output=BIG))).run()
    kept = driver.of("attempt.finished")[0].data["output"]
    assert set(kept) == {"r", "n", "t"}
    assert kept["n"] == len(driver.values[kept["r"]])
    assert driver.output("a") == BIG


def test_a_large_event_and_a_large_list_are_read_by_items():
    playbook = playbook_of(
        {
            "t": TRIGGER,
            "l": {
                "kind": "for_each",
                "in": "t.hosts",
                "collect": "size(item.pad)",
                "body": {"nodes": {"n": {"kind": "set", "values": {}}}, "edges": []},
            },
        },
        ["t -> l"],
    )
    driver = Driver(playbook, event={"hosts": [{"pad": "x" * 900}] * 5}).run()
    assert [result["value"] for result in driver.output("l")["results"]] == [900] * 5
