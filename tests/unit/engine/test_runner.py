"""Performing runs: commit before effect, one commit a turn, permits given back on every path: engine.md 1.14, §4."""

import asyncio
import logging
from itertools import pairwise
from pathlib import Path
from typing import ClassVar

import pytest
from tests.helpers.runs import ENVIRONMENT, TRIGGER, answered, playbook_of, test_catalogue

from tocsin.base.clock import Clock
from tocsin.engine.errors import NoTriggerError
from tocsin.engine.news import Answered, CancelAsked
from tocsin.engine.outcomes import Answer, Outcome, Verdict, Verified
from tocsin.engine.ports import AllowAll
from tocsin.engine.preparation import Occasion, prepare_program
from tocsin.engine.replay import replay
from tocsin.engine.runner import Runner
from tocsin.journal import JournalUnusableError
from tocsin.model.failures import Failure, FailureCode

LOOK = {"kind": "action", "use": "toy.look"}
CHANGE = {"kind": "action", "use": "toy.change"}
NOTE = {"kind": "set", "values": {"v": 1}}
ASK = {"kind": "ask", "ask": "approval", "text": "?"}


class Place:
    """A permit with so many places."""

    def __init__(self, places):
        self.free = places
        self.queue = []

    def try_enter(self):
        if not self.free or self.queue:
            return False
        self.free -= 1
        return True

    async def enter(self):
        if self.try_enter():
            return
        waiter = asyncio.get_running_loop().create_future()
        self.queue.append(waiter)
        try:
            await waiter
        except asyncio.CancelledError:
            if waiter in self.queue:
                self.queue.remove(waiter)
            elif not waiter.cancelled():
                self.leave()
            raise

    def leave(self):
        while self.queue:
            waiter = self.queue.pop(0)
            if not waiter.done():
                waiter.set_result(None)
                return
        self.free += 1


class World:
    """Everything around a runner, and what happened in which order.

    Attributes:
        different: Runs whose events told another state than the runner's when they were committed; of all worlds.
    """

    different: ClassVar = []

    def __init__(self, *, places=10, judge=None):
        self.log = []
        self.batches = []
        self.place = Place(places)
        self.places = places
        self.gates = {}
        self.answers = {}
        self.refused = {}
        self.refuse_from = None
        self.seconds = 1_000_000
        self.monotonic = 5.0
        clock = Clock(utc_micros=lambda: self.seconds, monotonic=lambda: self.monotonic, new_run_id=lambda: "r1")
        self.runner = Runner(self, self, judge or AllowAll(clock.monotonic), clock)
        self.heard = []
        self.runner.subscribe(self.heard.extend)

    # the journal

    def commit(self, batch):
        if self.refuse_from is not None and len(self.batches) >= self.refuse_from:
            raise JournalUnusableError(Path("journal.db"), "database or disk is full")
        self.batches.append(batch)
        self.log.append(("commit", [event.path for event in batch.events if event.type == "attempt.started"]))
        for run in dict.fromkeys(event.run for event in batch.events):
            self._compare(run)

    def _compare(self, run):
        """Hold the state that a run's events give against the one that the runner has at this moment."""
        flight = self.runner.find_flight(run)
        if flight is not None:
            program = flight.conductor.program
            events = [event for batch in self.batches for event in batch.events if event.run == run]
            told = replay(events, program.plan, program.callee_plans)
            if told.picture() != flight.conductor.state.picture():
                self.different.append(run)

    def load_value(self, hash_):
        raise KeyError(hash_)

    # the products

    def permit(self, binding):
        if binding.action_id in self.refused:
            raise self.refused[binding.action_id]
        return self.place

    async def perform(self, intent, *, grant):
        self.log.append(("sent", intent.path, grant))
        if intent.node in self.gates:
            await self.gates[intent.node].wait()
        said = self.answers.get(intent.node, answered())
        if isinstance(said, Exception):
            raise said
        return said

    async def verify(self, _intent):
        said = self.answers.get("verify", Verdict(Verified.UNKNOWN))
        if isinstance(said, Exception):
            raise said
        return said

    def start(self, nodes, edges=None, *, run="r1"):
        edges = edges or [f"t -> {name}" for name in nodes]
        program = prepare_program(
            playbook_of({"t": TRIGGER, **nodes}, edges), ENVIRONMENT, test_catalogue(), Occasion()
        )
        return self.runner.start(program, run=run, by="cli")

    def hold(self, *names):
        for name in names:
            self.gates[name] = asyncio.Event()

    def types(self):
        return [event.type for batch in self.batches for event in batch.events]

    def state_of(self, path):
        for event in self.heard:
            settle = event.data.get("settle", event.data if event.type == "node.settled" else None)
            if event.path == path and settle:
                return settle["state"]
        return None

    @property
    def are_permits_back(self):
        return self.place.free == self.places and not self.place.queue


