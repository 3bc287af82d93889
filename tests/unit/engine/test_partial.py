"""Running from one step on, or one step alone, with the data of an earlier run (engine.md 1.22)."""

import pytest
from tests.helpers.runs import ENVIRONMENT, TRIGGER, Driver, answer_by_path, answered, playbook_of

from tocsin.engine.earlier import earlier_run
from tocsin.engine.errors import ForeignDataError, NoSuchStepError, OtherVersionError, RunNotOverError
from tocsin.engine.news import BreakpointsSet, PauseAsked
from tocsin.engine.outcomes import Outcome
from tocsin.engine.partial import Part
from tocsin.engine.preparation import created_facts
from tocsin.engine.resumption import StoredRun

SEEN = answer_by_path(look=answered(output={"score": 7}), side=answered(output={"n": 1}))
NODES = {
    "t": TRIGGER,
    "look": {"kind": "action", "use": "toy.look", "with": {}},
    "side": {"kind": "action", "use": "toy.look", "with": {}},
    "both": {"kind": "join", "need": "every"},
    "block": {"kind": "action", "use": "toy.change", "with": {"score": "{{ look.score }}", "of": "{{ trigger.ip }}"}},
    "after": {"kind": "set", "values": {"n": "{{ look.score }}"}},
}
EDGES = ["t -> look", "t -> side", "look -> both", "side -> both", "both -> block", "block -> after"]
PLAYBOOK = playbook_of(NODES, EDGES)
EVENT = {"ip": "198.51.100.7"}


def stored(driver, playbook=PLAYBOOK, **more):
    facts = {"status": str(driver.state.status), "owner": "", "input": EVENT, **more}
    return StoredRun(driver.state.run, playbook=playbook, events=driver.events, **facts)


def ran(playbook=PLAYBOOK, **more):
    """An earlier run of a playbook, as another one takes it over."""
    driver = Driver(playbook, answers=more.pop("answers", SEEN), event=EVENT, run="0180-earlier", **more).run()
    return earlier_run(stored(driver, playbook), driver.load)


def run_from(node, earlier, playbook=PLAYBOOK, **more):
    part = Part(node, earlier=earlier, is_alone=more.pop("is_alone", False))
    return Driver(playbook, part=part, **more)


def test_what_does_not_come_after_is_carried_and_the_rest_runs():
    driver = run_from("block", ran()).run()
    assert [intent.path for intent in driver.attempts] == ["block"]
    assert driver.attempts[0].inputs == {"score": 7, "of": "198.51.100.7"}
    assert driver.states() == dict.fromkeys(("look", "side", "both", "t", "block", "after"), "succeeded")
    carried = driver.of("node.settled", "look")[0].data
    assert (carried["via"], carried["from"]["run"]) == ("carried", "0180-earlier")
    assert carried["output"] == {"v": {"score": 7}}


def test_a_join_that_waits_for_the_step_has_the_other_branch_of_the_earlier_run():
    driver = run_from("look", ran(), answers=SEEN).run()
    assert [intent.path for intent in driver.attempts] == ["look", "block"]
    assert driver.of("node.settled", "side")[0].data["via"] == "carried"


def test_the_run_says_what_it_began_with():
    created = run_from("block", ran()).start().events[0].data
    assert created["kind"] == "from_here"
    assert created["parent"] == {"run": "0180-earlier", "path": "block", "reason": "from_here"}


def test_a_step_is_run_though_the_earlier_run_went_another_way():
    nodes = {
        "t": TRIGGER,
        "risky": {"kind": "condition", "when": "trigger.n > 3"},
        "act": {"kind": "action", "use": "toy.change"},
        "last": {"kind": "end"},
    }
    playbook = playbook_of(nodes, ["t -> risky", "risky.true -> act", "act -> last"])
    driver = Driver(playbook, event={"n": 1}, run="0180-earlier").run()
    earlier = earlier_run(stored(driver, playbook, input={"n": 1}), driver.load)
    again = run_from("act", earlier, playbook).run()
    assert again.states()["act"] == "succeeded"
    assert again.states()["last"] == "succeeded"


def test_a_failure_that_stopped_the_earlier_run_is_not_carried():
    failed = answer_by_path(side=answered(Outcome.FAILED), look=answered(output={"score": 7}))
    earlier = ran(answers=failed)
    driver = run_from("block", earlier).run()
    assert driver.reasons()["side"] == "not_selected"
    assert driver.states()["block"] == "succeeded"


def test_one_step_alone_runs_nothing_after_it():
    driver = run_from("block", ran(), is_alone=True).run()
    assert [intent.path for intent in driver.attempts] == ["block"]
    assert driver.reasons() == {"after": "not_selected"}
    assert (driver.events[0].data["kind"], driver.end["status"]) == ("single", "succeeded")


