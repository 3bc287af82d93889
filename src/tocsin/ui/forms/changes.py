"""A changed field → the edit that does it."""

from __future__ import annotations

from collections.abc import Sequence

from tocsin.base.json_types import Json
from tocsin.base.texts import _
from tocsin.edits import MISSING, Batch, Edit, Missing, RenameNode, SetField, SetHead
from tocsin.model.values import Place
from tocsin.ui.forms.fields import FormField

ID_PLACE = ("id",)


def edit_of(owners: Sequence[str], field: FormField, value: Json) -> Edit:
    """Return the edit that gives a field a value. None takes the key away: what is usual holds again.

    Args:
        owners: The ids of the nodes, or ("",) for the playbook's head.
        field: Which field, with the value that it held.
        value: Its new value.
    """
    if field.place == ID_PLACE:
        return RenameNode(owners[0], str(value))
    if len(owners) > 1:
        edits = tuple(_set(owner, field.place, MISSING if value is None else value) for owner in owners)
        return Batch(edits, _("Change {place} of {count} steps").format(place=field.place[0], count=len(owners)))
    place, said = narrowed(field.place, field.value, value)
    return _set(owners[0], place, said)


def narrowed(place: Place, old: Json, new: Json) -> tuple[Place, Json | Missing]:
    """Return the one place inside a value where old and new differ, and what stands there now.

    So a text that is typed in a row changes that text alone, and the history can join its letters to one step.
    """
    if new is None:
        return place, MISSING
    if isinstance(old, dict) and isinstance(new, dict) and list(old) == list(new):
        keys: list[str | int] = [key for key in old if old[key] != new[key]]
        parts = [(old[key], new[key]) for key in old if old[key] != new[key]]
    elif isinstance(old, list) and isinstance(new, list) and len(old) == len(new):
        keys = [index for index, part in enumerate(old) if part != new[index]]
        parts = [(old[index], new[index]) for index in range(len(old)) if old[index] != new[index]]
    else:
        return place, new
    if len(keys) != 1 or parts[0][1] is None:
        return place, new
    return narrowed((*place, keys[0]), *parts[0])


def _set(owner: str, place: Place, value: Json | Missing) -> Edit:
    return SetField(owner, place, value) if owner else SetHead(place, value)