async def settle_down():
    for _ in range(12):
        await asyncio.sleep(0)


def run(story):
    """Play a story on a loop that must have nothing left at its end."""

    async def whole():
        before = asyncio.all_tasks()
        await asyncio.wait_for(story(), 5)
        assert asyncio.all_tasks() == before

    World.different.clear()
    asyncio.run(whole())
    assert World.different == []


# commit, then effect


def test_nothing_is_sent_before_its_intent_is_committed():
    async def story():
        world = World()
        await world.start({"a": LOOK, "b": CHANGE}, ["t -> a", "a -> b"]).done
        for place, entry in enumerate(world.log):
            if entry[0] == "sent":
                committed = [path for kind, paths, *_ in world.log[:place] if kind == "commit" for path in paths]
                assert entry[1] in committed
        await world.runner.close()

    run(story)


def test_a_turn_is_one_commit_and_a_step_costs_one():
    async def story():
        world = World()
        await world.start({f"n{n}": LOOK for n in range(5)}, ["t -> n0", *(f"n{n} -> n{n + 1}" for n in range(4))]).done
        assert len(world.batches) == 2 + 5  # the run's creation, the first intent
        await world.runner.close()

    run(story)


def test_runs_that_begin_at_once_share_the_commit_of_their_first_intents():
    async def story():
        world = World()
        flights = [world.start({"n0": LOOK}, ["t -> n0"], run=f"r{number}") for number in range(5)]
        await asyncio.gather(*(flight.done for flight in flights))
        intents = [sum(e.type == "attempt.started" for e in batch.events) for batch in world.batches]
        assert intents == [0] * 5 + [5, 0]
        await world.runner.close()

    run(story)


def test_pure_steps_run_from_creation_to_the_end_in_one_commit():
    async def story():
        world = World()
        await world.start({f"n{n}": NOTE for n in range(5)}, ["t -> n0", *(f"n{n} -> n{n + 1}" for n in range(4))]).done
        assert len(world.batches) == 1
        await world.runner.close()

    run(story)


def test_only_batches_with_the_intent_of_a_change_are_durable():
    async def story():
        world = World()
        await world.start({"a": LOOK, "b": CHANGE}, ["t -> a", "a -> b"]).done
        durable = [[e.path for e in b.events if e.type == "attempt.started"] for b in world.batches if b.durable]
        assert durable == [["b"]]
        await world.runner.close()

    run(story)


def test_listeners_hear_only_what_is_committed_and_all_of_it():
    async def story():
        world = World()
        await world.start({"a": LOOK}).done
        assert world.heard == [event for batch in world.batches for event in batch.events]
        await world.runner.close()

    run(story)


def test_a_large_value_is_kept_with_the_batch_that_names_it():
    async def story():
        world = World()
        world.answers["a"] = answered(output={"x": "y" * 2000})
        await world.start(
            {"a": LOOK, "b": {"kind": "set", "values": {"n": "{{ size(a.x) }}"}}}, ["t -> a", "a -> b"]
        ).done
        batch = next(b for b in world.batches if any(e.type == "attempt.finished" for e in b.events))
        kept = next(e for e in batch.events if e.type == "attempt.finished").data["output"]
        assert list(batch.values) == [kept["r"]]
        assert world.state_of("b") == "succeeded"
        await world.runner.close()

    run(story)


