"""Mends a playbook by the fixes of its problems, one after the other."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from tocsin.base.errors import TocsinError
from tocsin.model.playbook import Playbook
from tocsin.model.problems import Problem

MOST: Final = 1000
"""Fixes of one playbook after which it is left as it is by then."""


def mend(
    playbook: Playbook, check: Callable[[Playbook], Sequence[Problem]], wanted: Callable[[Problem], bool]
) -> tuple[Playbook, tuple[Problem, ...]]:
    """Return the playbook with every wanted fix done, and the problems that were mended, in that order.

    After each fix the playbook is checked anew: one may mend several problems, or bring a smaller one to light.

    Args:
        playbook: What is mended.
        check: Finds its problems, with their fixes.
        wanted: Whether a problem's fix shall be done.
    """
    mended: list[Problem] = []
    tried: set[tuple[str, str, str, str]] = set()
    while len(tried) < MOST:
        found = next((one for one in check(playbook) if one.fix and wanted(one) and _key(one) not in tried), None)
        if found is None or found.fix is None:
            break
        tried.add(_key(found))
        try:
            playbook = found.fix.edit.apply(playbook)
        except TocsinError:
            continue  # it does not go together with one that was done before; the problem stays in the list
        mended.append(found)
    return playbook, tuple(mended)


def _key(problem: Problem) -> tuple[str, str, str, str]:
    return (problem.code, problem.node, problem.field, problem.message)
