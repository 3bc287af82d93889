"""Runs without a loop: a driver that plays runner, with products that answer as the test says and in any order."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from tocsin.engine.conductor import Conductor
from tocsin.engine.events import FINISHED, Event
from tocsin.engine.news import (
    Abort,
    Acquire,
    Answered,
    Arm,
    Begin,
    Disarm,
    Finished,
    Granted,
    Look,
    Looked,
    Perform,
    Queued,
    Recovered,
    TimerDue,
)
from tocsin.engine.outcomes import Answer, Changed, Intent, Outcome, Sent, Verdict, Verified
from tocsin.engine.partial import Part
from tocsin.engine.pins import PinnedOutput
from tocsin.engine.preparation import Occasion, created_facts, pinned_values, prepare_program
from tocsin.engine.replay import replay
from tocsin.engine.state import RunState
from tocsin.model.catalogue import Catalogue
from tocsin.model.closure import closure_of
from tocsin.model.document import from_document
from tocsin.model.environment import Environment
from tocsin.model.failures import Failure, FailureCode
from tocsin.model.playbook import CallNode, Playbook

ANYTHING = {"type": "object"}


def action(does: str, effect: str = "read", **more: Any) -> dict[str, Any]:
    steps = [{"name": "go", "request": "GET /"}]
    return {"title": does, "effect": effect, "inputs": ANYTHING, "output_schema": {}, "steps": steps, **more}


def test_catalogue(**actions: dict[str, Any]) -> Catalogue:
    """A catalogue with one connector `toy` whose actions are given; `look`, `change` and `break_` are there."""
    own = {
        "look": action("look"),
        "change": action("change", "change"),
        "break_": action("break", "destructive"),
        "safe": action("safe", "change", safe_to_repeat=True),
        "checked": action("checked", "change", verify={"action": "look", "done": "true"}),
        **actions,
    }
    toy = {
        "id": "toy",
        "title": "Toy",
        "category": "general",
        "docs": "https://docs.example.com/",
        "addresses": {"main": {"title": "Address"}},
        "sign_in": {"kind": "none"},
        "health": "look",
        "actions": own,
    }
    return Catalogue.model_validate({"connectors": {"toy": toy}}, strict=False)


test_catalogue.__test__ = False

ENVIRONMENT = Environment.model_validate(
    {
        "id": "lab",
        "networks": ["10.0.0.0/8"],
        "values": {"score_limit": 80},
        "connections": {"toy": {"connector": "toy"}},
    },
    strict=False,
)


def playbook_of(nodes: Mapping[str, Any], edges: list[str], **head: Any):
    document = {"tocsin": 1, "id": "test", "nodes": dict(nodes), "edges": edges, **head}
    return from_document(document)


TRIGGER = {"kind": "trigger", "event": "manual"}


def answered(
    outcome: Outcome = Outcome.SUCCEEDED, output: Any = None, code: str = "unavailable", **facts: Any
) -> Answer:
    """An answer; one that did not succeed carries a failure."""
    if outcome is Outcome.SUCCEEDED:
        return Answer(outcome, output={} if output is None else output, changed=facts.get("changed", Changed.TRUE))
    failure = Failure(
        FailureCode(code), "no", retryable=facts.get("retryable", True), retry_after=facts.get("retry_after")
    )
    changed = Changed.UNKNOWN if outcome is Outcome.UNCERTAIN else Changed.FALSE
    return Answer(outcome, Sent.MAYBE, changed, failure=failure)


def answer_by_path(**by_path: Any) -> Callable[[Intent], Answer]:
    """Answers by node: an Answer, or a list with one for each attempt; others succeed."""

    def answer(intent: Intent) -> Answer:
        said = by_path.get(intent.node, answered())
        return said[min(intent.n, len(said)) - 1] if isinstance(said, list) else said

    return answer


class Driver:
    """Plays the runner: performs effects at once or in a drawn order, with a clock that jumps to the next timer.

    Args:
        playbook: What runs.
        answers: Gives the answer of an attempt.
        verdicts: Gives what a look finds.
        persons: Gives (option, form) for a question, or None to leave it open.
        seed: Draws the order of results; None is first come, first served.
        callees: The playbooks that may be called.
        part: What of the playbook runs.
        pins: What steps give without being done.
    """

    def __init__(
        self,
        playbook,
        *,
        answers: Callable[[Intent], Answer] | None = None,
        verdicts: Callable[[Intent], Verdict] | None = None,
        persons: Callable[[Event], tuple[str, Any] | None] | None = None,
        seed: int | None = None,
        event: Any = None,
        catalogue: Catalogue | None = None,
        trigger: str | None = None,
        environment: Environment = ENVIRONMENT,
        run: str = "0190-test",
        mode: str = "live",
        callees: Sequence[Playbook] = (),
        part: Part | None = None,
        pins: Mapping[str, PinnedOutput] | None = None,
    ) -> None:
        self.program = prepare_program(
            playbook,
            environment,
            catalogue or test_catalogue(),
            Occasion(event=event, trigger=trigger, mode=mode, part=part, pins=pins or {}),
            closure_of(playbook, {callee.id: callee for callee in callees}.get),
        )
        self.values: dict[str, bytes] = pinned_values(self.program)
        self.conductor = Conductor(self.program, run, self.load)
        self.answers = answers or (lambda intent: Answer(Outcome.SUCCEEDED, output={}, changed=Changed.TRUE))
        self.verdicts = verdicts or (lambda intent: Verdict(Verified.UNKNOWN))
        self.persons = persons or (lambda event: None)
        self.random = random.Random(seed) if seed is not None else None
        self.now = 1_000_000
        self.events: list[Event] = []
        self.open: list[tuple[str, Any]] = []
        self.timers: dict[str, int] = {}
        self.attempts: list[Intent] = []
        self.most_at_once = 0
        self.has_room = True
        self.waiting: list[Intent] = []
        self.aborted: list[str] = []

    def load(self, key: str):
        return json.loads(self.values[key])

    @property
    def state(self):
        return self.conductor.state

    def tell(self, news) -> None:
        events, effects = self.conductor.decide(news, now=self.now)
        self.values |= self.conductor.take_blobs()
        self.events += events
        for event in events:
            if event.type == "ask.opened":
                said = self.persons(event)
                if said is not None:
                    self.open.append(("", Answered(event.path, said[0], said[1], by="user:test")))
        for effect in effects:
            self._perform(effect)

    def _perform(self, effect) -> None:
        match effect:
            case Acquire(intent):
                if self.has_room:
                    self.tell(Granted(intent, None))
                else:
                    self.waiting.append(intent)
                    self.tell(Queued(intent))
            case Perform(intent, _):
                self.attempts.append(intent)
                self.open.append((intent.path, intent))
                self.most_at_once = max(self.most_at_once, len(self.open))
            case Look(intent):
                self.open.append((intent.path, Looked(intent, self.verdicts(intent))))
            case Arm(timer, due):
                self.timers[timer] = due
            case Disarm(timer):
                self.timers.pop(timer, None)
            case Abort(path):
                self.aborted.append(path)
                self.waiting = [intent for intent in self.waiting if intent.path != path]
                self.open = [entry for entry in self.open if entry[0] != path or not path]

    def start(self) -> Driver:
        self.events += self.conductor.create(created_facts(self.program), now=self.now, by="cli")
        self.tell(Begin())
        return self

    def step(self) -> bool:
        """Let one open thing end, an attempt get its permit, or the next timer fire; False when there is none."""
        if self.waiting and (not self.open or (self.random and self.random.random() < 0.5)):
            self.tell(Granted(self.waiting.pop(0), None))
            return True
        if self.open:
            place = self.random.randrange(len(self.open)) if self.random else 0
            _, thing = self.open.pop(place)
            self.now += 1000
            self.tell(Finished(thing, self.answers(thing)) if isinstance(thing, Intent) else thing)
            return True
        if self.timers:
            timer = min(self.timers, key=lambda name: (self.timers[name], name))
            self.now = max(self.now, self.timers.pop(timer))
            self.tell(TimerDue(timer))
            return True
        return False

    def run(self, *, most: int = 100_000) -> Driver:
        self.start()
        while self.state.status not in FINISHED and self.step():
            most -= 1
            assert most, "the run does not end"
        assert self.replayed().picture() == self.state.picture(), "the events tell another state"
        return self

    def finish(self, path: str, answer: Answer | None = None) -> Driver:
        """Let the attempt or look at a path end now."""
        place = next(place for place, (own, _) in enumerate(self.open) if own == path)
        _, thing = self.open.pop(place)
        self.now += 1000
        self.tell(Finished(thing, answer or self.answers(thing)) if isinstance(thing, Intent) else thing)
        return self

    def answer(self, ask: str, option: str, *, by: str = "user:test", form: Any = None) -> Driver:
        """Answer a question now."""
        self.tell(Answered(ask, option, form, by=by))
        return self

    def pass_time(self, seconds: float) -> Driver:
        """Let time pass; what falls due within it fires in order."""
        until = self.now + round(seconds * 1_000_000)
        while self.timers and min(self.timers.values()) <= until:
            timer = min(self.timers, key=lambda name: (self.timers[name], name))
            self.now = max(self.now, self.timers.pop(timer))
            self.tell(TimerDue(timer))
        self.now = until
        return self

    def crash(self) -> Driver:
        """The process ends, and another takes the run up from its events. What was out is lost; people are not."""
        self.conductor = Conductor(self.program, self.state.run, self.load)
        self.conductor.take_back(self.events)
        self.open = [entry for entry in self.open if isinstance(entry[1], Answered)]
        self.timers, self.waiting = {}, []
        self.tell(Recovered())
        return self

    # what tests ask

    def replayed(self) -> RunState:
        """The state that its events alone give."""
        return replay(self.events, self.program.plan, self.program.callee_plans)

    @property
    def in_flight(self) -> list[str]:
        return sorted(path for path, thing in self.open if isinstance(thing, Intent))

    def states(self) -> dict[str, str]:
        """Path → state of everything that settled."""
        return {path: state for path, (state, _) in self.settled().items()}

    def ports(self) -> dict[str, tuple[str, ...]]:
        """Path → the ports it left by."""
        return {path: ports for path, (_, ports) in self.settled().items()}

    def error(self, path: str) -> Mapping[str, Any]:
        """The error that a path settled with."""
        return next(e.data["error"] for e in reversed(self.events) if e.path == path and e.data.get("error"))

    def reasons(self) -> dict[str, str]:
        """Path → why it was skipped."""
        return {path: e.data["reason"] for e in self.of("node.skipped") for path in e.data["paths"]}

    def of(self, kind: str, path: str | None = None) -> list[Event]:
        return [e for e in self.events if e.type == kind and (path is None or e.path == path)]

    def settled(self) -> dict[str, tuple[str, tuple[str, ...]]]:
        """Path → (state, ports) of everything that settled."""
        found: dict[str, tuple[str, tuple[str, ...]]] = {}
        for event in self.events:
            data = event.data.get("settle", event.data) if event.type == "attempt.finished" else event.data
            if event.type == "node.settled" or (event.type == "attempt.finished" and "settle" in event.data):
                assert event.path not in found, f"{event.path} settled twice"
                found[event.path] = (data["state"], tuple(data["ports"]))
            elif event.type == "node.skipped":
                for path in event.data["paths"]:
                    assert path not in found, f"{path} settled twice"
                    found[path] = ("skipped", ())
        return found

    def output(self, path: str):
        for event in reversed(self.events):
            if event.path == path and "output" in event.data:
                value = event.data["output"]
                return value["v"] if "v" in value else self.load(value["r"])
        return None

    @property
    def end(self) -> Mapping[str, Any]:
        return self.of("run.finished")[0].data


def all_settled(driver):
    """Every node of the root graph, and of every body that was entered, settled exactly once."""
    settled = driver.settled()
    frames = {"": driver.program.plan}
    for event in driver.events:
        prefix, _, name = event.path.rpartition("/")
        plan = frames.get(prefix)
        if event.type == "item.started":
            frames[f"{event.path}[{event.data['index']}]"] = plan.bodies[plan.index[name]]
        elif event.type == "node.started" and isinstance(plan.nodes[plan.index[name]], CallNode):
            frames[event.path] = driver.program.callee_plans[plan.nodes[plan.index[name]].playbook]
    expected = {f"{prefix}/{name}" if prefix else name for prefix, plan in frames.items() for name in plan.ids}
    return expected == set(settled)
