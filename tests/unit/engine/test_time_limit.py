"""A run that takes longer than its playbook says is ended; a pause does not count."""

import pytest
from tests.helpers.runs import TRIGGER, Driver, answered, playbook_of

from tocsin.engine.news import CancelAsked, GoOnAsked, PauseAsked
from tocsin.engine.outcomes import Outcome

LOOK = {"kind": "action", "use": "toy.look"}
CHANGE = {"kind": "action", "use": "toy.change"}
ASK = {"kind": "ask", "ask": "approval", "text": "Go on?"}


def drive(nodes, edges=(), **more):
    names = list(nodes)
    lines = edges or [f"{one} -> {other}" for one, other in zip(["t", *names], names, strict=False)]
    return Driver(playbook_of({"t": TRIGGER, **nodes}, lines, timeout="1h"), **more)


def limits(driver):
    return [event.type for event in driver.events if event.path == "@run"]


def test_a_run_over_its_time_drains_as_after_a_failure():
    driver = drive({"wait": {"kind": "wait", "for": "2h"}, "after": CHANGE}).start()
    driver.pass_time(3_599)
    assert driver.state.status == "running"
    driver.pass_time(1)
    end = driver.events[-1]
    assert (end.type, end.data["status"], end.data["error"]["code"]) == ("run.finished", "failed", "timeout")
    assert "longer than 1h" in end.data["error"]["message"]
    assert driver.states() == {"t": "succeeded", "wait": "cancelled", "after": "skipped"}
    assert not driver.timers
    assert driver.replayed().picture() == driver.state.picture()


def test_one_that_waits_for_a_person_is_ended_and_its_question_closed():
    driver = drive({"ask": ASK, "after": CHANGE}, ["t -> ask", "ask.approved -> after"]).start()
    driver.pass_time(3_600)
    assert driver.state.status == "failed"
    assert [event.data["reason"] for event in driver.events if event.type == "ask.closed"] == ["cancelled"]


def test_a_change_that_is_out_ends_and_is_recorded():
    driver = drive({"change": CHANGE, "after": LOOK}).start()
    driver.pass_time(3_600)
    assert driver.state.status == "running"
    driver.finish("change")
    assert (driver.state.status, driver.states()["change"]) == ("failed", "succeeded")
    assert driver.state.failure["code"] == "timeout"


def test_the_first_failure_stays_the_cause():
    driver = drive({"bad": CHANGE, "slow": CHANGE}, ["t -> bad", "t -> slow"]).start()
    driver.finish("bad", answered(Outcome.FAILED))
    driver.pass_time(3_600)
    driver.finish("slow")
    end = driver.events[-1].data
    assert end["error"]["node"] == "bad"
    assert [error["code"] for error in end["later"]] == ["timeout"]


@pytest.mark.parametrize("crashes", [False, True])
def test_a_pause_does_not_count(crashes):
    driver = drive({"wait": {"kind": "wait", "for": "20h"}}).start()
    driver.pass_time(1_800)
    driver.tell(PauseAsked("user:test"))
    if crashes:
        driver.crash()
    driver.pass_time(36_000)
    assert driver.state.status == "running"
    driver.tell(GoOnAsked("user:test"))
    if crashes:
        driver.crash()
    driver.pass_time(1_799)
    assert driver.state.status == "running"
    driver.pass_time(1)
    assert driver.state.status == "failed"
    assert driver.replayed().picture() == driver.state.picture()


def test_a_step_of_a_paused_run_is_not_taken_up_by_the_limit():
    driver = drive({"a": LOOK, "b": LOOK}).start()
    driver.tell(PauseAsked("user:test"))
    driver.pass_time(7_200)
    driver.finish("a")
    driver.tell(GoOnAsked("user:test", one_step=True))
    assert driver.in_flight == ["b"]


def test_a_limit_that_passed_while_no_process_had_the_run_ends_it_when_it_goes_on():
    driver = drive({"wait": {"kind": "wait", "for": "2h"}}).start()
    driver.now += 5_000_000_000
    driver.crash()
    driver.pass_time(0)
    assert driver.state.failure["code"] == "timeout"


def test_a_run_in_time_has_its_limit_closed():
    assert limits(drive({"a": LOOK}).run()) == ["timer.set", "timer.closed"]
    stopped = drive({"ask": ASK}).start()
    stopped.tell(CancelAsked("user:test"))
    assert limits(stopped) == ["timer.set", "timer.closed"]


def test_without_a_limit_there_is_no_timer_and_in_a_rehearsal_neither():
    assert limits(drive({"a": LOOK}, mode="rehearse").run()) == []
    assert limits(Driver(playbook_of({"t": TRIGGER, "a": LOOK}, ["t -> a"])).run()) == []


def test_a_run_that_waited_for_its_turn_has_all_of_its_time():
    driver = drive({"wait": {"kind": "wait", "for": "2h"}})
    driver.now = 5_000_000
    driver.start()
    assert driver.state.due == 5_000_000 + 3_600_000_000
