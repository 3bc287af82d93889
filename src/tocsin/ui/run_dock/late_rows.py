"""The rows of a timeline as a list that makes most of them when somebody looks, without Qt: loops have many items."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import overload

from typing_extensions import override

from tocsin.ui.run_dock.items import split_item


class RowKind(StrEnum):
    """What a row stands for."""

    STEP = "step"
    LOOP = "loop"
    ITEM = "item"


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the timeline.

    Attributes:
        path: Where in the run; of an item `loop[2]`.
        node: The step's id; of an item the loop's.
        title: What it is called.
        depth: How far it is indented.
        kind: What it stands for.
        is_open: Whether what is in it is shown; None where there is nothing in it.
    """

    path: str
    node: str
    title: str
    depth: int
    kind: RowKind
    is_open: bool | None = None


@dataclass(frozen=True, slots=True)
class Stretch:
    """Items of one loop that follow one another, with nothing between.

    Attributes:
        loop: The loop's path.
        indexes: The items' indexes, rising.
        make: Makes the row of one.
    """

    loop: str
    indexes: Sequence[int]
    make: Callable[[int], Row]


class LateRows(Sequence[Row]):
    """Rows in order.

    Args:
        parts: Rows, and stretches of items whose rows are made when somebody looks at them.
    """

    def __init__(self, parts: Sequence[Row | Stretch]) -> None:
        self._parts = parts
        self._begins: list[int] = []
        self._places: dict[str, int] = {}
        self._stretches: dict[str, list[tuple[int, Stretch]]] = {}
        self._count = 0
        for part in parts:
            self._begins.append(self._count)
            if isinstance(part, Row):
                self._places[part.path] = self._count
                self._count += 1
            else:
                self._stretches.setdefault(part.loop, []).append((self._count, part))
                self._count += len(part.indexes)

    def find(self, path: str) -> int | None:
        """Return the place of the row of a path, or None when there is none."""
        place, item = self._places.get(path), split_item(path)
        if place is not None or item is None or not path.endswith("]"):
            return place
        loop, index = item
        for begin, stretch in self._stretches.get(loop, ()):
            within = bisect_left(stretch.indexes, index)
            if within < len(stretch.indexes) and stretch.indexes[within] == index:
                return begin + within
        return None

    @override
    def __len__(self) -> int:
        return self._count

    @overload
    def __getitem__(self, index: int) -> Row: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Row]: ...
    @override
    def __getitem__(self, index: int | slice) -> Row | Sequence[Row]:
        if isinstance(index, slice):
            return [self[place] for place in range(*index.indices(self._count))]
        place = index + self._count if index < 0 else index
        if not 0 <= place < self._count:
            raise IndexError("no such row")
        number = bisect_right(self._begins, place) - 1
        part = self._parts[number]
        return part if isinstance(part, Row) else part.make(part.indexes[place - self._begins[number]])
