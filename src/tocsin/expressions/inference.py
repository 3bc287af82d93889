"""Finds the types of expressions from the schemas of what they read, and what will not fit (engine.md 1.25)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Final, TypeAlias

from tocsin.base.errors import did_you_mean
from tocsin.base.json_types import Json
from tocsin.base.texts import _
from tocsin.expressions.diagnosis import CEL_OWN
from tocsin.expressions.expression import Expression
from tocsin.expressions.functions import FUNCTIONS
from tocsin.expressions.mending import in_one_type
from tocsin.expressions.references import find_path
from tocsin.expressions.syntax import (
    Binary,
    Call,
    Conditional,
    Has,
    ListOf,
    Literal,
    Logic,
    Macro,
    MapOf,
    Node,
    Unary,
)
from tocsin.expressions.values import Path

JsonSchema: TypeAlias = Mapping[str, Json]

_CEL_TYPES: Final[Mapping[str, str]] = {
    "integer": "int", "number": "double", "string": "string", "boolean": "bool", "array": "list", "object": "map",
    "null": "null",
}  # fmt: skip
_RETURNS: Final[Mapping[str, str]] = {
    "size": "int", "int": "int", "double": "double", "string": "string", "timestamp": "timestamp",
    "duration": "duration", "matches": "bool", "contains": "bool", "startsWith": "bool", "endsWith": "bool",
    **{name: info.returns for name, info in FUNCTIONS.items() if info.returns != "any"},
}  # fmt: skip
_TESTS: Final = frozenset({"all", "exists", "exists_one", "existsOne"})
_ARITHMETIC: Final = frozenset({"+", "-", "*", "/", "%"})
_ORDER: Final = frozenset({"<", "<=", ">", ">="})
_EQUALITY: Final = frozenset({"==", "!="})
_NUMBERS: Final = frozenset({"int", "double"})
_JOINED: Final = _NUMBERS | {"string", "list"}
_TIMES: Final = frozenset({"timestamp", "duration"})
_WORDS: Final[Mapping[str, str]] = {
    "int": _("a whole number"), "double": _("a decimal number"), "string": _("a text"), "bool": _("true or false"),
    "list": _("a list"), "map": _("a map"), "null": "null", "timestamp": _("a time"), "duration": _("a duration"),
    "uint": _("an unsigned number"), "bytes": "bytes",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Mismatch:
    """Two types that do not go together, or a function that does not exist.

    Attributes:
        message: What is wrong, and what to write, in one or two sentences.
        start: Where in the expression, from 0.
        end: The place after it.
        mended: What to write there instead; "" where only a person can say.
    """

    message: str
    start: int
    end: int
    mended: str = ""


def infer_type(expression: Expression, types: Mapping[str, JsonSchema]) -> str | None:
    """Return the CEL type of an expression, or None when it cannot be known.

    Args:
        expression: The expression.
        types: The JSON Schema of each root that is known.

    Returns:
        int, double, string, bool, list, map, null, timestamp, duration; uint and bytes for constants.
    """
    return _type_of(expression.tree, types, frozenset())


def mismatches(expression: Expression, types: Mapping[str, JsonSchema]) -> tuple[Mismatch, ...]:
    """Return operators whose operands are known not to fit, in the order they stand.

    Found are whole and decimal numbers in one arithmetic operation (an error in CEL), comparisons of different types
    (never equal, or an error). What is not known is not reported.
    """
    return tuple(_mismatches(expression.tree, expression.text, types, frozenset()))


def unknown_functions(expression: Expression) -> tuple[Mismatch, ...]:
    """Return the calls of functions that neither CEL nor the table has."""
    return tuple(_unknown_functions(expression.tree))


def schema_at(schema: Json, path: Path) -> JsonSchema | None:
    """Return the schema of what lies at a path, or None when the schema does not say."""
    for part in path:
        if not isinstance(schema, Mapping):
            return None
        if isinstance(part, int):
            schema = schema.get("items")
        else:
            properties = schema.get("properties")
            schema = properties.get(part) if isinstance(properties, Mapping) else None
    return schema if isinstance(schema, Mapping) else None


def _type_of(node: Node, types: Mapping[str, JsonSchema], hidden: frozenset[str]) -> str | None:
    match node:
        case Literal() | ListOf() | MapOf() | Macro() | Call() | Has() | Logic():
            return _type_by_form(node)
        case Unary():
            return "bool" if node.operator == "!" else _type_of(node.operand, types, hidden)
        case Conditional():
            return _common_type(node.then, node.otherwise, types, hidden)
        case Binary(operator=operator) if operator not in _ARITHMETIC:
            return "bool"
        case Binary():
            kind = _common_type(node.left, node.right, types, hidden)
            return kind if kind in _JOINED else None
        case _:
            return _type_of_path(node, types, hidden)


def _type_by_form(node: Literal | ListOf | MapOf | Macro | Call | Has | Logic) -> str | None:
    match node:
        case Literal():
            return node.type
        case ListOf():
            return "list"
        case MapOf():
            return "map"
        case Macro():
            return "bool" if node.macro in _TESTS else "list"
        case Call():
            return _RETURNS.get(node.function)
        case _:
            return "bool"


def _common_type(one: Node, other: Node, types: Mapping[str, JsonSchema], hidden: frozenset[str]) -> str | None:
    kind = _type_of(one, types, hidden)
    return kind if kind == _type_of(other, types, hidden) else None


def _type_of_path(node: Node, types: Mapping[str, JsonSchema], hidden: frozenset[str]) -> str | None:
    found = find_path(node)
    if found is None or found[0].name in hidden:
        return None
    schema = schema_at(types.get(found[0].name), found[1])
    kind = schema.get("type") if schema else None
    return _CEL_TYPES.get(kind) if isinstance(kind, str) else None


def _mismatches(node: Node, text: str, types: Mapping[str, JsonSchema], hidden: frozenset[str]) -> Iterator[Mismatch]:
    if isinstance(node, Macro):
        yield from _mismatches(node.range, text, types, hidden)
        for step in node.steps:
            yield from _mismatches(step, text, types, hidden | {node.variable})
        return
    for part in node.parts:
        yield from _mismatches(part, text, types, hidden)
    if isinstance(node, Binary):
        left, right = (_type_of(side, types, hidden) for side in (node.left, node.right))
        message = _find_fault(node.operator, left, right) if left and right and left != right else ""
        if message and left and right:
            yield Mismatch(message, node.start, node.end, in_one_type(text, node, left, right))


def _find_fault(operator: str, left: str, right: str) -> str:
    pair = frozenset({left, right})
    if operator in _ARITHMETIC and pair == _NUMBERS:
        return _("“{operator}” cannot join a whole and a decimal number. Use double(…) on the whole number.").format(
            operator=operator
        )
    if pair <= _NUMBERS | {"uint"}:
        return ""
    words = _("{words} and {words2}").format(words=_WORDS[left], words2=_WORDS[right])
    if operator in _ARITHMETIC and not pair & _TIMES:
        return _("“{operator}” cannot join {words}. Use string(…) for a text.").format(operator=operator, words=words)
    if operator in _EQUALITY:
        return _("“{operator}” compares {words}, which are never equal.").format(operator=operator, words=words)
    return (
        _("“{operator}” cannot compare {words}.").format(operator=operator, words=words) if operator in _ORDER else ""
    )


def _unknown_functions(node: Node) -> Iterator[Mismatch]:
    for part in node.parts:
        yield from _unknown_functions(part)
    if isinstance(node, Call) and node.function not in FUNCTIONS and node.function not in CEL_OWN:
        known = (*FUNCTIONS, *sorted(CEL_OWN))
        message = (
            _("There is no function “{function}”. {did_you_mean}")
            .format(function=node.function, did_you_mean=did_you_mean(node.function, known))
            .rstrip()
        )
        close = next(iter(get_close_matches(node.function, known, n=1, cutoff=0.6)), "")
        yield Mismatch(message, node.name_start, node.name_start + len(node.function), close)
