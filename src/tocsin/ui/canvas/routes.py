"""The ways of edges: vertical, horizontal, vertical, with round corners, past the nodes that stand in between (§5)."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainterPath, QPolygonF

from tocsin.ui.canvas.geometry import ARROW_HEIGHT, ARROW_TIP, ARROW_WIDTH, CORNER, PORT_RADIUS, RAIL
from tocsin.ui.canvas.grid import Bounds

Point = tuple[float, float]
Points = tuple[Point, ...]
Blockers = Callable[[float, float, float], Sequence[Bounds]]
"""Given x, top and bottom of an upright line: the nodes it would run through."""

_STRAIGHT: Final = 2.0
BEND_ROOM: Final = 24.0
"""A line has no room for a bend where its ends are nearer above each other."""
_NEAR: Final = 70.0
"""Nodes this close have nothing between them."""
_LEG: Final = 15.0
"""A horizontal leg runs this far below the node that it comes from."""
_LAST: Final = 3.0
"""A horizontal leg runs this far above the arrow that it leads to."""
_TIGHT: Final = 24.0
"""So close above each other nodes have but their arrow between them."""
_LANE: Final = 36.0
_ASIDE: Final = 24.0
"""A rail that has no column of its own runs so far right of everything that leads there."""
_BESIDE: Final = 8.0
"""A rail keeps this far from the nodes that lead to it."""
_BELOW: Final = 20.0
_WAY_ROUND: Final = 6
"""So many corners has a way that leaves its column and comes back."""
_SHORT: Final = 90.0
_NEXT: Final = 10.5
_FURTHER: Final = 24.0
"""On an upright run a chip sits so far from its start: right under the port on a short one."""
_TRIES: Final = 4
_UNDER_ARROW: Final = ARROW_HEIGHT - 1.0
"""A line ends so far before its arrow's tip, under the arrow."""
_KAPPA: Final = 0.5523
"""Control points of a cubic that looks like a quarter of a circle."""


@dataclass(frozen=True, slots=True)
class Ends:
    """What a route joins.

    Attributes:
        start: Centre of the output port.
        end: Centre of the input port.
        merges: More than one edge ends there, so the leg runs near the end.
        source_side: -1, 0 or 1: on which side of its node the port lies.
    """

    start: Point
    end: Point
    merges: bool = False
    source_side: int = 0


def route(ends: Ends, blockers: Blockers) -> Points:
    """Return the corners of an edge from a port below a node to a port above another."""
    (sx, sy), (ex, ey) = (ends.start[0], ends.start[1] + PORT_RADIUS), (ends.end[0], ends.end[1] - ARROW_TIP)
    straight = abs(sx - ex) < _STRAIGHT
    if ey - sy < (1 if straight else ARROW_HEIGHT):  # right below it an arrow that touches the port is still the best
        return _round_about((sx, sy), (ex, ey))
    if straight and (ey - sy < _NEAR or not blockers(sx, sy, ey)):
        return ((sx, sy), (sx, ey))
    if ey - sy < _NEAR:
        return _with_leg((sx, sy), (ex, ey), (sy + ey - (ARROW_HEIGHT if ey - sy < _TIGHT else 0)) / 2)
    legs = (ey - _LAST - ARROW_HEIGHT, sy + _LEG)
    for leg in legs if ends.merges else reversed(legs):
        if not straight and not blockers(sx, sy, leg) and not blockers(ex, leg, ey):
            return _with_leg((sx, sy), (ex, ey), leg)
    return _by_lane((sx, sy), (ex, ey), ends.source_side, blockers)


def error_route(source: Bounds, start: Point, end: Point, rail: float) -> Points:
    """Return the corners of an error edge: out at the right, along the rail, down into its target.

    A source that stands beyond the rail is led back to it below itself.
    """
    ex, ey = end[0], end[1] - ARROW_TIP
    leg = ey - _LAST - ARROW_HEIGHT
    way: list[Point] = [start]
    if source.right > rail - _BESIDE:
        out, below = start[0] + _LEG, source.bottom + _BELOW
        way += [(out, start[1]), (out, below), (rail, below)]
    else:
        way.append((rail, start[1]))
    if abs(rail - ex) >= _STRAIGHT:
        way += [(rail, leg), (ex, leg)]
    return (*way, (ex, ey))


