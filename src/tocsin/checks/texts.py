"""Checks of how expressions and templates are written: braces, syntax, functions, types."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from tocsin.base.texts import _
from tocsin.checks.fixes import rewrite, rewrite_piece
from tocsin.checks.inspection import Inspection
from tocsin.checks.readings import Piece, Reading, readings_of
from tocsin.checks.shapes import shapes_of
from tocsin.checks.views import roots_at
from tocsin.expressions import ExpressionError, Mismatch, compile_expression, mismatches, unknown_functions
from tocsin.model.problems import CheckCode, Fix, Problem, Severity
from tocsin.model.values import Notation

_STRING: Final = re.compile(r"'[^']*'|\"[^\"]*\"")
_PATH: Final = re.compile(r"\b[a-z][a-z0-9_]*(?:\.[A-Za-z_]|\[)")


def find_bad_expressions(case: Inspection) -> Iterator[Problem]:
    """What cannot be compiled, or calls what is not there, would fail its node."""
    for reading in readings_of(case):
        slot, fault = reading.text.slot, reading.text.fault
        if fault is not None and not _has_braces(reading):
            yield Problem(
                CheckCode.BAD_EXPRESSION,
                Severity.ERROR,
                _("{sentence} (column {column}).").format(sentence=_sentence(fault.message), column=fault.column),
                fault.hint or _("Complete it, or take out what does not belong there."),
                node=reading.node,
                field=slot.field,
            )
        for piece in reading.text.pieces:
            for unknown in unknown_functions(piece.expression):
                yield Problem(
                    CheckCode.BAD_EXPRESSION,
                    Severity.ERROR,
                    _("{sentence} (column {start}).").format(
                        sentence=_sentence(unknown.message), start=piece.start + unknown.start + 1
                    ),
                    _("Choose one from the list that opens while you write."),
                    node=reading.node,
                    field=slot.field,
                    fix=_mended(reading, piece, unknown),
                )


def find_type_mixes(case: Inspection) -> Iterator[Problem]:
    """CEL joins no whole and decimal numbers, and what is of different types is never equal (engine.md 1.25)."""
    shapes = shapes_of(case)
    for reading in readings_of(case):
        for piece in reading.text.pieces:
            types = {root: shapes.root(reading.view, root) for root in piece.expression.roots}
            for mix in mismatches(piece.expression, types):
                yield Problem(
                    CheckCode.TYPE_MIX,
                    Severity.ERROR,
                    f"{_sentence(mix.message)}.",
                    _("It says: {text}").format(text=piece.expression.text[mix.start : mix.end]),
                    node=reading.node,
                    field=reading.text.slot.field,
                    fix=_mended(reading, piece, mix),
                )


def find_braces_in_cel(case: Inspection) -> Iterator[Problem]:
    """A field that is an expression needs no braces (definitions.md D2b)."""
    for reading in readings_of(case):
        if not _has_braces(reading):
            continue
        slot = reading.text.slot
        bare = slot.text.strip()
        inner = bare[2:-2].strip() if bare.startswith("{{") and bare.endswith("}}") else ""
        fix = None
        if inner and "{{" not in inner:
            fix = rewrite(reading, inner, title=_("Take the braces away"), is_safe=True)
        yield Problem(
            CheckCode.BRACES_IN_CEL,
            Severity.ERROR,
            _("This is an expression already and takes no braces."),
            _("Write it without {{ and }}."),
            node=reading.node,
            field=slot.field,
            fix=fix,
        )


def find_cel_without_braces(case: Inspection) -> Iterator[Problem]:
    """A text that looks like an expression is sent as it stands."""
    for reading in readings_of(case):
        slot = reading.text.slot
        if slot.notation is not Notation.TEMPLATE or reading.text.pieces or not _looks_like_cel(case, reading):
            continue
        yield Problem(
            CheckCode.CEL_WITHOUT_BRACES,
            Severity.WARNING,
            _("This looks like an expression, but is taken as plain text."),
            _("Put it between {{ and }} to have it worked out."),
            node=reading.node,
            field=slot.field,
            fix=rewrite(reading, f"{{{{ {slot.text.strip()} }}}}", title=_("Put it into braces")),
        )


def _mended(reading: Reading, piece: Piece, mix: Mismatch) -> Fix | None:
    if not mix.mended:
        return None
    text = piece.expression.text
    mended = f"{text[: mix.start]}{mix.mended}{text[mix.end :]}"
    return rewrite_piece(reading, piece, mended, title=_("Write {mended}").format(mended=mix.mended))


def _sentence(text: str) -> str:
    return text.removesuffix(".")


def _has_braces(reading: Reading) -> bool:
    slot = reading.text.slot
    return slot.notation is Notation.CEL and "{{" in slot.text and "{{" in _STRING.sub("''", slot.text)


def _looks_like_cel(case: Inspection, reading: Reading) -> bool:
    text = reading.text.slot.text
    if "{{" in text or not _PATH.search(text):
        return False
    try:
        references = compile_expression(text).references
    except ExpressionError:
        return False
    known = frozenset(roots_at(case.survey, reading.view))
    return bool(references) and all(each.root in known and each.path for each in references)
