"""Fields from a value of the model: a key that is added there shows in the form by itself."""

from __future__ import annotations

import types
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Annotated, Any, Literal, Union, cast, get_args, get_origin

from tocsin.base.json_types import Json
from tocsin.model.values import DURATION, Notation, Value, Written
from tocsin.ui.forms.fields import Choice, FieldKind, FormField, Numeric
from tocsin.ui.forms.words import CHOICE_TITLES, HIDDEN, MULTILINE, words_of


@dataclass(slots=True)
class _Shape:
    """What the walk through an annotation found."""

    types: list[type] = field(default_factory=list)
    literals: list[Json] = field(default_factory=list)
    notation: Notation | None = None
    is_duration: bool = False
    is_optional: bool = False
    is_compound: bool = False


def fields_of(value: Value, place: tuple[str, ...] = (), *, also_hidden: Iterable[str] = ()) -> Iterator[FormField]:
    """Yield a field for every key of a value that a form shows, in the order of the model."""
    hidden = HIDDEN | frozenset(also_hidden) if not place else frozenset[str]()
    document = value.model_dump(mode="json", by_alias=True)
    for name, info in type(value).model_fields.items():
        key = info.alias or name
        if key in hidden:
            continue
        shape = _Shape()
        _explore(info.annotation, shape)
        _mark(info.metadata, shape)
        nested = next((kind for kind in shape.types if issubclass(kind, Value)), None)
        if nested is not None:
            yield from _nested_fields(nested, getattr(value, name), (*place, key))
            continue
        default = None if info.is_required() else _plain(info.get_default(call_default_factory=True))
        said = document[key]
        yield _field((*place, key), shape, said if said != default else None, default, required=info.is_required())


def _nested_fields(model: type[Value], value: Value | None, place: tuple[str, ...]) -> Iterator[FormField]:
    if value is not None or not any(info.is_required() for info in model.model_fields.values()):
        yield from fields_of(value or model(), place)


def _field(place: tuple[str, ...], shape: _Shape, value: Json, default: Json, *, required: bool) -> FormField:
    words = words_of(place)
    kind = _kind(place[-1], shape)
    return FormField(
        place=place,
        title=words.title,
        kind=kind,
        required=required,
        help=words.help,
        value=value,
        choices=_choices(place[-1], shape, default, required=required),
        is_open=bool(shape.literals) and int in shape.types,
        numeric=_numeric(shape),
        takes_template=shape.notation is Notation.TEMPLATE,
        placeholder=_placeholder(kind, default),
    )


def _kind(key: str, shape: _Shape) -> FieldKind:
    if shape.literals or any(issubclass(kind, StrEnum) for kind in shape.types):
        return FieldKind.CHOICE
    if shape.is_compound or not shape.types:
        return FieldKind.JSON
    if str not in shape.types:
        return FieldKind.FLAG if bool in shape.types else FieldKind.NUMBER
    return _text_kind(key, shape)


def _text_kind(key: str, shape: _Shape) -> FieldKind:
    if shape.is_duration:
        return FieldKind.DURATION
    if shape.notation is not None:
        return FieldKind.EXPRESSION if shape.notation is Notation.CEL else FieldKind.TEMPLATE
    return FieldKind.MULTILINE if key in MULTILINE else FieldKind.TEXT


def _numeric(shape: _Shape) -> Numeric | None:
    if int in shape.types:
        return Numeric.INTEGER
    return Numeric.NUMBER if float in shape.types else None


def _choices(key: str, shape: _Shape, default: Json, *, required: bool) -> tuple[Choice, ...]:
    values: list[Json] = [*shape.literals]
    for kind in shape.types:
        if issubclass(kind, StrEnum):
            values.extend(str(member) for member in kind)
    choices = [Choice(value, CHOICE_TITLES.get((key, str(value)), str(value))) for value in values]
    if values and not required:
        usual = next((choice.title for choice in choices if choice.value == default), "as usual")
        rest = [choice for choice in choices if choice.value != default]
        return (Choice(None, usual), *rest)
    return tuple(choices)


def _placeholder(kind: FieldKind, default: Json) -> str:
    if default is None or kind in {FieldKind.JSON, FieldKind.CHOICE, FieldKind.FLAG}:
        return ""
    return f"{default:g}" if isinstance(default, float) else str(default)


def _plain(default: object) -> Json:
    """A default as the document would say it."""
    return list(cast("Sequence[Json]", default)) if isinstance(default, tuple) else cast("Json", default)


def _explore(annotation: object, shape: _Shape) -> None:
    origin = get_origin(annotation)
    if annotation is types.NoneType:
        shape.is_optional = True
    elif origin is Annotated:
        inner, *metadata = get_args(annotation)
        _explore(inner, shape)
        _mark(metadata, shape)
    elif origin is Literal:
        shape.literals.extend(get_args(annotation))
    elif origin in {Union, types.UnionType}:
        for part in get_args(annotation):
            _explore(part, shape)
    elif origin is not None or annotation is Any:
        shape.is_compound = True
    elif isinstance(annotation, type):
        shape.types.append(annotation)


def _mark(metadata: Iterable[Any], shape: _Shape) -> None:
    for mark in metadata:
        if isinstance(mark, Written):
            shape.notation = mark.notation
        elif getattr(mark, "pattern", None) == DURATION.pattern:
            shape.is_duration = True
