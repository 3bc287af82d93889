"""A node → its form. The one place that decides what a form shows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import chain
from typing import Final

from tocsin.base.json_types import Json
from tocsin.base.texts import _, beginning
from tocsin.model.catalogue import CATEGORIES, ActionFacts, Catalogue, Discloses, Effect
from tocsin.model.playbook import EVALUATING, ActionNode, AskKind, AskNode, CallNode, Kind, Node, Playbook, TriggerNode
from tocsin.ui.canvas.faces import category_title, face_of, words
from tocsin.ui.forms.changes import ID_PLACE
from tocsin.ui.forms.cron import USUAL, UTC, zone_choices
from tocsin.ui.forms.failure import DEFAULT, ON_ERROR, Failure, Fate, find_failure
from tocsin.ui.forms.fields import Choice, FieldKind, Form, FormField, Section
from tocsin.ui.forms.model_fields import fields_of
from tocsin.ui.forms.reading import fitted
from tocsin.ui.forms.schema_fields import field_of, schema_fields
from tocsin.ui.forms.summaries import summary_of
from tocsin.ui.forms.words import Group, words_of

KIND_TITLES: Final = {
    Kind.TRIGGER: _("Trigger"),
    Kind.ACTION: _("Action"),
    Kind.CONDITION: _("Condition"),
    Kind.SWITCH: _("Switch"),
    Kind.FOR_EACH: _("For each"),
    Kind.WHILE: _("While"),
    Kind.JOIN: _("Join"),
    Kind.SET: _("Set values"),
    Kind.WAIT: _("Wait"),
    Kind.ASK: _("Question"),
    Kind.CALL: _("Sub-playbook"),
    Kind.END: _("End"),
    Kind.NOTE: _("Note"),
    Kind.GROUP: _("Group"),
}
FOLDED: Final = frozenset({Group.RETRY, Group.NAME})
"""What is seldom set, and says its summary while it is folded."""

RETRY_ORDER: Final = (
    "retry.max",
    "retry.delay",
    "retry.factor",
    "retry.max_delay",
    "timeout",
    "deadline",
    "retry.codes",
)
"""How often, how fast, how long: as one thinks of it."""
NOTE: Final = ("note",)
ON_UNCERTAIN: Final = ("on_uncertain",)
UNATTENDED: Final = ("unattended",)
MINUTES: Final = ("minutes",)


def node_form(name: str, node: Node, playbook: Playbook, catalogue: Catalogue) -> Form:
    """Return the form of a node."""
    facts = catalogue.find_facts(node.use) if isinstance(node, ActionNode) else None
    failure = find_failure(name, node, playbook, catalogue)
    shown = (field for field in fields_of(node, also_hidden=_hidden(node)) if _is_shown(field, facts, failure))
    own = [_drawn(field, facts, failure) for field in shown]
    first = chain(_own_fields(node, playbook, catalogue, facts), (field for field in own if field.place != NOTE))
    return Form(
        owners=(name,),
        title=face_of(name, node, playbook, catalogue).title,
        subtitle=_subtitle(node, facts),
        sections=sections_of(chain(_identity(name, node, facts), first), always=(Group.FAILURE,) if failure else ()),
        failure=failure,
        note=next((field for field in own if field.place == NOTE), None),
    )


def effect_words(facts: ActionFacts) -> str:
    """Return what an action does to the world, in words (visual-design.md §2.4)."""
    if facts.effect is Effect.READ:
        said = "reads"
    elif facts.effect is Effect.DESTRUCTIVE:
        said = _("destructive · ") + (_("undoable") if facts.undoable else _("cannot be undone"))
    else:
        said = _("change · ") + (_("undoable") if facts.undoable else _("cannot be undone"))
    return said if facts.discloses is Discloses.NONE else _("{said} · discloses").format(said=said)


def sections_of(fields: Iterable[FormField], *, always: Iterable[Group] = ()) -> tuple[Section, ...]:
    """Return fields under their headings; those of `always` even when no field stands there."""
    rows: dict[Group, list[FormField]] = {group: [] for group in Group}
    for field in fields:
        rows[_group(field)].append(field)
    rows[Group.RETRY].sort(key=lambda field: RETRY_ORDER.index(field.name))
    shown = {group: found for group, found in rows.items() if found or group in always}
    return tuple(
        Section(str(group), tuple(found), summary_of(group, found), is_open=group not in FOLDED)
        for group, found in shown.items()
    )


def _identity(name: str, node: Node, facts: ActionFacts | None) -> Iterator[FormField]:
    usual = facts.title if facts else ""
    yield FormField(("title",), _("Title"), FieldKind.TEXT, value=node.title, placeholder=usual, is_half=True)
    tip = _("Expressions read the step under this name.")
    yield FormField(ID_PLACE, _("Id"), FieldKind.TEXT, required=True, value=name, help=tip, is_late=True, is_half=True)


def _own_fields(node: Node, playbook: Playbook, catalogue: Catalogue, facts: ActionFacts | None) -> Iterator[FormField]:
    """The fields that need more than the node to be drawn."""
    match node:
        case ActionNode():
            category = facts.category if facts else node.use.partition(".")[0]
            yield _role_field(node.role, playbook, category)
            yield _use_field(node.use, category, catalogue)
            yield from schema_fields(facts.inputs if facts else {}, node.inputs, ("with",))
        case TriggerNode() if node.event == "schedule":
            yield from _schedule_fields(node.config)
        case TriggerNode() if node.event.partition(".")[0] in CATEGORIES:
            yield _role_field(node.role, playbook, node.event.partition(".")[0])
        case CallNode():
            value = FormField((), _("Value"), FieldKind.TEXT, required=True, takes_template=True)
            tip = _("What the sub-playbook is given.")
            inputs = FormField(("with",), _("Inputs"), FieldKind.MAP, help=tip, unit="input", parts=(value,))
            yield fitted(inputs, dict(node.inputs) or None)
        case _:
            pass


def _schedule_fields(config: Json) -> Iterator[FormField]:
    said: Mapping[str, Json] = config if isinstance(config, Mapping) else {}
    tip = _("In cron's words: minute, hour, day of the month, month, day of the week.")
    cron = FormField(("config", "cron"), _("Runs at"), FieldKind.CRON, required=True, help=tip, choices=USUAL)
    yield fitted(replace(cron, zone=str(said.get("zone") or UTC)), said.get("cron"))
    place = FormField(("config", "zone"), _("Time zone"), FieldKind.CHOICE, choices=zone_choices())
    yield replace(place, value=said.get("zone"), placeholder=UTC)


def _role_field(role: str | None, playbook: Playbook, category: str) -> FormField:
    fitting = [name for name, one in playbook.roles.items() if one.category == category]
    choices = [Choice(None, _("The only one that fits")), *(_role_choice(name, playbook) for name in fitting)]
    if role is not None and role not in fitting:
        choices.append(Choice(role, role))
    return FormField(("role",), _("Product"), FieldKind.CHOICE, value=role, choices=tuple(choices))


def _role_choice(name: str, playbook: Playbook) -> Choice:
    role = playbook.roles[name]
    return Choice(name, role.title or (category_title(name) if name == role.category else words(name)))


def _use_field(use: str, category: str, catalogue: Catalogue) -> FormField:
    """What products of a category have in common, and what one of them does besides."""
    found = {name: one.title for name, one in catalogue.vocabulary.items() if name.partition(".")[0] == category}
    for connector in catalogue.connectors.values():
        if connector.category == category:
            own = connector.own_actions()
            found |= {f"{connector.id}.{key}": f"{action.title} ({connector.title})" for key, action in own.items()}
    facts = catalogue.find_facts(use)
    found.setdefault(use, facts.title if facts else use)
    choices = tuple(Choice(name, title) for name, title in found.items())
    return FormField(("use",), _("Action"), FieldKind.CHOICE, required=True, value=use, choices=choices)


def _hidden(node: Node) -> Iterator[str]:
    """What would say nothing: a form that is not asked for, minutes of a step that does no work."""
    if isinstance(node, AskNode) and node.ask is not AskKind.FORM:
        yield "schema"
    if node.kind not in EVALUATING and node.minutes is None:
        yield "minutes"


def _is_shown(field: FormField, facts: ActionFacts | None, failure: Failure | None) -> bool:
    """Leave out what could have no effect: a look is never unsure, and a value to go on with needs that it goes on."""
    effect = facts.effect if facts else Effect.DESTRUCTIVE
    if field.place == ON_ERROR:
        return False
    if field.place == DEFAULT:
        return failure is not None and failure.fate is Fate.CONTINUE
    if field.place == ON_UNCERTAIN:
        return effect is not Effect.READ or field.value is not None
    return field.place != UNATTENDED or effect is Effect.DESTRUCTIVE or field.value is not None


def _drawn(field: FormField, facts: ActionFacts | None, failure: Failure | None) -> FormField:
    """Draw some of the document's own keys as what they are for."""
    if field.place == ON_UNCERTAIN:
        return replace(field, kind=FieldKind.SENTENCE)
    if field.place == MINUTES:
        return replace(field, least=0, is_late=True)  # letters of a number are no step of the history each
    if field.place == DEFAULT and failure is not None and facts is not None and facts.output.get("properties"):
        typed = field_of(facts.output, DEFAULT, required=False, takes_template=False)
        parts = tuple(replace(part, required=False) for part in typed.parts)
        plain = replace(typed, title=field.title, help=field.help, parts=parts)
        return fitted(plain, field.value)
    return field


def _subtitle(node: Node, facts: ActionFacts | None) -> str:
    if isinstance(node, ActionNode):
        said = effect_words(facts) if facts else node.use
        return beginning(said) if facts else said
    return KIND_TITLES[node.kind]


def _group(field: FormField) -> Group:
    if field.place[0] == "with":
        return Group.SETTINGS
    if field.place in {("title",), ID_PLACE}:
        return Group.NAME
    return words_of(tuple(str(part) for part in field.place)).group
