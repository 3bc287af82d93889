"""The two doors of CEL: how data enters it, and how a result leaves it (engine.md 1.25, 1.26)."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Final, TypeAlias, TypeGuard, cast

from tocsin.base.json_types import Json
from tocsin.base.texts import _, beginning
from tocsin.expressions.errors import EvaluationError
from tocsin.model.failures import FailureCode

MAX_DEPTH: Final = 64
_INT64: Final = range(-(2**63), 2**63)

Path: TypeAlias = tuple[str | int, ...]
"""Fields and indexes that lead from a value to a part of it."""

Reads: TypeAlias = "Mapping[str, Reads] | None"
"""Which fields of a value are read, each with what is read of it; None means the whole value."""


class _Missing:
    """The sign that there is no value; null is one."""


MISSING: Final = _Missing()


def follow(value: object, path: Path) -> object:
    """Return what lies at a path of a value, or MISSING."""
    for part in path:
        if type(value) is dict or isinstance(value, Mapping):  # most are plain: asking for the protocol costs more
            value = cast("Mapping[str | int, object]", value).get(part, MISSING)
        elif is_list(value) and isinstance(part, int) and 0 <= part < len(value):
            value = value[part]
        else:
            return MISSING
    return value


def is_list(value: object) -> TypeGuard[Sequence[object]]:
    """Tell whether a value is a list for CEL."""
    return isinstance(value, Sequence) and not isinstance(value, str | bytes)


def to_value(raw: object, *, depth: int = 0) -> Json:
    """Return a result of CEL as data that JSON can hold: the one way out.

    Times become RFC 3339 text in UTC (to the millisecond, or the microsecond where there are any), durations seconds
    as a double, maps get sorted keys.

    Raises:
        EvaluationError: Numbers that are not finite or beyond 64 bits, bytes, types, optionals, keys that are no
            text, more than 64 levels.
    """
    if raw is None or isinstance(raw, str | bool):
        return raw
    if isinstance(raw, int | float):
        return _checked_number(raw)
    if isinstance(raw, datetime):
        return time_text(raw)
    if isinstance(raw, timedelta):
        return raw.total_seconds()
    if depth >= MAX_DEPTH:
        raise _too_deep()
    if isinstance(raw, list):
        return [to_value(part, depth=depth + 1) for part in cast("list[object]", raw)]
    if isinstance(raw, dict):
        return _sorted_map(cast("dict[object, object]", raw), depth)
    raise EvaluationError(
        _("The result holds {name_of_type}, which cannot be kept as data.").format(name_of_type=name_of_type(raw))
    )


def _sorted_map(raw: dict[object, object], depth: int) -> Json:
    if not all(isinstance(key, str) for key in raw):
        raise EvaluationError(_("The result holds a map whose keys are not texts."), hint=_("Use string(key)."))
    return {str(key): to_value(raw[key], depth=depth + 1) for key in sorted(raw, key=str)}


def from_value(value: object, reads: Reads = None, *, depth: int = 0) -> object:
    """Return data as CEL's library takes it, without the fields that are not read.

    Raises:
        EvaluationError: A whole number beyond 64 bits, a number that is not finite, text that is not Unicode, more
            than 64 levels.
    """
    if isinstance(value, str):
        return _checked_text(value)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _checked_number(value)
    if depth >= MAX_DEPTH:
        raise _too_deep()
    if isinstance(value, Mapping):
        fields = cast("Mapping[str, object]", value)
        if reads is None:
            return {_checked_text(key): from_value(part, depth=depth + 1) for key, part in fields.items()}
        return {key: from_value(fields[key], reads[key], depth=depth + 1) for key in reads if key in fields}
    if is_list(value):
        return [from_value(part, depth=depth + 1) for part in value] if reads is None else []
    return value


def text_of(value: Json) -> str:
    """Return a value as it stands inside other text, a double as CEL's string() writes it.

    Raises:
        EvaluationError: Null, a list or a map.
    """
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float):
        digits = f"{Decimal(repr(value)):f}"
        return digits.removesuffix(".0")
    raise EvaluationError(
        _("{capitalize} cannot stand inside text.").format(capitalize=beginning(name_of_type(value))),
        hint=_("Choose one field of it, use to_json(value), or let the field be exactly one {{ … }}."),
    )


def time_text(moment: datetime) -> str:
    """Return a time as RFC 3339 text in UTC; without a zone it counts as UTC, as CEL has no other."""
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    precision = "microseconds" if moment.microsecond % 1000 else "milliseconds"
    return aware.astimezone(UTC).replace(tzinfo=None).isoformat(timespec=precision) + "Z"


_TYPE_NAMES: Final[Mapping[type, str]] = {
    bool: _("true or false"),
    int: _("a whole number"),
    float: _("a decimal number"),
    str: _("a text"),
    list: _("a list"),
    dict: _("a map"),
    datetime: _("a time"),
    timedelta: _("a duration"),
    bytes: "bytes",
    type(None): "null",
}


def name_of_type(raw: object) -> str:
    """Return what a value is, in words: “a whole number”."""
    return _TYPE_NAMES.get(type(raw)) or next(
        (name for kind, name in _TYPE_NAMES.items() if isinstance(raw, kind)), _("something else")
    )


def _checked_number(number: float) -> int | float:
    if isinstance(number, int):
        if number not in _INT64:
            raise EvaluationError(
                _("There is a whole number beyond 64 bits."), hint=_("Numbers that large, such as ids, must be texts.")
            )
    elif not math.isfinite(number):
        raise EvaluationError(_("There is a number that is not finite."), hint=_("Was something divided by 0.0?"))
    return number


def _checked_text(text: str) -> str:
    if not text.isascii() and any("\ud800" <= char <= "\udfff" for char in text):
        raise EvaluationError(_("There is a text that is not valid Unicode."))
    return text


def _too_deep() -> EvaluationError:
    return EvaluationError(
        _("There is a value with more than {max_depth} levels.").format(max_depth=MAX_DEPTH), kind=FailureCode.LIMIT
    )
