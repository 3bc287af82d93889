"""Gives actions other keys: what is kept afterwards, and who has a key already. Without Qt."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

from tocsin.base.texts import _, quoted
from tocsin.ui.actions.shortcuts import CANVAS, TYPING, find_conflicts, keys_of, normal_key, own_keys
from tocsin.ui.actions.spec import ActionSpec
from tocsin.ui.actions.table import ACTIONS

Kept: TypeAlias = Mapping[str, str]
"""An action's id → its key as the settings keep it, "" for none; only what differs from the table."""

_SPECS: Mapping[str, ActionSpec] = {spec.id: spec for spec in ACTIONS}


@dataclass(frozen=True, slots=True)
class Taken:
    """A key that is somebody's already.

    Attributes:
        key: In portable text.
        why: Whose, in a sentence.
        actions: The ids of the actions that have it; () where it cannot be taken from who has it.
    """

    key: str
    why: str
    actions: tuple[str, ...] = ()


def keys_now(spec: ActionSpec, kept: Kept) -> tuple[str, ...]:
    """Return the keys that an action has."""
    return keys_of(spec, own_keys(kept))


def is_changed(spec: ActionSpec, kept: Kept) -> bool:
    """Tell whether a person gave an action other keys than the table does."""
    return spec.id in kept and keys_now(spec, kept) != spec.keys


def find_taken(action: str, key: str, kept: Kept) -> Taken | None:
    """Return who else would answer to a key if an action had it, or None when it is free."""
    wished = {**own_keys(kept), action: (key,)}
    conflicts = (one for one in find_conflicts(wished) if action in one.owners)
    conflict = next((one for one in conflicts if normal_key(one.key) == normal_key(key)), None)
    if conflict is None:
        return None
    if CANVAS in conflict.owners:
        return Taken(key, _("The canvas needs this key."))
    if TYPING in conflict.owners:
        return Taken(key, _("A letter alone is for typing. Hold Ctrl or Alt with it."))
    others = tuple(name for name in conflict.owners if name != action)
    titles = quoted(*(_SPECS[name].title.rstrip("…") for name in others), between=_(" and "))
    return Taken(key, _("This is the key of {titles}.").format(titles=titles), others)


def with_key(action: str, key: str, kept: Kept) -> dict[str, str]:
    """Return what is kept once an action has a key and nobody else has it; "" takes its keys away."""
    made = dict(kept)
    taken = find_taken(action, key, kept) if key else None
    for other in taken.actions if taken is not None else ():
        made[other] = ""
    made[action] = key
    return {
        name: one for name, one in made.items() if name not in _SPECS or _SPECS[name].keys != ((one,) if one else ())
    }


def without(action: str, kept: Kept) -> dict[str, str]:
    """Return what is kept once an action has the keys of the table again."""
    return {name: key for name, key in kept.items() if name != action}
