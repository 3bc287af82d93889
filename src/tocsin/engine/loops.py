"""Loops: which item starts next, what comes of an item, when the loop is over (engine.md 1.7 to 1.9)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

from tocsin.base.json_types import Json
from tocsin.base.texts import _
from tocsin.engine.desk import Desk, StepError
from tocsin.engine.events import EventType, NodeState
from tocsin.engine.guesses import facts_of
from tocsin.engine.items import is_over_tolerance, key_is_known
from tocsin.engine.plan import MAIN
from tocsin.engine.state import Frame, Loop
from tocsin.engine.values import untag
from tocsin.expressions import Expression
from tocsin.model.failures import Failure, FailureCode
from tocsin.model.playbook import ForEachNode, WhileNode
from tocsin.model.values import seconds_of


def start_for_each(desk: Desk, frame: Frame, node: int) -> None:
    """Freeze the list and begin."""
    spec = cast("ForEachNode", frame.plan.nodes[node])
    items = desk.evaluate(frame, frame.plan.code[node].expressions["in"], node=node)
    if not isinstance(items, list | tuple):
        raise StepError(Failure(FailureCode.EXPRESSION, _("“{items}” is no list.").format(items=spec.items)))
    if len(items) > spec.max:
        raise StepError(
            Failure(
                FailureCode.LIMIT,
                _("{count} items are more than the {max} this loop may take.").format(count=len(items), max=spec.max),
            )
        )
    path = frame.path_of(node)
    frozen = desk.tag(items)
    desk.emit(EventType.NODE_STARTED, path, {})
    desk.set_deadline(frame, node)
    facts: dict[str, Any] = {"items": frozen, "count": len(items), "concurrency": spec.concurrency}
    if desk.is_rehearsal:
        facts |= facts_of(frame, node)
    desk.emit(EventType.LOOP_STARTED, path, facts)


def start_while(desk: Desk, frame: Frame, node: int) -> None:
    """Evaluate the first state and begin."""
    spec, code = cast("WhileNode", frame.plan.nodes[node]), frame.plan.code[node]
    state = {
        name: desk.evaluate(frame, value, node=node) if isinstance(value, Expression) else value
        for name, value in code.init.items()
    }
    path = frame.path_of(node)
    tagged = desk.tag(state)
    desk.emit(EventType.NODE_STARTED, path, {})
    desk.set_deadline(frame, node)
    desk.emit(EventType.LOOP_STARTED, path, {"count": spec.max, "concurrency": 1, "state": tagged})


def advance_loop(desk: Desk, frame: Frame, node: int) -> None:
    """Start what may start, or end the loop when all is done."""
    if node not in frame.loops:
        return
    try:
        if isinstance(frame.plan.nodes[node], ForEachNode):
            _advance_for_each(desk, frame, node)
        else:
            _advance_while(desk, frame, node)
    except StepError as error:
        desk.scopes.forget_items(frame, node)
        desk.fail(frame, node, error.failure)


def finish_item(desk: Desk, frame: Frame) -> None:
    """An item's frame has nothing left to settle: say what came of it."""
    parent = frame.parent
    if parent is None:
        return
    spec = parent.plan.nodes[frame.opener]
    facts: dict[str, Any] = {"index": frame.item, "key": frame.key, "state": _state_of(frame)}
    if frame.assumed:
        facts["flags"] = ["assumed"]
    failure = frame.failure
    if facts["state"] == NodeState.SUCCEEDED:
        try:
            facts |= _value_facts(desk, frame, spec)
        except StepError as error:
            failure = error.failure.to_json() | {"node": parent.plan.ids[frame.opener]}
            facts["state"] = str(NodeState.FAILED)
    if failure is not None:
        facts["error"] = failure
        facts["cause"] = f"{frame.prefix}/{failure['node']}"
    desk.scopes.forget(frame)
    desk.emit(EventType.ITEM_FINISHED, parent.path_of(frame.opener), facts)


