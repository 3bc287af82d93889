"""Tells at once of most data that it fits its JSON Schema; what it cannot tell is left to the library.

A whole check costs some ten microseconds even for small data, and there are several in every step of a run.
"""

from __future__ import annotations

import re
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
_SAYS_NOTHING: Final = frozenset({"title", "description", "default", "examples", "$comment", "deprecated", "help"})
_KNOWN: Final = frozenset(
    {"type", "properties", "required", "additionalProperties", "items", "enum"}
    | {"minimum", "maximum", "minLength", "maxLength", "pattern"}
)


def compile_accept(schema: object) -> Accept:
    """Return what tells of data whether it surely fits this schema."""
    if schema is True:
        return _always
    if not isinstance(schema, Mapping):
        return _never
    rules = {key: rule for key, rule in cast("Mapping[str, Any]", schema).items() if key not in _SAYS_NOTHING}
    if rules.get("format") == "ip":  # our own, which the library does not check either: `connectors.inputs` does
        del rules["format"]
    if not rules:
        return _always
    kind = rules.get("type")
    if not isinstance(kind, str) or kind not in _TYPES or not rules.keys() <= _KNOWN:
        return _never
    if "enum" in rules and kind != "string":
        return _never  # 1, 1.0 and True are equal here, not in JSON
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


def _number(rules: Mapping[str, Any]) -> Accept:
    kinds, least, most = _TYPES[rules["type"]], rules.get("minimum"), rules.get("maximum")

    def accept(value: Json) -> bool:
        if type(value) not in kinds:
            return False
        number = cast("float", value)
        return not (least is not None and number < least) and not (most is not None and number > most)

    return accept


def _text(rules: Mapping[str, Any]) -> Accept:
    choices, pattern = rules.get("enum"), rules.get("pattern")
    least, most = rules.get("minLength", 0), rules.get("maxLength")

    def accept(value: Json) -> bool:
        return (
            type(value) is str
            and (choices is None or value in choices)
            and len(value) >= least
            and (most is None or len(value) <= most)
            and (pattern is None or re.search(pattern, value) is not None)
        )

    return accept


_BY_TYPE: Final[Mapping[str, Callable[[Mapping[str, Any]], Accept]]] = {
    "object": _object,
    "array": _array,
    "integer": _number,
    "number": _number,
    "string": _text,
}
