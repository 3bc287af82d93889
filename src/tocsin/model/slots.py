"""Where expressions and templates stand in a node or a playbook: one walk for checks, edits, compiler and writer."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeVar, cast

from pydantic import BaseModel

from tocsin.model.playbook import Graph
from tocsin.model.values import Notation, Place, Value, Written

V = TypeVar("V", bound=Value)


@dataclass(frozen=True, slots=True)
class Slot:
    """One text that is read as an expression or a template.

    Attributes:
        place: Keys from the owner to the text, as the file spells them: ("with", "ip"), ("cases", 0, "when").
        notation: How it is read.
        text: The text.
    """

    place: Place
    notation: Notation
    text: str

    @property
    def field(self) -> str:
        """The place as problems name it: `with.ip`, `cases.0.when`."""
        return ".".join(str(part) for part in self.place)


def slots_of(owner: Value) -> Iterator[Slot]:
    """Yield every slot of a node, or of a playbook's head. Bodies and graphs are not entered."""
    for name, key, notation in _fields(type(owner)):
        value = getattr(owner, name)
        if value is not None:
            yield from _slots_in(value, (key,), notation)


def replace_slots(owner: V, change: Callable[[Slot], str]) -> V:
    """Return the node or playbook head with every slot's text replaced by what `change` gives; itself when equal."""
    updates: dict[str, Any] = {}
    for name, key, notation in _fields(type(owner)):
        value = getattr(owner, name)
        if value is None:
            continue
        new = _replaced(value, (key,), notation, change)
        if new is not value:
            updates[name] = new
    return owner.model_copy(update=updates) if updates else owner


@cache
def _fields(model: type[BaseModel]) -> tuple[tuple[str, str, Notation | None], ...]:
    """Name, key in the file, and notation of the fields that are or may hold slots."""
    found: list[tuple[str, str, Notation | None]] = []
    for name, info in model.model_fields.items():
        notation = _notation(info.metadata, info.annotation)
        if notation is not None or _may_hold(info.annotation):
            found.append((name, info.alias or name, notation))
    return tuple(found)


def _notation(metadata: Sequence[Any], annotation: object) -> Notation | None:
    for mark in metadata:
        if isinstance(mark, Written):
            return mark.notation
    for part in getattr(annotation, "__args__", ()):
        found = _notation(getattr(part, "__metadata__", ()), part)
        if found is not None:
            return found
    return None


def _may_hold(annotation: object) -> bool:
    if isinstance(annotation, type):
        return issubclass(annotation, Value) and not issubclass(annotation, Graph) and bool(_fields(annotation))
    return any(_may_hold(part) for part in getattr(annotation, "__args__", ()))


def _slots_in(value: object, place: Place, notation: Notation | None) -> Iterator[Slot]:
    if isinstance(value, Value):
        for slot in slots_of(value):
            yield Slot((*place, *slot.place), slot.notation, slot.text)
    elif not isinstance(value, str):
        for key, part in _parts(value):
            yield from _slots_in(part, (*place, key), notation)
    elif notation is not None:
        yield Slot(place, notation, value)


def _parts(value: object) -> Iterable[tuple[str | int, object]]:
    if isinstance(value, Mapping):
        return cast("Mapping[str, object]", value).items()
    return enumerate(cast("Sequence[object]", value)) if isinstance(value, Sequence) else ()


def _replaced(value: object, place: Place, notation: Notation | None, change: Callable[[Slot], str]) -> object:
    if isinstance(value, str):
        return value if notation is None else change(Slot(place, notation, value))
    if isinstance(value, Value):
        return replace_slots(value, lambda slot: change(Slot((*place, *slot.place), slot.notation, slot.text)))
    new = {key: _replaced(part, (*place, key), notation, change) for key, part in _parts(value)}
    if all(new[key] is part or new[key] == part for key, part in _parts(value)):
        return value
    if isinstance(value, Mapping):
        return new
    return tuple(new.values()) if isinstance(value, tuple) else list(new.values())