def bent_route(ends: Ends, bends: Sequence[Point]) -> Points | None:
    """Return the corners of an edge through given upright runs, or None where these do not fit between its ends.

    `bends` are pairs: top and bottom of each run.
    """
    (sx, sy), end = (ends.start[0], ends.start[1] + PORT_RADIUS), (ends.end[0], ends.end[1] - ARROW_TIP)
    runs = fitted(bends, sy, end[1])
    return (*_through([(sx, sy)], sx, runs, end), end) if runs else None


def bent_error_route(start: Point, end: Point, bends: Sequence[Point]) -> Points | None:
    """Return the corners of an error edge through given upright runs, or None where these do not fit: out at the right.

    `start` is the middle of its port, `end` the top of its target.
    """
    (sx, sy), end = start, (end[0], end[1] - ARROW_TIP)
    runs = fitted(bends, sy, end[1])
    if not runs:
        return None
    out = max(sx + _LEG, runs[0][0])
    return (*_through([(sx, sy), (out, sy)], out, runs, end), end)


def fitted(bends: Sequence[Point], top: float, bottom: float) -> tuple[Point, ...]:
    """Return upright runs pulled in between the levels that a line begins and ends at; none where they do not fit."""
    levels = [y for _, y in bends]
    if len(bends) % 2 or bottom - top < BEND_ROOM or any(lower < upper for upper, lower in pairwise(levels)):
        return ()
    highest, lowest = top + 2 * _LAST, bottom - _LAST - ARROW_HEIGHT
    return tuple((x, min(max(y, highest), lowest)) for x, y in bends)


def rail_of(sources: Sequence[Bounds], target: Point, blockers: Blockers) -> float:
    """Return where the error edges of one target run: beside the column that most lead there from, if that is free.

    Else right of all of them.
    """
    bottom = target[1] - ARROW_TIP - _LAST - ARROW_HEIGHT
    for x in sorted({bounds.right + RAIL for bounds in sources}):
        beyond = [bounds for bounds in sources if bounds.right > x - _BESIDE]
        if 2 * len(beyond) > len(sources):
            continue
        joints = [
            bounds.bottom + _BELOW if bounds in beyond else (bounds.top + bounds.bottom) / 2 for bounds in sources
        ]
        if not blockers(x, min(*joints, bottom), max(*joints, bottom)):
            return x
    return max(bounds.right for bounds in sources) + _ASIDE


def path_of(points: Points) -> QPainterPath:
    """Return the line with its corners rounded, up to where the arrow begins."""
    path, last = QPainterPath(QPointF(*points[0])), len(points) - 2
    for place, (before, corner, after) in enumerate(zip(points, points[1:], points[2:], strict=False), 1):
        # corners at both ends of a run share it; the first and the last run have but one
        room = _length(before, corner) if place == 1 else _length(before, corner) / 2
        left = _length(corner, after) / 2 if place < last else _length(corner, after) - _UNDER_ARROW
        radius = min(CORNER, room, left)
        start, end = _towards(corner, before, radius), _towards(corner, after, radius)
        path.lineTo(*start)
        path.cubicTo(
            QPointF(*_towards(start, corner, radius * _KAPPA)),
            QPointF(*_towards(end, corner, radius * _KAPPA)),
            QPointF(*end),
        )
    path.lineTo(*_towards(points[-1], points[-2], _UNDER_ARROW))
    return path


def arrow_of(points: Points) -> QPolygonF:
    """Return the filled triangle at the end; the last run is upright."""
    x, y = points[-1]
    return QPolygonF(
        [
            QPointF(x, y),
            QPointF(x - ARROW_WIDTH / 2, y - ARROW_HEIGHT),
            QPointF(x + ARROW_WIDTH / 2, y - ARROW_HEIGHT),
        ]
    )


