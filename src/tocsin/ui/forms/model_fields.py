"""Fields from a value of the model: a key that is added there shows in the form by itself."""

from __future__ import annotations

import types
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cache
from typing import Annotated, Any, Final, Literal, Union, cast, get_args, get_origin

from tocsin.base.json_types import Json
from tocsin.base.texts import _
from tocsin.model.values import DURATION, Notation, Value, Written
from tocsin.ui.forms.durations import duration_words
from tocsin.ui.forms.fields import Choice, FieldKind, FormField, Numeric
from tocsin.ui.forms.reading import fitted
from tocsin.ui.forms.words import CHOICE_TITLES, HIDDEN, LATE, MULTILINE, OFFERED, choice_title, unit_of, words_of


@dataclass(slots=True)
class _Shape:
    """What the walk through an annotation found. `items` and `named` are those of a list's and a map's values."""

    types: list[type] = field(default_factory=list)
    literals: list[Json] = field(default_factory=list)
    notation: Notation | None = None
    is_duration: bool = False
    is_open: bool = False
    items: _Shape | None = None
    named: _Shape | None = None

    @property
    def model(self) -> type[Value] | None:
        """The kind of value that the document has here as an object of its own."""
        return next((kind for kind in self.types if issubclass(kind, Value)), None)


@dataclass(frozen=True, slots=True)
class _At:
    """Where the walk is: the keys that lead there, and whose they are."""

    path: tuple[str, ...]
    owner: str

    def to(self, key: str) -> _At:
        """One key further."""
        return _At((*self.path, key), self.owner)


_CONDITIONS: Final = frozenset(
    {
        _At(("when",), "condition"),
        _At(("cases", "when"), "switch"),
        _At(("when",), "while"),
        _At(("until",), "while"),
        _At(("filter",), "trigger"),
    }
)
"""Expressions of which true or false comes: rows can say them."""
_OWN: Final[Mapping[_At, FieldKind]] = {
    _At(("values", "*"), "set"): FieldKind.CHAIN,
    _At(("schema",), "ask"): FieldKind.SCHEMA,
}
"""What has an editor of its own, whatever the annotation says."""


def fields_of(value: Value, *, also_hidden: Iterable[str] = ()) -> Iterator[FormField]:
    """Yield a field for every key of a value that a form shows, in the order of the model."""
    hidden = HIDDEN | frozenset(also_hidden)
    document = value.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    owner = str(getattr(value, "kind", "playbook"))
    yield from (one for one in _fields(type(value), document, _At((), owner)) if one.place[0] not in hidden)


def _fields(model: type[Value], document: Mapping[str, Json], at: _At) -> Iterator[FormField]:
    for key, nested, bare in _bare_fields(model, at):
        if nested is not None:
            yield from _nested_fields(nested, document.get(key), at.to(key))
        elif bare is not None:
            yield fitted(bare, document.get(key))


@cache
def _bare_fields(model: type[Value], at: _At) -> tuple[tuple[str, type[Value] | None, FormField | None], ...]:
    """Return each key with the model of the object there, or with its field; a form is made anew at every letter."""
    found: list[tuple[str, type[Value] | None, FormField | None]] = []
    for name, info in model.model_fields.items():
        key = info.alias or name
        shape = _explored(info.annotation, info.metadata)
        if shape.model is not None and (at.path or key not in HIDDEN):
            found.append((key, shape.model, None))
            continue
        default = None if info.is_required() else _plain(info.get_default(call_default_factory=True))
        found.append((key, None, _field(at.to(key), shape, default, required=info.is_required())))
    return tuple(found)


def _nested_fields(model: type[Value], said: Json, at: _At) -> Iterator[FormField]:
    if said is not None or not any(info.is_required() for info in model.model_fields.values()):
        yield from _fields(model, said if isinstance(said, Mapping) else {}, at)


def _field(at: _At, shape: _Shape, default: Json, *, required: bool) -> FormField:
    words, key = words_of(at.path, at.owner), ".".join(at.path)
    kind = FieldKind.CHOICE if key in OFFERED else _OWN.get(at) or _kind(at, shape)
    is_open = key in OFFERED or (bool(shape.literals) and int in shape.types)
    is_chosen = kind is FieldKind.CHOICE
    return FormField(
        place=at.path,
        title=words.title,
        kind=kind,
        required=required,
        help=words.help,
        choices=_choices(key, shape, default, required=required) if is_chosen else (),
        is_open=is_open,
        numeric=_numeric(shape),
        unit=unit_of(key, at.owner),
        takes_template=shape.notation is Notation.TEMPLATE,
        placeholder=_placeholder(kind, default),
        is_late=key in LATE,
        parts=tuple(_parts(at, shape)),
    )


