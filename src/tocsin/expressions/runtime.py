"""Runs a compiled expression within its limits; what it raises is not yet explained (see `diagnosis`)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tocsin.base.texts import _
from tocsin.expressions.errors import EvaluationError, ExpressionError
from tocsin.expressions.expression import Expression, compile_expression
from tocsin.expressions.library import CEL_ERRORS
from tocsin.expressions.loops import Loop, map_refused
from tocsin.expressions.scope import MAX_ITERATIONS, Scope, too_many_steps
from tocsin.expressions.values import MISSING, follow, is_list


def run(expression: Expression, scope: Scope) -> object:
    """Return the value of an expression as CEL's library gives it.

    Raises:
        EvaluationError: A limit, or a value that cannot enter CEL.
        Exception: One of CEL_ERRORS, when the expression ends in an error.
    """
    if expression.loops:
        _ensure_affordable(expression, scope)
    context = scope.context_for(expression)
    scope.begin()
    try:
        return expression.program.execute(context)
    finally:
        if scope.limit is not None:
            raise scope.limit


def run_part(text: str, scope: Scope) -> object:
    """Return the value of a part of an expression, or MISSING when it has none."""
    try:
        return run(compile_expression(text), scope)
    except (*CEL_ERRORS, EvaluationError, ExpressionError):
        return MISSING


def _ensure_affordable(expression: Expression, scope: Scope) -> None:
    """Raise the limit before anything runs: CEL has no time limit and holds the interpreter (engine.md 1.28)."""
    spent = 0
    for loop in expression.loops:
        spent += _iterations(loop, expression, scope)
        if spent > MAX_ITERATIONS:
            raise too_many_steps()


def _iterations(loop: Loop, expression: Expression, scope: Scope) -> int:
    items = _items(_range_of(loop, expression, scope), loop, expression)
    spent = len(items)
    for inner in loop.inner:
        if inner.is_counted:
            continue
        if inner.over_items:
            spent += _iterations_over_items(inner, items, expression)
        else:
            spent += len(items) * _iterations(inner, expression, scope)
    return spent


def _iterations_over_items(inner: Loop, items: Sequence[object], expression: Expression) -> int:
    path = inner.source[1] if inner.source else ()
    return sum(len(_items(follow(item, path), inner, expression)) for item in items)


def _range_of(loop: Loop, expression: Expression, scope: Scope) -> object:
    if loop.source is not None:
        return scope.find_path(*loop.source)
    return run_part(expression.text[loop.range.start : loop.range.end], scope)


def _items(value: object, loop: Loop, expression: Expression) -> Sequence[object]:
    """Return the items of a range; none when it is no list, as CEL then says what is wrong."""
    if isinstance(value, Mapping):
        refused = map_refused(
            _("“{text}” is a map, which").format(text=expression.text[loop.range.start : loop.range.end])
        )
        raise EvaluationError(refused.message, hint=refused.hint)
    return value if is_list(value) else ()