def _state_of(frame: Frame) -> str:
    if frame.failure is not None or frame.ended == NodeState.FAILED:
        return str(NodeState.FAILED)
    return str(NodeState.CANCELLED if frame.is_cut and not frame.ended else NodeState.SUCCEEDED)


def _value_facts(desk: Desk, frame: Frame, spec: object) -> dict[str, Any]:
    parent = cast("Frame", frame.parent)
    code = parent.plan.code[frame.opener]
    if isinstance(spec, ForEachNode):
        collect = code.expressions.get("collect")
        return {"value": desk.tag(desk.evaluate(frame, collect))} if collect is not None else {}
    before = parent.loops[frame.opener].carried
    state = cast("Mapping[str, Json]", untag(before, desk.load) if before is not None else {})
    carried = {**state, **{name: desk.evaluate(frame, expression) for name, expression in code.carry.items()}}
    facts: dict[str, Any] = {"state_next": desk.tag(carried)}
    until = code.expressions.get("until")
    if until is not None:
        desk.scopes.bind_state(frame, carried)
        facts["last"] = _truth(desk, frame, until)
    return facts


def _truth(desk: Desk, frame: Frame, expression: Expression) -> bool:
    value = desk.evaluate(frame, expression)
    if not isinstance(value, bool):
        raise StepError(
            Failure(FailureCode.EXPRESSION, _("“{text}” does not give true or false.").format(text=expression.text))
        )
    return value


def _advance_for_each(desk: Desk, frame: Frame, node: int) -> None:
    spec, loop = cast("ForEachNode", frame.plan.nodes[node]), frame.loops[node]
    while not loop.stopping and loop.following < loop.count and len(loop.running) < spec.concurrency:
        _start_item(desk, frame, node)
    if loop.running or (not loop.stopping and loop.following < loop.count):
        return
    output = _gathered(desk, frame, node)
    desk.scopes.forget_items(frame, node)
    overdue = frame.work[node].overdue
    if frame.drain or (loop.stopping and not overdue and not is_over_tolerance(spec, loop)):
        desk.cancel(frame, node)
    elif overdue:
        raise StepError(Failure(FailureCode.TIMEOUT, _("The loop's deadline passed.")))
    elif is_over_tolerance(spec, loop):
        raise StepError(_items_failure(loop))
    else:
        partial = {"flags": ["partial"]} if loop.failed else None
        desk.settle(frame, node, MAIN, output=output, facts=partial)


def _start_item(desk: Desk, frame: Frame, node: int) -> None:
    """Start the next item, or skip it when one with its key has been met."""
    loop, path = frame.loops[node], frame.path_of(node)
    index = loop.following
    expression = frame.plan.code[node].expressions.get("key")
    key: Json = None
    if expression is not None:
        try:
            key = _key_of(desk, frame, node, expression=expression, index=index)
        except StepError as error:
            failure = error.failure.to_json() | {"node": frame.plan.ids[node]}
            failed = {"index": index, "key": None, "state": str(NodeState.FAILED), "error": failure}
            desk.emit(EventType.ITEM_FINISHED, path, failed | {"cause": f"{path}[{index}]"})
            return
        if key_is_known(loop, key):
            skipped = {"index": index, "key": key, "state": str(NodeState.SKIPPED), "reason": "duplicate"}
            desk.emit(EventType.ITEM_FINISHED, path, skipped)
            return
    desk.emit(EventType.ITEM_STARTED, path, {"index": index, "key": key})


def _key_of(desk: Desk, frame: Frame, node: int, *, expression: Expression, index: int) -> Json:
    """Evaluate the identity of an item before its frame exists, in a frame made for that alone."""
    probe = Frame(frame.plan.bodies[node], parent=frame, opener=node, item=index)
    try:
        key = desk.evaluate(probe, expression)
    finally:
        desk.scopes.forget(probe)
    if not isinstance(key, str | int | float | bool):
        raise StepError(
            Failure(
                FailureCode.EXPRESSION,
                _("“{text}” gives no text or number to know an item by.").format(text=expression.text),
            )
        )
    return key


