"""What is sure by a look along the wires: cheap, may miss something, never claims too much.

Two nodes share a fate when they run in the very same runs. What a node's ways in of one fate bring is brought together;
of ways of different fates, only what each of them brings is sure.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final, TypeAlias

from tocsin.checks.outcomes import Group, Outcomes, groups_of, need_of, overtaken, port_bit, ways_to_leave, with_output
from tocsin.checks.wiring import Wiring
from tocsin.model.playbook import JoinNode
from tocsin.model.ports import UNMET

_ENTERED: Final = -1
"""The fate of what runs whenever its loop's body does."""
_Fate: TypeAlias = int
_Branch: TypeAlias = tuple[int, Outcomes]


@dataclass(frozen=True, slots=True)
class Facts:
    """What a look along the wires found out.

    Attributes:
        sure: For each node the bits of those whose output is there whenever it runs.
        fates: For each node its fate; equal ones run in the very same runs.
        early: The bits of the nodes that a join may not wait for.
    """

    sure: Sequence[int]
    fates: Sequence[int]
    early: int


def look_along(wiring: Wiring, *, is_body: bool) -> Facts:
    """Return what is sure in a graph without cycles.

    Args:
        wiring: The graph.
        is_body: It is a loop's body, where all nodes without ways in run.
    """
    look = _Look(wiring, is_body)
    for number in wiring.order:
        look.at(number)
    return Facts(look.sure, look.fates, look.early)


@dataclass(slots=True)
class _Look:
    """One walk, in topological order."""

    wiring: Wiring
    is_body: bool
    sure: list[int] = field(init=False)
    _leaving: list[Outcomes] = field(init=False)
    _needs: list[int] = field(init=False)
    _groups: list[tuple[Group, ...]] = field(init=False)
    early: int = field(init=False)
    fates: list[_Fate] = field(init=False)
    _branches: dict[_Branch, _Fate] = field(init=False, default_factory=dict)
    _origin: dict[_Fate, _Branch] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        numbers = range(len(self.wiring.nodes))
        self.sure = [0] * len(numbers)
        self._leaving = [ways_to_leave(self.wiring, number) for number in numbers]
        self._groups = [groups_of(self.wiring, number) for number in numbers]
        self._needs = [need_of(node, self._groups[number]) for number, node in enumerate(self.wiring.nodes)]
        self.early = overtaken(self.wiring, self._needs)
        self.fates = list(numbers)

    def at(self, number: int) -> None:
        """Find out what is sure at a node, and whose fate it shares."""
        groups = self._groups[number]
        if not groups:
            self.fates[number] = _ENTERED if self.is_body else number
            return
        brought: dict[_Fate, int] = {}
        for group in groups:
            fate = self._fate_of(group)
            brought[fate] = brought.get(fate, 0) | self._brought_by(group)
        facts = list(brought.values())
        node = self.wiring.nodes[number]
        self.sure[number] = _joined(facts, every=isinstance(node, JoinNode) and node.need == "every")
        fates = self._merged(list(brought))
        if len(fates) == 1 and not self._needs[number]:
            self.fates[number] = fates[0]

    def _fate_of(self, group: Group) -> _Fate:
        """Return the fate of what a group leads to: its source's own when there is no other way to leave."""
        source = group.source
        if not self.early >> source & 1 and not self._leaving[source] & ~group.ports:
            return self.fates[source]
        return self._fate_of_branch((source, group.ports & self._leaving[source]))

    def _fate_of_branch(self, branch: _Branch) -> _Fate:
        if branch not in self._branches:
            fate = len(self.fates) + len(self._branches)
            self._branches[branch] = fate
            self._origin[fate] = branch
        return self._branches[branch]

    def _merged(self, fates: list[_Fate]) -> list[_Fate]:
        """Return the fates with branches that make up a whole put together again."""
        ways: dict[int, Outcomes] = {}
        for fate in fates:
            if fate in self._origin:
                source, ports = self._origin[fate]
                ways[source] = ways.get(source, 0) | ports
        whole = [source for source, ports in ways.items() if self._is_whole(source, ports)]
        if not whole:
            return fates
        kept = [fate for fate in fates if self._origin.get(fate, (-1, 0))[0] not in whole]
        return self._merged(list(dict.fromkeys([*kept, *(self.fates[source] for source in whole)])))

    def _is_whole(self, source: int, ports: Outcomes) -> bool:
        return not self.early >> source & 1 and not self._leaving[source] & ~ports

    def _brought_by(self, group: Group) -> int:
        source = self.wiring.nodes[group.source]
        if isinstance(source, JoinNode) and group.ports & port_bit(source, UNMET):
            return 0
        output = not group.ports & ~with_output(source)
        return self.sure[group.source] | (1 << group.source if output else 0)


def _joined(facts: Sequence[int], *, every: bool) -> int:
    """Return what all say; of a join of every, what any says."""
    joined = facts[0]
    for fact in facts[1:]:
        joined = joined | fact if every else joined & fact
    return joined
