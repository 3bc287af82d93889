"""How a node of each kind starts: one function a kind. What needs the outside leaves as an effect."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any, Final, cast

from tocsin.base.json_types import Json
from tocsin.base.texts import _
from tocsin.engine import approvals, rehearsal
from tocsin.engine.calls import start_call
from tocsin.engine.desk import Desk, StepError
from tocsin.engine.events import EventType, NodeState
from tocsin.engine.intents import make_intent, render_inputs
from tocsin.engine.joins import Verdict, judge_edges
from tocsin.engine.loops import start_for_each, start_while
from tocsin.engine.pinning import settle_pinned
from tocsin.engine.plan import MAIN, UNMET_PORTS
from tocsin.engine.state import Frame
from tocsin.expressions import Expression, explain
from tocsin.model.failures import Failure, FailureCode
from tocsin.model.playbook import (
    AskKind,
    AskNode,
    EndNode,
    Kind,
    SwitchNode,
    WaitNode,
)
from tocsin.model.ports import ELSE, FALSE, TRUE, UNMET, main_port
from tocsin.model.values import seconds_of

TEXT_LIMIT: Final = 64 * 1024
"""What a question may say, in characters: a person has to read it."""


def start_node(desk: Desk, frame: Frame, node: int) -> None:
    """Start a node whose edges say so. A failure to evaluate is the node's failure."""
    spec = frame.plan.nodes[node]
    desk.follow(frame, node)
    if spec.disabled:
        port = main_port(spec)
        ports = (port,) if port else ()
        facts = {"state": str(NodeState.SKIPPED), "ports": ports, "flags": ["disabled"]}
        desk.emit(EventType.NODE_SETTLED, frame.path_of(node), facts)
        return
    try:
        if not (desk.program.pinned and settle_pinned(desk, frame, node)):
            _STARTS[spec.kind](desk, frame, node)
    except StepError as error:
        desk.fail(frame, node, error.failure)


def _start_action(desk: Desk, frame: Frame, node: int) -> None:
    intent = make_intent(desk, frame, node, n=1, inputs=render_inputs(desk, frame, node))
    if rehearsal.is_only_said(desk, frame, node, intent):
        rehearsal.say(desk, frame, node, intent)
        return
    desk.set_deadline(frame, node)
    approvals.acquire(desk, frame, node, intent)


def _start_condition(desk: Desk, frame: Frame, node: int) -> None:
    expression = frame.plan.code[node].expressions["when"]
    value = _boolean(desk, frame, node, expression)
    facts = {"explain": _explained(desk, frame, node, expression, value=value), "reads": list(expression.roots)}
    desk.settle(frame, node, (TRUE if value else FALSE,), output={"value": value}, facts=facts)


def _start_switch(desk: Desk, frame: Frame, node: int) -> None:
    spec = cast("SwitchNode", frame.plan.nodes[node])
    for number, case in enumerate(spec.cases):
        expression = frame.plan.code[node].expressions[str(number)]
        if _boolean(desk, frame, node, expression):
            facts = {"explain": _explained(desk, frame, node, expression, value=True), "reads": list(expression.roots)}
            desk.settle(frame, node, (case.port,), output={"case": case.port}, facts=facts)
            return
    desk.settle(frame, node, (ELSE,), output={"case": ELSE})


def _boolean(desk: Desk, frame: Frame, node: int, expression: Expression) -> bool:
    value = desk.evaluate(frame, expression, node=node)
    if not isinstance(value, bool):
        raise StepError(
            Failure(
                FailureCode.EXPRESSION,
                _("“{text}” gives {named}, not true or false.").format(text=expression.text, named=_named(value)),
            )
        )
    return value


def _named(value: Json) -> str:
    return _("nothing") if value is None else f"a {type(value).__name__}"


def _explained(desk: Desk, frame: Frame, node: int, expression: Expression, *, value: bool) -> dict[str, Any]:
    found = explain(expression, desk.scopes.prepare(frame, expression, node=node), value=value)
    operands = [
        {"expr": operand.text, "value": desk.tag(operand.value), "absorbed": operand.absorbed, "error": operand.error}
        for operand in found.operands
    ]
    return {"operands": operands, "flip": found.flip}


def _start_join(desk: Desk, frame: Frame, node: int) -> None:
    verdict = judge_edges(
        frame.plan.need[node],
        taken=frame.taken[node],
        pending=frame.pending[node],
        unmet_wired=UNMET in frame.plan.wired[node],
    )
    ports = UNMET_PORTS if verdict is Verdict.UNMET else MAIN
    edges = frame.taken_edges.get(node, [])
    desk.settle(frame, node, ports, output={"edges": edges[: frame.plan.need[node] or len(edges)]})


