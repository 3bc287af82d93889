"""Turns data into values and says in plain words where it does not fit: the one place that reads pydantic's errors."""

from __future__ import annotations

import json
import types
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, Any, Final, TypeVar, Union, cast, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from tocsin.base.errors import did_you_mean
from tocsin.base.json_types import Json
from tocsin.base.texts import _, going_on, quoted
from tocsin.model.values import DURATION, Place

V = TypeVar("V", bound=BaseModel)
_MOST: Final = 100
_encode: Final = json.JSONEncoder(allow_nan=False).encode


class FaultKind(StrEnum):
    """What is wrong with a key or its value."""

    MISSING = "missing"
    UNKNOWN = "unknown"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Fault:
    """One way in which data is not the value it should be.

    Attributes:
        place: Keys and indexes from the data's root, as the file spells them; a missing key is the last of them.
        kind: What is wrong there.
        message: One sentence.
        hint: What to do, or "".
    """

    place: Place
    kind: FaultKind
    message: str
    hint: str = ""


def parse_value(model: type[V], data: Json) -> tuple[V | None, tuple[Fault, ...]]:
    """Return (value, ()) or (None, every fault at once, in the order of the model's fields; at most 100).

    Keys count as files spell them (`with`, not `inputs`).
    """
    try:
        return model.model_validate_json(_encode(data), by_alias=True, by_name=False), ()
    except ValidationError as error:
        return None, tuple(_faults(model, data, error.errors(include_url=False)[:_MOST]))
    except (ValueError, RecursionError):
        return None, (Fault((), FaultKind.WRONG, _("This holds a number that a file cannot keep.")),)


def file_keys(model: type[BaseModel]) -> tuple[str, ...]:
    """Return the keys of a value as files spell them."""
    return tuple(info.alias or name for name, info in model.model_fields.items())


def _faults(model: type[BaseModel], data: Json, errors: Sequence[ErrorDetails]) -> Iterable[Fault]:
    """One fault a place: the arms of a union complain each on its own, so their sentences are joined."""
    by_place: dict[Place, list[ErrorDetails]] = {}
    for error in errors:
        by_place.setdefault(_place_in(data, error), []).append(error)
    return (_fault(model, place, found) for place, found in by_place.items())


def _place_in(data: Json, error: ErrorDetails) -> Place:
    """Follow pydantic's location through the data; what is not in the data is the name of a union's arm."""
    place: list[str | int] = []
    at: object = data
    for part in error["loc"]:
        if isinstance(at, Mapping) and part in at:
            at = cast("Mapping[str | int, object]", at)[part]
        elif isinstance(part, int) and isinstance(at, Sequence) and not isinstance(at, str):
            items = cast("Sequence[object]", at)
            if part >= len(items):
                continue
            at = items[part]
        else:
            continue
        place.append(part)
    if error["type"] == "missing":
        place.append(error["loc"][-1])
    return tuple(place)


def _fault(model: type[BaseModel], place: Place, errors: Sequence[ErrorDetails]) -> Fault:
    error, name = errors[0], _name_of(place)
    if error["type"] == "missing":
        return Fault(place, FaultKind.MISSING, _("{name} is missing.").format(name=name))
    if error["type"] == "extra_forbidden":
        message, hint = (
            _("Key {name} is not known here.").format(name=name),
            did_you_mean(str(place[-1]), keys_at(model, place[:-1])),
        )
        return Fault(place, FaultKind.UNKNOWN, message, hint or _("What other tools wrote goes under “x”."))
    predicates = dict.fromkeys(_predicate(error) for error in errors)
    return Fault(place, FaultKind.WRONG, f"{name} {', or '.join(predicates)}.", _suggestion(error))


def _name_of(place: Place) -> str:
    last = place[-1] if place else ""
    if isinstance(last, int):
        return _("Item {last}").format(last=last + 1)
    return quoted(last) if last else _("This")


def _suggestion(error: ErrorDetails) -> str:
    if error["type"] not in {"literal_error", "enum", "union_tag_invalid"}:
        return ""
    ctx = error.get("ctx", {})
    expected = str(ctx.get("expected", ctx.get("expected_tags", "")))
    given = error["input"] if error["type"] != "union_tag_invalid" else ctx.get("tag")
    return did_you_mean(str(given), expected.replace("'", "").replace(" or ", ", ").split(", "))


