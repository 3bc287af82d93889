"""A spatial index: which things touch a rectangle, found without asking all of them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, Generic, NamedTuple, TypeVar, cast

from PySide6.QtCore import QRectF

K = TypeVar("K")

CELL: Final = 512.0


class Bounds(NamedTuple):
    """A rectangle by its edges, in scene pixels. It may be empty: a straight line's is."""

    left: float
    top: float
    right: float
    bottom: float

    def touches(self, other: Bounds) -> bool:
        """Tell whether two rectangles share a point."""
        return (
            self.left <= other.right
            and other.left <= self.right
            and self.top <= other.bottom
            and other.top <= self.bottom
        )

    def grown(self, by: float) -> Bounds:
        """Return it with more on every side."""
        return Bounds(self.left - by, self.top - by, self.right + by, self.bottom + by)

    def united(self, other: Bounds) -> Bounds:
        """Return the rectangle around both."""
        return Bounds(
            min(self.left, other.left),
            min(self.top, other.top),
            max(self.right, other.right),
            max(self.bottom, other.bottom),
        )

    def holds(self, x: float, y: float) -> bool:
        """Tell whether a point lies in it."""
        return self.left <= x <= self.right and self.top <= y <= self.bottom


def rect_bounds(rect: QRectF) -> Bounds:
    """Return a rectangle by its edges."""
    return Bounds(*cast("tuple[float, float, float, float]", rect.getCoords()))


NOWHERE: Final = Bounds(0, 0, 0, 0)


class Grid(Generic[K]):
    """Keys in cells of 512 pixels, each key in every cell that its rectangle touches."""

    def __init__(self) -> None:
        self._cells: dict[tuple[int, int], dict[K, None]] = {}
        self._bounds: dict[K, Bounds] = {}

    def put(self, key: K, bounds: Bounds) -> None:
        """Keep a key at a rectangle; one that is there already moves."""
        if key in self._bounds:
            if self._bounds[key] == bounds:
                return
            self.remove(key)
        self._bounds[key] = bounds
        for cell in _cells(bounds):
            self._cells.setdefault(cell, {})[key] = None

    def remove(self, key: K) -> None:
        """Forget a key; one that is not there is fine."""
        bounds = self._bounds.pop(key, None)
        if bounds is not None:
            for cell in _cells(bounds):
                self._cells[cell].pop(key, None)

    def find(self, bounds: Bounds) -> list[K]:
        """Return the keys whose rectangles touch this one, in an order that stays the same."""
        found: dict[K, None] = {}
        own = self._bounds
        left, top, right, bottom = bounds
        for cell in _cells(bounds):
            for key in self._cells.get(cell, ()):
                west, north, east, south = own[key]  # a picture asks this hundreds of times: no call for each
                if west <= right and left <= east and north <= bottom and top <= south:
                    found[key] = None
        return list(found)


def _cells(bounds: Bounds) -> Iterator[tuple[int, int]]:
    top, bottom = int(bounds.top // CELL), int(bounds.bottom // CELL)
    for column in range(int(bounds.left // CELL), int(bounds.right // CELL) + 1):
        for row in range(top, bottom + 1):
            yield column, row
