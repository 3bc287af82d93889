"""A changed field → the edit that does it."""

from __future__ import annotations

from tocsin.base.json_types import Json
from tocsin.edits import MISSING, Edit, RenameNode, SetField, SetHead
from tocsin.ui.forms.factory import ID_PLACE
from tocsin.ui.forms.fields import FormField


def edit_of(owner: str, field: FormField, value: Json) -> Edit:
    """Return the edit that gives a field a value. None takes the key away: what is usual holds again.

    Args:
        owner: The node's id, or "" for the playbook's head.
        field: Which field.
        value: Its new value.
    """
    if field.place == ID_PLACE:
        return RenameNode(owner, str(value))
    said = MISSING if value is None else value
    return SetField(owner, field.place, said) if owner else SetHead(field.place, said)
