"""What may run, and with what: engine.md §0, 1.18; definitions.md D2."""

import pytest
from tests.helpers.runs import ENVIRONMENT, TRIGGER, playbook_of, test_catalogue

from tocsin.base.codes import ErrorCode
from tocsin.engine.errors import BadInputError, NoTriggerError, NotYetError
from tocsin.engine.preparation import Occasion, created_facts, pinned_values, prepare_program
from tocsin.model.document import playbook_hash

NOTE = {"kind": "set", "values": {"v": 1}}


def prepared(nodes, *, occasion=None, environment=ENVIRONMENT, **head):
    edges = [f"t -> {name}" for name, node in nodes.items() if node["kind"] != "trigger"]
    return prepare_program(
        playbook_of({"t": TRIGGER, **nodes}, edges, **head), environment, test_catalogue(), occasion or Occasion()
    )


def test_dedupe_and_other_modes_are_refused():
    with pytest.raises(NotYetError, match="dedupe") as caught:
        prepared({"s": {**TRIGGER, "dedupe": {"key": "trigger.id", "window": "1h"}}})
    assert caught.value.code is ErrorCode.NOT_YET
    with pytest.raises(NotYetError, match="test"):
        prepared({}, occasion=Occasion(mode="test"))


@pytest.mark.parametrize("wanted", ["nobody", "n", "off", "mailed"])
def test_a_trigger_that_cannot_start_is_refused(wanted):
    nodes = {"n": NOTE, "off": {**TRIGGER, "disabled": True}, "mailed": {"kind": "trigger", "event": "mail"}}
    with pytest.raises(NoTriggerError):
        prepared(nodes, occasion=Occasion(trigger=wanted))


def sampled(event, environment=ENVIRONMENT):
    trigger = {**TRIGGER, "sample": {"a": 1, "b": 2}}
    program = prepare_program(playbook_of({"t": trigger}, []), environment, test_catalogue(), Occasion(event=event))
    return program.event, program.input_from


OUTSIDE = ENVIRONMENT.model_copy(update={"id": "production"})


def test_in_the_lab_the_sample_stands_in_and_is_merged_over():
    assert sampled(None) == ({"a": 1, "b": 2}, "sample")
    assert sampled({"b": 3}) == ({"a": 1, "b": 3}, "merged")


def test_elsewhere_the_sample_is_never_used():
    assert sampled({"b": 3}, OUTSIDE) == ({"b": 3}, "given")


def test_an_event_must_fit_the_triggers_output():
    schema = {"type": "object", "required": ["n"], "properties": {"n": {"type": "number"}}}
    nodes = {"t": {**TRIGGER, "output": schema}}
    assert prepared(nodes, occasion=Occasion(event={"n": 80})).event == {"n": 80.0}
    for bad in ({}, {"n": "80"}, 7):
        with pytest.raises(BadInputError):
            prepared(nodes, occasion=Occasion(event=bad), environment=OUTSIDE)


def test_an_event_too_large_to_keep_is_refused():
    with pytest.raises(BadInputError):
        prepared({}, occasion=Occasion(event={"x": "y" * 9_000_000}))


INPUTS = {"ip": {"type": "string", "required": True}, "days": {"type": "integer", "default": 7}}


def test_the_inputs_of_a_manual_run_have_defaults_and_types():
    assert prepared({}, occasion=Occasion(event={"ip": "192.0.2.1"}), inputs=INPUTS).event == {
        "ip": "192.0.2.1",
        "days": 7,
    }


@pytest.mark.parametrize("event", [None, {}, {"ip": 7}, {"ip": "192.0.2.1", "days": "many"}])
def test_inputs_that_are_missing_or_mistyped_are_refused(event):
    with pytest.raises(BadInputError):
        prepared({}, occasion=Occasion(event=event), inputs=INPUTS)


def test_what_a_run_depends_on_is_pinned():
    program = prepared({"a": {"kind": "action", "use": "toy.look"}})
    facts = created_facts(program)
    assert facts["playbook"]["hash"] == playbook_hash(program.playbook)
    assert list(pinned_values(program)) == [facts["playbook"]["hash"]]
    assert facts["bindings"]["a"]["revision"] == ENVIRONMENT.connections["toy"].revision
    assert facts["semantics"] == 1


@pytest.mark.parametrize(
    ("key", "value"), [("trigger.ip", "192.0.2.1"), ("t.ip + inputs.ip", "192.0.2.1192.0.2.1"), ("trigger.n", 3)]
)
def test_the_key_of_a_run_is_worked_out_before_it_is_made(key, value):
    program = prepared({}, occasion=Occasion(event={"ip": "192.0.2.1", "n": 3}), concurrency={"key": key})
    assert created_facts(program)["key"] == {"v": value}


@pytest.mark.parametrize("key", ["trigger.missing", "trigger", "t.ip + t.long"])
def test_an_event_that_gives_no_key_is_refused(key):
    with pytest.raises(BadInputError, match="concurrency key"):
        prepared({}, occasion=Occasion(event={"ip": "x", "long": "y" * 300}), concurrency={"key": key})


def test_a_rehearsal_has_no_key():
    assert prepared({}, occasion=Occasion(event={}, mode="rehearse"), concurrency={"key": "trigger.ip"}).key is None
