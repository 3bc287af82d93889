"""A layered drawing of one directed graph, top to bottom, for boxes of any size (after Sugiyama, Tagawa and Toda 1981).

Ranks by longest path; order within a rank by barycentre sweeps and neighbour swaps, the fewest crossings kept; x by
isotonic regression towards the neighbours, so that separations use real widths and main lines come out straight.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final

from tocsin.model.layered_order import Vertex, order_layers

Point = tuple[float, float]

LANE: Final = 24.0
"""Width that a link takes where it passes a rank."""
_ROUNDS: Final = 10
_STRAIGHTENING: Final = 6
"""From this round on a vertex looks both ways."""
_WEIGHTS: Final = (0.1, 1.0, 1000.0)
"""How hard a vertex holds on to its wish, by the strongest pull that it feels."""


@dataclass(frozen=True, slots=True)
class Box:
    """A node's extent: pixels to the left and right of its anchor column, and its height."""

    left: float
    right: float
    height: float


@dataclass(frozen=True, slots=True)
class Link:
    """An edge to draw downwards.

    Attributes:
        source: Where it starts.
        target: Where it ends.
        pull: 0 hardly, 1 somewhat, 2 strongly wants to be straight.
        labelled: It carries a chip and so needs a taller gap below its source.
    """

    source: str
    target: str
    pull: int = 1
    labelled: bool = False


@dataclass(frozen=True, slots=True)
class Gaps:
    """Pixels between columns, between ranks, between ranks with chips, and more before a merge."""

    column: float = 16
    row: float = 26
    labelled: float = 42
    merge: float = 4


@dataclass(frozen=True, slots=True)
class Drawing:
    """Where everything is.

    Attributes:
        spots: Node → top of its anchor column.
        routes: Index of a link that passes ranks → points from top to bottom; the link runs straight down between
            the two points of each pair.
    """

    spots: Mapping[str, Point]
    routes: Mapping[int, tuple[Point, ...]]


def draw(boxes: Mapping[str, Box], links: Sequence[Link], gaps: Gaps | None = None) -> Drawing:
    """Return a drawing without overlaps; no link passes through a node. Links that close a cycle are not followed."""
    gaps = gaps or Gaps()
    spots: dict[str, Point] = {}
    routes: dict[int, tuple[Point, ...]] = {}
    edge = 0.0
    for members in _components(boxes, links):
        inside = set(members)
        own = {index: link for index, link in enumerate(links) if link.source in inside}
        part = _Component(members, {name: boxes[name] for name in members}, own, gaps)
        part.arrange()
        left, right = part.extent()
        shift = edge - left
        spots |= {name: (x + shift, y) for name, (x, y) in part.spots().items()}
        routes |= {index: tuple((x + shift, y) for x, y in points) for index, points in part.routes().items()}
        edge += right - left + 2 * gaps.column
    return Drawing(spots, routes)


def rank(names: Iterable[str], links: Iterable[Link]) -> dict[str, int]:
    """Return each node's rank from 0: below everything that leads to it, and as near to what it leads to as can be."""
    order, kept = _topological(tuple(names), links)
    below: defaultdict[str, list[str]] = defaultdict(list)
    above: defaultdict[str, int] = defaultdict(int)
    for link in kept:
        below[link.source].append(link.target)
        above[link.target] += 1
    ranks = dict.fromkeys(order, 0)
    for name in order:
        for target in below[name]:
            ranks[target] = max(ranks[target], ranks[name] + 1)
    for name in reversed(order):
        if below[name] and len(below[name]) >= above[name]:
            ranks[name] = max(ranks[name], min(ranks[target] for target in below[name]) - 1)
    least = min(ranks.values(), default=0)
    return {name: value - least for name, value in ranks.items()}


