"""Tells at once of most data that it fits its JSON Schema; what it cannot tell is left to the library.

A whole check costs some ten microseconds even for small data, and there are several in every step of a run.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final, TypeAlias, cast

from tocsin.base.json_types import Json

Accept: TypeAlias = Callable[[Json], bool]
"""True: it fits. False: it may not."""

_TYPES: Final[Mapping[str, tuple[type, ...]]] = {
    "object": (dict,),
    "array": (list,),
    "string": (str,),
    "integer": (int,),
    "number": (int, float),
    "boolean": (bool,),
    "null": (type(None),),
}
_SAYS_NOTHING: Final = frozenset({"title", "description", "default", "examples", "$comment", "deprecated"})
_KNOWN: Final = frozenset({"type", "properties", "required", "additionalProperties", "items", "enum"})


def compile_accept(schema: object) -> Accept:
    """Return what tells of data whether it surely fits this schema."""
    if schema is True:
        return _always
    if not isinstance(schema, Mapping):
        return _never
    rules = {key: rule for key, rule in cast("Mapping[str, Any]", schema).items() if key not in _SAYS_NOTHING}
    if not rules:
        return _always
    kind = rules.get("type")
    if not isinstance(kind, str) or kind not in _TYPES or not rules.keys() <= _KNOWN:
        return _never
    if "enum" in rules:
        return _choice(rules["enum"]) if kind == "string" else _never  # 1, 1.0 and True are equal here, not in JSON
    return _BY_TYPE.get(kind, _scalar)(rules)


def _always(_value: Json) -> bool:
    return True


def _never(_value: Json) -> bool:
    return False


def _object(rules: Mapping[str, Any]) -> Accept:
    required: Sequence[str] = rules.get("required", ())
    parts = {name: compile_accept(part) for name, part in rules.get("properties", {}).items()}
    other = compile_accept(rules.get("additionalProperties", True))
    if not parts and not required and other is _always:
        return lambda value: type(value) is dict

    def accept(value: Json) -> bool:
        if type(value) is not dict:
            return False
        data = cast("dict[str, Json]", value)
        return all(name in data for name in required) and all(
            parts.get(name, other)(part) for name, part in data.items()
        )

    return accept


def _array(rules: Mapping[str, Any]) -> Accept:
    each = compile_accept(rules.get("items", True))
    return lambda value: type(value) is list and all(map(each, cast("list[Json]", value)))


def _scalar(rules: Mapping[str, Any]) -> Accept:
    kinds = _TYPES[rules["type"]]
    return lambda value: type(value) in kinds


def _choice(choices: Sequence[object]) -> Accept:
    return lambda value: type(value) is str and value in choices


_BY_TYPE: Final[Mapping[str, Callable[[Mapping[str, Any]], Accept]]] = {"object": _object, "array": _array}
