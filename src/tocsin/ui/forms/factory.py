"""A node, or the playbook's head → its form. The one place that decides what a form shows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Final

from tocsin.model.catalogue import CATEGORIES, ActionFacts, Catalogue, Discloses, Effect
from tocsin.model.playbook import ActionNode, CallNode, Kind, Node, Playbook, TriggerNode
from tocsin.ui.canvas.faces import face_of
from tocsin.ui.forms.fields import Choice, FieldKind, Form, FormField, Section
from tocsin.ui.forms.model_fields import fields_of
from tocsin.ui.forms.schema_fields import schema_fields
from tocsin.ui.forms.words import Group, words_of

ID_PLACE: Final = ("id",)
KIND_TITLES: Final = {
    Kind.TRIGGER: "Trigger",
    Kind.ACTION: "Action",
    Kind.CONDITION: "Condition",
    Kind.SWITCH: "Switch",
    Kind.FOR_EACH: "For each",
    Kind.WHILE: "While",
    Kind.JOIN: "Join",
    Kind.SET: "Set values",
    Kind.WAIT: "Wait",
    Kind.ASK: "Question",
    Kind.CALL: "Sub-playbook",
    Kind.END: "End",
    Kind.NOTE: "Note",
    Kind.GROUP: "Group",
}
HEAD_HIDDEN: Final = (
    "author",
    "concurrency",
    "created",
    "graph",
    "handler",
    "id",
    "inputs",
    "layout",
    "outputs",
    "roles",
    "tags",
    "timeout",
    "uid",
)
"""Keys of the head that no field shows yet."""


def node_form(name: str, node: Node, playbook: Playbook, catalogue: Catalogue) -> Form:
    """Return the form of a node."""
    facts = catalogue.find_facts(node.use) if isinstance(node, ActionNode) else None
    fields = chain(_identity(name, node, facts), _own_fields(node, playbook, facts), fields_of(node))
    return Form(name, face_of(name, node, playbook, catalogue).title, _subtitle(node, facts), _sections(fields))


def head_form(playbook: Playbook) -> Form:
    """Return the form of the playbook itself."""
    fields = fields_of(playbook, also_hidden=HEAD_HIDDEN)
    return Form("", playbook.name or playbook.id, "Playbook", _sections(fields))


def effect_words(facts: ActionFacts) -> str:
    """Return what an action does to the world, in words (visual-design.md §2.4)."""
    if facts.effect is Effect.READ:
        words = "reads"
    elif facts.effect is Effect.DESTRUCTIVE:
        words = "destructive · " + ("undoable" if facts.undoable else "cannot be undone")
    else:
        words = "change · " + ("undoable" if facts.undoable else "cannot be undone")
    return words if facts.discloses is Discloses.NONE else f"{words} · discloses"


def _identity(name: str, node: Node, facts: ActionFacts | None) -> Iterator[FormField]:
    usual = facts.title if facts else ""
    yield FormField(("title",), "Title", FieldKind.TEXT, value=node.title, placeholder=usual)
    words = "Expressions read the step under this name."
    yield FormField(ID_PLACE, "Id", FieldKind.TEXT, required=True, value=name, help=words, is_late=True)


def _own_fields(node: Node, playbook: Playbook, facts: ActionFacts | None) -> Iterator[FormField]:
    """The fields that need more than the node to be drawn."""
    match node:
        case ActionNode():
            yield _role_field(node.role, playbook, node.use.partition(".")[0] if facts is None else facts.category)
            yield from schema_fields(facts.inputs if facts else {}, node.inputs, ("with",))
        case TriggerNode() if node.event.partition(".")[0] in CATEGORIES:
            yield _role_field(node.role, playbook, node.event.partition(".")[0])
        case CallNode():
            yield from schema_fields({}, node.inputs, ("with",))
        case _:
            pass


def _role_field(role: str | None, playbook: Playbook, category: str) -> FormField:
    fitting = [name for name, one in playbook.roles.items() if one.category == category]
    choices = [Choice(None, "the only one that fits"), *(_role_choice(name, playbook) for name in fitting)]
    if role is not None and role not in fitting:
        choices.append(Choice(role, role))
    return FormField(("role",), "Role", FieldKind.CHOICE, value=role, choices=tuple(choices))


def _role_choice(name: str, playbook: Playbook) -> Choice:
    return Choice(name, playbook.roles[name].title or name)


def _subtitle(node: Node, facts: ActionFacts | None) -> str:
    if isinstance(node, ActionNode):
        return f"{node.use} · {effect_words(facts)}" if facts else node.use
    return KIND_TITLES[node.kind]


def _sections(fields: Iterable[FormField]) -> tuple[Section, ...]:
    rows: dict[Group, list[FormField]] = {group: [] for group in Group}
    for field in fields:
        rows[_group(field)].append(field)
    return tuple(Section(str(group), tuple(found)) for group, found in rows.items() if found)


def _group(field: FormField) -> Group:
    if field.place[0] == "with":
        return Group.SETTINGS
    return words_of(tuple(str(part) for part in field.place)).group
