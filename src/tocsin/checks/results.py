"""Checks of what expressions give: a condition is true or false, a loop takes a list, a text holds no list."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from tocsin.base.texts import _
from tocsin.checks.fixes import is_condition, rewrite_piece
from tocsin.checks.inspection import Inspection
from tocsin.checks.readings import Piece, Reading, is_alone, readings_of
from tocsin.checks.shapes import shapes_of
from tocsin.expressions import infer_type
from tocsin.model.playbook import ForEachNode
from tocsin.model.problems import CheckCode, Fix, Problem, Severity
from tocsin.model.values import Notation

_WORDS: Final = {
    "int": _("a whole number"),
    "double": _("a number"),
    "string": _("a text"),
    "bool": _("true or false"),
    "list": _("a list"),
    "map": _("a map"),
    "null": _("nothing"),
    "timestamp": _("a time"),
    "duration": _("a span of time"),
}
_AS_CONDITION: Final = {
    "list": "size({}) > 0",
    "map": "size({}) > 0",
    "string": "{} != ''",
    "int": "{} != 0",
    "double": "{} != 0.0",
}
_AS_LIST: Final = {"map": "entries({})", "string": "[{}]", "int": "[{}]", "double": "[{}]", "bool": "[{}]"}
_NO_TEXT: Final = frozenset({"list", "map", "null"})


def find_wrong_results(case: Inspection) -> Iterator[Problem]:
    """What decides is true or false, and what is looped over is a list; anything else fails its node."""
    for reading in readings_of(case):
        wanted = _wanted(reading)
        for piece in reading.text.pieces if wanted else ():
            given = _type(case, reading, piece)
            if given is None or given == wanted:
                continue
            form = (_AS_CONDITION if wanted == "bool" else _AS_LIST).get(given, "")
            yield Problem(
                CheckCode.WRONG_RESULT,
                Severity.ERROR,
                _("This gives {given}, and {words} is needed.").format(
                    given=_WORDS.get(given, given), words=_WORDS[wanted]
                ),
                _("Compare it with something.") if wanted == "bool" else _("Read a list, or put it into [ and ]."),
                node=reading.node,
                field=reading.text.slot.field,
                fix=_write(reading, piece, form),
            )


def find_values_in_text(case: Inspection) -> Iterator[Problem]:
    """A list, a map or nothing has no words of its own amid a text (engine.md 1.27)."""
    for reading in readings_of(case):
        if reading.text.slot.notation is not Notation.TEMPLATE or is_alone(reading.text):
            continue
        for piece in reading.text.pieces:
            given = _type(case, reading, piece)
            if given in _NO_TEXT:
                yield Problem(
                    CheckCode.VALUE_IN_TEXT,
                    Severity.ERROR,
                    _("This has {words} amid its text: {text}").format(words=_WORDS[given], text=piece.expression.text),
                    _("Say how it shall be written: to_json(…) for all of it, or read one part of it."),
                    node=reading.node,
                    field=reading.text.slot.field,
                    fix=_write(reading, piece, "to_json({})"),
                )


def _wanted(reading: Reading) -> str:
    if is_condition(reading):
        return "bool"
    loops = reading.entry is not None and isinstance(reading.entry.node, ForEachNode)
    return "list" if loops and reading.text.slot.place == ("in",) else ""


def _type(case: Inspection, reading: Reading, piece: Piece) -> str | None:
    shapes = shapes_of(case)
    return infer_type(piece.expression, {root: shapes.root(reading.view, root) for root in piece.expression.roots})


def _write(reading: Reading, piece: Piece, form: str) -> Fix | None:
    text = form.format(piece.expression.text)
    return rewrite_piece(reading, piece, text, title=_("Write {text}").format(text=text)) if form else None
