"""What an action gives when it succeeded: output in the promised shape, what takes it back, a line for a person."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tocsin.base.errors import TocsinError
from tocsin.base.json_types import Json
from tocsin.connectors.plans import ActionPlan, LookPlan, Tree, evaluate_tree
from tocsin.engine.outcomes import Changed, UndoStep
from tocsin.expressions import EvaluationError, Scope, evaluate, render
from tocsin.model.schemas import check_value, shape_value


class ShapeError(TocsinError):
    """What an action gave is not what its schema promises. Stays in the room."""


def output_of(plan: ActionPlan, scope: Scope, *, look: LookPlan | None = None) -> Json:
    """Return the action's output in the types of its schema (engine.md 1.25).

    Args:
        plan: The action.
        scope: Sees input, steps, and `output` of the look, if there was one.
        look: Whose own `output` is taken, when it has one.

    Raises:
        ShapeError: It does not fit the schema, or cannot be made.
    """
    tree: Tree = plan.output if look is None or look.output is None else look.output
    try:
        value: Json = evaluate_tree(tree, scope) if tree is not None else {}
    except EvaluationError as error:
        raise ShapeError(error.message) from error
    value = shape_value(_without_absent(value, plan.output_schema), plan.output_schema)
    misfits = check_value(value, plan.output_schema)
    if misfits:
        raise ShapeError(f"“{misfits[0].place or 'output'}”: {misfits[0].message}")
    return value


def changed_of(plan: ActionPlan, scope: Scope) -> Changed:
    """Return whether a change that succeeded changed something, as far as the description can tell."""
    if plan.changed is None:
        return Changed.TRUE
    try:
        return Changed.TRUE if evaluate(plan.changed, scope) is True else Changed.FALSE
    except EvaluationError:
        return Changed.UNKNOWN


def undo_of(plan: ActionPlan, scope: Scope, connection: str) -> UndoStep | None:
    """Return what takes the change back, rendered now; None when nothing does, or its inputs are not known."""
    if plan.undo is None:
        return None
    action, trees = plan.undo
    try:
        return UndoStep(action, connection, {name: evaluate_tree(tree, scope) for name, tree in trees.items()})
    except EvaluationError:
        return None


def summary_of(plan: ActionPlan, scope: Scope) -> str:
    """Return one line for a person; the action's title when the description has none that fits."""
    if plan.summary is None:
        return plan.action.title
    try:
        return str(render(plan.summary, scope))
    except EvaluationError:
        return plan.action.title


def _without_absent(value: Json, schema: Mapping[str, Any]) -> Json:
    """Leave out what is null and may be missing: a reader then learns that it is not there, never reads a null."""
    if not isinstance(value, Mapping):
        return value
    required = schema.get("required", ())
    return {name: part for name, part in value.items() if part is not None or name in required}