def _gathered(desk: Desk, frame: Frame, node: int) -> dict[str, Json]:
    loop = frame.loops[node]
    results: list[Json] = [_result(desk, loop.results.get(index), index) for index in range(loop.count)]
    states = [result["state"] for result in results if isinstance(result, Mapping)]
    return {
        "count": loop.count,
        "succeeded": states.count("succeeded"),
        "failed": states.count("failed"),
        "skipped": states.count("skipped") + states.count("cancelled"),
        "results": results,
    }


def _result(desk: Desk, result: Mapping[str, Any] | None, index: int) -> dict[str, Json]:
    if result is None:
        return {"index": index, "key": None, "state": "skipped", "value": None, "error": None}
    value = result.get("value")
    return {
        "index": index,
        "key": result.get("key"),
        "state": result["state"],
        "value": untag(value, desk.load) if value is not None else None,
        "error": result.get("error"),
    }


def _items_failure(loop: Loop) -> Failure:
    first = next(result for _unused, result in sorted(loop.results.items()) if result["state"] == NodeState.FAILED)
    error: Mapping[str, Any] = first.get("error") or {}
    why = f": {error['message']}" if error else "."
    what = (
        _("Iteration {index}").format(index=first["index"] + 1)
        if loop.items is None
        else _("{failed} of {count} items").format(failed=loop.failed, count=loop.count)
    )
    return Failure(FailureCode.ITEMS, _("{what} failed{why}").format(what=what, why=why), cause=loop.cause or None)


def _advance_while(desk: Desk, frame: Frame, node: int) -> None:
    spec, loop = cast("WhileNode", frame.plan.nodes[node]), frame.loops[node]
    if loop.running or (loop.resting and not loop.stopping) or _end_while_early(desk, frame, node):
        return
    if loop.done or (loop.following >= loop.count and not _goes_on(desk, frame, node)):
        _settle_while(desk, frame, node)
    elif loop.following >= loop.count:
        raise StepError(
            Failure(
                FailureCode.LIMIT, _("The loop reached its bound of {count} and was not done.").format(count=loop.count)
            )
        )
    elif loop.following != loop.rested:
        desk.set_timer(frame, node, "poll", due=desk.now + round(seconds_of(spec.every) * 1_000_000))
    elif not _goes_on(desk, frame, node):
        _settle_while(desk, frame, node)
    else:
        desk.emit(EventType.ITEM_STARTED, frame.path_of(node), {"index": loop.following, "key": None})


def _end_while_early(desk: Desk, frame: Frame, node: int) -> bool:
    """End a loop that ran over its deadline, is drained, or failed inside; tell whether it did."""
    loop, overdue = frame.loops[node], frame.work[node].overdue
    if frame.drain or (loop.stopping and not overdue and not loop.failed):
        desk.cancel(frame, node)
        return True
    if overdue:
        raise StepError(Failure(FailureCode.TIMEOUT, _("The loop's deadline passed.")))
    if loop.failed:
        raise StepError(_items_failure(loop))
    return False


def _settle_while(desk: Desk, frame: Frame, node: int) -> None:
    loop = frame.loops[node]
    state: Json = untag(loop.carried, desk.load) if loop.carried is not None else {}
    desk.settle(frame, node, MAIN, output={"state": state, "iterations": loop.following})


def _goes_on(desk: Desk, frame: Frame, node: int) -> bool:
    """Evaluate `when`, which sees `state`; a loop with `until` alone always goes on."""
    expression = frame.plan.code[node].expressions.get("when")
    if expression is None:
        return True
    probe = Frame(frame.plan.bodies[node], parent=frame, opener=node, item=frame.loops[node].following)
    try:
        return _truth(desk, probe, expression)
    finally:
        desk.scopes.forget(probe)
