"""What follows when a person, or a signal from outside, has a say in a run: answers, stopping, pausing."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from tocsin.base.clock import rfc3339
from tocsin.base.json_types import Json
from tocsin.base.texts import _
from tocsin.engine.approvals import APPROVED, OPTIONS
from tocsin.engine.attempts import UNCERTAIN_OPTIONS, abandon, settle_verified, try_again
from tocsin.engine.desk import Desk, StepError
from tocsin.engine.events import EventType
from tocsin.engine.news import Answered, CancelAsked, PauseAsked, SignalCame
from tocsin.engine.outcomes import Verdict, Verified
from tocsin.engine.plan import MAIN
from tocsin.engine.state import Frame
from tocsin.model.failures import Failure, FailureCode
from tocsin.model.playbook import AskKind, AskNode, WaitNode
from tocsin.model.schemas import check_value


def on_cancel(desk: Desk, news: CancelAsked) -> None:
    """Let the run drain and end; a forced stop also gives up changes that are out, as uncertain (engine.md 1.17)."""
    desk.by = news.by
    facts = {"by": news.by, "reason": news.reason, "force": news.force}
    desk.emit(EventType.RUN_CANCEL_REQUESTED, "", facts)
    desk.by = "engine"
    if news.force:
        for frame, node, work in list(desk.state.open_work()):
            if work.effect != "read" and (work.in_flight or work.looking):
                abandon(desk, frame, node)


def on_pause(desk: Desk, news: PauseAsked) -> None:
    """Start nothing new until someone lets the run go on."""
    if not desk.state.paused:
        desk.by = news.by
        desk.emit(EventType.RUN_PAUSED, "", {"reason": news.reason, "by": news.by})
        desk.by = "engine"


def on_answer(desk: Desk, news: Answered) -> None:
    """Take an answer, or say why it does not count: the first that does is the one (engine.md 1.16)."""
    path = news.ask.partition("?")[0]
    work = desk.state.find_work(path)
    desk.by = news.by
    if work is None or work.question != news.ask:
        _refuse(desk, news, _("The question is no longer open."))
        return
    frame, node = desk.state.locate(path)
    desk.follow(frame, node)
    try:
        why, form = _answer_fault(frame, node, news), desk.tag(news.form)
    except StepError as error:
        why, form = error.failure.message, {}
    if why:
        _refuse(desk, news, why)
        return
    facts: dict[str, Any] = {"ask": news.ask, "option": news.option, "reason": news.reason, "batch": news.batch}
    facts |= {"by": {"id": news.by, "method": news.method}, "form": form}
    facts["final"] = _is_final(frame, node, news)
    if work.intents is not None:
        facts |= {"intents_hash": work.intents_hash, "approves": facts["final"] and _approves(frame, node, news)}
    desk.emit(EventType.ASK_ANSWERED, news.ask, facts)
    desk.by = "engine"
    if facts["final"]:
        _settle_answer(desk, frame, node, news)


def _settle_answer(desk: Desk, frame: Frame, node: int, news: Answered) -> None:
    if _asks_approval(frame, node):
        _go_on(desk, frame, node, news)
        return
    if not isinstance(frame.plan.nodes[node], AskNode):
        result = Verified.DONE if news.option == "done" else Verified.NOT_DONE
        settle_verified(desk, frame, node, verdict=Verdict(result), by=news.by)
        return
    output: dict[str, Json] = {"option": news.option, "form": news.form, "by": news.by}
    output |= {"at": rfc3339(desk.now), "reason": news.reason}
    try:
        desk.settle(frame, node, (news.option,), output=output)
    except StepError as error:
        desk.fail(frame, node, error.failure)


def _asks_approval(frame: Frame, node: int) -> bool:
    """Tell whether a step asks because it is not as it was approved; a question node is what it is anyway."""
    return frame.work[node].intents is not None and not isinstance(frame.plan.nodes[node], AskNode)


def _go_on(desk: Desk, frame: Frame, node: int, news: Answered) -> None:
    if news.option == APPROVED:
        try_again(desk, frame, node)
    else:
        desk.fail(frame, node, Failure(FailureCode.REFUSED, _("It was not approved by {by}.").format(by=news.by)))


def _approves(frame: Frame, node: int, news: Answered) -> bool:
    spec = frame.plan.nodes[node]
    return news.option in (spec.consents if isinstance(spec, AskNode) else {APPROVED})


def _refuse(desk: Desk, news: Answered, why: str) -> None:
    desk.emit(EventType.ASK_REFUSED, news.ask, {"ask": news.ask, "option": news.option, "why": why})
    desk.by = "engine"


def on_signal(desk: Desk, news: SignalCame) -> None:
    """Let every step go on that waits for this signal."""
    facts: dict[str, Any] = {"name": news.name}
    with suppress(StepError):  # a payload too large to keep: the signal came all the same
        facts["payload"] = desk.tag(news.payload)
    desk.emit(EventType.SIGNAL_RECEIVED, "", facts)
    for frame, node, _unused in list(desk.state.open_work()):
        spec = frame.plan.nodes[node]
        if isinstance(spec, WaitNode) and spec.signal == news.name:
            desk.settle(frame, node, MAIN, output={"until": news.name, "fired_at": rfc3339(desk.now)})


def _answer_fault(frame: Frame, node: int, news: Answered) -> str:
    """Return why an answer does not count, or ""."""
    spec, work = frame.plan.nodes[node], frame.work[node]
    if news.intents_hash and news.intents_hash != work.intents_hash:
        return _("What is asked is not what was answered.")
    if isinstance(spec, AskNode):
        offered = {option.id for option in spec.answers}
    else:
        offered = {option["id"] for option in (OPTIONS if _asks_approval(frame, node) else UNCERTAIN_OPTIONS)}
    if news.option not in offered:
        return _("“{option}” is no answer to this question.").format(option=news.option)
    if isinstance(spec, AskNode) and spec.ask is AskKind.FORM:
        misfits = check_value(news.form, spec.form_schema or {"type": "object"})
        if misfits:
            return _("The form does not fit: {message}.").format(message=misfits[0].message)
    return ""


def _is_final(frame: Frame, node: int, news: Answered) -> bool:
    """Tell whether this answer, with those before it, settles the question."""
    spec, answers = frame.plan.nodes[node], frame.work[node].answers
    if not isinstance(spec, AskNode):
        return True
    agreeing = {by for by, option in answers.items() if option == news.option} | {news.by}
    return len(agreeing) >= spec.need
