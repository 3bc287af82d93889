"""Where a run begins, and what it must begin with."""

import pytest
from tests.helpers.runs import TRIGGER, playbook_of

from tocsin.engine.entry import get_entry
from tocsin.engine.errors import NoTriggerError

ALERT = {"kind": "trigger", "event": "siem.alert", "output": {"type": "object", "required": ["id"]}}


def entry_of(trigger, **head):
    return get_entry(playbook_of({"t": trigger}, [], **head))


def test_the_first_trigger_that_can_be_started_fires():
    nodes = {
        "s": {"kind": "trigger", "event": "schedule"},
        "off": {**TRIGGER, "disabled": True},
        "a": ALERT,
        "m": TRIGGER,
    }
    playbook = playbook_of(nodes, [])
    assert (get_entry(playbook).trigger, get_entry(playbook, "m").trigger) == ("a", "m")
    for wanted in ("s", "off", "gone"):
        with pytest.raises(NoTriggerError):
            get_entry(playbook, wanted)


def test_a_manual_trigger_takes_the_playbooks_inputs_with_their_defaults():
    inputs = {"ip": {"type": "string", "required": True}, "n": {"type": "number", "default": 3}}
    entry = entry_of(TRIGGER, inputs=inputs)
    assert entry.find_misfit(entry.shape(None)) == "'ip' is a required property"
    shaped = entry.shape({"ip": "192.0.2.1"})
    assert (shaped, entry.find_misfit(shaped)) == ({"n": 3.0, "ip": "192.0.2.1"}, None)


def test_an_alert_must_be_what_its_trigger_says_and_takes_no_defaults():
    entry = entry_of(ALERT, inputs={"n": {"type": "number", "default": 3}})
    assert entry.shape({"id": "a"}) == {"id": "a"}
    assert entry.find_misfit({}) == "'id' is a required property"


def test_in_the_lab_a_partial_event_is_merged_over_the_sample():
    entry = entry_of({**ALERT, "sample": {"id": "a", "user": "clerk1"}})
    assert entry.merge(None) == {"id": "a", "user": "clerk1"}
    assert entry.merge({"user": "x"}) == {"id": "a", "user": "x"}
    assert entry.merge([1]) == [1]


def test_a_playbook_without_inputs_begins_with_anything():
    entry = entry_of(TRIGGER)
    assert entry.find_misfit(entry.shape(None)) is None
