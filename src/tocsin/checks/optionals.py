"""Checks of what CEL swallows or shuffles: optional fields inside ||, exists and all; macros over maps."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from tocsin.checks.inspection import Inspection
from tocsin.checks.readings import Reading, readings_of
from tocsin.checks.references import uses_of
from tocsin.checks.shapes import Shapes, part_of, shapes_of, types_in
from tocsin.model.problems import CheckCode, Problem, Severity

_MACRO: Final = re.compile(
    r"(?<![\w.])([a-z][a-z0-9_]*)((?:\.[A-Za-z_]\w*)*)\.(exists|all|exists_one|map|filter)\(\s*([A-Za-z_]\w*)\s*,"
)
_SWALLOWING: Final = frozenset({"exists", "all"})


@dataclass(frozen=True, slots=True)
class _Macro:
    """A macro over a path: `root.path.name(variable, …)`."""

    reading: Reading
    text: str
    name: str
    variable: str
    shape: Mapping[str, Any]


def find_unguarded_optionals(case: Inspection) -> Iterator[Problem]:
    """An error inside ||, exists or all may be swallowed, and the answer depends on order (engine.md §0)."""
    shapes = shapes_of(case)
    for use in uses_of(case):
        if use.reference.guarded or "||" not in use.piece.expression.text:
            continue
        optional = _optional_part(shapes.root(use.reading.view, use.root), use.path)
        if optional is not None:
            yield _unguarded(use.reading, optional, f"“{use.root}”", use.spelled)
    for macro in _macros(case, shapes):
        if macro.name in _SWALLOWING:
            yield from _unguarded_items(macro)


def find_macros_over_maps(case: Inspection) -> Iterator[Problem]:
    """A map has no order that stays: what a macro makes of it would differ from run to run (engine.md 1.26)."""
    for macro in _macros(case, shapes_of(case)):
        if types_in(macro.shape) == frozenset({"object"}):
            yield Problem(
                CheckCode.BAD_EXPRESSION,
                Severity.ERROR,
                f"{macro.reading.where} uses {macro.name}() on a map, which has no fixed order.",
                "Use keys(…) or entries(…), which are sorted.",
                node=macro.reading.node,
                field=macro.reading.text.slot.field,
            )


def _macros(case: Inspection, shapes: Shapes) -> Iterator[_Macro]:
    for reading in readings_of(case):
        for piece in reading.text.pieces:
            text = piece.expression.text
            for root, path, name, variable in _MACRO.findall(text) if piece.expression.variables else ():
                parts = path.split(".")[1:]
                yield _Macro(reading, text, name, variable, shapes.reference(reading.view, root, parts))


def _unguarded_items(macro: _Macro) -> Iterator[Problem]:
    items = part_of(macro.shape, 0)
    for field in dict.fromkeys(re.findall(rf"(?<![\w.]){macro.variable}\.([A-Za-z_]\w*)", macro.text)):
        path = f"{macro.variable}.{field}"
        asked = re.search(rf"has\(\s*{re.escape(path)}\b", macro.text)
        if _optional_part(items, [field]) and not asked:
            yield _unguarded(macro.reading, field, "an item", path)


def _unguarded(reading: Reading, field: str, owner: str, path: str) -> Problem:
    return Problem(
        CheckCode.UNGUARDED_OPTIONAL,
        Severity.WARNING,
        f"{reading.where} reads “{field}” of {owner}, which may be missing, unnoticed.",
        f"Ask has({path}) first, or read it with get(…, default).",
        node=reading.node,
        field=reading.text.slot.field,
    )


def _optional_part(schema: Mapping[str, Any], path: Sequence[str | int]) -> str | None:
    for part in path:
        known = part in (schema.get("properties") or {})
        if isinstance(part, str) and known and part not in schema.get("required", ()):
            return part
        schema = part_of(schema, part)
    return None