_WORDS: Final[Mapping[str, str]] = {
    "string_type": _("must be text; put it in quotes"),
    "int_type": _("must be a whole number"),
    "int_from_float": _("must be a whole number"),
    "float_type": _("must be a number"),
    "bool_type": _("must be true or false"),
    "dict_type": _("must be a list of keys with values"),
    "model_type": _("must be a list of keys with values"),
    "mapping_type": _("must be a list of keys with values"),
    "list_type": _("must be a list"),
    "tuple_type": _("must be a list"),
    "too_short": _("has too few parts"),
    "too_long": _("has too many parts"),
    "missing": _("is incomplete"),
    "union_tag_not_found": _("must say its kind"),
}
_SENTENCES: Final[Mapping[str, Callable[[dict[str, Any]], str]]] = {
    "literal_error": lambda ctx: _("must be {unquoted}").format(unquoted=_unquoted(ctx["expected"])),
    "enum": lambda ctx: _("must be {unquoted}").format(unquoted=_unquoted(ctx["expected"])),
    "union_tag_invalid": lambda ctx: _("must say its kind: {unquoted}").format(
        unquoted=_unquoted(ctx["expected_tags"])
    ),
    "greater_than_equal": lambda ctx: _("must be at least {ge}").format(ge=ctx["ge"]),
    "less_than_equal": lambda ctx: _("must be at most {le}").format(le=ctx["le"]),
    "string_pattern_mismatch": lambda ctx: _PATTERNS.get(ctx["pattern"], f"must be written as {ctx['pattern']}"),
    "value_error": lambda ctx: _("cannot be so: {error}").format(error=ctx["error"]),
}
_PATTERNS: Final[Mapping[str, str]] = {
    DURATION.pattern: "must be a time span such as 30s, 5m, 4h or 1d",
    r"^[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*$": "must be written as CATEGORY.ACTION",
    r"^[a-z][a-z0-9_-]{0,63}$": "must begin with a small letter and hold only a to z, 0 to 9, _ and -",
    r"^[a-z][a-z0-9_-]{0,47}$": "must begin with a small letter and hold only a to z, 0 to 9, _ and -",
    r"^[a-z][a-z0-9_]{0,47}$": "must begin with a small letter and hold only a to z, 0 to 9 and _",
    r"^[a-z][a-z0-9_]{0,31}$": "must begin with a small letter and hold only a to z, 0 to 9 and _",
    r"^[a-z][a-z0-9_]*$": "must begin with a small letter and hold only a to z, 0 to 9 and _",
    r"^[0-9]{1,3}%$": "must be a share such as 10%",
    r"^[0-9]+/(s|m|h|d)$": "must be a rate such as 10/s",
}


def _predicate(error: ErrorDetails) -> str:
    sentence = _SENTENCES.get(error["type"])
    if sentence is not None:
        return sentence(error.get("ctx", {}))
    return _WORDS.get(error["type"], _("cannot be so: {error}").format(error=going_on(error["msg"])))


def _unquoted(expected: object) -> str:
    return str(expected).replace("'", "")


def keys_at(model: type[BaseModel], place: Place) -> tuple[str, ...]:
    """Return the keys, as files spell them, that may stand at a place inside a value; () where any may."""
    kinds: list[object] = [model]
    for part in place:
        kinds = [inner for kind in kinds for inner in _inside(kind, part)]
    models = [
        kind for outer in kinds for kind in _arms(outer) if isinstance(kind, type) and issubclass(kind, BaseModel)
    ]
    return tuple(dict.fromkeys(key for kind in models for key in file_keys(kind)))


def _inside(kind: object, part: str | int) -> Iterable[object]:
    for arm in _arms(kind):
        if isinstance(arm, type) and issubclass(arm, BaseModel):
            yield from (info.annotation for name, info in arm.model_fields.items() if part in {info.alias or name})
        elif get_args(arm):
            yield get_args(arm)[0 if isinstance(part, int) else -1]


def _arms(kind: object) -> Iterable[object]:
    """The types an annotation may mean: unions taken apart, marks taken off."""
    if get_origin(kind) is Annotated:
        yield from _arms(get_args(kind)[0])
    elif get_origin(kind) in {Union, types.UnionType}:
        for arm in get_args(kind):
            yield from _arms(arm)
    else:
        yield kind
