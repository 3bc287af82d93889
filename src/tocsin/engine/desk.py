"""The conductor's desk: where it writes events and effects, evaluates, and settles nodes.

Every step of deciding goes through here, so that an event is folded the moment it is written, values are tagged, and
an evaluation can fail in one way only.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import partial
from typing import Any, Final

import orjson

from tocsin.base.json_types import Json
from tocsin.base.texts import _, neutral
from tocsin.engine.events import REHEARSE, Event, EventType, NodeState
from tocsin.engine.fold import apply
from tocsin.engine.guesses import facts_of
from tocsin.engine.news import Abort, Acquire, Arm, Disarm, Effect
from tocsin.engine.outcomes import Intent
from tocsin.engine.plan import ERROR_PORTS
from tocsin.engine.program import Program
from tocsin.engine.scopes import Scopes
from tocsin.engine.state import Frame, RunState
from tocsin.engine.values import Tagger, V, ValueTooLargeError, hash_of
from tocsin.expressions import EvaluationError, Expression, Template, evaluate, render
from tocsin.model.failures import Failure, FailureCode
from tocsin.model.playbook import AskNode, ConditionNode, Node, OnError, SwitchNode
from tocsin.model.ports import ELSE, ERROR, EXPIRED, FALSE, OUT, TRUE, main_port

_SUCCEEDED: Final = str(NodeState.SUCCEEDED)
_FAILED: Final = str(NodeState.FAILED)
_LAST_MOMENT: Final = 253_402_300_799_000_000


class StepError(Exception):
    """Deciding about one node failed; `failure` says why. Never leaves the conductor."""

    def __init__(self, failure: Failure) -> None:
        self.failure = failure
        super().__init__(failure.message)


class Desk:
    """Writes what a run decides.

    Args:
        program: What runs.
        state: Where it stands; folded as events are written.
        load: Gives a large value by its hash.

    Attributes:
        is_rehearsal: Nothing may change: what would is only said.
        load: Gives a large value by its hash, of this turn or kept. It does not know the desk, so that a run that is
            over leaves no circle for the collector.
        acquiring: Paths of nodes that wait for a permit: asked for, neither granted nor denied.
        approved: The acts of each list that a person said yes to, by the list's hash, once they were looked at.
    """

    def __init__(self, program: Program, state: RunState, load: Callable[[str], Json]) -> None:
        self.program = program
        self.is_rehearsal = program.mode == REHEARSE
        self.state = state
        self.tagger = Tagger()
        self.load: Callable[[str], Json] = partial(_load, self.tagger, load)
        self.scopes = Scopes(program, state, self.load)
        self.now = 0
        self.cause = 0
        self.by = "engine"
        self.acquiring: set[str] = set()
        self.approved: dict[str, frozenset[str]] = {}
        self._events: list[Event] = []
        self._effects: list[Effect] = []

    def emit(self, type_: EventType, path: str, data: Mapping[str, Any]) -> Event:
        """Write one event and fold it. What is written next follows from it, until `follow` says otherwise.

        The state takes it as the journal does, in English, so that a run that is resumed reads and does the same;
        whoever watches is told it in the reader's language.
        """
        state = self.state
        seq = state.seq + 1
        at = self.now if self.now > state.at else state.at
        event = Event(state.run, seq, at, type_, path, data, self.cause, self.by)
        known = neutral(data)
        apply(state, event if known is data else replace(event, data=known))
        self._events.append(event)
        self.cause = seq
        return event

    def follow(self, frame: Frame, node: int) -> None:
        """Let what is written next follow from the last event that had to do with a node."""
        self.cause = frame.cause[node]

    def ask_for(self, effect: Effect) -> None:
        """Ask the runner to do something once the events are committed."""
        self._effects.append(effect)

    def acquire(self, intent: Intent) -> None:
        """Ask for permit and leave for an attempt."""
        self.acquiring.add(intent.path)
        self._effects.append(Acquire(intent))

    def forget_permit(self, path: str) -> None:
        """An attempt that waits for its permit is no longer wanted."""
        if path in self.acquiring:
            self.acquiring.remove(path)
            self._effects.append(Abort(path))

    def take(self) -> tuple[list[Event], list[Effect]]:
        """Return what was written since the last call."""
        events, self._events = self._events, []
        effects, self._effects = self._effects, []
        return events, effects

    def tag(self, value: Json) -> V:
        """Return the V of a value.

        Raises:
            StepError: It is larger than a value may be, or no JSON.
        """
        try:
            return self.tagger.tag(value)
        except (ValueTooLargeError, TypeError) as error:
            raise StepError(
                Failure(FailureCode.LIMIT, _("The value cannot be kept: {error}.").format(error=error))
            ) from error

    def hash(self, value: Json) -> str:
        """Return the hash of a value.

        Raises:
            StepError: A number in it has no exact spelling.
        """
        try:
            return hash_of(value)
        except ValueError as error:
            raise StepError(
                Failure(FailureCode.BAD_INPUT, _("The input has no exact spelling: {error}.").format(error=error))
            ) from error

    def evaluate(self, frame: Frame, expression: Expression, *, node: int | None = None) -> Json:
        """Evaluate in a frame.

        Raises:
            StepError: The expression ended in an error.
        """
        scope = self.scopes.prepare(frame, expression, node=node)
        try:
            return evaluate(expression, scope)
        except EvaluationError as error:
            raise StepError(Failure(FailureCode(error.kind), error.message)) from error

    def render(self, frame: Frame, template: Template, *, node: int | None = None) -> Json:
        """Render in a frame.

        Raises:
            StepError: An expression in it ended in an error, or does not fit into text.
        """
        if template.is_constant:
            return template.source
        scope = self.scopes.prepare(frame, template, node=node)
        try:
            return render(template, scope)
        except EvaluationError as error:
            raise StepError(Failure(FailureCode(error.kind), error.message)) from error

    def settle(
        self,
        frame: Frame,
        node: int,
        ports: Sequence[str],
        *,
        output: Json = None,
        facts: Mapping[str, Any] | None = None,
    ) -> None:
        """A node succeeded and leaves by these ports."""
        data: dict[str, Any] = {"state": _SUCCEEDED, "ports": tuple(ports)}
        if output is not None:
            data["output"] = self.tag(output)
        if facts:
            data.update(facts)
        self._note_guesses(frame, node, data)
        self.close_work(frame, node)
        self.emit(EventType.NODE_SETTLED, frame.path_of(node), data)

    def _note_guesses(self, frame: Frame, node: int, data: dict[str, Any]) -> None:
        """In a rehearsal, say whether this reads a guess and what it rests on."""
        if self.is_rehearsal:
            found = facts_of(frame, node)
            data.update(
                found | {"flags": [*data.get("flags", ()), *found.get("flags", ())]} if "flags" in found else found
            )

    def fail(self, frame: Frame, node: int, failure: Failure) -> None:
        """A node failed: its error edge, its default, or nothing takes it."""
        data = self.failed_facts(frame, node, failure)
        self.close_work(frame, node)
        self.emit(EventType.NODE_SETTLED, frame.path_of(node), data)

    def failed_facts(self, frame: Frame, node: int, failure: Failure) -> dict[str, Any]:
        """Return how a failed node settles (engine.md 1.12)."""
        spec = frame.plan.nodes[node]
        work = frame.work.get(node)
        error = failure.to_json() | {"node": frame.plan.ids[node], "attempt": work.attempt if work else 0}
        data: dict[str, Any] = {"state": _FAILED, "ports": (), "error": error}
        if frame.drain:
            return data
        if ERROR in frame.plan.wired[node]:
            data["ports"] = ERROR_PORTS
        elif getattr(spec, "on_error", None) is OnError.CONTINUE:
            default: Json = getattr(spec, "default", None)
            with suppress(StepError):  # a default too large to keep takes nothing: the failure stands
                data |= {"output": self.tag(default), "ports": (_way_on(spec, default),)}
                data |= {"flags": ["continued"], "via": "default"}
        return data

    def cancel(self, frame: Frame, node: int) -> None:
        """A node that was running ends without a result and takes no port."""
        self.close_work(frame, node, reason="cancelled")
        path = frame.path_of(node)
        self.acquiring.discard(path)
        self.ask_for(Abort(path))
        self.emit(EventType.NODE_SETTLED, path, {"state": str(NodeState.CANCELLED), "ports": ()})

    def close_work(self, frame: Frame, node: int, *, reason: str = "settled") -> None:
        """Close a node's question and timers before it settles."""
        work = frame.work.get(node)
        if work is None:
            return
        if work.question:
            self.emit(EventType.ASK_CLOSED, work.question, {"ask": work.question, "reason": reason})
        for kind in sorted(work.timers):
            timer = f"{frame.path_of(node)}@{kind}"
            self.emit(EventType.TIMER_CLOSED, timer, {"timer": timer, "reason": reason})
            self.ask_for(Disarm(timer))

    def set_timer(self, frame: Frame, node: int, kind: str, *, due: int, **facts: Json) -> None:
        """Set a timer of a node for a time in UTC microseconds; beyond the year 9999 is the end of that year."""
        timer = f"{frame.path_of(node)}@{kind}"
        due = self.now if self.is_rehearsal and kind == "poll" else min(due, _LAST_MOMENT)
        self.emit(EventType.TIMER_SET, timer, {"timer": timer, "kind": kind, "due": due, **facts})
        self.ask_for(Arm(timer, due))

    def set_deadline(self, frame: Frame, node: int) -> None:
        """Set the node's deadline, if it has one."""
        deadline = frame.plan.code[node].deadline
        if deadline is not None:
            self.set_timer(frame, node, "deadline", due=self.now + deadline)


def _load(tagger: Tagger, load_kept: Callable[[str], Json], key: str) -> Json:
    """Return a large value; what is fresh is decoded, so that live and replay read alike."""
    fresh = tagger.find(key)
    return orjson.loads(fresh) if fresh is not None else load_kept(key)


def _way_on(spec: Node, default: Json) -> str:
    """Return the port by which a node goes on after a failure: never one that a person should have chosen."""
    if isinstance(spec, AskNode):
        return EXPIRED
    if isinstance(spec, SwitchNode):
        return ELSE
    if isinstance(spec, ConditionNode):
        return TRUE if default is True or default == {"value": True} else FALSE
    return main_port(spec) or OUT
