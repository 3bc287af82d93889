"""Pause, step and breakpoints: nothing new starts, nothing that is out is lost (engine.md 1.17)."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.helpers.runs import TRIGGER, Driver, answered, playbook_of
from tests.unit.engine.test_settling import all_settled, random_driver

from tocsin.engine.events import FINISHED
from tocsin.engine.news import BreakpointsSet, CancelAsked, GoOnAsked, PauseAsked
from tocsin.engine.outcomes import Outcome

LOOK = {"kind": "action", "use": "toy.look"}


def chain(*names, **more):
    nodes = {name: {**LOOK, **more} for name in names}
    row = ["t", *names]
    return playbook_of({"t": TRIGGER, **nodes}, [f"{row[place]} -> {name}" for place, name in enumerate(names)])


def pause(driver):
    driver.tell(PauseAsked("user:test", "look"))
    return driver


def go_on(driver, *, one_step=False):
    driver.tell(GoOnAsked("user:test", one_step))
    return driver


def test_a_paused_run_records_what_ends_and_starts_nothing():
    driver = pause(Driver(chain("a", "b")).start()).finish("a")
    assert driver.states() == {"t": "succeeded", "a": "succeeded"}
    assert driver.in_flight == []
    assert driver.conductor.is_parked
    assert go_on(driver).in_flight == ["b"]


def test_a_step_starts_one_node_and_leaves_the_run_paused():
    driver = pause(Driver(chain("a", "b", "c")).start()).finish("a")
    assert go_on(driver, one_step=True).in_flight == ["b"]
    driver.finish("b")
    assert driver.in_flight == []
    assert driver.state.paused


def test_a_step_asked_while_nothing_is_ready_starts_the_next_node_alone():
    driver = pause(Driver(chain("a", "b", "c")).start())
    go_on(driver, one_step=True)
    assert driver.state.paused
    assert driver.finish("a").in_flight == ["b"]
    assert driver.finish("b").in_flight == []


def test_a_step_takes_up_what_was_kept_and_nothing_else():
    retried = chain("a", "b", retry={"max": 2, "delay": "5s"})
    answers = iter([answered(Outcome.FAILED), answered(), answered()])
    driver = pause(Driver(retried, answers=lambda _: next(answers)).start()).finish("a").pass_time(60)
    assert go_on(driver, one_step=True).in_flight == ["a"]
    assert driver.finish("a").in_flight == []
    assert driver.state.paused


def test_a_pause_takes_back_a_step_that_nothing_has_used():
    driver = go_on(pause(Driver(chain("a", "b")).start()), one_step=True)
    assert pause(driver).finish("a").in_flight == []


def test_a_timer_that_falls_due_meanwhile_fires_when_the_run_goes_on():
    retried = chain("a", retry={"max": 2, "delay": "5s"})
    driver = pause(Driver(retried, answers=lambda _: answered(Outcome.FAILED)).start()).finish("a").pass_time(60)
    assert len(driver.attempts) == 1
    assert go_on(driver).in_flight == ["a"]


def test_a_permit_that_comes_meanwhile_is_asked_for_again():
    driver = Driver(chain("a"))
    driver.has_room = False
    pause(driver.start())
    driver.step()
    assert driver.in_flight == []
    driver.has_room = True
    assert go_on(driver).in_flight == ["a"]


def test_a_breakpoint_pauses_before_its_node_once():
    driver = Driver(chain("a", "b")).start()
    driver.tell(BreakpointsSet({"b": ""}))
    driver.finish("a")
    assert [(event.path, event.data["reason"]) for event in driver.of("node.held")] == [("b", "breakpoint")]
    assert driver.of("run.paused")[0].data["reason"] == "breakpoint"
    go_on(driver)
    assert driver.in_flight == ["b"]
    assert [event.path for event in driver.of("node.released")] == ["b"]


@pytest.mark.parametrize(("condition", "stops"), [("t.n > 3", True), ("t.n < 3", False), ("t.missing > 1", True)])
def test_a_condition_decides_and_one_that_cannot_be_judged_stops(condition, stops):
    driver = Driver(chain("a", "b"), event={"n": 5}).start()
    driver.tell(BreakpointsSet({"b": condition}))
    driver.finish("a")
    assert driver.state.paused is stops


def test_a_paused_run_can_be_stopped():
    driver = pause(Driver(chain("a", "b")).start()).finish("a")
    driver.tell(CancelAsked("user:test"))
    assert driver.state.status == "cancelled"


def test_a_pause_outlives_the_process():
    driver = pause(Driver(chain("a", "b")).start()).finish("a").crash()
    assert driver.state.paused
    assert driver.in_flight == []
    assert go_on(driver).in_flight == ["b"]


@settings(max_examples=150, deadline=None)
@given(seed=st.integers(0, 2**32), order=st.integers(0, 3))
def test_a_run_that_is_paused_and_stepped_ends_as_one_that_is_not(seed, order):
    driver = random_driver(seed, order=order).start()
    draw = random.Random(seed)
    for _ in range(2_000):
        if driver.state.status in FINISHED:
            break
        if draw.random() < 0.2:
            pause(driver)
        if driver.state.paused and draw.random() < 0.5:
            go_on(driver, one_step=draw.random() < 0.7)
        elif not driver.step() and not driver.state.paused:
            assert driver.conductor.is_parked
            return
    assert driver.state.status in FINISHED
    assert all_settled(driver)
    assert driver.replayed().picture() == driver.state.picture()
