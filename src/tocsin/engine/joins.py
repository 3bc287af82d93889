"""When a node may start: one rule for plain nodes and joins (engine.md 1.1 to 1.3); what a join no longer needs."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum, auto
from typing import Final

ALL: Final = 0
"""The need of a plain node and of `need: all`: all edges settled, at least one taken."""


class Verdict(Enum):
    """What a node's incoming edges say."""

    WAIT = auto()
    READY = auto()
    UNMET = auto()
    DEAD = auto()


_WAIT, _READY, _UNMET, _DEAD = Verdict  # looked up once: on Python 3.11 `Verdict.WAIT` costs as much as a call


def judge_edges(need: int, *, taken: int, pending: int, unmet_wired: bool) -> Verdict:
    """Judge a node that has not started.

    A count that is out of reach is `unmet` only when some edge was taken: while none was and some are pending it waits
    for those, so that the verdict never hangs on the order in which a dead region is walked. All skipped is dead.

    Args:
        need: ALL, or how many edges must be taken.
        taken: Edges taken so far.
        pending: Edges not settled yet.
        unmet_wired: Whether the port `unmet` leads anywhere.
    """
    if need == ALL:
        return _WAIT if pending else _READY if taken else _DEAD
    if taken >= need:
        return _READY
    if taken + pending >= need:
        return _WAIT
    if not unmet_wired:
        return _DEAD
    if taken:
        return _UNMET
    return _WAIT if pending else _DEAD


def rest_of(join: int, targets: Sequence[Sequence[int]], sources: Sequence[Sequence[int]]) -> tuple[int, ...]:
    """Return the nodes that only serve this join: it can be reached from them, and nothing outside can.

    Args:
        join: The join.
        targets: For each node the nodes its edges lead to; nodes are numbered in topological order.
        sources: For each node the nodes its edges come from.
    """
    before: set[int] = set()
    found = [join]
    while found:
        for source in sources[found.pop()]:
            if source not in before:
                before.add(source)
                found.append(source)
    serving: set[int] = set()
    for node in sorted(before, reverse=True):
        if all(target == join or target in serving for target in targets[node]):
            serving.add(node)
    return tuple(sorted(serving))
