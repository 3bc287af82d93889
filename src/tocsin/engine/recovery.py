"""What a run does first when it goes on after its process ended (engine.md 1.13, 1.15, 1.18).

What only reads is done again. What changes is never silently repeated: the product is asked whether it happened, or
else a person. Timers and questions stand as they stood.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, cast

from tocsin.base.json_types import Json
from tocsin.base.texts import _
from tocsin.engine.approvals import acquire
from tocsin.engine.attempts import is_wanted, stay_uncertain
from tocsin.engine.desk import Desk
from tocsin.engine.events import EventType
from tocsin.engine.intents import make_intent
from tocsin.engine.news import Arm, Look, Recovered
from tocsin.engine.outcomes import Changed, Intent, Outcome, Sent
from tocsin.engine.state import Frame, Work
from tocsin.engine.time_limit import arm_limit
from tocsin.engine.values import untag
from tocsin.model.catalogue import Effect
from tocsin.model.failures import Failure, FailureCode
from tocsin.model.playbook import ActionNode


def recover(desk: Desk, news: Recovered) -> None:
    """Write that the run goes on, and take up everything that was open."""
    opened = list(desk.state.open_work())
    uncertain = [
        f"{frame.path_of(node)}#{work.attempt}"
        for frame, node, work in opened
        if work.effect != Effect.READ and (work.in_flight or work.looking)
    ]
    desk.by = news.by
    facts = {"reason": news.reason, "epoch": desk.state.epoch + 1, "uncertain": uncertain}
    resumed = desk.emit(EventType.RUN_RESUMED, "", facts)
    desk.by = "recovery"
    arm_limit(desk)
    for frame, node, work in opened:
        desk.cause = resumed.seq
        for kind, due in work.timers.items():
            desk.ask_for(Arm(f"{frame.path_of(node)}@{kind}", due))
        if isinstance(frame.plan.nodes[node], ActionNode) and not work.question and "retry" not in work.timers:
            _take_up(desk, frame, node, work)


def _take_up(desk: Desk, frame: Frame, node: int, work: Work) -> None:
    if work.looking:
        desk.ask_for(Look(_intent_of(desk, frame, node, n=work.attempt)))
    elif work.in_flight and work.effect != Effect.READ:
        _doubt(desk, frame, node)
    elif not is_wanted(frame, work):
        desk.cancel(frame, node)
    else:
        if work.in_flight:
            failure = Failure(FailureCode.UNAVAILABLE, _("Tocsin ended before the answer came."), retryable=True)
            desk.emit(EventType.ATTEMPT_FINISHED, frame.path_of(node), _facts(frame, node, Outcome.FAILED, failure))
        acquire(desk, frame, node, _intent_of(desk, frame, node, n=work.attempt + 1))


def _doubt(desk: Desk, frame: Frame, node: int) -> None:
    """A change was out: whether it happened is not known."""
    work, path = frame.work[node], frame.path_of(node)
    intent = _intent_of(desk, frame, node, n=work.attempt)
    failure = Failure(FailureCode.UNCERTAIN, _("Tocsin ended before the answer came. It may have happened."))
    facts = _facts(frame, node, Outcome.UNCERTAIN, failure) | {"interrupted": True}
    action = intent.binding.action
    if action.safe_to_repeat and is_wanted(frame, work):
        desk.emit(EventType.ATTEMPT_FINISHED, path, facts)
        acquire(desk, frame, node, replace(intent, n=intent.n + 1))
    elif action.verify is not None:
        desk.emit(EventType.ATTEMPT_FINISHED, path, {**facts, "looking": True})
        desk.ask_for(Look(intent))
    else:
        desk.emit(EventType.ATTEMPT_FINISHED, path, facts)
        stay_uncertain(desk, frame, node)


def _facts(frame: Frame, node: int, outcome: Outcome, failure: Failure) -> dict[str, Any]:
    n = frame.work[node].attempt
    changed = Changed.UNKNOWN if outcome is Outcome.UNCERTAIN else Changed.FALSE
    return {
        "n": n,
        "outcome": str(outcome),
        "sent": str(Sent.MAYBE),
        "changed": str(changed),
        "summary": failure.message,
        "error": replace(failure, node=frame.plan.ids[node], attempt=n).to_json(),
    }


def _intent_of(desk: Desk, frame: Frame, node: int, *, n: int) -> Intent:
    """Return the intent again, from what the first attempt kept."""
    work = frame.work[node]
    inputs = cast("Mapping[str, Json]", untag(work.inputs, desk.load) if work.inputs is not None else {})
    return make_intent(desk, frame, node, n=n, inputs=inputs)
