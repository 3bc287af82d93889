"""The record of a run: definitions.md D6."""

import json

from tests.helpers.runs import TRIGGER, Driver, answer_by_path, answered, playbook_of

from tocsin.engine.errors import NotYetError
from tocsin.engine.outcomes import Outcome
from tocsin.engine.record import RunRecord, refused_record

LOOK = {"kind": "action", "use": "toy.look"}
KEYS = {
    *("version", "run", "playbook", "environment", "mode", "status", "started_at", "seconds", "input", "input_from"),
    *("nodes", "changes", "waiting", "outputs", "error", "problems"),
}


def record_of(nodes, edges=None, *, start_only=False, **kind):
    playbook = playbook_of({"t": TRIGGER, **nodes}, edges or [f"t -> {name}" for name in nodes])
    driver = Driver(playbook, **kind)
    driver = driver.start() if start_only else driver.run()
    record = RunRecord(playbook, driver.load)
    record.add(driver.events)
    told = record.to_json()
    json.dumps(told)
    assert set(told) == KEYS
    return told


def test_a_node_that_never_ran_is_there_too():
    told = record_of({"c": {"kind": "condition", "when": "false"}, "a": LOOK}, ["t -> c", "c.true -> a"])
    assert (told["nodes"]["a"]["state"], told["nodes"]["a"]["reason"]) == ("skipped", "dead_path")
    assert told["nodes"]["c"]["port"] == "false"


def test_large_outputs_are_in_it_whole():
    told = record_of({"a": LOOK}, answers=answer_by_path(a=answered(output={"x": "y" * 5000})))
    assert told["nodes"]["a"]["output"] == {"x": "y" * 5000}


def test_items_have_their_key_value_and_nodes():
    body = {"nodes": {"a": LOOK}, "edges": []}
    told = record_of({"l": {"kind": "for_each", "in": "[7, 7]", "key": "item", "collect": "item", "body": body}})
    first, second = told["nodes"]["l"]["items"]
    assert (first["key"], first["state"], first["value"], first["nodes"]["a"]["state"]) == (
        7,
        "succeeded",
        7,
        "succeeded",
    )
    assert (second["state"], second["nodes"]["a"]["state"]) == ("skipped", "pending")


def test_a_failure_says_where_and_why():
    told = record_of({"a": LOOK}, answers=answer_by_path(a=answered(Outcome.FAILED, retryable=False)))
    assert told["status"] == "failed"
    assert told["error"] == {"code": "unavailable", "message": "no", "path": "a", "retryable": False}
    assert told["nodes"]["a"]["error"]["code"] == "unavailable"


def test_a_failure_in_a_loop_says_its_whole_path():
    body = {"nodes": {"a": LOOK}, "edges": []}
    nodes = {"l": {"kind": "for_each", "in": "[1]", "body": body}}
    told = record_of(nodes, answers=answer_by_path(a=answered(Outcome.FAILED)))
    assert (told["error"]["code"], told["error"]["path"]) == ("items", "l[0]/a")


def test_a_change_that_nobody_can_tell_of_is_neither_true_nor_false():
    nodes = {"a": {"kind": "action", "use": "toy.change"}}
    told = record_of(nodes, answers=answer_by_path(a=answered(Outcome.UNCERTAIN)))
    assert [(change["outcome"], change["changed"]) for change in told["changes"]] == [("uncertain", None)]


def test_open_questions_are_listed():
    told = record_of({"q": {"kind": "ask", "ask": "approval", "text": "Go on?", "expires": "1h"}}, start_only=True)
    assert told["status"] == "waiting"
    assert told["waiting"] == [
        {"path": "q", "text": "Go on?", "options": ["approved", "rejected"], "expires": "1970-01-01T01:00:01.000Z"}
    ]


def test_a_refused_run_has_every_key_too():
    told = refused_record(NotYetError("call"), None, (), environment="lab")
    assert set(told) == KEYS
    assert (told["status"], told["run"], told["error"]["code"]) == ("refused", None, "TOC-E102")