def _parts(at: _At, shape: _Shape) -> Iterator[FormField]:
    """What one item of a list or one value of a map is made of; places count from there."""
    inner = shape.items or shape.named
    if inner is None:
        return
    if inner.model is not None:
        for part in _fields(inner.model, {}, at):
            yield replace(part, place=part.place[len(at.path) :])
    else:
        title = _("Value") if shape.named else _("Item")
        yield replace(_field(at.to("*"), inner, None, required=True), place=(), title=title)


def _kind(at: _At, shape: _Shape) -> FieldKind:
    if shape.items is not None or shape.named is not None:
        return _rows_kind(shape)
    if shape.literals or any(issubclass(kind, StrEnum) for kind in shape.types):
        return FieldKind.CHOICE
    if shape.notation is not None:
        return _cel_kind(at) if shape.notation is Notation.CEL else _text_kind(at.path[-1])
    if shape.is_open or not shape.types:
        return FieldKind.JSON
    if str not in shape.types:
        return FieldKind.FLAG if bool in shape.types else FieldKind.NUMBER
    return FieldKind.DURATION if shape.is_duration else _text_kind(at.path[-1])


def _cel_kind(at: _At) -> FieldKind:
    return FieldKind.CONDITION if at in _CONDITIONS else FieldKind.EXPRESSION


def _rows_kind(shape: _Shape) -> FieldKind:
    if shape.items is None:
        return FieldKind.MAP
    return FieldKind.TABLE if shape.items.model else FieldKind.LIST


def _text_kind(key: str) -> FieldKind:
    return FieldKind.MULTILINE if key in MULTILINE else FieldKind.TEXT


def _numeric(shape: _Shape) -> Numeric | None:
    if int in shape.types:
        return Numeric.INTEGER
    return Numeric.NUMBER if float in shape.types else None


def _choices(key: str, shape: _Shape, default: Json, *, required: bool) -> tuple[Choice, ...]:
    values: list[Json] = [*OFFERED.get(key, ()), *shape.literals]
    for kind in shape.types:
        if issubclass(kind, StrEnum):
            values.extend(str(member) for member in kind)
    choices = tuple(Choice(value, choice_title(key, value)) for value in values)
    if required:
        return choices
    said = CHOICE_TITLES.get((key, ""), _("As usual"))
    usual = next((choice.title for choice in choices if choice.value == default), said)
    return (Choice(None, usual), *(choice for choice in choices if choice.value != default))


def _placeholder(kind: FieldKind, default: Json) -> str:
    if kind is FieldKind.DURATION and isinstance(default, str):
        return duration_words(default)
    if isinstance(default, bool) or not isinstance(default, str | int | float) or kind is FieldKind.CHOICE:
        return ""
    return f"{default:g}" if isinstance(default, float) else str(default)


def _plain(default: object) -> Json:
    """A default as the document would say it."""
    return list(cast("Sequence[Json]", default)) if isinstance(default, tuple) else cast("Json", default)


def _explored(annotation: object, metadata: Iterable[Any] = ()) -> _Shape:
    shape = _Shape()
    _explore(annotation, shape)
    _mark(metadata, shape)
    return shape


def _explore(annotation: object, shape: _Shape) -> None:
    origin, inner = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        _explore(inner[0], shape)
        _mark(inner[1:], shape)
    elif origin is Literal:
        shape.literals.extend(inner)
    elif origin in {Union, types.UnionType}:
        for part in inner:
            _explore(part, shape)
    elif origin in {tuple, Mapping}:
        _explore_whole(origin, inner, shape)
    elif origin is not None or annotation is Any:
        shape.is_open = True
    elif isinstance(annotation, type) and annotation is not types.NoneType:
        shape.types.append(annotation)


def _explore_whole(origin: object, inner: tuple[object, ...], shape: _Shape) -> None:
    if origin is tuple:
        shape.items = _explored(inner[0])
    else:
        shape.named = _explored(inner[1])


def _mark(metadata: Iterable[Any], shape: _Shape) -> None:
    for mark in metadata:
        if isinstance(mark, Written):
            shape.notation = mark.notation
        elif getattr(mark, "pattern", None) == DURATION.pattern:
            shape.is_duration = True
