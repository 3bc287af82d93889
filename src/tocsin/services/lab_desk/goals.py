"""Judges how far a scenario is: each goal's condition, read against the world as it is and what changed in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache

from tocsin.base.json_types import Json
from tocsin.base.texts import _
from tocsin.expressions import EvaluationError, Expression, ExpressionError, Scope, compile_expression, evaluate
from tocsin.model.scenario import Scenario, ScenarioGoal
from tocsin.services.lab_desk.values import GoalState, LabGoal


def goals_of(scenario: Scenario, world: Mapping[str, Json], changes: Sequence[Json]) -> tuple[LabGoal, ...]:
    """Return the goals of a scenario and whether they are reached.

    Args:
        scenario: What is played.
        world: Every table by name, each row by its key: the root `world` of a goal's condition.
        changes: What changed since the story began, oldest first: the root `changes`.
    """
    scope = Scope()
    scope.bind("world", world)
    scope.bind("changes", changes)
    return tuple(LabGoal(_(goal.say), _state(goal, scope)) for goal in scenario.goals)


def _state(goal: ScenarioGoal, scope: Scope) -> GoalState:
    """Return where a goal stands; a condition that reads what is not there yet is not reached."""
    if goal.when is None:
        return GoalState.UNKNOWN
    try:
        return GoalState.REACHED if evaluate(_compiled(goal.when), scope) is True else GoalState.OPEN
    except EvaluationError:
        return GoalState.OPEN
    except ExpressionError:
        return GoalState.UNKNOWN


@lru_cache(maxsize=64)
def _compiled(text: str) -> Expression:
    return compile_expression(text)
