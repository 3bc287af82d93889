"""A person changes data in a run: recorded with what it was before, and only before anything has read it (1.23)."""

import pytest
from tests.helpers.runs import TRIGGER, Driver, answer_by_path, answered, playbook_of

from tocsin.engine.news import BreakpointsSet, DataEdited, GoOnAsked

NODES = {
    "t": TRIGGER,
    "look": {"kind": "action", "use": "toy.look"},
    "risky": {"kind": "condition", "when": "look.score > 80.0"},
    "block": {"kind": "action", "use": "toy.change", "with": {"of": "{{ trigger.ip }}"}},
    "other": {"kind": "action", "use": "toy.look", "with": {"of": "{{ t.ip }}"}},
}
EDGES = ["t -> look", "look -> risky", "risky.true -> block", "risky.false -> other"]
LOW = answer_by_path(look=answered(output={"score": 7.0}))


def held(at="risky", nodes=NODES, edges=EDGES, **more):
    """A run that has stopped before a step."""
    driver = Driver(playbook_of(nodes, edges), answers=LOW, event={"ip": "198.51.100.7"}, **more)
    driver.start()
    driver.tell(BreakpointsSet({at: ""}))
    while driver.step() and not driver.state.paused:
        pass
    return driver


def edit(driver, path, value):
    driver.tell(DataEdited(path, value, by="user:ann", reason="a typing error"))
    return driver


def go_on(driver):
    driver.tell(GoOnAsked("user:ann"))
    while driver.step():
        pass
    assert driver.replayed().picture() == driver.state.picture()
    return driver


def test_the_run_goes_on_with_what_was_edited_and_says_who_did_it():
    driver = go_on(edit(held(), "look", {"score": 97.0}))
    assert driver.ports()["risky"] == ("true",)
    edited = driver.of("node.edited")[0]
    assert (edited.path, edited.by) == ("look", "user:ann")
    assert edited.data == {
        "before": {"v": {"score": 7.0}},
        "after": {"v": {"score": 97.0}},
        "reason": "a typing error",
    }


@pytest.mark.parametrize(("way", "score"), [("block", 97.0), ("other", 7.0)])
def test_the_event_of_the_run_is_edited_under_all_its_names(way, score):
    driver = edit(edit(held(), "look", {"score": score}), "t", {"ip": "203.0.113.9"})
    go_on(driver)
    assert (driver.attempts[-1].path, driver.attempts[-1].inputs) == (way, {"of": "203.0.113.9"})


def test_what_was_edited_outlives_the_process():
    driver = go_on(edit(edit(held(), "look", {"score": 97.0}), "t", {"ip": "203.0.113.9"}).crash())
    assert driver.attempts[-1].inputs == {"of": "203.0.113.9"}


@pytest.mark.parametrize(
    ("at", "path", "why"),
    [
        ("other", "look", "“risky” has read it already"),
        ("other", "risky", "given nothing that can be edited"),
        ("risky", "block", "given nothing that can be edited"),
        ("risky", "nosuch", "no step"),
    ],
)
def test_what_was_read_or_not_given_stays_as_it_is(at, path, why):
    driver = held(at)
    assert why in driver.conductor.find_edit_fault(DataEdited(path, {}))
    edit(driver, path, {})
    assert driver.of("node.edited") == []
    assert why in driver.of("run.noted")[0].data["text"]


def test_a_loop_that_reads_it_inside_counts_as_a_reader():
    loop = {
        "kind": "for_each",
        "in": "[1, 2]",
        "body": {"nodes": {"inner": {"kind": "set", "values": {"n": "{{ look.score }}"}}}, "edges": []},
    }
    nodes = {"t": TRIGGER, "look": NODES["look"], "each": loop, "last": {"kind": "action", "use": "toy.look"}}
    driver = held("last", nodes, ["t -> look", "look -> each", "each -> last"])
    assert "“each” has read it" in driver.conductor.find_edit_fault(DataEdited("look", {}))


def test_an_approval_does_not_cover_what_was_edited_after_it():
    nodes = {
        "t": TRIGGER,
        "look": NODES["look"],
        "sure": {"kind": "ask", "ask": "approval", "text": "Block?", "covers": ["block"]},
        "block": {"kind": "action", "use": "toy.change", "with": {"of": "{{ look.score }}"}},
    }
    driver = held(
        "block", nodes, ["t -> look", "look -> sure", "sure.approved -> block"], persons=lambda _: ("approved", None)
    )
    edit(driver, "look", {"score": 1.0})
    driver.tell(GoOnAsked("user:ann"))
    assert [intent.path for intent in driver.attempts] == ["look"]
    assert driver.of("ask.opened")[-1].path == "block?1"
