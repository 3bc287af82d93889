"""Checks of what CEL swallows or shuffles: optional fields inside ||, exists and all; macros over maps."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from tocsin.base.texts import _
from tocsin.checks.fixes import ask_first, rewrite_piece
from tocsin.checks.inspection import Inspection
from tocsin.checks.readings import Piece, Reading, readings_of
from tocsin.checks.references import uses_of
from tocsin.checks.shapes import Shapes, part_of, shapes_of, types_in
from tocsin.expressions import spell_path
from tocsin.model.problems import CheckCode, Fix, Problem, Sentence, Severity

_MACRO: Final = re.compile(
    r"(?<![\w.])([a-z][a-z0-9_]*(?:\.[A-Za-z_]\w*)*)\.(exists|all|exists_one|map|filter)\(\s*([A-Za-z_]\w*)\s*,"
)
_SWALLOWING: Final = frozenset({"exists", "all"})


@dataclass(frozen=True, slots=True)
class _Macro:
    """A macro over a path: `path.name(variable, …)`, which begins somewhere in an expression."""

    reading: Reading
    piece: Piece
    start: int
    path: str
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
            path = use.reference.path
            asked = spell_path(use.reference.root, path[: len(path) - len(use.path) + optional + 1])
            fix = ask_first(use.reading, use.piece, use.at, asked)
            yield _unguarded(use.reading, str(use.path[optional]), case.survey.called(use.root), asked, fix)
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
                _("This uses {name}() on a map, which has no fixed order.").format(name=macro.name),
                _("Use keys(…) or entries(…), which are sorted."),
                node=macro.reading.node,
                field=macro.reading.text.slot.field,
                fix=_sorted(macro),
            )


def _macros(case: Inspection, shapes: Shapes) -> Iterator[_Macro]:
    for reading in readings_of(case):
        for piece in reading.text.pieces:
            for match in _MACRO.finditer(piece.expression.text) if piece.expression.variables else ():
                path, name, variable = match.groups()
                root, *parts = path.split(".")
                shape = shapes.reference(reading.view, root, parts)
                yield _Macro(reading, piece, match.start(), path, name, variable, shape)


def _unguarded_items(macro: _Macro) -> Iterator[Problem]:
    items, text = part_of(macro.shape, 0), macro.piece.expression.text
    reads = re.compile(rf"(?<![\w.]){macro.variable}\.([A-Za-z_]\w*)").finditer(text, macro.start)
    for field, place in {read.group(1): read.span() for read in reversed(list(reads))}.items():
        path = f"{macro.variable}.{field}"
        asked = re.search(rf"has\(\s*{re.escape(path)}\b", text)
        if _optional_part(items, [field]) is not None and not asked:
            yield _unguarded(
                macro.reading, field, _("an item"), path, ask_first(macro.reading, macro.piece, place, path)
            )


def _sorted(macro: _Macro) -> Fix:
    """Return the fix that goes through the keys of a map in their order; the macro went through them in any."""
    text, end = macro.piece.expression.text, macro.start + len(macro.path)
    mended = f"{text[: macro.start]}keys({macro.path}){text[end:]}"
    return rewrite_piece(macro.reading, macro.piece, mended, title=_("Go through keys({path})").format(path=macro.path))


def _unguarded(reading: Reading, field: str, owner: str, path: str, fix: Fix | None) -> Problem:
    return Problem(
        CheckCode.UNGUARDED_OPTIONAL,
        Severity.WARNING,
        Sentence.of(_("“{field}” of {step} may be missing, unnoticed."), field=field, step=owner),
        _("Ask has({path}) first, or read it with get(…, default).").format(path=path),
        node=reading.node,
        field=reading.text.slot.field,
        fix=fix,
    )


def _optional_part(schema: Mapping[str, Any], path: Sequence[str | int]) -> int | None:
    """Return which part of a path may be missing, or None."""
    for place, part in enumerate(path):
        known = part in (schema.get("properties") or {})
        if isinstance(part, str) and known and part not in schema.get("required", ()):
            return place
        schema = part_of(schema, part)
    return None
