"""The record of a run: definitions.md D6."""

import json

from tests.helpers.runs import TRIGGER, Driver, answer_by_path, answered, playbook_of

from tocsin.engine.errors import NotYetError
from tocsin.engine.news import CancelAsked
from tocsin.engine.outcomes import Outcome
from tocsin.engine.record import RunRecord, refused_record
from tocsin.model.catalogue import Effect

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


CHANGE = {"kind": "action", "use": "toy.change", "with": {}}
STOPPED = playbook_of(
    {
        "t": TRIGGER,
        "before": CHANGE,
        "look": LOOK,
        "c": {"kind": "condition", "when": "false"},
        "else": CHANGE,
        "l": {
            "kind": "for_each",
            "in": "[6, 7, 8, 9]",
            "concurrency": 2,
            "body": {"nodes": {"in": CHANGE}, "edges": []},
        },
        "after": CHANGE,
        "m": {"kind": "for_each", "in": "[1]", "body": {"nodes": {"last": CHANGE}, "edges": []}},
    },
    ["t -> before", "before -> c", "c.true -> else", "c.false -> l", "l -> after", "after -> m", "after -> look"],
)


def stopped(*, force=False, effect_of=None):
    """The record of a run that was stopped while one item was done and two were out: path → (effect, what came)."""
    driver = Driver(STOPPED).start().finish("before").finish("l[0]/in")
    driver.tell(CancelAsked("user:test", force=force))
    while driver.in_flight:
        driver.step()
    record = RunRecord(STOPPED, driver.load, *([effect_of] if effect_of else []))
    record.add(driver.events)
    told = record.to_json()
    assert told["status"] == "cancelled"
    return {change["path"]: (change["effect"], change["came"]) for change in told["stopped"]}


def effect(use):
    return Effect.READ if use == "toy.look" else Effect.CHANGE


def test_of_a_run_that_was_stopped_it_says_what_came_of_each_change():
    assert stopped(effect_of=effect) == {
        "before": ("change", "done"),
        "l[0]/in": ("change", "done"),
        "l[1]/in": ("change", "done"),  # these two were out, and ended
        "l[2]/in": ("change", "done"),
        "l[3]/in": ("change", "not_sent"),
        "after": ("change", "not_sent"),
        "m[*]/last": ("change", "not_sent"),
    }


def test_what_was_given_up_may_have_happened():
    told = stopped(effect_of=effect, force=True)
    assert [told[f"l[{index}]/in"][1] for index in range(4)] == ["done", "unknown", "unknown", "not_sent"]


def test_what_nobody_knows_the_effect_of_counts_as_a_change():
    told = stopped()
    assert told["look"] == (None, "not_sent")
    assert told["before"] == (None, "done")
