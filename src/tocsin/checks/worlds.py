"""Could this happen? Searches the ways a graph can go for one in which given nodes end in given ways.

Each node has an outcome: skipped, unsettled, or the port it left by. The rules that tie them are engine.md 1.1 to 1.4:
a plain node runs when all before it are settled and one led to it; a join counts. Outcomes that stop the run (a failure
without an error edge) are left out, because nothing starts after them. Narrowing keeps only outcomes that fit their
neighbours; where that leaves a choice, each is tried (`narrowing`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from tocsin.checks.narrowing import Implication, Rules, Search
from tocsin.checks.outcomes import (
    SKIPPED,
    UNMET_BIT,
    UNSETTLED,
    Outcomes,
    groups_of,
    need_of,
    ways_to_leave,
)
from tocsin.checks.wiring import Wiring
from tocsin.model.playbook import TriggerNode


@dataclass(slots=True, eq=False)
class Worlds:
    """The ways one graph can go.

    Attributes:
        wiring: The graph, without cycles.
        is_body: It is a loop's body: nodes without wires into them run; in a playbook only the fired trigger does.
        implications: What the expressions of conditions say about other nodes.
    """

    wiring: Wiring
    is_body: bool
    implications: Sequence[Implication] = ()
    _rules: Rules = field(init=False)
    _starts: list[list[Outcomes]] = field(init=False)
    _seen: list[list[Outcomes]] = field(init=False)
    _known: dict[tuple[tuple[int, Outcomes], ...], bool] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self._rules = _rules_of(self.wiring, self.implications)
        everything = Search(self._rules, (1 << len(self.wiring.nodes)) - 1)
        self._starts = [start for start in self._all_starts() if everything.settle(start, self.wiring.order)]
        walks = [start.copy() for start in self._starts]
        self._seen = [walk for walk in walks if everything.walks_through(walk)]

    def possible(self, assumed: Mapping[int, Outcomes]) -> bool:
        """Tell whether there is a way to go in which each given node ends in one of its given outcomes.

        True also when the search gave up, which takes more choices than a person draws.
        """
        key = tuple(sorted(assumed.items()))
        if key not in self._known:
            self._known[key] = self._find(assumed)
        return self._known[key]

    def _find(self, assumed: Mapping[int, Outcomes]) -> bool:
        if any(all(way[number] & outcomes for number, outcomes in assumed.items()) for way in self._seen):
            return True  # the straight way through shows most of what can be
        relevant = 0
        for number in assumed:
            relevant |= self.wiring.before[number] | 1 << number
        for start in self._starts:
            domain = start.copy()
            for number, outcomes in assumed.items():
                domain[number] &= outcomes
            changed = [number for number in assumed if domain[number] != start[number]]
            if all(domain[number] for number in assumed) and Search(self._rules, relevant).finds(domain, changed):
                return True
        return False

    def _all_starts(self) -> Iterator[list[Outcomes]]:
        base = self._base()
        if self.is_body:
            yield base
            return
        triggers = [number for number, node in enumerate(self.wiring.nodes) if isinstance(node, TriggerNode)]
        for fired in triggers:
            if not self.wiring.nodes[fired].disabled:
                others = {number: SKIPPED for number in triggers if number != fired}
                yield [others.get(number, outcomes) for number, outcomes in enumerate(base)]

    def _base(self) -> list[Outcomes]:
        hurried = any(self._rules.needs)  # a join goes on early: then anything may be unsettled at some moment
        base: list[Outcomes] = []
        for number, node in enumerate(self.wiring.nodes):
            outcomes = ways_to_leave(self.wiring, number)
            at_once = not self._rules.groups[number] and not self.is_body
            if self._rules.groups[number]:
                outcomes |= SKIPPED
            elif at_once and not isinstance(node, TriggerNode):
                outcomes = SKIPPED
            base.append(outcomes | UNSETTLED if hurried and not at_once else outcomes)
        return base


def _rules_of(wiring: Wiring, implications: Sequence[Implication]) -> Rules:
    numbers = range(len(wiring.nodes))
    groups = [groups_of(wiring, number) for number in numbers]
    needs = [need_of(node, groups[number]) for number, node in enumerate(wiring.nodes)]
    reporting = (1 << number for number in numbers if needs[number] and ways_to_leave(wiring, number) & UNMET_BIT)
    return Rules(
        order=wiring.order,
        groups=groups,
        followers=[tuple(dict.fromkeys(wire.target for wire in ways)) for ways in wiring.ways_out],
        needs=needs,
        reporting=sum(reporting),
        implications=implications,
    )
