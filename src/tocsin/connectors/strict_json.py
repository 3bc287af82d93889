"""Reads JSON from a stranger: what two readers could understand in two ways is refused (engine.md 1.26)."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any, Final, NoReturn

from tocsin.base.json_types import Json
from tocsin.base.texts import _

MAX_DEPTH: Final = 64
_INT_LIMIT: Final = 2**63
_INT_DIGITS: Final = 19


class UnreadableError(ValueError):
    """The bytes are no JSON that Tocsin accepts; the text says why, as the end of a sentence."""


def read_json(data: bytes) -> Json:
    """Return the value of UTF-8 JSON.

    Raises:
        UnreadableError: Not UTF-8, not JSON, a key twice in one object, more than 64 levels, an integer outside
            64 bits, or a number that is not finite.
    """
    try:
        value = json.loads(
            data.decode("utf-8"),
            object_pairs_hook=_object,
            parse_int=_integer,
            parse_float=_number,
            parse_constant=_constant,
        )
    except UnreadableError:
        raise
    except (ValueError, RecursionError) as error:  # RecursionError: thousands of levels
        raise UnreadableError(_("it is not JSON")) from error
    _ensure_shallow(value)
    return value


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    value = dict(pairs)
    if len(value) != len(pairs):
        raise UnreadableError(_("an object has one key twice"))
    return value


def _integer(text: str) -> int:
    if len(text) > _INT_DIGITS + 1 or not -_INT_LIMIT <= int(text) < _INT_LIMIT:
        raise UnreadableError(_("an integer does not fit 64 bits"))
    return int(text)


def _number(text: str) -> float:
    value = float(text)
    if value in {float("inf"), float("-inf")}:
        raise UnreadableError(_("a number is too large"))
    return value


def _constant(text: str) -> NoReturn:
    raise UnreadableError(_("“{text}” is no JSON number").format(text=text))


def _ensure_shallow(value: Json) -> None:
    level: list[Json] = [value]
    for _unused in range(MAX_DEPTH):
        level = [part for parent in level for part in _parts(parent) if isinstance(part, dict | list)]
        if not level:
            return
    raise UnreadableError(_("it has more than {max_depth} levels").format(max_depth=MAX_DEPTH))


def _parts(value: Json) -> Iterable[Json]:
    if isinstance(value, dict):
        return value.values()
    return value if isinstance(value, list) else ()
