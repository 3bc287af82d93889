"""Approvals bind to acts: what a question covers is rendered when it is asked, nothing else is done (engine.md 1.16).

A covered attempt whose intent is not in the list that a person said yes to does not start: its own step asks.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final, cast

from tocsin.base.json_types import Json
from tocsin.base.texts import _
from tocsin.engine.desk import Desk, StepError
from tocsin.engine.events import EventType
from tocsin.engine.intents import make_intent, render_inputs
from tocsin.engine.items import key_text
from tocsin.engine.outcomes import Intent
from tocsin.engine.plan import Plan
from tocsin.engine.state import Approval, Frame
from tocsin.engine.values import untag
from tocsin.model.failures import Failure, FailureCode
from tocsin.model.playbook import ActionNode, AskKind, AskNode, ForEachNode

APPROVAL: Final = "approval"
OPTIONS: Final = (
    {"id": "approved", "title": _("Approve"), "style": "danger"},
    {"id": "rejected", "title": _("Reject"), "style": "plain"},
)
"""The answers to the question of a step that is not as it was approved."""
APPROVED: Final = "approved"


def covered_intents(desk: Desk, frame: Frame, node: int) -> list[Json]:
    """Return what would be done by the steps that a question covers, loops expanded, as they would be done now.

    Raises:
        StepError: Something of it is not known yet.
    """
    found: list[Json] = []
    for name in cast("AskNode", frame.plan.nodes[node]).covers:
        _gather(desk, frame, name, found)
    return found


def asked_facts(desk: Desk, intents: Sequence[Json]) -> dict[str, Any]:
    """Return what ask.opened says of the acts that it asks about."""
    return {"intents": desk.tag(intents), "intents_hash": desk.hash(intents)} if intents else {}


def acquire(desk: Desk, frame: Frame, node: int, intent: Intent) -> None:
    """Ask for permit and leave for an attempt; for one that a person should have approved and has not, ask them.

    In a rehearsal nobody is asked: what goes out then only reads.
    """
    if node in frame.plan.guards and not desk.is_rehearsal and find_approval(desk, frame, node, intent) is None:
        _ask(desk, frame, node, intent)
    else:
        desk.acquire(intent)


def find_approval(desk: Desk, frame: Frame, node: int, intent: Intent) -> Approval | None:
    """Return the answer by which a person said yes to this very act, or None."""
    act = _act_of(desk, _told(desk, frame, intent))
    for approval in _approvals(frame, node):
        if approval.hash not in desk.approved:
            listed = cast("Sequence[Mapping[str, Json]]", untag(approval.intents, desk.load))
            desk.approved[approval.hash] = frozenset(_act_of(desk, told) for told in listed)
        if act in desk.approved[approval.hash]:
            return approval
    return None


def _approvals(frame: Frame, node: int) -> Iterator[Approval]:
    """Yield what was approved of a step: by its own question, and by those that cover it."""
    if node in frame.approvals:
        yield frame.approvals[node]
    holder: Frame | None = frame
    while holder is not None:
        for ask in frame.plan.guards[node]:
            number = holder.plan.index.get(ask)
            if number is not None and number in holder.approvals:
                yield holder.approvals[number]
        holder = holder.outer


def _told(desk: Desk, frame: Frame, intent: Intent) -> dict[str, Json]:
    pin = desk.program.unit_of(frame.plan).pins[intent.node]
    return {
        "path": intent.path,
        "action": intent.use,
        "connection": pin["connection"],
        "revision": pin["revision"],
        "effect": str(intent.effect),
        "inputs": intent.inputs,
    }


def _act_of(desk: Desk, told: Mapping[str, Json]) -> str:
    """Return what an act is known by: what is done, where, with what; not at which step."""
    return desk.hash({name: told[name] for name in ("action", "connection", "revision", "inputs")})


def _ask(desk: Desk, frame: Frame, node: int, intent: Intent) -> None:
    """Hold a step and ask about it alone, with the inputs that it keeps."""
    path, work = frame.path_of(node), frame.work.get(node)
    ask = f"{path}?{(work.asked if work else 0) + 1}"
    action, connector = intent.binding.action, intent.binding.connector
    text = _("{title} on {title2} is not as it was approved. Do it all the same?").format(
        title=action.title, title2=connector.title
    )
    question = {
        "ask": ask,
        "kind": str(AskKind.APPROVAL),
        "text": text,
        "options": list(OPTIONS),
        "to": {"v": None},
        "need": 1,
        "expires": None,
        "inputs": desk.tag(intent.inputs),
        "inputs_hash": intent.inputs_hash,
    }
    question |= asked_facts(desk, [_told(desk, frame, intent)])
    desk.emit(EventType.NODE_HELD, path, {"reason": APPROVAL, "until": None})
    desk.emit(EventType.ASK_OPENED, ask, question)


def _gather(desk: Desk, frame: Frame, name: str, found: list[Json]) -> None:
    """Add what a covered step would do: in this frame, or once an item of the loops around it."""
    number = frame.plan.index.get(name)
    if number is not None:
        spec = frame.plan.nodes[number]
        if isinstance(spec, ActionNode) and not spec.disabled:
            inputs = render_inputs(desk, frame, number)
            found.append(_told(desk, frame, make_intent(desk, frame, number, n=1, inputs=inputs)))
        return
    for loop, body in frame.plan.bodies.items():
        if _holds(body, name) and not frame.plan.nodes[loop].disabled:
            _gather_items(desk, frame, loop, (name, found))


def _holds(plan: Plan, name: str) -> bool:
    return name in plan.index or any(_holds(body, name) for body in plan.bodies.values())


def _gather_items(desk: Desk, frame: Frame, loop: int, wanted: tuple[str, list[Json]]) -> None:
    """Do so for each item that a loop would have now; those whose key came before are left out."""
    spec, code = frame.plan.nodes[loop], frame.plan.code[loop]
    if not isinstance(spec, ForEachNode):
        raise StepError(
            Failure(
                FailureCode.EXPRESSION, _("What “{ids}” will do is not known yet.").format(ids=frame.plan.ids[loop])
            )
        )
    items = desk.evaluate(frame, code.expressions["in"], node=loop)
    if not isinstance(items, list | tuple) or len(items) > spec.max:
        raise StepError(
            Failure(FailureCode.EXPRESSION, _("“{items}” is no list that this loop can take.").format(items=spec.items))
        )
    met: set[str] = set()
    key = code.expressions.get("key")
    for index, item in enumerate(items):
        prefix = f"{frame.path_of(loop)}[{index}]"
        probe = Frame(frame.plan.bodies[loop], prefix=prefix, parent=frame, opener=loop, item=index)
        desk.scopes.open_item(probe, spec.item_name, item)
        try:
            known = key_text(desk.evaluate(probe, key)) if key is not None else str(index)
            if known not in met:
                met.add(known)
                _gather(desk, probe, *wanted)
        finally:
            desk.scopes.forget(probe)