def test_one_step_alone_needs_no_earlier_run_when_it_reads_none():
    driver = run_from("side", None, is_alone=True, event=EVENT).run()
    assert [intent.path for intent in driver.attempts] == ["side"]
    assert set(driver.reasons()) == {"look", "both", "block", "after"}


def test_one_step_alone_of_what_is_not_there_fails_and_sends_nothing():
    driver = run_from("block", None, is_alone=True, event=EVENT).run()
    assert driver.attempts == []
    assert driver.end["status"] == "failed"


ASKED = {
    "t": TRIGGER,
    "sure": {"kind": "ask", "ask": "approval", "text": "Block?", "covers": ["block"]},
    "block": {"kind": "action", "use": "toy.change", "with": {"of": "{{ trigger.ip }}"}},
}


@pytest.mark.parametrize(("is_alone", "status"), [(True, "failed"), (False, "succeeded")])
def test_a_failure_of_one_step_alone_is_the_run_s_though_a_line_leads_on_from_it(is_alone, status):
    playbook = playbook_of(
        {**NODES, "note": {"kind": "set", "values": {"n": "{{ 1 }}"}}}, [*EDGES, "side.error -> note"]
    )
    failing = answer_by_path(side=answered(Outcome.FAILED))
    driver = run_from("side", ran(playbook), playbook, is_alone=is_alone, answers=failing).run()
    assert str(driver.state.status) == status
    assert driver.states()["side"] == "failed"


@pytest.mark.parametrize("is_alone", [False, True])
def test_an_answer_is_never_carried_so_a_covered_step_asks_for_itself(is_alone):
    playbook = playbook_of(ASKED, ["t -> sure", "sure.approved -> block"])
    earlier = ran(playbook, persons=lambda _: ("approved", None))
    driver = run_from("block", earlier, playbook, is_alone=is_alone).start()
    assert driver.attempts == []
    assert [event.path for event in driver.of("ask.opened")] == ["block?1"]
    driver.answer("block?1", "approved")
    assert [intent.path for intent in driver.attempts] == ["block"]


def test_brakes_that_come_before_the_run_begins_hold_its_first_step():
    driver = run_from("block", ran())
    driver.events += driver.conductor.create(created_facts(driver.program), now=driver.now, by="cli")
    driver.tell(BreakpointsSet({"block": ""}))
    driver.tell(PauseAsked("user:test"))
    assert driver.attempts == []


def test_a_crash_before_the_first_step_loses_nothing():
    driver = run_from("block", ran())
    driver.events += driver.conductor.create(created_facts(driver.program), now=driver.now, by="cli")
    driver.crash()
    assert driver.in_flight == ["block"]
    driver.finish("block")
    assert driver.end["status"] == "succeeded"
    assert driver.replayed().picture() == driver.state.picture()


@pytest.mark.parametrize("node", ["t", "nosuch"])
def test_no_run_begins_at_a_trigger_or_at_what_is_not_there(node):
    with pytest.raises(NoSuchStepError):
        run_from(node, ran())


def test_data_of_steps_that_are_drawn_otherwise_are_refused_until_somebody_accepts():
    earlier = ran()
    changed = playbook_of({**NODES, "look": {**NODES["look"], "with": {"n": 2}}}, EDGES)
    with pytest.raises(OtherVersionError) as refused:
        run_from("block", earlier, changed)
    assert refused.value.nodes == ("look",)
    accepted = Driver(changed, part=Part("block", earlier=earlier, accepts_changes=True)).run()
    assert accepted.end["status"] == "succeeded"


def test_a_title_or_a_step_that_comes_after_may_be_another():
    nodes = {**NODES, "look": {**NODES["look"], "title": "Look it up"}, "after": {"kind": "set", "values": {"n": 0}}}
    assert run_from("block", ran(), playbook_of(nodes, EDGES)).run().end["status"] == "succeeded"


def test_a_live_run_takes_no_guesses_and_nothing_of_another_environment():
    with pytest.raises(ForeignDataError, match="rehearsal"):
        run_from("block", ran(mode="rehearse"))
    elsewhere = ENVIRONMENT.model_copy(update={"id": "production"})
    with pytest.raises(ForeignDataError, match="lab"):
        run_from("block", ran(), environment=elsewhere)
    assert run_from("block", ran(), environment=elsewhere, mode="rehearse").run().attempts == []


def test_a_run_that_has_not_ended_gives_no_data():
    driver = Driver(PLAYBOOK, event=EVENT).start()
    with pytest.raises(RunNotOverError):
        earlier_run(stored(driver), driver.load)
