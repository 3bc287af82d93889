"""A person's own keys over those of the table, and which of them get in each other's way. Without Qt."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from tocsin.ui.actions.canvas_keys import CANVAS_KEYS
from tocsin.ui.actions.spec import ActionSpec, Scope
from tocsin.ui.actions.table import ACTIONS

OwnKeys = Mapping[str, tuple[str, ...]]
"""An action's id → its keys in portable text (“Ctrl+Shift+Z”), which replace those of the table; () takes them away."""

CANVAS: Final = "canvas"
TYPING: Final = "typing"
_MODIFIERS: Final = ("ctrl", "alt", "shift", "meta")
_OTHER_NAMES: Final = {"escape": "esc", "delete": "del", "enter": "return"}


@dataclass(frozen=True, slots=True)
class KeyConflict:
    """A key that means more than one thing at once.

    Attributes:
        key: As the first of them writes it.
        owners: The ids of the actions, in the order of the table; before them `CANVAS` where a gesture of the canvas
            has it, `TYPING` where it is a letter and the action would take it from every field of the window.
    """

    key: str
    owners: tuple[str, ...]


def own_keys(kept: Mapping[str, str]) -> OwnKeys:
    """Return a person's keys as the settings keep them: one for each action, "" for none."""
    return {name: (keys,) if keys else () for name, keys in kept.items()}


def keys_of(spec: ActionSpec, own: OwnKeys) -> tuple[str, ...]:
    """Return the keys of an action: the person's own, else those of its row."""
    return own.get(spec.id, spec.keys)


def normal_key(key: str) -> str:
    """Return one spelling for all spellings of a key: “shift+ctrl+z” and “Ctrl+Shift+Z” are the same."""
    *modifiers, last = _split(key.strip().casefold())
    known = [name for name in _MODIFIERS if name in modifiers]
    return "+".join([*known, _OTHER_NAMES.get(last, last)])


def find_conflicts(own: OwnKeys, specs: Iterable[ActionSpec] = ACTIONS) -> tuple[KeyConflict, ...]:
    """Return the keys that more than one thing would answer to.

    A key of the window works on the canvas too, so the two scopes share their keys with each other and with the
    canvas's gestures.
    """
    spelt: dict[str, str] = {}
    owners: dict[str, list[str]] = {}
    for gesture in CANVAS_KEYS:
        for key in gesture.keys:
            spelt.setdefault(normal_key(key), key)
            owners.setdefault(normal_key(key), [CANVAS])
    for spec in specs:
        for key in keys_of(spec, own):
            name = normal_key(key)
            spelt.setdefault(name, key)
            takes_a_letter = spec.scope is Scope.WINDOW and len(name) == 1
            owners.setdefault(name, [TYPING] if takes_a_letter else []).append(spec.id)
    return tuple(KeyConflict(spelt[key], tuple(names)) for key, names in owners.items() if len(names) > 1)


def _split(key: str) -> list[str]:
    """“ctrl++” is Ctrl and the key plus."""
    if key == "+":
        return ["+"]
    if key.endswith("++"):
        return [*key[:-2].split("+"), "+"]
    return key.split("+")