def _start_set(desk: Desk, frame: Frame, node: int) -> None:
    template = frame.plan.code[node].templates["values"]
    facts = {"reads": list(template.roots)} if template.roots else None
    desk.settle(frame, node, MAIN, output=desk.render(frame, template, node=node), facts=facts)


def _start_end(desk: Desk, frame: Frame, node: int) -> None:
    spec, code = cast("EndNode", frame.plan.nodes[node]), frame.plan.code[node]
    facts: dict[str, Any] = {"status": str(spec.status)}
    if "message" in code.templates:
        facts["summary"] = str(desk.render(frame, code.templates["message"], node=node))
    if spec.outputs:
        outputs = {name: desk.evaluate(frame, code.expressions[name], node=node) for name in spec.outputs}
        facts["outputs"] = desk.tag(outputs)
    desk.settle(frame, node, (), facts=facts)


def _start_wait(desk: Desk, frame: Frame, node: int) -> None:
    spec = cast("WaitNode", frame.plan.nodes[node])
    due: int | None = None
    if spec.duration is not None:
        due = desk.now + _micros(spec.duration)
    elif spec.until is not None:
        due = _moment(desk.evaluate(frame, frame.plan.code[node].expressions["until"], node=node))
    if desk.is_rehearsal:
        rehearsal.assume_time(desk, frame, node, due)
        return
    desk.emit(EventType.NODE_STARTED, frame.path_of(node), {"signal": spec.signal} if spec.signal else {})
    desk.set_deadline(frame, node)
    if due is not None:
        desk.set_timer(frame, node, "wait", due=due)
    if spec.expires is not None:
        desk.set_timer(frame, node, "expiry", due=desk.now + _micros(spec.expires))


def _start_ask(desk: Desk, frame: Frame, node: int) -> None:
    spec, code = cast("AskNode", frame.plan.nodes[node]), frame.plan.code[node]
    text = desk.render(frame, code.templates["text"], node=node)
    if len(str(text)) > TEXT_LIMIT:
        raise StepError(
            Failure(
                FailureCode.LIMIT,
                _("The question has more than {text_limit:,} characters.").format(text_limit=TEXT_LIMIT),
            )
        )
    to = desk.render(frame, code.templates["to"], node=node)
    path = frame.path_of(node)
    due = desk.now + _micros(spec.expires) if spec.expires else None
    options = [{"id": o.id, "title": o.title or o.id.capitalize(), "style": o.style} for o in spec.answers]
    question: dict[str, Any] = {"ask": f"{path}?1", "kind": str(spec.ask), "text": str(text), "options": options}
    question |= {"to": desk.tag(to), "need": spec.need, "expires": due}
    if spec.ask is AskKind.FORM:
        question["schema"] = spec.form_schema or {"type": "object"}
    if spec.covers:
        question |= approvals.asked_facts(desk, approvals.covered_intents(desk, frame, node))
    if desk.is_rehearsal:
        rehearsal.assume_answer(desk, frame, node, question)
        return
    desk.emit(EventType.NODE_STARTED, path, {})
    desk.set_deadline(frame, node)
    desk.emit(EventType.ASK_OPENED, f"{path}?1", question)
    if due is not None:
        desk.set_timer(frame, node, "expiry", due=due)


def _start_trigger(desk: Desk, frame: Frame, node: int) -> None:
    desk.settle(frame, node, MAIN, output=desk.program.event)


def _micros(duration: str) -> int:
    return round(seconds_of(duration) * 1_000_000)


def _moment(value: Json) -> int:
    try:
        moment = datetime.fromisoformat(str(value))
        micros = round(moment.astimezone(UTC).timestamp() * 1_000_000)
    except (ValueError, OverflowError):
        moment, micros = None, 0
    if moment is None or moment.tzinfo is None:
        raise StepError(
            Failure(
                FailureCode.EXPRESSION,
                _("“{value}” is no time with a zone, as RFC 3339 writes it.").format(value=value),
            )
        )
    return micros


_STARTS: Final[Mapping[Kind, Callable[[Desk, Frame, int], None]]] = {
    Kind.TRIGGER: _start_trigger,
    Kind.ACTION: _start_action,
    Kind.CONDITION: _start_condition,
    Kind.SWITCH: _start_switch,
    Kind.FOR_EACH: start_for_each,
    Kind.WHILE: start_while,
    Kind.JOIN: _start_join,
    Kind.SET: _start_set,
    Kind.WAIT: _start_wait,
    Kind.ASK: _start_ask,
    Kind.CALL: start_call,
    Kind.END: _start_end,
}
