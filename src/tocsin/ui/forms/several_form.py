"""Several nodes → one form of what they share."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from tocsin.base.texts import _
from tocsin.model.catalogue import Catalogue
from tocsin.model.playbook import Node, Playbook
from tocsin.ui.forms.changes import ID_PLACE
from tocsin.ui.forms.factory import KIND_TITLES, NOTE, node_form, sections_of
from tocsin.ui.forms.failure import DEFAULT, ON_ERROR
from tocsin.ui.forms.fields import CHOSEN, FieldKind, Form, FormField
from tocsin.ui.forms.model_fields import fields_of
from tocsin.ui.forms.reading import fitted

MOST: Final = 200
"""More nodes than this are only counted: reading what they share would be felt at every key."""
ITS_OWN: Final = frozenset({ID_PLACE, ("title",), DEFAULT, NOTE})
"""What each node has for itself."""
DIFFERENT: Final = _("Different values")


def several_form(nodes: Mapping[str, Node], playbook: Playbook, catalogue: Catalogue) -> Form:
    """Return the form of several nodes: the fields that all of them have, and the values that all of them agree on."""
    fields: list[FormField] = []
    if len(nodes) <= MOST:
        fields = _shared([_fields(name, node, playbook, catalogue) for name, node in nodes.items()])
    kinds = {KIND_TITLES[node.kind] for node in nodes.values()}
    subtitle = _("{pop}, selected together").format(pop=kinds.pop()) if len(kinds) == 1 else _("Selected together")
    return Form(tuple(nodes), _("{count} steps").format(count=len(nodes)), subtitle, sections_of(fields))


def _fields(name: str, node: Node, playbook: Playbook, catalogue: Catalogue) -> dict[str, FormField]:
    form = node_form(name, node, playbook, catalogue)
    shown = [field for section in form.sections for field in section.fields if field.place not in ITS_OWN]
    goes_on = [field for field in fields_of(node) if field.place == ON_ERROR]
    return {field.name: field for field in (*goes_on, *shown)}


def _shared(forms: Sequence[Mapping[str, FormField]]) -> list[FormField]:
    first, *others = forms
    found: list[FormField] = []
    for name, field in first.items():
        same = [other[name] for other in others if name in other and _is_alike(other[name], field)]
        if len(same) == len(others):
            found.append(_agreed(field, all(one.value == field.value for one in same)))
    return found


def _is_alike(one: FormField, other: FormField) -> bool:
    return (one.kind, one.title, one.choices, one.parts) == (other.kind, other.title, other.choices, other.parts)


def _agreed(field: FormField, is_agreed: bool) -> FormField:
    """A text is taken when it is left: for several nodes the history could not join its letters to one step."""
    late = replace(field, is_late=field.kind not in CHOSEN and field.kind is not FieldKind.FLAG)
    if is_agreed:
        return late
    choices = tuple(choice for choice in field.choices if choice.value is not None)  # none of them holds for all
    return fitted(replace(late, placeholder=DIFFERENT, choices=choices), None)