def _topological(names: Sequence[str], links: Iterable[Link]) -> tuple[list[str], list[Link]]:
    """Return the nodes in order, and the links without those that go back."""
    out: defaultdict[str, list[Link]] = defaultdict(list)
    for link in links:
        out[link.source].append(link)
    done: list[str] = []
    kept: list[Link] = []
    state: dict[str, bool] = {}  # False while it is on the way, True when it is finished
    for root in names:
        if root in state:
            continue
        state[root] = False
        way = [(root, iter(out[root]))]
        while way:
            name, rest = way[-1]
            link = next(rest, None)
            if link is None:
                state[name] = True
                done.append(name)
                way.pop()
                continue
            if state.get(link.target) is False:
                continue
            kept.append(link)
            if link.target not in state:
                state[link.target] = False
                way.append((link.target, iter(out[link.target])))
    done.reverse()
    return done, kept


def _components(boxes: Mapping[str, Box], links: Iterable[Link]) -> list[list[str]]:
    near: defaultdict[str, list[str]] = defaultdict(list)
    for link in links:
        near[link.source].append(link.target)
        near[link.target].append(link.source)
    place = {name: index for index, name in enumerate(boxes)}
    seen: set[str] = set()
    parts: list[list[str]] = []
    for root in boxes:
        if root in seen:
            continue
        seen.add(root)
        queue = deque([root])
        part: list[str] = []
        while queue:
            name = queue.popleft()
            part.append(name)
            fresh = [other for other in dict.fromkeys(near[name]) if other not in seen]
            seen.update(fresh)
            queue.extend(fresh)
        parts.append(sorted(part, key=place.__getitem__))
    return parts


