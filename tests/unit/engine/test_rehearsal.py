"""A rehearsal reads for real, changes nothing, and says what it would do and what that rests on (engine.md 1.20)."""

import random
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.helpers.graphs import draw_playbooks
from tests.helpers.runs import TRIGGER, Driver, action, playbook_of, test_catalogue

from tocsin.engine.events import FINISHED, REHEARSE
from tocsin.engine.outcomes import Answer, Outcome
from tocsin.engine.rehearsal_plan import plan_of

NAMED = {"type": "object", "required": ["name"], "properties": {"name": {"type": "string"}, "note": {"type": "string"}}}
CATALOGUE = test_catalogue(
    make=action("Make a thing", "change", inputs=NAMED, sample={"id": 7, "name": "sample"}, undo={"action": "look"}),
    wipe=action("Wipe a thing", "destructive", inputs=NAMED, sample={}),
    tell=action("Tell the public", discloses="public", sample={"score": 1}),
    costly=action("Ask at a price", rehearse="never", sample={"score": 2}),
)


def rehearse(nodes, edges=None, **more):
    names = ["t", *nodes]
    edges = edges or [f"{one} -> {other}" for one, other in pairwise(names)]
    playbook = playbook_of({"t": TRIGGER, **nodes}, edges)
    return Driver(playbook, catalogue=CATALOGUE, mode=REHEARSE, **more).run()


def use(action_id, /, **inputs):
    return {"kind": "action", "use": f"toy.{action_id}", "with": inputs}


def sent(driver):
    return [intent.path for intent in driver.attempts]


def plan(driver):
    return plan_of(driver.events)


def test_reads_are_made_and_changes_are_only_said():
    driver = rehearse({"a": use("look"), "b": use("make", name="x"), "c": use("look")})
    assert sent(driver) == ["a", "c"]
    assert [step.text for step in plan(driver)] == ["Would make a thing: x on Toy"]
    assert driver.end["status"] == "succeeded"
    assert driver.end["changes"] == 0


def test_a_change_gives_what_its_description_shows_with_what_it_was_given():
    driver = rehearse({"a": use("make", name="mine")})
    assert driver.output("a") == {"id": 7, "name": "mine"}


def test_a_read_of_a_guess_is_not_sent():
    driver = rehearse({"a": use("make", name="x"), "b": use("look", of="{{ a.id }}")})
    assert sent(driver) == []
    made, looked = plan(driver)
    assert (looked.text, looked.effect, looked.assumed, looked.rests_on) == (
        "Would look: 7 on Toy",
        "read",
        True,
        (1,),
    )
    assert not made.assumed


@pytest.mark.parametrize("name", ["tell", "costly"])
def test_what_the_public_would_learn_or_what_costs_is_not_asked(name):
    driver = rehearse({"a": use(name)})
    assert sent(driver) == []
    assert plan(driver)[0].effect == "read"


def test_a_condition_on_a_guess_is_assumed_and_what_follows_rests_on_it():
    nodes = {
        "a": use("make", name="x"),
        "c": {"kind": "condition", "when": "a.id == 7"},
        "b": use("wipe", name="y"),
    }
    driver = rehearse(nodes, ["t -> a", "a -> c", "c.true -> b"])
    assert driver.of("node.settled", "c")[0].data["flags"] == ["assumed"]
    assert [(step.node, step.assumed, step.rests_on) for step in plan(driver)] == [("a", False, ()), ("b", False, (1,))]


def test_a_question_takes_its_first_option_and_is_said():
    ask = {"kind": "ask", "ask": "approval", "text": "Really?"}
    driver = rehearse({"q": ask, "b": use("wipe", name="y")}, ["t -> q", "q.approved -> b"])
    question, wiped = plan(driver)
    assert (question.text, question.assumed) == ("Would ask: Really?", True)
    assert wiped.rests_on == (1,)
    assert driver.of("ask.opened") == []


def test_nobody_waits_in_a_rehearsal():
    driver = rehearse({"w": {"kind": "wait", "for": "3d"}, "a": use("look")})
    assert driver.of("timer.set") == []
    assert sent(driver) == ["a"]


def test_a_loop_over_what_is_known_says_each_change_apart():
    loop = {
        "kind": "for_each",
        "in": "['x', 'y']",
        "body": {"nodes": {"b": use("make", name="{{ item }}")}, "edges": []},
        "collect": "b.id",
    }
    driver = rehearse({"l": loop, "e": use("wipe", name="{{ string(size(l.results)) }}")})
    steps = plan(driver)
    assert [step.text for step in steps[:2]] == ["Would make a thing: x on Toy", "Would make a thing: y on Toy"]
    assert [(step.assumed, step.rests_on) for step in steps] == [(False, ()), (False, ()), (True, (1, 2))]


def test_a_loop_over_a_guess_is_a_guess_inside():
    body = {"nodes": {"b": use("look", of="{{ item }}")}, "edges": []}
    driver = rehearse({"a": use("make", name="x"), "l": {"kind": "for_each", "in": "[a.id]", "body": body}})
    assert sent(driver) == []
    assert [(step.path, step.rests_on) for step in plan(driver)] == [("a", ()), ("l[0]/b", (1,))]


@settings(max_examples=200, deadline=None)
@given(seed=st.integers(0, 2**32), order=st.integers(0, 3))
def test_whatever_is_rehearsed_nothing_is_sent_that_changes(seed, order):
    playbook, callees = draw_playbooks(random.Random(seed))
    answer = Answer(Outcome.SUCCEEDED, output={"n": 1})
    driver = Driver(playbook, mode=REHEARSE, seed=order, answers=lambda _: answer, callees=callees)
    driver.start()
    while driver.state.status not in FINISHED and driver.step():
        pass
    assert driver.state.status in FINISHED
    assert {str(intent.effect) for intent in driver.attempts} <= {"read"}
    assert driver.end["changes"] == 0
    assert driver.replayed().picture() == driver.state.picture()
    assert [step.number for step in plan(driver)] == list(range(1, len(plan(driver)) + 1))