def test_runs_share_a_turn_and_its_commit():
    async def story():
        world = World()
        flights = [world.start({"n": LOOK}, run=f"r{n}") for n in range(3)]
        for flight in flights:
            await flight.done
        assert len(world.batches) == 3 + 1 + 1  # each creation, the intents of all, their ends
        await world.runner.close()

    run(story)


# the journal refuses


def test_a_journal_that_refuses_ends_the_run_and_the_change_was_never_sent():
    async def story():
        world = World()
        world.refuse_from = 2
        flight = world.start({"a": LOOK, "c": CHANGE}, ["t -> a", "a -> c"])
        with pytest.raises(JournalUnusableError):
            await flight.done
        assert [entry[1] for entry in world.log if entry[0] == "sent"] == ["a"]
        assert world.are_permits_back
        assert flight.parked.is_set()
        assert not world.runner.post("r1", CancelAsked("user:test"))
        await world.runner.close()

    run(story)


def test_a_journal_that_refuses_the_start_starts_nothing():
    async def story():
        world = World()
        world.refuse_from = 0
        with pytest.raises(JournalUnusableError):
            world.start({"c": CHANGE})
        assert world.runner.find_flight("r1") is None
        await world.runner.close()

    run(story)


def test_after_the_journal_refused_results_of_that_run_are_not_recorded():
    async def story():
        world = World()
        world.hold("c")
        flight = world.start({"c": CHANGE, "a": LOOK})
        world.hold("a")
        await settle_down()
        world.refuse_from = len(world.batches)
        world.gates["a"].set()
        with pytest.raises(JournalUnusableError):
            await flight.done
        world.refuse_from = None
        count = len(world.batches)
        world.gates["c"].set()
        await settle_down()
        assert len(world.batches) == count
        assert world.are_permits_back
        await world.runner.close()

    run(story)


def test_a_change_that_is_out_when_the_journal_refuses_is_not_cut_off():
    async def story():
        world = World()
        world.hold("c", "a")
        flight = world.start({"c": CHANGE, "a": LOOK})
        await settle_down()
        world.refuse_from = len(world.batches)
        world.gates["a"].set()
        with pytest.raises(JournalUnusableError):
            await flight.done
        assert world.place.free == world.places - 1
        world.gates["c"].set()
        await settle_down()
        assert world.are_permits_back
        await world.runner.close()

    run(story)


# permits


def test_attempts_wait_for_room_and_say_so():
    async def story():
        world = World(places=1)
        await world.start({"a": LOOK, "b": LOOK}).done
        held = [event for event in world.heard if event.type == "node.held"]
        assert [(event.path, event.data["reason"]) for event in held] == [("b", "permit")]
        assert world.are_permits_back
        await world.runner.close()

    run(story)


def test_the_next_step_finds_the_room_that_the_last_one_left():
    async def story():
        world = World(places=1)
        await world.start({"a": LOOK, "b": LOOK}, ["t -> a", "a -> b"]).done
        assert "node.held" not in world.types()
        await world.runner.close()

    run(story)


@pytest.mark.parametrize("places", [1, 10])
def test_permits_come_back_when_a_run_is_cancelled(places):
    async def story():
        world = World(places=places)
        world.hold("a", "b")
        flight = world.start({"a": LOOK, "b": LOOK})
        await settle_down()
        world.runner.post("r1", CancelAsked("user:test"))
        assert await flight.done == "cancelled"
        await settle_down()
        assert world.are_permits_back
        await world.runner.close()

    run(story)


@pytest.mark.parametrize("turns", range(8))
def test_permits_come_back_whenever_the_cancel_comes(turns):
    async def story():
        world = World(places=1)
        flight = world.start({"a": LOOK, "b": LOOK, "c": CHANGE})
        for _ in range(turns):
            await asyncio.sleep(0)
        world.runner.post("r1", CancelAsked("user:test", force=True))
        await flight.done
        await settle_down()
        assert world.are_permits_back
        await world.runner.close()

    run(story)


