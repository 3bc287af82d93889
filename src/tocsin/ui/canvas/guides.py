"""Where a moved box meets the lines of others: how far it is drawn to them, and the guides that say so. Without Qt."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from tocsin.ui.canvas.grid import Bounds

REACH: Final = 6
"""So near, in scene pixels, a box is drawn to a line of another one."""
SIGHT: Final = 900
"""So far above, below and beside a box others are looked at."""
_NEAR: Final = 0.5
_MIDDLE: Final = 1


@dataclass(frozen=True, slots=True)
class Meeting:
    """What moving boxes meet.

    Attributes:
        shift: How far they go further to lie in line.
        guides: Lines from the moving box to what it then lies in line with, each upright or level.
    """

    shift: tuple[int, int] = (0, 0)
    guides: tuple[Bounds, ...] = ()


def sight_of(box: Bounds) -> tuple[Bounds, Bounds]:
    """Return where others lie that a box may be in line with: the strip over and under it, and the one beside it."""
    upright = Bounds(box.left - REACH, box.top - SIGHT, box.right + REACH, box.bottom + SIGHT)
    level = Bounds(box.left - SIGHT, box.top - REACH, box.right + SIGHT, box.bottom + REACH)
    return upright, level


def find_meeting(box: Bounds, others: Iterable[Bounds]) -> Meeting:
    """Return how a box comes to the nearest lines of others: an edge to the same edge, a middle to a middle."""
    near = tuple(others)
    dx = _nearest(_across(box), [_across(other) for other in near])
    dy = _nearest(_down(box), [_down(other) for other in near])
    moved = Bounds(box.left + dx, box.top + dy, box.right + dx, box.bottom + dy)
    return Meeting((round(dx), round(dy)), tuple(_guides(moved, near)))


def _nearest(own: Sequence[float], others: Iterable[Sequence[float]]) -> float:
    gaps = [theirs - mine for line in others for mine, theirs in zip(own, line, strict=True)]
    return min((gap for gap in gaps if abs(gap) <= REACH), key=abs, default=0.0)


def _guides(box: Bounds, others: Iterable[Bounds]) -> Iterable[Bounds]:
    """One guide a line, to the furthest of those that it meets; between middles it leaves the words in them alone."""
    found: dict[tuple[bool, float], Bounds] = {}
    for other in others:
        for place, (mine, theirs) in enumerate(zip(_across(box), _across(other), strict=True)):
            if abs(mine - theirs) < _NEAR:
                start, end = _reach((box.top, box.bottom), (other.top, other.bottom), is_middle=place == _MIDDLE)
                line = Bounds(mine, start, mine, end)
                found[True, mine] = found.get((True, mine), line).united(line)
        for place, (mine, theirs) in enumerate(zip(_down(box), _down(other), strict=True)):
            if abs(mine - theirs) < _NEAR:
                start, end = _reach((box.left, box.right), (other.left, other.right), is_middle=place == _MIDDLE)
                line = Bounds(start, mine, end, mine)
                found[False, mine] = found.get((False, mine), line).united(line)
    return found.values()


def _reach(own: tuple[float, float], theirs: tuple[float, float], *, is_middle: bool) -> tuple[float, float]:
    """Return from where to where a guide goes: over both spans, or from one to the other."""
    if is_middle:
        between = min(own[1], theirs[1]), max(own[0], theirs[0])
        return min(between), max(between)
    return min(own[0], theirs[0]), max(own[1], theirs[1])


def _across(box: Bounds) -> tuple[float, float, float]:
    return box.left, (box.left + box.right) / 2, box.right


def _down(box: Bounds) -> tuple[float, float, float]:
    return box.top, (box.top + box.bottom) / 2, box.bottom
