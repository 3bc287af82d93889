"""What a chain of functions gives, as a JSON Schema: so that a face can offer what fits, and the fields of an item."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from tocsin.base.json_types import Json
from tocsin.expressions.chains import Chain, Link, LinkKind
from tocsin.expressions.errors import EvaluationError
from tocsin.expressions.expression import compile_expression
from tocsin.expressions.inference import JsonSchema, schema_at
from tocsin.expressions.syntax import Call, Literal
from tocsin.expressions.texts import split_path

UNKNOWN: Final[JsonSchema] = MappingProxyType({})
TIME: Final[JsonSchema] = MappingProxyType({"type": "string", "format": "date-time"})
"""How a time is told apart from other texts. CEL has a type of its own for it."""

_KINDS: Final[Mapping[str, str]] = {"string": "string", "int": "integer", "double": "number", "bool": "boolean"}
_TEXT: Final[JsonSchema] = {"type": "string"}
_SAME: Final = frozenset({LinkKind.FILTER, LinkKind.SORT, LinkKind.SORT_BY, LinkKind.UNIQUE})
_GIVES: Final[Mapping[LinkKind, JsonSchema]] = {
    LinkKind.MAKE: {"type": "array"},
    LinkKind.COUNT: {"type": "integer"},
    LinkKind.KEYS: {"type": "array", "items": _TEXT},
    LinkKind.ENTRIES: {"type": "array", "items": {"type": "object", "properties": {"key": _TEXT, "value": {}}}},
    LinkKind.INDICATORS: {
        "type": "array",
        "items": {"type": "object", "properties": {"type": _TEXT, "value": _TEXT}},
    },
    LinkKind.URL: {
        "type": "object",
        "properties": {
            **dict.fromkeys(("scheme", "host", "path", "query"), _TEXT),
            "port": {"type": "integer"},
        },
    },
    LinkKind.READ_TIME: TIME,
    LinkKind.LATER: TIME,
    LinkKind.EARLIER: TIME,
    LinkKind.WHOLE: {"type": "integer"},
    LinkKind.DECIMAL: {"type": "number"},
    LinkKind.READ_JSON: UNKNOWN,
    LinkKind.GET: UNKNOWN,
}


def shape_of_chain(chain: Chain, source: JsonSchema) -> JsonSchema:
    """Return the shape of what a chain gives; an empty one where that cannot be known.

    Args:
        chain: The functions.
        source: The shape of what they are applied to.
    """
    shape = source
    for link in chain.links:
        shape = _shape_after(link, shape)
    return shape


def shape_of_source(source: str) -> JsonSchema:
    """Return the shape of a source that reads nothing: a constant, or the time that it is."""
    tree = compile_expression(source).tree
    if isinstance(tree, Call) and tree.function == "now":
        return TIME
    return {"type": _KINDS[tree.type]} if isinstance(tree, Literal) and tree.type in _KINDS else UNKNOWN


def shape_of_item(shape: JsonSchema) -> JsonSchema:
    """Return the shape of one item of a list."""
    return _at(shape, (0,))


def fields_of_shape(shape: JsonSchema) -> Mapping[str, JsonSchema]:
    """Return the fields that an object of a shape has, as far as is known."""
    properties = shape.get("properties")
    if not isinstance(properties, Mapping):
        return {}
    return {name: one for name, one in properties.items() if isinstance(one, Mapping)}


def _shape_after(link: Link, shape: JsonSchema) -> JsonSchema:
    match link.kind:
        case kind if kind in _SAME:
            return shape
        case LinkKind.FIRST:
            return shape_of_item(shape)
        case LinkKind.FIELD:
            return _at(shape, _path(link))
        case LinkKind.EACH:
            return {"type": "array", "items": dict(_at(shape_of_item(shape), _path(link)))}
        case _:
            return _GIVES.get(link.kind, _TEXT)


def _path(link: Link) -> tuple[str | int, ...]:
    try:
        return split_path(str(link.said[0]))
    except EvaluationError:
        return ("",)


def _at(shape: Json, path: tuple[str | int, ...]) -> JsonSchema:
    return schema_at(shape, path) or UNKNOWN