def test_a_permit_got_in_the_turn_of_the_cancel_comes_back():
    async def story():
        world = World()
        world.hold("a")
        flight = world.start({"a": LOOK})
        world.runner.post("r1", CancelAsked("user:test"))
        assert await flight.done == "cancelled"
        await settle_down()
        assert world.are_permits_back
        await world.runner.close()

    run(story)


class Refusing:
    """A judge that lets nothing pass."""

    def judge(self, _intent):
        return Failure(FailureCode.GUARDED, "Three hosts at most.")


class Broken:
    """A judge with a bug."""

    def judge(self, _intent):
        raise ZeroDivisionError


def test_a_judge_that_refuses_makes_it_guarded_without_an_attempt():
    async def story():
        world = World(judge=Refusing())
        assert await world.start({"c": CHANGE}).done == "failed"
        assert "attempt.started" not in world.types()
        assert world.heard[-1].data["error"]["code"] == "guarded"
        assert world.are_permits_back
        await world.runner.close()

    run(story)


def test_a_judge_is_not_asked_about_reads():
    async def story():
        world = World(judge=Refusing())
        assert await world.start({"a": LOOK}).done == "succeeded"
        await world.runner.close()

    run(story)


def test_what_cannot_be_judged_is_not_done(caplog):
    async def story():
        world = World(judge=Broken())
        assert await world.start({"c": CHANGE}).done == "failed"
        assert [entry for entry in world.log if entry[0] == "sent"] == []
        assert world.are_permits_back
        await world.runner.close()

    with caplog.at_level(logging.CRITICAL):
        run(story)


def test_a_pass_is_for_this_attempt_and_these_inputs():
    async def story():
        world = World()
        await world.start({"c": {**CHANGE, "with": {"x": 1}}}).done
        grant = next(entry for entry in world.log if entry[0] == "sent")[2]
        started = next(event for event in world.heard if event.type == "attempt.started")
        assert (grant.run, grant.path, grant.n, grant.inputs_hash) == ("r1", "c", 1, started.data["inputs_hash"])
        assert grant.expires == 35.0
        await world.runner.close()

    run(story)


def test_a_read_goes_out_without_a_pass():
    async def story():
        world = World()
        await world.start({"a": LOOK}).done
        assert next(entry for entry in world.log if entry[0] == "sent")[2] is None
        await world.runner.close()

    run(story)


# bugs


@pytest.mark.parametrize(("node", "code"), [(LOOK, "unavailable"), (CHANGE, "uncertain")])
def test_a_bug_of_a_connector_fails_its_step_only(node, code, caplog):
    async def story():
        world = World()
        world.answers["bad"] = ZeroDivisionError("a bug")
        nodes = {"bad": node, "help": NOTE}
        assert await world.start(nodes, ["t -> bad", "bad.error -> help"]).done == "succeeded"
        error = next(e.data["error"] for e in reversed(world.heard) if e.path == "bad" and e.data.get("error"))
        assert error["code"] == code
        assert world.are_permits_back
        await world.runner.close()

    with caplog.at_level(logging.CRITICAL):
        run(story)


@pytest.mark.parametrize("why", [ZeroDivisionError("a bug"), JournalUnusableError(Path("secrets"), "locked")])
def test_a_permit_that_cannot_be_had_fails_its_step_only(why, caplog):
    async def story():
        world = World()
        world.refused = {"change": why}
        bad = world.start({"bad": CHANGE, "help": NOTE}, ["t -> bad", "bad.error -> help"])
        other = world.start({"a": LOOK}, run="r2")
        assert (await bad.done, await other.done) == ("succeeded", "succeeded")
        error = next(e.data["error"] for e in world.heard if e.path == "bad" and e.data.get("error"))
        assert error["code"] == "unavailable"
        assert ("locked" in error["message"]) is isinstance(why, JournalUnusableError)
        assert [entry[1] for entry in world.log if entry[0] == "sent"] == ["a"]
        assert world.are_permits_back
        await world.runner.close()

    with caplog.at_level(logging.CRITICAL):
        run(story)


