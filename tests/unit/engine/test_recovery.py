"""A run goes on after its process ended: reads again, changes never twice, questions and timers as they stood."""

import random
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.helpers.runs import TRIGGER, Driver, answered, playbook_of
from tests.unit.engine.test_settling import all_settled, random_driver

from tocsin.engine.events import FINISHED
from tocsin.engine.news import Begin
from tocsin.engine.outcomes import Outcome, Verdict, Verified
from tocsin.engine.preparation import created_facts


def action(use, **more):
    return {"kind": "action", "use": f"toy.{use}", **more}


def chain(**nodes):
    names = ["t", *nodes]
    edges = [f"{one} -> {other}" for one, other in pairwise(names)]
    return playbook_of({"t": TRIGGER, **nodes}, edges)


def tries(driver, path):
    return [intent.n for intent in driver.attempts if intent.path == path]


def test_a_read_that_was_out_is_read_again():
    driver = Driver(chain(x=action("look"))).start().crash()
    assert tries(driver, "x") == [1, 2]
    assert driver.finish("x").states() == {"t": "succeeded", "x": "succeeded"}


def test_a_run_that_was_only_created_begins():
    driver = Driver(chain(x=action("look")))
    driver.events += driver.conductor.create(created_facts(driver.program), now=driver.now, by="cli")
    driver.crash()
    assert driver.in_flight == ["x"]


def test_a_run_that_waited_for_its_turn_still_does():
    driver = Driver(chain(x=action("look")))
    driver.events += driver.conductor.create(created_facts(driver.program), now=driver.now, by="cli", ahead=1)
    driver.crash()
    assert (driver.in_flight, driver.conductor.is_parked) == ([], False)
    driver.tell(Begin())
    assert driver.in_flight == ["x"]
    assert [event.data["epoch"] for event in driver.of("run.started")] == [2]


def test_a_change_that_was_out_is_looked_at_and_not_repeated_when_it_happened():
    driver = Driver(chain(x=action("checked")), verdicts=lambda _: Verdict(Verified.DONE, {})).start().crash()
    driver.finish("x")
    assert tries(driver, "x") == [1]
    assert driver.states()["x"] == "succeeded"
    assert driver.end["changes"] == 1


def test_a_change_that_did_not_happen_is_made_after_the_look_though_no_retry_is_set():
    driver = Driver(chain(x=action("checked")), verdicts=lambda _: Verdict(Verified.NOT_DONE)).start().crash()
    driver.finish("x").pass_time(60).finish("x")
    assert tries(driver, "x") == [1, 2]
    assert driver.states()["x"] == "succeeded"


@pytest.mark.parametrize("use", ["change", "break_"])
def test_a_person_is_asked_about_a_change_that_nobody_can_look_at(use):
    driver = Driver(chain(x=action(use))).start().crash()
    assert driver.state.status == "waiting"
    assert driver.of("ask.opened")[0].data["kind"] == "uncertain"
    driver.answer("x?1", "done")
    assert tries(driver, "x") == [1]
    assert driver.states()["x"] == "succeeded"


def test_a_look_that_tells_nothing_leads_to_the_person_after_a_crash():
    driver = Driver(chain(x=action("checked"))).start().crash().finish("x")
    assert driver.state.status == "waiting"


def test_a_look_that_was_out_is_made_again():
    said = answered(Outcome.UNCERTAIN)
    driver = Driver(chain(x=action("checked")), verdicts=lambda _: Verdict(Verified.DONE, {})).start()
    driver.finish("x", said).crash().finish("x")
    assert tries(driver, "x") == [1]
    assert driver.states()["x"] == "succeeded"


def test_what_is_safe_to_repeat_is_repeated():
    driver = Driver(chain(x=action("safe"))).start().crash()
    assert tries(driver, "x") == [1, 2]


def test_a_pause_before_another_try_goes_on_with_its_own_end():
    retried = action("look", retry={"max": 3, "delay": "10s"})
    driver = Driver(chain(x=retried), answers=lambda _: answered(Outcome.FAILED)).start().finish("x")
    due = dict(driver.timers)
    driver.crash()
    assert driver.timers == due
    driver.pass_time(20)
    assert tries(driver, "x") == [1, 2]


def test_a_question_stays_open_with_its_expiry():
    ask = {"kind": "ask", "ask": "approval", "text": "?", "expires": "1h"}
    driver = Driver(chain(q=ask, x=action("look"))).start().crash()
    assert [event.path for event in driver.of("ask.opened")] == ["q?1"]
    assert list(driver.timers) == ["q@expiry"]
    driver.answer("q?1", "approved")
    assert driver.ports()["q"] == ("approved",)


def test_a_run_says_that_it_went_on_and_what_is_not_sure():
    driver = Driver(chain(x=action("break_"))).start().crash()
    assert driver.of("run.resumed")[0].data == {"reason": "crash", "epoch": 2, "uncertain": ["x#1"]}
    assert driver.state.epoch == 2


def test_a_step_that_waited_for_a_permit_waits_again():
    driver = Driver(chain(x=action("change")))
    driver.has_room = False
    driver.start().crash()
    assert [intent.path for intent in driver.waiting] == ["x"]
    assert tries(driver, "x") == []


NOT_SAFE = {"toy.change", "toy.break_", "toy.checked"}


def repeated_blindly(driver):
    """Changes that were sent twice though nothing and nobody said that the first had not happened."""
    found, doubt = [], set()
    for event in driver.events:
        data = event.data
        if event.type == "attempt.started" and data["action"] in NOT_SAFE:
            if event.path in doubt:
                found.append(event.path)
        elif event.type == "attempt.finished":
            doubt.discard(event.path)
            if data["outcome"] in {"uncertain", "succeeded"}:
                doubt.add(event.path)
        elif event.type == "attempt.verified" and data["result"] == "not_done":
            doubt.discard(event.path)
        elif event.type == "ask.answered" and data["option"] == "not_done":
            doubt.discard(event.path.partition("?")[0])
    return found


@settings(max_examples=250, deadline=None)
@given(seed=st.integers(0, 2**32), order=st.integers(0, 3))
def test_a_run_that_crashes_again_and_again_ends_settled_and_repeats_no_change_blindly(seed, order):
    driver = random_driver(seed, order=order).start()
    draw = random.Random(seed)
    crashes = 0
    while driver.state.status not in FINISHED:
        if crashes < 6 and draw.random() < 0.3:
            crashes += 1
            driver.crash()
        elif not driver.step():
            assert driver.conductor.is_parked
            return
    assert all_settled(driver)
    assert repeated_blindly(driver) == []
    assert driver.replayed().picture() == driver.state.picture()
