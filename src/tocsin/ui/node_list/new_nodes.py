"""What is put on the canvas → the edit that puts it there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from tocsin.base.texts import _
from tocsin.edits import AddNode, Batch, Edit, SetHead, fresh_id
from tocsin.model.bindings import role_of
from tocsin.model.catalogue import Catalogue
from tocsin.model.playbook import (
    ActionNode,
    AskKind,
    AskNode,
    Case,
    ConditionNode,
    EndNode,
    ForEachNode,
    Graph,
    JoinNode,
    Kind,
    Node,
    NoteNode,
    Playbook,
    SetNode,
    SwitchNode,
    TriggerNode,
    WaitNode,
    WhileNode,
)
from tocsin.ui.node_list.entries import ACTION_PREFIX, TRIGGER_PREFIX

_NEW: Final[Mapping[str, Node]] = {
    Kind.CONDITION: ConditionNode(when="true"),
    Kind.SWITCH: SwitchNode(cases=(Case(port="first", when="true"),)),
    Kind.FOR_EACH: ForEachNode(items="[]", body=Graph()),
    Kind.WHILE: WhileNode(until="true", max=10, every="10s", body=Graph()),
    Kind.JOIN: JoinNode(need="every"),
    Kind.ASK: AskNode(ask=AskKind.APPROVAL, text=_("Go on?")),
    Kind.SET: SetNode(values={}),
    Kind.WAIT: WaitNode(duration="1m"),
    Kind.END: EndNode(),
    Kind.NOTE: NoteNode(text=_("Note")),
}

_SHAPE: Final = {
    "type": "object",
    "required": ["id", "rule", "src_ip", "user"],
    "properties": {
        "id": {"type": "string"},
        "rule": {"type": "string"},
        "severity": {"type": "number"},
        "src_ip": {"type": "string"},
        "user": {"type": "string"},
    },
}
_ALERT: Final = TriggerNode(
    event="siem.alert",
    output=_SHAPE,
    sample={
        "id": "a-1001",
        "rule": "Brute force from a TOR exit",
        "severity": 73,
        "src_ip": "203.0.113.66",
        "user": "clerk1",
    },
)
"""An alert in the form that every playbook knows, with one of the Lab's: steps can read it, and it can run at once."""
_SCHEDULE: Final = TriggerNode(event="schedule", config={"cron": "0 8 * * 1-5"})
_TRIGGERS: Final[Mapping[str, TriggerNode]] = {one.event: one for one in (_ALERT, _SCHEDULE)}
_TRIGGER_IDS: Final[Mapping[str, str]] = {"manual": "start", "schedule": "schedule"}


def add_edit(
    payload: str, playbook: Playbook, catalogue: Catalogue, *, at: tuple[int, int], frame: str | None = None
) -> AddNode | Batch | None:
    """Return the edit that puts a new node on the canvas, or None when the payload says nothing that we know.

    An action of a category for which the playbook has no role yet brings the role with it.
    """
    node = find_new_node(payload)
    if node is None:
        return None
    adding = AddNode(id=fresh_id(playbook, _wish(payload)), node=node, at=at, frame=frame)
    if not isinstance(node, ActionNode) or role_of(node, playbook) is not None:
        return adding
    return _with_role(adding, node, playbook, catalogue)


def added_id(edit: AddNode | Batch) -> str:
    """Return the id of the node that an edit of `add_edit` adds."""
    if isinstance(edit, AddNode):
        return edit.id
    return next(part.id for part in edit.edits if isinstance(part, AddNode))


def find_new_node(payload: str) -> Node | None:
    """Return the node that a payload stands for, with the least that such a node must say; None when unknown."""
    if payload.startswith(ACTION_PREFIX):
        return ActionNode(use=payload.removeprefix(ACTION_PREFIX))
    if payload.startswith(TRIGGER_PREFIX):
        event = payload.removeprefix(TRIGGER_PREFIX)
        return _TRIGGERS.get(event, TriggerNode(event=event))
    if payload == Kind.TRIGGER:
        return TriggerNode(event="manual")
    return _NEW.get(payload)


def _wish(payload: str) -> str:
    if payload.startswith(TRIGGER_PREFIX):
        return _TRIGGER_IDS.get(payload.removeprefix(TRIGGER_PREFIX), "alert")
    return payload.removeprefix(ACTION_PREFIX).rpartition(".")[2]


def _with_role(adding: AddNode, node: ActionNode, playbook: Playbook, catalogue: Catalogue) -> AddNode | Batch:
    facts = catalogue.find_facts(node.use)
    if facts is None or any(role.category == facts.category for role in playbook.roles.values()):
        return adding
    name = _free_role(facts.category, playbook)
    edits: tuple[Edit, ...] = (SetHead(("roles", name), {"category": facts.category}), adding)
    return Batch(edits, adding.label)


def _free_role(category: str, playbook: Playbook) -> str:
    name, number = category, 1
    while name in playbook.roles:
        number += 1
        name = f"{category}_{number}"
    return name