def test_a_bug_of_a_look_leaves_it_uncertain(caplog):
    async def story():
        world = World()
        world.answers |= {"c": answered(Outcome.UNCERTAIN), "verify": ZeroDivisionError("a bug")}
        assert await world.start({"c": {"kind": "action", "use": "toy.checked"}}).done == "failed"
        assert world.heard[-1].data["error"]["code"] == "uncertain"
        await world.runner.close()

    with caplog.at_level(logging.CRITICAL):
        run(story)


def test_a_bug_in_one_run_ends_that_run_alone(caplog, monkeypatch):
    async def story():
        world = World()
        bad = world.start({"n": LOOK}, run="r1")
        good = world.start({"n": LOOK}, run="r2")
        monkeypatch.setattr(bad.conductor, "decide", lambda *_args, **_kind: 1 / 0)
        assert await good.done == "succeeded"
        with pytest.raises(ZeroDivisionError):
            await bad.done
        await world.runner.close()

    with caplog.at_level(logging.CRITICAL):
        run(story)


def test_a_listener_that_fails_does_not_keep_a_run_from_ending():
    async def story():
        asyncio.get_running_loop().set_exception_handler(lambda *_: None)
        world = World()
        flight = world.start({"a": LOOK})
        world.runner.subscribe(lambda events: 1 / 0)
        assert await flight.done == "succeeded"
        await world.runner.close()

    run(story)


# time


def test_an_attempt_that_takes_too_long_is_uncertain_for_a_change_and_failed_for_a_read():
    async def story():
        world = World()
        world.hold("a", "c")
        nodes = {"a": {**LOOK, "timeout": "1ms"}, "c": {**CHANGE, "timeout": "1ms"}, "h": NOTE}
        flight = world.start(nodes, ["t -> a", "t -> c", "a.error -> h", "c.error -> h"])
        assert await flight.done == "succeeded"
        outcomes = {e.path: e.data["outcome"] for e in world.heard if e.type == "attempt.finished"}
        assert outcomes == {"a": "failed", "c": "uncertain"}
        assert world.are_permits_back
        await world.runner.close()

    run(story)


def test_timers_fire_by_due_time_then_path_and_say_how_late():
    async def story():
        world = World()
        flight = world.start({"b": {"kind": "wait", "for": "1ms"}, "a": {"kind": "wait", "for": "1ms"}})
        await settle_down()
        world.seconds += 500_000
        assert await flight.done == "succeeded"
        fired = [event for event in world.heard if event.type == "timer.fired"]
        assert [event.path for event in fired] == ["a@wait", "b@wait"]
        assert fired[0].data["late_ms"] == 499
        await world.runner.close()

    run(story)


def test_a_timer_that_was_closed_does_not_fire():
    async def story():
        world = World()
        flight = world.start({"q": {**ASK, "expires": "1ms"}})
        await settle_down()
        world.runner.post("r1", Answered("q?1", "approved"))
        assert await flight.done == "succeeded"
        world.seconds += 500_000
        await settle_down()
        assert "timer.fired" not in world.types()
        await world.runner.close()

    run(story)


# parked, and the end


def test_a_flight_is_parked_while_only_a_person_can_go_on():
    async def story():
        world = World()
        flight = world.start({"q": ASK})
        await flight.parked.wait()
        assert not flight.done.done()
        world.runner.post("r1", Answered("q?1", "approved"))
        assert await flight.done == "succeeded"
        assert world.runner.find_flight("r1") is None
        await world.runner.close()

    run(story)


def test_an_attempt_in_the_queue_is_no_parked_run():
    async def story():
        world = World(places=1)
        world.hold("a")
        flight = world.start({"a": LOOK, "b": LOOK, "q": ASK})
        await settle_down()
        assert not flight.parked.is_set()
        world.gates["a"].set()
        await flight.parked.wait()
        assert world.state_of("b") == "succeeded"
        await world.runner.close()

    run(story)


def test_closing_cancels_what_is_out_and_leaves_nothing():
    async def story():
        world = World(places=1)
        world.hold("a")
        flight = world.start({"a": LOOK, "b": CHANGE, "w": {"kind": "wait", "for": "1h"}})
        await settle_down()
        await world.runner.close()
        assert flight.done.cancelled()
        assert flight.parked.is_set()
        assert world.are_permits_back
        assert not world.runner.post("r1", CancelAsked("user:test"))

    run(story)


