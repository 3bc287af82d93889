"""The order of vertices within the ranks of a layered drawing: few crossings, found by sweeps from several starts."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, TypeAlias

Dummy = tuple[int, int]
"""Stands for link number i where it passes rank k. Nodes are texts, so the two never meet."""
Vertex: TypeAlias = str | Dummy
Layers: TypeAlias = list[list[Vertex]]
Neighbours: TypeAlias = Mapping[Vertex, Sequence[Vertex]]

_SWEEPS: Final = 24
_PATIENCE: Final = 4
_SWAP_ROUNDS: Final = 3
_STARTS: Final = 3


def order_layers(ranks: Mapping[Vertex, int], up: Neighbours, down: Neighbours) -> Layers:
    """Return the vertices of each rank from left to right.

    Args:
        ranks: Every vertex and its rank, from 0 without gaps, in the order that breaks ties.
        up: Neighbours in the rank above, for vertices that have any.
        down: Neighbours in the rank below, likewise.
    """
    search = _Search(ranks, up, down)
    fewest, best = -1, Layers()
    for start in range(_STARTS):
        search.begin(breadth_first=start == 1, upwards=start == 2)
        crossings, layers = search.improve()
        if fewest < 0 or crossings < fewest:
            fewest, best = crossings, layers
        if fewest == 0:
            break
    return best


@dataclass(slots=True)
class _Search:
    ranks: Mapping[Vertex, int]
    up: Neighbours
    down: Neighbours
    layers: Layers = field(default_factory=Layers)
    place: dict[Vertex, int] = field(default_factory=dict[Vertex, int])

    def begin(self, *, breadth_first: bool, upwards: bool) -> None:
        """Order by a walk over the graph, from its beginnings or its ends."""
        self.layers = [[] for _ in range(max(self.ranks.values()) + 1)]
        onwards, back = (self.up, self.down) if upwards else (self.down, self.up)
        seen: set[Vertex] = set()
        for root in sorted((v for v in self.ranks if not back.get(v)), key=self.ranks.__getitem__):
            queue = deque([root])
            while queue:
                vertex = queue.popleft() if breadth_first else queue.pop()
                if vertex in seen:
                    continue
                seen.add(vertex)
                self.layers[self.ranks[vertex]].append(vertex)
                following = onwards.get(vertex, ())
                queue.extend(following if breadth_first else reversed(following))
        for layer in self.layers:
            self._number(layer)

    def improve(self) -> tuple[int, Layers]:
        """Sweep down and up until nothing gets better; return the fewest crossings and the order that has them."""
        fewest, best, stale = self._crossings(), [list(layer) for layer in self.layers], 0
        for turn in range(_SWEEPS):
            if fewest == 0 or stale > _PATIENCE:
                break
            self._sweep(downwards=turn % 2 == 0)
            self._swap_neighbours()
            crossings = self._crossings()
            stale += 1
            if crossings < fewest:
                fewest, best, stale = crossings, [list(layer) for layer in self.layers], 0
        return fewest, best

    def _number(self, layer: list[Vertex]) -> None:
        for index, vertex in enumerate(layer):
            self.place[vertex] = index

    def _sweep(self, *, downwards: bool) -> None:
        """Sort each rank by the mean place of its neighbours; those without any stay where they are."""
        layers, near = (self.layers[1:], self.up) if downwards else (self.layers[-2::-1], self.down)
        for layer in layers:
            means = {
                vertex: sum(self.place[other] for other in others) / len(others)
                for vertex in layer
                if (others := near.get(vertex))
            }
            movable = iter(sorted(means, key=means.__getitem__))
            layer[:] = [next(movable) if vertex in means else vertex for vertex in layer]
            self._number(layer)

    def _swap_neighbours(self) -> None:
        for layer in self.layers:
            for _ in range(_SWAP_ROUNDS):
                if sum(self._swap(layer, index) for index in range(len(layer) - 1)) == 0:
                    break

    def _swap(self, layer: list[Vertex], index: int) -> bool:
        """Swap two vertices where that saves crossings; tell whether it did."""
        left, right = layer[index], layer[index + 1]
        saved = 0
        for near in (self.up, self.down):
            ones, others = near.get(left, ()), near.get(right, ())
            saved += self._inversions(ones, others) - self._inversions(others, ones)
        if saved <= 0:
            return False
        layer[index], layer[index + 1] = right, left
        self.place[left], self.place[right] = index + 1, index
        return True

    def _inversions(self, ones: Sequence[Vertex], others: Sequence[Vertex]) -> int:
        if not ones or not others:
            return 0
        place = self.place
        right = [place[other] for other in others]
        found = 0
        for one in ones:
            at = place[one]
            for other in right:
                found += at > other
        return found

    def _crossings(self) -> int:
        return sum(self._crossings_below(layer) for layer in self.layers[:-1])

    def _crossings_below(self, layer: list[Vertex]) -> int:
        """Count the inversions among the ends of a rank's links, with a Fenwick tree."""
        ends: list[int] = []
        for vertex in layer:
            ends.extend(sorted(self.place[other] for other in self.down.get(vertex, ())))
        size = max(ends, default=0) + 1
        tree = [0] * (size + 1)
        found = 0
        for count, end in enumerate(ends):
            at, before = end + 1, 0
            while at > 0:
                before += tree[at]
                at -= at & -at
            found += count - before
            at = end + 1
            while at <= size:
                tree[at] += 1
                at += at & -at
        return found
