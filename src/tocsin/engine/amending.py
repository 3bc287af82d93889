"""Data that a person changes in a run: recorded with what it was before, and only while no step has read it (1.23)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from tocsin.base.texts import _
from tocsin.engine.desk import Desk, StepError
from tocsin.engine.entry import get_entry
from tocsin.engine.events import EventType
from tocsin.engine.news import DataEdited
from tocsin.engine.pins import PINNABLE
from tocsin.engine.plan import Plan
from tocsin.engine.state import Frame, Mark
from tocsin.model.playbook import Kind
from tocsin.model.schemas import check_value, shape_value

EDITABLE: Final = PINNABLE | {Kind.TRIGGER}
EDIT_REFUSED: Final = "edit_refused"
_HAVE_READ: Final = frozenset({Mark.STARTED, Mark.SUCCEEDED, Mark.FAILED})


def find_edit_fault(desk: Desk, news: DataEdited) -> str:
    """Return why the data at a path cannot be changed so, a sentence; "" when they can."""
    found = desk.state.find_node(news.path)
    if found is None:
        return _("There is no step “{path}” in this run now.").format(path=news.path)
    frame, node = found
    if frame.plan.nodes[node].kind not in EDITABLE or node not in frame.outputs:
        return _("“{path}” has given nothing that can be edited.").format(path=news.path)
    reader = _find_reader(frame, _names_of(desk, frame, node))
    if reader is not None:
        return _("“{reader}” has read it already.").format(reader=reader)
    schema = _schema_of(desk, frame, node)
    misfits = check_value(shape_value(news.value, schema), schema) if schema else ()
    if misfits:
        place = f"{misfits[0].place}: " if misfits[0].place else ""
        return _("It does not fit what the step gives: {place}{message}.").format(
            place=place, message=misfits[0].message
        )
    return ""


def on_edited(desk: Desk, news: DataEdited) -> None:
    """Let a step have given something else from now on; or note why it cannot."""
    desk.by = news.by
    why = find_edit_fault(desk, news)
    if why:
        desk.emit(EventType.RUN_NOTED, "", {"label": EDIT_REFUSED, "text": why})
    else:
        _edit(desk, news)
    desk.by = "engine"


def _edit(desk: Desk, news: DataEdited) -> None:
    frame, node = desk.state.locate(news.path)
    before = frame.outputs[node]
    try:
        after = desk.tag(shape_value(news.value, _schema_of(desk, frame, node)))
    except StepError as error:
        desk.emit(EventType.RUN_NOTED, "", {"label": EDIT_REFUSED, "text": error.failure.message})
        return
    desk.emit(EventType.NODE_EDITED, news.path, {"before": before, "after": after, "reason": news.reason})
    for name in _names_of(desk, frame, node):
        desk.scopes.forget_value(frame, name)


def _names_of(desk: Desk, frame: Frame, node: int) -> tuple[str, ...]:
    """Return the names by which expressions read a step: of the trigger that fired there are three."""
    name = frame.plan.ids[node]
    fired = frame is desk.state.root and name == desk.program.trigger
    return (name, "trigger", "inputs") if fired else (name,)


def _find_reader(frame: Frame, names: tuple[str, ...]) -> str | None:
    """Return a step that has begun and reads one of these names, itself or inside it; None when none has."""
    for node, mark in enumerate(frame.mark):
        if mark in _HAVE_READ and _reads(frame.plan, node, names):
            return frame.plan.ids[node]
    return None


def _reads(plan: Plan, node: int, names: tuple[str, ...]) -> bool:
    code = plan.code[node]
    init = [value for value in code.init.values() if hasattr(value, "roots")]
    for reader in (*code.expressions.values(), *code.templates.values(), *code.carry.values(), *init):
        if any(name in names for name in (*reader.roots, *reader.node_ids)):
            return True
    body = plan.bodies.get(node)
    return body is not None and any(_reads(body, inner, names) for inner in range(len(body.ids)))


def _schema_of(desk: Desk, frame: Frame, node: int) -> Mapping[str, Any]:
    if frame is desk.state.root and frame.plan.ids[node] == desk.program.trigger:
        return get_entry(desk.program.playbook, desk.program.trigger).schema
    facts = desk.program.unit_of(frame.plan).facts.get(frame.plan.ids[node])
    return facts.output if facts is not None else {}