def test_closing_in_the_middle_of_a_turn_decides_no_more():
    async def story():
        world = World()
        world.start({"a": LOOK})
        count = len(world.batches)
        await world.runner.close()
        await settle_down()
        assert len(world.batches) == count

    run(story)


def test_a_playbook_without_a_trigger_is_refused():
    with pytest.raises(NoTriggerError):
        prepare_program(playbook_of({"n": NOTE}, []), ENVIRONMENT, test_catalogue(), Occasion())


def test_a_failed_answer_without_a_reason_still_has_one():
    async def story():
        world = World()
        world.answers["a"] = Answer(Outcome.FAILED)
        assert await world.start({"a": LOOK}).done == "failed"
        assert world.heard[-1].data["error"]["code"] == "unavailable"
        await world.runner.close()

    run(story)


# answers that are there at once


class Instant(World):
    """A world whose product answers at once, without a coroutine; each answer may take some seconds."""

    takes = 0.0

    def perform(self, intent, *, grant):
        self.monotonic += self.takes
        self.log.append(("sent", intent.path, grant))
        said = self.answers.get(intent.node, answered())
        if isinstance(said, Exception):
            raise said
        return said


def test_what_is_answered_at_once_is_one_commit_a_step_with_its_intent_before_it():
    async def story():
        world = Instant()
        tasks = asyncio.all_tasks()
        flight = world.start({f"n{n}": CHANGE for n in range(5)}, ["t -> n0", *(f"n{n} -> n{n + 1}" for n in range(4))])
        await settle_down()
        assert flight.done.done()
        assert asyncio.all_tasks() == tasks
        assert len(world.batches) == 2 + 5
        assert [kind for kind, *_ in world.log] == ["commit"] + ["commit", "sent"] * 5 + ["commit"]
        assert world.heard == [event for batch in world.batches for event in batch.events]
        assert world.are_permits_back
        await world.runner.close()

    run(story)


@pytest.mark.parametrize(("takes", "steps"), [(0.0, 64), (0.0007, 3)])
def test_a_product_that_always_answers_at_once_lets_others_have_their_turn(takes, steps):
    async def story():
        world = Instant()
        world.takes = takes
        count = 100
        flight = world.start(
            {f"n{n}": LOOK for n in range(count)}, ["t -> n0", *(f"n{n} -> n{n + 1}" for n in range(count - 1))]
        )
        turns = 0
        while not flight.done.done():
            await asyncio.sleep(0)
            turns += 1
        assert turns >= count // steps
        await world.runner.close()

    run(story)


def test_a_listener_that_fails_between_turns_does_not_keep_the_next_from_coming():
    async def story():
        asyncio.get_running_loop().set_exception_handler(lambda *_: None)
        world = Instant()
        count = 30
        names = ["t", *(f"n{n}" for n in range(count))]
        flight = world.start(dict.fromkeys(names[1:], LOOK), [f"{a} -> {b}" for a, b in pairwise(names)])
        world.runner.subscribe(lambda events: 1 / 0)
        assert await flight.done == "succeeded"
        assert world.heard == [event for batch in world.batches for event in batch.events]
        await world.runner.close()

    run(story)


def test_a_connector_that_fails_before_it_gives_anything_fails_its_step_only(caplog):
    async def story():
        world = Instant()
        world.answers["a"] = ZeroDivisionError("at once")
        assert await world.start({"a": {**LOOK, "on_error": "continue", "default": {}}, "b": LOOK}).done == "succeeded"
        assert (world.state_of("a"), world.state_of("b")) == ("failed", "succeeded")
        assert world.are_permits_back
        await world.runner.close()

    run(story)
    assert "connector failed with a bug" in caplog.text
    caplog.clear()


@pytest.mark.filterwarnings("error")
def test_an_attempt_that_is_cancelled_before_it_begins_leaves_nothing_unawaited():
    async def story():
        world = World()
        world.start({"a": LOOK})
        await world.runner.close()
        assert not [entry for entry in world.log if entry[0] == "sent"]
        assert world.are_permits_back

    run(story)