@dataclass(slots=True)
class _Component:
    """One connected part while it is being arranged."""

    members: Sequence[str]
    boxes: Mapping[str, Box]
    links: Mapping[int, Link]
    gaps: Gaps
    ranks: dict[str, int] = field(default_factory=dict[str, int])
    layers: list[list[Vertex]] = field(default_factory=list[list[Vertex]])
    down: defaultdict[Vertex, list[Vertex]] = field(default_factory=lambda: defaultdict(list))
    up: defaultdict[Vertex, list[Vertex]] = field(default_factory=lambda: defaultdict(list))
    pulls: dict[tuple[Vertex, Vertex], int] = field(default_factory=dict[tuple[Vertex, Vertex], int])
    x: dict[Vertex, float] = field(default_factory=dict[Vertex, float])
    tops: list[float] = field(default_factory=list[float])
    bottoms: list[float] = field(default_factory=list[float])

    def arrange(self) -> None:
        """Find ranks, order, columns and rows."""
        self.ranks = rank(self.members, self.links.values())
        self._chain_links()
        vertices: dict[Vertex, int] = {**self.ranks}
        vertices |= {vertex: vertex[1] for vertex in self.up if not isinstance(vertex, str)}
        self.layers = order_layers(vertices, self.up, self.down)
        self._find_columns()
        self._find_rows()

    def extent(self) -> tuple[float, float]:
        """Return the leftmost and rightmost pixel."""
        lefts = [self.x[vertex] - self._left(vertex) for layer in self.layers for vertex in layer]
        rights = [self.x[vertex] + self._right(vertex) for layer in self.layers for vertex in layer]
        return min(lefts), max(rights)

    def spots(self) -> dict[str, Point]:
        """Return each node's place."""
        return {name: (self.x[name], self.tops[self.ranks[name]]) for name in self.members}

    def routes(self) -> dict[int, tuple[Point, ...]]:
        """Return the way of each link that passes ranks, a pair of points for each straight run."""
        found: dict[int, tuple[Point, ...]] = {}
        for index, link in self.links.items():
            runs: list[tuple[float, float, float]] = []
            for level in range(self.ranks[link.source] + 1, self.ranks[link.target]):
                x, top, bottom = self.x[index, level], self.tops[level], self.bottoms[level]
                if runs and abs(runs[-1][0] - x) < LANE / 2:
                    runs[-1] = (runs[-1][0], runs[-1][1], bottom)
                else:
                    runs.append((x, top, bottom))
            if runs:
                found[index] = tuple(point for x, top, bottom in runs for point in ((x, top), (x, bottom)))
        return found

    def _chain_links(self) -> None:
        for index, link in self.links.items():
            first, last = self.ranks[link.source], self.ranks[link.target]
            if last <= first:
                continue
            dummies: list[Vertex] = [(index, level) for level in range(first + 1, last)]
            chain: list[Vertex] = [link.source, *dummies, link.target]
            for upper, lower in pairwise(chain):
                if (upper, lower) not in self.pulls:
                    self.down[upper].append(lower)
                    self.up[lower].append(upper)
                pull = link.pull if len(chain) == 2 else min(link.pull, 1)
                self.pulls[upper, lower] = max(pull, self.pulls.get((upper, lower), 0))

    def _left(self, vertex: Vertex) -> float:
        return self.boxes[vertex].left if isinstance(vertex, str) else LANE / 2

    def _right(self, vertex: Vertex) -> float:
        return self.boxes[vertex].right if isinstance(vertex, str) else LANE / 2

    def _find_columns(self) -> None:
        separations: list[list[float]] = []
        for layer in self.layers:
            apart = [self._right(one) + self._left(other) + self.gaps.column for one, other in pairwise(layer)]
            separations.append(apart)
            x = 0.0
            for vertex, step in zip(layer, [*apart, 0.0], strict=True):
                self.x[vertex] = x
                x += step
        for turn in range(_ROUNDS):
            levels = range(1, len(self.layers)) if turn % 2 == 0 else range(len(self.layers) - 2, -1, -1)
            for level in levels:
                self._settle(self.layers[level], separations[level], turn)

    def _settle(self, layer: list[Vertex], separations: list[float], turn: int) -> None:
        wishes = [self._wish(vertex, turn) for vertex in layer]
        for vertex, x in zip(layer, _nearest(wishes, separations), strict=True):
            self.x[vertex] = x

    def _wish(self, vertex: Vertex, turn: int) -> tuple[float, float]:
        """Return where a vertex would like to be, and how much: at the middle of those that pull strongest."""
        above = [(self.pulls[other, vertex], self.x[other]) for other in self.up[vertex]]
        below = [(self.pulls[vertex, other], self.x[other]) for other in self.down[vertex]]
        seen = above + below if turn >= _STRAIGHTENING else (above if turn % 2 == 0 else below) or above or below
        if not seen:
            return self.x[vertex], _WEIGHTS[0]
        strongest = max(pull for pull, _ in seen)
        places = [x for pull, x in seen if pull == strongest]
        return sum(places) / len(places), _WEIGHTS[strongest]

    def _find_rows(self) -> None:
        y = 0.0
        for level, layer in enumerate(self.layers):
            self.tops.append(y)
            height = max((self.boxes[vertex].height for vertex in layer if isinstance(vertex, str)), default=0.0)
            self.bottoms.append(y + height)
            y += height + self._gap_below(level)

    def _gap_below(self, level: int) -> float:
        leaving = [link for link in self.links.values() if self.ranks[link.source] == level]
        gap = self.gaps.labelled if any(link.labelled for link in leaving) else self.gaps.row
        below = self.layers[level + 1] if level + 1 < len(self.layers) else []
        return gap + (self.gaps.merge if any(len(self.up[vertex]) > 1 for vertex in below) else 0)


def _nearest(wishes: Sequence[tuple[float, float]], separations: Sequence[float]) -> list[float]:
    """Return places as near to the weighted wishes as the separations allow (pool adjacent violators)."""
    offsets = [0.0]
    for step in separations:
        offsets.append(offsets[-1] + step)
    blocks: list[tuple[float, float, int]] = []
    for (wish, weight), offset in zip(wishes, offsets, strict=True):
        mean, total, count = wish - offset, weight, 1
        while blocks and blocks[-1][0] > mean:
            other, other_total, other_count = blocks.pop()
            mean = (other * other_total + mean * total) / (other_total + total)
            total, count = total + other_total, count + other_count
        blocks.append((mean, total, count))
    means = [mean for mean, _, count in blocks for _ in range(count)]
    return [mean + offset for mean, offset in zip(means, offsets, strict=True)]
