"""Puts nodes in line, or equally far from each other: new places from rectangles, without a scene."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from itertools import pairwise

from tocsin.ui.canvas.geometry import snap
from tocsin.ui.canvas.grid import Bounds

Shift = tuple[int, int]


class Line(StrEnum):
    """Which part of the nodes comes to one line."""

    LEFT = "left"
    CENTRE = "centre"
    RIGHT = "right"
    TOP = "top"
    MIDDLE = "middle"
    BOTTOM = "bottom"


class Axis(StrEnum):
    """The way along which gaps are made equal."""

    ACROSS = "across"
    DOWN = "down"


def aligned(places: Mapping[str, Bounds], line: Line) -> dict[str, Shift]:
    """Return how far each node goes so that all meet at one line: the outermost edge, or the middle of all of them."""
    around = _around(places)
    shifts: dict[str, Shift] = {}
    for name, place in places.items():
        match line:
            case Line.LEFT:
                way = (around.left - place.left, 0)
            case Line.RIGHT:
                way = (around.right - place.right, 0)
            case Line.CENTRE:
                way = ((around.left + around.right - place.left - place.right) / 2, 0)
            case Line.TOP:
                way = (0, around.top - place.top)
            case Line.BOTTOM:
                way = (0, around.bottom - place.bottom)
            case Line.MIDDLE:
                way = (0, (around.top + around.bottom - place.top - place.bottom) / 2)
        shifts[name] = (round(way[0]), round(way[1]))
    return shifts


def distributed(places: Mapping[str, Bounds], axis: Axis) -> dict[str, Shift]:
    """Return how far each node goes so that the gaps between neighbours are equal; the outermost two stay."""
    across = axis is Axis.ACROSS
    spans = {name: (p.left, p.right) if across else (p.top, p.bottom) for name, p in places.items()}
    order = sorted(spans, key=lambda name: sum(spans[name]))
    if len(order) < 3:
        return dict.fromkeys(order, (0, 0))
    room = sum(spans[after][0] - spans[before][1] for before, after in pairwise(order))
    gap = room / (len(order) - 1)
    shifts: dict[str, Shift] = {}
    edge = spans[order[0]][0]
    for name in order:
        start, end = spans[name]
        way = 0 if name in {order[0], order[-1]} else snap(edge - start)
        shifts[name] = (way, 0) if across else (0, way)
        edge += end - start + gap
    return shifts


def _around(places: Mapping[str, Bounds]) -> Bounds:
    return Bounds(
        min(place.left for place in places.values()),
        min(place.top for place in places.values()),
        max(place.right for place in places.values()),
        max(place.bottom for place in places.values()),
    )
