"""One graph as numbers: wires in and out, order, what lies before what. Sets of nodes are the bits of an integer.

This room keeps its own order instead of networkx's: `tocsin check` and each key stroke in the window wait for it.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from tocsin.checks.memo import IdentityMemo
from tocsin.model.playbook import RUNNABLE, Edge, Graph, Node


@dataclass(frozen=True, slots=True)
class Wire:
    """An edge between numbered nodes."""

    source: int
    port: str
    target: int


@dataclass(frozen=True, slots=True, eq=False)
class Wiring:
    """The nodes of one graph that run, numbered in the order of the file.

    Attributes:
        names: Their ids.
        nodes: Themselves.
        number: Id → number.
        ways_in: The wires that end at each.
        ways_out: The wires that leave each.
        order: The numbers, each after those that lead to it; what lies on or after a cycle comes last, as in the file.
        before: For each, the bits of all from which it can be reached.
        cycle: The numbers of one cycle in order, or ().
    """

    names: tuple[str, ...]
    nodes: tuple[Node, ...]
    number: dict[str, int]
    ways_in: tuple[tuple[Wire, ...], ...]
    ways_out: tuple[tuple[Wire, ...], ...]
    order: tuple[int, ...]
    before: tuple[int, ...]
    cycle: tuple[int, ...]

    def after(self, starts: Sequence[int]) -> int:
        """Return the bits of all that can be reached from the starts, themselves included."""
        reached, work = 0, list(starts)
        while work:
            number = work.pop()
            if not reached >> number & 1:
                reached |= 1 << number
                work.extend(wire.target for wire in self.ways_out[number])
        return reached


def bits_of(mask: int) -> Iterator[int]:
    """Yield the numbers of the bits that are set, from the lowest."""
    while mask:
        lowest = mask & -mask
        yield lowest.bit_length() - 1
        mask ^= lowest


def wiring_of(graph: Graph) -> Wiring:
    """Return the wiring of a graph; the same object for the same graph."""
    return _memo.get(graph, _make)


def _make(graph: Graph) -> Wiring:
    running = {name: node for name, node in graph.nodes.items() if node.kind in RUNNABLE}
    number = {name: index for index, name in enumerate(running)}
    wires = [_wire(edge, number) for edge in graph.edges if edge.source in number and edge.target in number]
    ways_in: list[list[Wire]] = [[] for _ in running]
    ways_out: list[list[Wire]] = [[] for _ in running]
    for wire in wires:
        ways_in[wire.target].append(wire)
        ways_out[wire.source].append(wire)
    order, left = _sort(ways_in, ways_out)
    return Wiring(
        names=tuple(running),
        nodes=tuple(running.values()),
        number=number,
        ways_in=tuple(map(tuple, ways_in)),
        ways_out=tuple(map(tuple, ways_out)),
        order=(*order, *left),
        before=_before([*order, *left], ways_in),
        cycle=_cycle(left, ways_in),
    )


def _wire(edge: Edge, number: dict[str, int]) -> Wire:
    return Wire(number[edge.source], edge.port, number[edge.target])


def _sort(ways_in: Sequence[Sequence[Wire]], ways_out: Sequence[Sequence[Wire]]) -> tuple[list[int], list[int]]:
    """Return the numbers in topological order (Kahn), and those that have none because of a cycle."""
    missing = [len(wires) for wires in ways_in]
    ready = deque(number for number, count in enumerate(missing) if not count)
    order: list[int] = []
    while ready:
        number = ready.popleft()
        order.append(number)
        for wire in ways_out[number]:
            missing[wire.target] -= 1
            if not missing[wire.target]:
                ready.append(wire.target)
    return order, [number for number, count in enumerate(missing) if count]


def _before(order: Sequence[int], ways_in: Sequence[Sequence[Wire]]) -> tuple[int, ...]:
    before = [0] * len(ways_in)
    changed = True
    while changed:  # one round and a look suffice without cycles
        changed = False
        for number in order:
            seen = before[number]
            for wire in ways_in[number]:
                seen |= before[wire.source] | 1 << wire.source
            if seen != before[number]:
                before[number], changed = seen, True
    return tuple(before)


def _cycle(left: Sequence[int], ways_in: Sequence[Sequence[Wire]]) -> tuple[int, ...]:
    """Walk backwards among the nodes without order: each has such a predecessor, so a node must come again."""
    if not left:
        return ()
    stuck, walked = frozenset(left), [left[0]]
    while True:
        step = next(wire.source for wire in ways_in[walked[-1]] if wire.source in stuck)
        if step in walked:
            return tuple(reversed(walked[walked.index(step) :]))
        walked.append(step)


_memo: Final[IdentityMemo[Graph, Wiring]] = IdentityMemo(64)
