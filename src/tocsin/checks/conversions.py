"""What would fit where something of another type was given: constants written otherwise, expressions turned into it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from tocsin.base.json_types import Json
from tocsin.checks.shapes import types_in
from tocsin.model.schemas import check_value

_CONVERTED: Final[Mapping[tuple[str, str], str]] = {
    ("integer", "string"): "string({})",
    ("number", "string"): "string({})",
    ("boolean", "string"): "string({})",
    ("array", "string"): "to_json({})",
    ("object", "string"): "to_json({})",
    ("number", "integer"): "int({})",
    ("string", "integer"): "int({})",
    ("string", "number"): "double({})",
}
"""(given, wanted), in JSON's types → the expression that turns one into the other."""


def find_fitting(value: Json, schema: Mapping[str, Any]) -> Json:
    """Return the constant as the schema wants it: “7” as 7, one item as a list; None where it cannot be so."""
    fitting = (other for kind in sorted(types_in(schema)) for other in _spellings(value, kind))
    return next((other for other in fitting if not check_value(other, schema)), None)


def convert(expression: str, given: frozenset[str], wanted: frozenset[str]) -> str | None:
    """Return the expression turned into what is wanted; None where only a person can say how.

    Args:
        expression: The expression.
        given: The JSON types that it may give.
        wanted: Those that would fit.
    """
    forms = {_CONVERTED.get((kind, want)) for kind in given for want in wanted} - {None}
    best = min((form for form in forms if form is not None), default=None)
    if best is None:
        return f"[{expression}]" if wanted == frozenset({"array"}) else None
    return best.format(expression)


def _spellings(value: Json, kind: str) -> Iterator[Json]:
    if kind == "string" and isinstance(value, bool | int | float):
        yield str(value).lower() if isinstance(value, bool) else str(value)
    if kind == "array" and not isinstance(value, list):
        yield [value]
    if isinstance(value, str):
        yield from _read(value, kind)


def _read(text: str, kind: str) -> Iterator[Json]:
    if kind == "boolean" and text in {"true", "false"}:
        yield text == "true"
    readers: Mapping[str, Callable[[str], Json]] = {"integer": int, "number": float}
    if kind in readers:
        try:
            yield readers[kind](text)
        except ValueError:
            return
