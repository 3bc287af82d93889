"""An approval is a yes to acts, shown value by value; nothing else is done on it (engine.md 1.16)."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.helpers.runs import TRIGGER, Driver, answered, playbook_of

from tocsin.engine.approvals import covered_intents
from tocsin.engine.events import FINISHED, REHEARSE
from tocsin.engine.news import Answered
from tocsin.engine.outcomes import Outcome, Verdict, Verified
from tocsin.engine.progress import RunProgress

ASK = {"kind": "ask", "ask": "approval", "text": "Isolate?", "covers": ["isolate", "block"], "expires": "1h"}


def use(name, /, **inputs):
    return {"kind": "action", "use": f"toy.{name}", "with": inputs}


def loop(in_="t.hosts", **more):
    body = {"nodes": {"isolate": use("break_", id="{{ host }}")}, "edges": []}
    return {"kind": "for_each", "in": in_, "as": "host", "body": body, **more}


def contain(ask=ASK, block=None, **nodes):
    return playbook_of(
        {"t": TRIGGER, "ask": ask, "hosts": loop(), "block": block or use("change", ip="{{ t.ip }}"), **nodes},
        ["t -> ask", "ask.approved -> hosts", "hosts -> block"],
    )


EVENT = {"hosts": ["a", "b"], "ip": "192.0.2.1"}


def drive(playbook=None, **more):
    return Driver(playbook or contain(), event=EVENT, **more)


def asked(driver, path="ask?1"):
    data = driver.of("ask.opened", path)[0].data
    tagged = data["intents"]
    return data, tagged["v"] if "v" in tagged else driver.load(tagged["r"])


def test_a_question_shows_every_act_that_it_covers():
    _, intents = asked(drive().start())
    assert [(act["path"], act["action"], act["effect"], act["inputs"]) for act in intents] == [
        ("hosts[0]/isolate", "toy.break_", "destructive", {"id": "a"}),
        ("hosts[1]/isolate", "toy.break_", "destructive", {"id": "b"}),
        ("block", "toy.change", "change", {"ip": "192.0.2.1"}),
    ]
    assert {act["connection"] for act in intents} == {"toy"}


def test_items_whose_key_came_before_are_not_shown():
    nodes = {"t": TRIGGER, "ask": {**ASK, "covers": ["isolate"]}, "hosts": loop("['a', 'a', 'b']", key="host")}
    driver = drive(playbook_of(nodes, ["t -> ask", "ask.approved -> hosts"])).start()
    assert [act["path"] for act in asked(driver)[1]] == ["hosts[0]/isolate", "hosts[2]/isolate"]


def test_what_was_approved_is_done_and_says_by_which_answer():
    driver = drive(persons=lambda _: ("approved", None)).run()
    assert driver.end["status"] == "succeeded"
    assert len(driver.attempts) == 3
    (answer,) = driver.of("ask.answered")
    assert (answer.data["intents_hash"], answer.data["approves"]) == (asked(driver)[0]["intents_hash"], True)
    assert {event.data["approval"] for event in driver.of("attempt.started")} == {answer.seq}


def later(reads="now()"):
    """A step whose input is another when it comes to it: the time has gone on."""
    return contain(block=use("change", ip="{{ string(" + reads + ") }}"))


def run_to_the_block(**more):
    driver = drive(later(), **more).start()
    driver.now += 60_000_000
    driver.answer("ask?1", "approved")
    for item in (0, 1):
        driver.finish(f"hosts[{item}]/isolate")
    return driver


def test_an_act_that_is_not_as_it_was_approved_is_held_and_asked_about_at_its_step():
    driver = run_to_the_block()
    assert driver.in_flight == []
    assert [(event.path, event.data["reason"]) for event in driver.of("node.held")] == [("block", "approval")]
    data, (act,) = asked(driver, "block?1")
    assert (data["kind"], [option["id"] for option in data["options"]]) == ("approval", ["approved", "rejected"])
    assert act["inputs"] != asked(driver)[1][2]["inputs"]
    assert driver.conductor.is_parked


def test_the_step_goes_on_with_what_was_shown_when_it_is_approved():
    driver = run_to_the_block()
    _, (act,) = asked(driver, "block?1")
    driver.answer("block?1", "approved")
    assert driver.attempts[-1].inputs == act["inputs"]
    assert driver.finish("block").end["status"] == "succeeded"
    assert driver.of("attempt.started", "block")[0].data["approval"] == driver.of("ask.answered", "block?1")[0].seq


def test_the_step_fails_when_it_is_rejected():
    driver = run_to_the_block()
    driver.answer("block?1", "rejected")
    assert (driver.error("block")["code"], len(driver.attempts)) == ("refused", 2)


def test_after_a_crash_the_question_stands_and_an_approved_step_is_tried_with_the_same_inputs():
    driver = run_to_the_block().crash()
    _, (act,) = asked(driver, "block?1")
    driver.has_room = False
    driver.answer("block?1", "approved").crash()
    assert [intent.inputs for intent in driver.waiting] == [act["inputs"]]
    driver.step()
    assert driver.finish("block").end["status"] == "succeeded"


def test_another_try_of_an_approved_act_needs_no_other_approval():
    flaky = {**use("change", ip="1"), "retry": {"max": 2, "delay": "1s"}}
    driver = drive(contain(block=flaky), persons=lambda _: ("approved", None))
    driver.answers = lambda intent: (
        answered(Outcome.NOT_SENT) if intent.path == "block" and intent.n == 1 else answered()
    )
    assert driver.run().end["status"] == "succeeded"
    assert len(driver.of("ask.opened")) == 1


def test_a_way_around_the_question_leads_to_the_steps_own():
    playbook = playbook_of(
        {"t": TRIGGER, "ask": {**ASK, "covers": ["block"]}, "block": use("change", ip="1")},
        ["t -> ask", "ask.expired -> block"],
    )
    driver = drive(playbook).start().pass_time(4_000)
    assert driver.attempts == []
    assert [event.path for event in driver.of("ask.opened")] == ["ask?1", "block?1"]


def test_a_no_is_no_approval_wherever_it_leads():
    playbook = playbook_of(
        {"t": TRIGGER, "ask": {**ASK, "covers": ["block"]}, "block": use("change", ip="1")},
        ["t -> ask", "ask.rejected -> block"],
    )
    driver = drive(playbook).start().answer("ask?1", "rejected")
    assert driver.attempts == []
    assert driver.state.questions == 1


def test_a_question_that_is_switched_off_approves_nothing():
    driver = drive(contain(ask={**ASK, "disabled": True})).start()
    assert driver.attempts == []
    assert driver.of("ask.opened")[0].path == "hosts[0]/isolate?1"


@pytest.mark.parametrize("block", [use("change", ip="{{ ask.by }}"), use("change", ip="{{ missing.x }}")])
def test_a_question_about_what_is_not_known_fails(block):
    driver = drive(contain(block=block)).start()
    assert driver.error("ask")["code"] == "expression"
    assert driver.of("ask.opened") == []


def test_an_answer_to_another_list_does_not_count():
    driver = drive().start()
    driver.tell(Answered("ask?1", "approved", by="user:test", intents_hash="0" * 64))
    assert driver.of("ask.refused")[0].data["why"] == "What is asked is not what was answered."
    driver.tell(Answered("ask?1", "approved", by="user:test", intents_hash=asked(driver)[0]["intents_hash"]))
    assert driver.in_flight == ["hosts[0]/isolate"]


def test_two_people_approve_when_two_are_needed():
    driver = drive(contain(ask={**ASK, "need": 2})).start().answer("ask?1", "approved", by="user:one")
    assert driver.in_flight == []
    assert driver.answer("ask?1", "approved", by="user:two").in_flight == ["hosts[0]/isolate"]


def test_a_question_in_a_loop_covers_its_own_item_alone():
    body = {
        "nodes": {"ok": {**ASK, "covers": ["act"]}, "act": use("break_", id="{{ host }}")},
        "edges": ["ok.approved -> act"],
    }
    nodes = {"t": TRIGGER, "l": {"kind": "for_each", "in": "t.hosts", "as": "host", "concurrency": 2, "body": body}}
    driver = drive(playbook_of(nodes, ["t -> l"])).start()
    assert [act["path"] for act in asked(driver, "l[1]/ok?1")[1]] == ["l[1]/act"]
    assert driver.answer("l[1]/ok?1", "approved").in_flight == ["l[1]/act"]


def test_a_question_in_a_called_playbook_covers_its_own_steps():
    inner = playbook_of(
        {"ok": {**ASK, "covers": ["act"]}, "act": use("break_", id="{{ inputs.id }}")},
        ["ok.approved -> act"],
        id="inner",
        inputs={"id": {"type": "string"}},
    )
    nodes = {"t": TRIGGER, "act": use("look"), "c": {"kind": "call", "playbook": "inner", "with": {"id": "x"}}}
    driver = drive(playbook_of(nodes, ["t -> act", "act -> c"]), callees=[inner]).start().finish("act")
    assert asked(driver, "c/ok?1")[1][0]["inputs"] == {"id": "x"}
    assert driver.answer("c/ok?1", "approved").in_flight == ["c/act"]


def test_a_rehearsal_lists_the_acts_and_asks_nobody():
    driver = drive(mode=REHEARSE).run()
    would = driver.of("node.settled", "ask")[0].data["would"]
    assert len(would["intents"]["v"] if "v" in would["intents"] else driver.load(would["intents"]["r"])) == 3
    assert driver.attempts == driver.of("ask.opened") == []


def test_faces_are_told_what_a_question_is_about():
    driver = drive().start()
    progress = RunProgress("")
    for event in driver.events:
        progress.apply(event)
    question = progress.questions["ask?1"]
    assert (question.intents, question.intents_hash) == (asked(driver)[0]["intents"], asked(driver)[0]["intents_hash"])


def test_looking_at_what_is_covered_changes_nothing():
    driver = drive().start()
    before = driver.state.picture()
    covered_intents(driver.conductor._desk, driver.state.root, driver.program.plan.index["ask"])
    assert driver.state.picture() == before
    assert driver.conductor._desk.take() == ([], [])


@settings(max_examples=100, deadline=None)
@given(seed=st.integers(0, 2**32), order=st.integers(0, 3))
def test_whatever_happens_nothing_is_sent_that_nobody_saw(seed, order):
    """The world changes while people think, the process ends again and again: each act that leaves was on a list."""
    draw = random.Random(seed)
    block = {**use("checked", ip="{{ string(now()) }}"), "retry": {"max": 3, "delay": "1s"}}
    driver = drive(
        contain(block=block),
        seed=order,
        answers=lambda i: answered(draw.choice([Outcome.SUCCEEDED, Outcome.NOT_SENT, Outcome.UNCERTAIN])),
        verdicts=lambda _: Verdict(draw.choice(list(Verified))),
    ).start()
    for _ in range(200):
        if driver.state.status in FINISHED:
            break
        open_asks = [work.question for _, _, work in driver.state.open_work() if work.question]
        if open_asks and draw.random() < 0.6:
            driver.now += draw.choice([0, 5_000_000])
            ask = draw.choice(open_asks)
            kind = driver.of("ask.opened", ask)[0].data["kind"]
            driver.answer(ask, "approved" if kind == "approval" else draw.choice(["done", "not_done"]))
        elif draw.random() < 0.15:
            driver.crash()
        else:
            driver.step()
    seen = [
        (act["action"], act["inputs"])
        for event in driver.of("ask.opened")
        if "intents" in event.data
        for act in asked(driver, event.path)[1]
    ]
    assert all((intent.use, intent.inputs) in seen for intent in driver.attempts)
    assert driver.replayed().picture() == driver.state.picture()
