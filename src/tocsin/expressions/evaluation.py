"""Evaluates expressions: the one road from a text to a value (engine.md 1.25, 1.26, 1.28)."""

from __future__ import annotations

from typing import cast

from tocsin.base.json_types import Json
from tocsin.expressions.diagnosis import find_cause
from tocsin.expressions.expression import Expression
from tocsin.expressions.library import CEL_ERRORS
from tocsin.expressions.runtime import run
from tocsin.expressions.scope import Scope
from tocsin.expressions.shortcuts import passes_through
from tocsin.expressions.values import to_value


def evaluate(expression: Expression, scope: Scope) -> Json:
    """Return the value of an expression as data that JSON can hold.

    Errors that CEL absorbs (`missing || true`) are no errors here; `explain` shows them.

    Raises:
        EvaluationError: The expression ends in an error (`expression`; the missing path is named), a function refuses
            what it is given (`bad_argument`), or a limit is reached (`limit`).
    """
    if expression.way is not None:
        value = scope.find_path(*expression.way)
        if passes_through(value):
            return cast("Json", value)
    elif expression.comparison is not None:
        decided = expression.comparison.decide(scope.find_path(*expression.comparison.way))
        if decided is not None:
            return decided
    try:
        raw = run(expression, scope)
    except CEL_ERRORS:
        raise find_cause(expression, scope) from None
    return to_value(raw)
