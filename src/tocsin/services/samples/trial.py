"""What a field's text gives with the sample values of its place, by the engine's own evaluator."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from tocsin.base.errors import did_you_mean
from tocsin.base.json_types import Json
from tocsin.base.texts import _, quoted
from tocsin.expressions import (
    EvaluationError,
    Expression,
    ExpressionError,
    Template,
    compile_expression,
    compile_template,
    evaluate,
    render,
)
from tocsin.expressions.indicators import defang, extract_indicators
from tocsin.services.samples.origin import Origin
from tocsin.services.samples.values import SampleValues
from tocsin.services.samples.words import result_words

_ROOT: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


class OutcomeKind(StrEnum):
    """What came of a trial."""

    CONSTANT = "constant"
    """The text reads nothing: it is what it says."""
    VALUE = "value"
    MISSING = "missing"
    """A value that it reads is not known yet: no fault of the text."""
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a text gives.

    Attributes:
        kind: What came of it.
        text: The value, or what is wrong, in one line.
        hint: What to do about an error, or "".
        position: Where in the text an error is, from 0; None where that is not known.
        is_syntax: The text cannot be read at all; no value could mend that.
        origin: Where the values come from.
        run: The run they come from, as a person calls it, or "".
        address: The value made harmless to paste, if it is an address or another indicator; else "".
    """

    kind: OutcomeKind
    text: str = ""
    hint: str = ""
    position: int | None = None
    is_syntax: bool = False
    origin: Origin = Origin.SAMPLE
    run: str = ""
    address: str = ""


def try_text(values: SampleValues, text: str, *, is_template: bool) -> Outcome:
    """Return what a text gives at a point; nothing is raised for what a person may have written."""
    try:
        reader = compile_template(text) if is_template else compile_expression(text)
    except ExpressionError as error:
        return Outcome(OutcomeKind.ERROR, error.message, error.hint, error.position, is_syntax=True)
    if isinstance(reader, Template) and reader.is_constant:
        return Outcome(OutcomeKind.CONSTANT)
    return _try_reader(values, reader, text)


def _try_reader(values: SampleValues, reader: Expression | Template, text: str) -> Outcome:
    bound = values.bind(reader)
    try:
        value = render(reader, bound.scope) if isinstance(reader, Template) else evaluate(reader, bound.scope)
    except EvaluationError as error:
        return _failed(values, bound.missing, error, text)
    run = values.run.label if values.run and bound.origin is Origin.RUN else ""
    return Outcome(OutcomeKind.VALUE, result_words(value), origin=bound.origin, run=run, address=_address(value))


def _failed(values: SampleValues, missing: tuple[str, ...], error: EvaluationError, text: str) -> Outcome:
    at = text.find(error.missing) if error.missing else -1
    position = None if at < 0 else at
    found = _ROOT.match(error.missing)
    root, known = found.group() if found else "", values.around.roots
    if root in missing and root in known:
        source = values.around.find_node(root) or values.around.find_loop(root)
        called = source.called if source else quoted(root)
        return Outcome(
            OutcomeKind.MISSING, _("No sample value yet of {called}.").format(called=called), position=position
        )
    if root in missing:
        text = _("Nothing that can be read here is called “{root}”.").format(root=root)
        return Outcome(OutcomeKind.ERROR, text, did_you_mean(root, known), position)
    return Outcome(OutcomeKind.MISSING if root else OutcomeKind.ERROR, error.message, error.hint, position)


def _address(value: Json) -> str:
    """Return an indicator as it may be pasted anywhere, or "" when the value is none."""
    if not isinstance(value, str) or len(value) > 2048:
        return ""
    found = extract_indicators(value)
    is_whole = len(found) == 1 and found[0]["value"] == value
    return defang(value) if is_whole else ""
