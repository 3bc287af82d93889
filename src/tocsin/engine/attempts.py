"""What follows from an attempt: success, another try, a look at what may have happened, failure (engine.md 1.13)."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from typing import Any, Final, cast

from tocsin.base.json_types import Json
from tocsin.base.texts import _
from tocsin.engine.approvals import acquire, find_approval
from tocsin.engine.desk import Desk, StepError
from tocsin.engine.events import EventType, NodeState
from tocsin.engine.guesses import facts_of
from tocsin.engine.intents import make_intent
from tocsin.engine.news import Abort, Denied, Finished, Granted, Look, Looked, Perform, Queued
from tocsin.engine.outcomes import Answer, Changed, Intent, Outcome, Sent, Verdict, Verified
from tocsin.engine.plan import MAIN
from tocsin.engine.state import PENDING, Frame, Work
from tocsin.engine.values import untag
from tocsin.model.catalogue import Effect
from tocsin.model.failures import Failure, FailureCode
from tocsin.model.playbook import ActionNode, OnUncertain, Retry
from tocsin.model.values import seconds_of

_STARTED, _FINISHED, _BROUGHT = EventType.ATTEMPT_STARTED, EventType.ATTEMPT_FINISHED, Outcome.SUCCEEDED
_SETTLED: Final = {"state": str(NodeState.SUCCEEDED), "ports": MAIN}
LONGEST_ASKED: Final = 86_400.0
"""The longest pause in seconds that a product may ask for: a run must not wait for ever on its word."""
UNCERTAIN_OPTIONS: Final = (
    {"id": "done", "title": _("It happened"), "style": "plain"},
    {"id": "not_done", "title": _("It did not happen"), "style": "plain"},
)


def on_granted(desk: Desk, news: Granted) -> None:
    """The permit and the leave are there: write the intent, then let it go out."""
    intent = news.intent
    waiting = _find_waiting(desk, intent)
    if waiting is None:
        return
    desk.acquiring.discard(intent.path)
    desk.follow(*waiting)
    try:
        facts = _started_facts(desk, waiting, intent)
    except StepError as error:
        desk.fail(*waiting, error.failure)
        return
    desk.emit(_STARTED, intent.path, facts)
    desk.ask_for(Perform(intent, news.grant))


def on_denied(desk: Desk, news: Denied) -> None:
    """The judge refused: no attempt is made."""
    waiting = _find_waiting(desk, news.intent)
    if waiting is not None:
        desk.acquiring.discard(news.intent.path)
        desk.follow(*waiting)
        desk.fail(*waiting, news.failure)


def on_queued(desk: Desk, news: Queued) -> None:
    """The connection has no room: say that the node waits for it."""
    waiting = _find_waiting(desk, news.intent)
    if waiting is not None:
        desk.follow(*waiting)
        desk.emit(EventType.NODE_HELD, news.intent.path, {"reason": "permit", "until": None})


def _find_waiting(desk: Desk, intent: Intent) -> tuple[Frame, int] | None:
    """Return the node that still waits to make this attempt, or None when it is no longer wanted."""
    found = desk.state.find_node(intent.path)
    if found is None:
        return None
    frame, node = found
    work = frame.work.get(node)
    is_first = work is None and frame.mark[node] == PENDING and not frame.drain
    is_next = work is not None and not work.in_flight and work.attempt == intent.n - 1
    return found if is_first or is_next else None


def on_finished(desk: Desk, news: Finished) -> None:
    """An attempt ended: record it, and decide what follows."""
    intent, answer = news.intent, news.answer
    found = desk.state.find_node(intent.path)
    work = found and found[0].work.get(found[1])
    if not found or work is None or not work.in_flight or work.attempt != intent.n:
        return
    frame, node = found
    desk.follow(frame, node)
    facts = _finished_facts(desk, intent, answer)
    if answer.outcome is _BROUGHT:
        _succeed(desk, frame, node, facts=facts, answer=answer)
        return
    may_have_happened = answer.outcome is Outcome.UNCERTAIN and intent.effect is not Effect.READ
    retry = _retry_of(frame, node)
    if _is_repeatable(intent, answer, work, retry=retry) and is_wanted(frame, work):
        desk.emit(EventType.ATTEMPT_FINISHED, intent.path, facts)
        _retry_later(desk, frame, node, retry=retry, failure=answer.failure)
    elif may_have_happened and intent.binding.action.verify is not None:
        desk.emit(EventType.ATTEMPT_FINISHED, intent.path, {**facts, "looking": True})
        desk.ask_for(Look(intent))
    elif may_have_happened:
        desk.emit(EventType.ATTEMPT_FINISHED, intent.path, facts)
        stay_uncertain(desk, frame, node)
    else:
        failure = answer.failure or Failure(FailureCode.UNAVAILABLE, _("The attempt failed."))
        _finish_failed(desk, frame, node, facts=facts, failure=failure)


def _finish_failed(desk: Desk, frame: Frame, node: int, *, facts: dict[str, Any], failure: Failure) -> None:
    """The attempt's end is the node's end, and it failed."""
    settled = desk.failed_facts(frame, node, failure)
    desk.close_work(frame, node)
    settle = {key: settled[key] for key in ("state", "ports", "flags", "via") if key in settled}
    output = {"output": settled["output"]} if "output" in settled else {}
    facts = {**facts, **output, "error": settled["error"], "settle": settle}
    desk.emit(EventType.ATTEMPT_FINISHED, frame.path_of(node), facts)


def is_wanted(frame: Frame, work: Work) -> bool:
    """Tell whether a node may try again or ask: what drains, or serves no join any more, only ends."""
    return not frame.drain and not work.unwanted


def on_looked(desk: Desk, news: Looked) -> None:
    """A look tells whether the change took place."""
    intent, verdict = news.intent, news.verdict
    work = desk.state.find_work(intent.path)
    if work is None or not work.looking:
        return
    frame, node = desk.state.locate(intent.path)
    desk.follow(frame, node)
    settle_verified(desk, frame, node, verdict=verdict, by="verify")


def settle_verified(desk: Desk, frame: Frame, node: int, *, verdict: Verdict, by: str) -> None:
    """Decide by what a look, or a person, says of an uncertain change."""
    path, work = frame.path_of(node), frame.work[node]
    facts: dict[str, Any] = {"n": work.attempt, "result": str(verdict.result), "by": by}
    try:
        output = desk.tag(verdict.output if verdict.output is not None else {})
    except StepError as error:
        desk.emit(EventType.ATTEMPT_VERIFIED, path, facts)
        desk.fail(frame, node, error.failure)
        return
    desk.emit(EventType.ATTEMPT_VERIFIED, path, facts)
    if verdict.result is Verified.DONE:
        via = {"via": "verify" if by == "verify" else "person", "output": output}
        desk.settle(frame, node, MAIN, facts=via)
    elif verdict.result is Verified.UNKNOWN:
        stay_uncertain(desk, frame, node)
    else:
        retry = _retry_of(frame, node)
        if (work.attempt < retry.max or work.interrupted) and not work.overdue and is_wanted(frame, work):
            _retry_later(desk, frame, node, retry=retry, failure=None)
        else:
            desk.fail(
                frame, node, Failure(FailureCode.UNAVAILABLE, _("The product did not do it, and no try is left."))
            )


def try_again(desk: Desk, frame: Frame, node: int) -> None:
    """The pause before another try is over, or a person has approved the first one: with the inputs that are kept."""
    work = frame.work[node]
    inputs = cast("Mapping[str, Json]", untag(work.inputs, desk.load) if work.inputs is not None else {})
    acquire(desk, frame, node, make_intent(desk, frame, node, n=work.attempt + 1, inputs=inputs))


def abandon(desk: Desk, frame: Frame, node: int) -> None:
    """A forced stop: a change in flight is left alone, and said to be uncertain; nobody looks what came of it."""
    work, path = frame.work[node], frame.path_of(node)
    if not work.in_flight:
        desk.cancel(frame, node)
        return
    error = Failure(FailureCode.UNCERTAIN, _("The run was stopped while this was under way. It may have happened."))
    facts = {
        "n": work.attempt,
        "outcome": str(Outcome.UNCERTAIN),
        "sent": str(Sent.MAYBE),
        "changed": str(Changed.UNKNOWN),
        "error": replace(error, node=frame.plan.ids[node], attempt=work.attempt).to_json(),
        "summary": error.message,
        "settle": {"state": str(NodeState.CANCELLED), "ports": ()},
    }
    desk.close_work(frame, node, reason="cancelled")
    desk.ask_for(Abort(path))
    desk.emit(EventType.ATTEMPT_FINISHED, path, facts)


def _started_facts(desk: Desk, waiting: tuple[Frame, int], intent: Intent) -> dict[str, Any]:
    frame, node = waiting
    facts: dict[str, Any] = {
        "n": intent.n,
        "action": intent.use,
        "connection": intent.binding.connection_id,
        "revision": desk.program.unit_of(frame.plan).pins[intent.node]["revision"],
        "effect": str(intent.effect),
        "inputs_hash": intent.inputs_hash,
        "idempotency_key": intent.idempotency_key,
    }
    if intent.n == 1:
        facts["inputs"] = desk.tag(intent.inputs)
    approval = find_approval(desk, frame, node, intent) if node in frame.plan.guards else None
    if approval is not None:
        facts["approval"] = approval.seq
    return facts


def _finished_facts(desk: Desk, intent: Intent, answer: Answer) -> dict[str, Any]:
    facts: dict[str, Any] = {
        "n": intent.n,
        "outcome": str(answer.outcome),
        "sent": str(answer.sent),
        "changed": str(answer.changed),
        "summary": answer.summary,
    }
    if answer.failure is not None:
        facts["error"] = replace(answer.failure, node=intent.node, attempt=intent.n).to_json()
    if answer.undo is not None:
        with suppress(StepError):  # too large to keep: then nothing can take it back, which is no failure of the step
            undo = answer.undo
            facts["undo"] = {"action": undo.action, "connection": undo.connection, "inputs": desk.tag(undo.inputs)}
    if answer.requests:
        facts["requests"] = [
            {"method": r.method, "host": r.host, "path": r.path, "status": r.status, "ms": r.ms, "bytes": r.bytes}
            for r in answer.requests
        ]
    return facts


def _succeed(desk: Desk, frame: Frame, node: int, *, facts: dict[str, Any], answer: Answer) -> None:
    try:
        output = desk.tag(answer.output)
    except StepError as error:
        _finish_failed(desk, frame, node, facts=facts, failure=error.failure)
        return
    desk.close_work(frame, node)
    facts["output"], facts["settle"] = output, _SETTLED
    if desk.is_rehearsal:
        facts |= facts_of(frame, node)
    desk.emit(_FINISHED, frame.path_of(node), facts)


def stay_uncertain(desk: Desk, frame: Frame, node: int) -> None:
    """Nothing can tell: take the error path, or ask a person."""
    spec, path, work = frame.plan.nodes[node], frame.path_of(node), frame.work[node]
    error: Mapping[str, Any] = (work.last or {}).get("error") or {}
    told = error.get("message", "")
    message = _("It may have happened, and nothing could tell. {told}").format(told=told).strip()
    may_ask = work.interrupted or (isinstance(spec, ActionNode) and spec.on_uncertain is OnUncertain.ASK)
    if may_ask and not work.overdue and is_wanted(frame, work):
        ask = f"{path}?{work.asked + 1}"
        question = {
            "ask": ask,
            "kind": "uncertain",
            "text": message,
            "options": list(UNCERTAIN_OPTIONS),
            "to": {"v": None},
            "need": 1,
            "expires": None,
        }
        desk.emit(EventType.ASK_OPENED, ask, question)
        return
    desk.fail(frame, node, Failure(FailureCode.UNCERTAIN, message))


def _retry_of(frame: Frame, node: int) -> Retry:
    return getattr(frame.plan.nodes[node], "retry", None) or Retry()


def _is_repeatable(intent: Intent, answer: Answer, work: Work, *, retry: Retry) -> bool:
    """Tell whether this attempt may simply be made again."""
    failure = answer.failure
    if intent.n >= retry.max or work.overdue or failure is None:
        return False
    is_listed = failure.code in retry.codes
    if retry.codes and not is_listed:
        return False
    if answer.outcome is Outcome.NOT_SENT:
        return True
    if answer.outcome is Outcome.REFUSED or intent.effect is Effect.READ:
        return is_listed or failure.retryable
    return answer.outcome is Outcome.UNCERTAIN and intent.binding.action.safe_to_repeat


def _retry_later(desk: Desk, frame: Frame, node: int, *, retry: Retry, failure: Failure | None) -> None:
    attempt = frame.work[node].attempt
    wait = min(seconds_of(retry.delay) * retry.factor ** (attempt - 1), seconds_of(retry.max_delay))
    wait *= 1 + _jitter(desk.state.run, frame.path_of(node), attempt)
    if failure is not None and failure.retry_after is not None:
        wait = max(wait, min(failure.retry_after, LONGEST_ASKED))
    desk.set_timer(frame, node, "retry", due=desk.now + round(wait * 1_000_000))


def _jitter(run: str, path: str, attempt: int) -> float:
    """Return 0 to 0.25, the same for the same attempt: a hash needs no randomness (engine.md 1.13)."""
    drawn = hashlib.sha256(f"{run}/{path}#{attempt}".encode()).digest()
    return int.from_bytes(drawn[:4], "big") / 2**32 / 4
