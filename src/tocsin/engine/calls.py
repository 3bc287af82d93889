"""Calls: a playbook runs as one step of another, under the step's path and with names of its own (engine.md 1.32)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, cast

from tocsin.base.texts import _, quoted
from tocsin.engine.desk import Desk, StepError
from tocsin.engine.entry import MANUAL
from tocsin.engine.events import EventType, NodeState
from tocsin.engine.guesses import facts_of
from tocsin.engine.plan import MAIN, Plan
from tocsin.engine.state import Frame
from tocsin.engine.values import V
from tocsin.model.failures import Failure, FailureCode
from tocsin.model.playbook import CallNode, TriggerNode

NOT_SELECTED: Final = "not_selected"
CALLED: Final = "called"


def start_call(desk: Desk, frame: Frame, node: int) -> None:
    """Give the called playbook its inputs and let it begin where its triggers lead; none of them fires."""
    spec = cast("CallNode", frame.plan.nodes[node])
    gate = desk.program.callees[spec.playbook].gate
    inputs = gate.shape(desk.render(frame, frame.plan.code[node].templates["with"], node=node))
    misfit = gate.find_misfit(inputs)
    if misfit is not None:
        raise StepError(
            Failure(
                FailureCode.BAD_INPUT,
                _("The input does not fit “{playbook}”: {misfit}.").format(playbook=spec.playbook, misfit=misfit),
            )
        )
    facts: dict[str, Any] = {"inputs": desk.tag(inputs), "inputs_hash": desk.hash(inputs)}
    if desk.is_rehearsal:
        facts |= facts_of(frame, node)
    desk.emit(EventType.NODE_STARTED, frame.path_of(node), facts)
    desk.set_deadline(frame, node)
    _pass_triggers(desk, frame.calls[node])


def finish_call(desk: Desk, frame: Frame) -> None:
    """The called playbook has nothing left to settle: its outputs, or its failure, are the call's."""
    caller, node = cast("Frame", frame.parent), frame.opener
    if caller.work[node].overdue:
        desk.fail(caller, node, Failure(FailureCode.TIMEOUT, _("The call's deadline passed.")))
    elif frame.failure is not None or frame.ended == NodeState.FAILED:
        desk.fail(caller, node, _failure_of(frame))
    elif frame.is_cut and not frame.ended:
        desk.cancel(caller, node)
    else:
        _give_outputs(desk, frame)
    desk.scopes.forget(frame)


def outputs_of(desk: Desk, frame: Frame) -> V | None:
    """Return what a playbook gives: the reached end's outputs, else, when it did not fail, its own (engine.md 1.5).

    Raises:
        StepError: Two ends gave some, or an expression ended in an error.
    """
    if len(frame.end_outputs) > 1:
        ends = quoted(*(frame.plan.ids[node] for node in sorted(frame.end_outputs)), between=_(" and "))
        raise StepError(
            Failure(FailureCode.CONFLICT, _("Ends with outputs were both reached: {ends}.").format(ends=ends))
        )
    for tagged in frame.end_outputs.values():
        return tagged
    outputs = desk.program.unit_of(frame.plan).outputs
    if frame.ended == NodeState.FAILED or not outputs:
        return None
    return desk.tag({name: desk.evaluate(frame, text) for name, text in outputs.items()})


def _pass_triggers(desk: Desk, callee: Frame) -> None:
    """Every trigger is skipped. The manual ones lead on all the same, as a call is what they wait for; else all do."""
    if not callee.plan.triggers:
        return
    leading = _leading(callee.plan)
    for node in leading:
        facts = {"state": str(NodeState.SKIPPED), "ports": MAIN, "reason": CALLED}
        desk.emit(EventType.NODE_SETTLED, callee.path_of(node), facts)
    others = [callee.path_of(node) for node in callee.plan.entries if node not in leading]
    if others:
        desk.emit(EventType.NODE_SKIPPED, "", {"paths": others, "reason": NOT_SELECTED})


def _leading(plan: Plan) -> list[int]:
    triggers = {number: cast("TriggerNode", plan.nodes[number]) for number in plan.triggers}
    able = [number for number, trigger in triggers.items() if not trigger.disabled]
    return [number for number in able if triggers[number].event == MANUAL] or able


def _give_outputs(desk: Desk, frame: Frame) -> None:
    caller, node = cast("Frame", frame.parent), frame.opener
    try:
        outputs = outputs_of(desk, frame)
    except StepError as error:
        desk.fail(caller, node, error.failure)
        return
    facts: dict[str, Any] = {"output": outputs if outputs is not None else {"v": {}}}
    if frame.assumed and node not in caller.assumed:
        facts["flags"] = ["assumed"]
    desk.settle(caller, node, MAIN, facts=facts)


def _failure_of(frame: Frame) -> Failure:
    """Return the call's failure: what failed inside, with the path where it did."""
    error: Mapping[str, Any] | None = frame.failure
    if error is None:
        return Failure(
            FailureCode.RAISED, _("“{unit}” ended as failed.").format(unit=frame.plan.unit), cause=frame.prefix
        )
    return Failure(
        FailureCode(error["code"]),
        _("“{unit}” failed: {message}").format(unit=frame.plan.unit, message=error["message"]),
        retryable=error["retryable"],
        cause=error.get("cause") or f"{frame.prefix}/{error['node']}",
    )