def bounds_of(points: Points) -> Bounds:
    """Return the rectangle around a line, padded so that a straight one has an area."""
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return Bounds(min(xs), min(ys), max(xs), max(ys)).grown(ARROW_WIDTH / 2)


def chip_centre(points: Points, width: float) -> Point:
    """Return where a chip sits: on the lane of a way round, amid a level leg that bears it, or near the start."""
    if len(points) == _WAY_ROUND and abs(points[3][1] - points[2][1]) > _NEAR:
        return points[2][0], (points[2][1] + points[3][1]) / 2
    best, longest = None, width
    for (x, y), (other_x, other_y) in pairwise(points):
        if abs(y - other_y) < _STRAIGHT and abs(x - other_x) > longest:
            best, longest = ((x + other_x) / 2, y), abs(x - other_x)
    if best is not None:
        return best
    (x, y), (_, end) = points[0], points[1]
    return x, y + math.copysign(min(abs(end - y) / 2, _NEXT if abs(end - y) < _SHORT else _FURTHER), end - y)


def distance(points: Points, x: float, y: float) -> float:
    """Return how far a point is from the line."""
    return min((_from_run(x, y, one, other) for one, other in pairwise(points)), default=math.inf)


def _with_leg(start: Point, end: Point, leg: float) -> Points:
    return (start, (start[0], leg), (end[0], leg), end)


def _by_lane(start: Point, end: Point, side: int, blockers: Blockers) -> Points:
    """Go down beside what stands in the way."""
    (sx, sy), (ex, ey) = start, end
    upper, lower = sy + _LEG, ey - _LAST - ARROW_HEIGHT
    lane = sx
    for _ in range(_TRIES):
        found = blockers(lane, upper, lower)
        if not found:
            break
        right = max(bounds.right for bounds in found) + _LANE
        left = min(bounds.left for bounds in found) - _LANE
        to_the_left = side < 0 or (side == 0 and abs(left - ex) < abs(right - ex))
        lane = left if to_the_left else right
    return (start, (sx, upper), (lane, upper), (lane, lower), (ex, lower), end)


def _round_about(start: Point, end: Point) -> Points:
    """Go to a node that lies beside or above."""
    (sx, sy), (ex, ey) = start, end
    lane = (sx + ex) / 2 if abs(sx - ex) > 260 else max(sx, ex) + 140
    return (start, (sx, sy + _LEG), (lane, sy + _LEG), (lane, ey - 2 * _LEG), (ex, ey - 2 * _LEG), end)


def _through(corners: list[Point], x: float, runs: Sequence[Point], end: Point) -> list[Point]:
    """Lead a line that has come to its last corner, at `x`, through upright runs and above its end."""
    y = corners[-1][1]
    for (run, top), (_, bottom) in zip(runs[::2], runs[1::2], strict=True):
        _turn(corners, x, run, (y + top) / 2)
        x, y = run, bottom
    _turn(corners, x, end[0], max(y, end[1] - _LAST - ARROW_HEIGHT))
    return corners


def _turn(corners: list[Point], x: float, to: float, y: float) -> None:
    if abs(x - to) >= _STRAIGHT:
        corners += [(x, y), (to, y)]


def _length(one: Point, other: Point) -> float:
    return math.hypot(other[0] - one[0], other[1] - one[1])


def _towards(start: Point, end: Point, by: float) -> Point:
    whole = _length(start, end)
    if whole == 0:
        return start
    share = by / whole
    return start[0] + (end[0] - start[0]) * share, start[1] + (end[1] - start[1]) * share


def _from_run(x: float, y: float, one: Point, other: Point) -> float:
    across, along = other[0] - one[0], other[1] - one[1]
    square = across * across + along * along
    share = 0.0 if square == 0 else max(0.0, min(1.0, ((x - one[0]) * across + (y - one[1]) * along) / square))
    return math.hypot(x - one[0] - share * across, y - one[1] - share * along)
