"""What a person must look at in a run, in the order in which it matters. Without Qt."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from tocsin.engine.events import NodeState
from tocsin.engine.progress import NodeStatus, RunProgress

Finding = TypeVar("Finding")


def findings(progress: RunProgress) -> tuple[str, ...]:
    """Return the ids of steps that may have happened, then of those that failed, then of those that ask."""
    asked = {question.node for question in progress.questions.values()}
    ranked = [(_rank(name, status, asked), name) for name, status in progress.statuses.items()]
    return tuple(name for rank, name in sorted(ranked, key=lambda found: found[0] or 0) if rank)


def next_finding(found: Sequence[Finding], current: Finding, step: int) -> Finding | None:
    """Return the finding after (1) or before (-1) the current one, round the ends; None where there is none."""
    if not found:
        return None
    if current not in found:
        return found[0 if step > 0 else -1]
    return found[(found.index(current) + step) % len(found)]


def _rank(name: str, status: NodeStatus, asked: set[str]) -> int | None:
    if status.uncertain:
        return 1
    if status.state is NodeState.FAILED:
        return 2
    return 3 if name in asked else None
