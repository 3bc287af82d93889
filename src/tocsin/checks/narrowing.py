"""Narrows the outcomes of nodes until each fits its neighbours, and tries what is left (engine.md 1.1 to 1.4)."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from tocsin.checks.outcomes import OUT_BIT, SKIPPED, UNMET_BIT, UNSETTLED, Group, Outcomes
from tocsin.checks.wiring import bits_of


@dataclass(frozen=True, slots=True)
class Implication:
    """When a node ended in one of `outcomes`, another ended in one of `then`."""

    node: int
    outcomes: Outcomes
    other: int
    then: Outcomes


@dataclass(frozen=True, slots=True, eq=False)
class Rules:
    """What ties the nodes of a graph together.

    Attributes:
        order: The numbers of the nodes in topological order.
        groups: The wires into each node.
        followers: The nodes that each leads to.
        needs: How many wires a join counts; 0 for what waits for all.
        reporting: The bits of the joins that leave by `unmet` when they miss their count.
        implications: What else is tied together.
    """

    order: Sequence[int]
    groups: Sequence[tuple[Group, ...]]
    followers: Sequence[tuple[int, ...]]
    needs: Sequence[int]
    reporting: int
    implications: Sequence[Implication]


@dataclass(slots=True)
class Search:
    """One question about a graph.

    Attributes:
        rules: The rules.
        relevant: The bits of the nodes that matter for the answer.
        tries: How many choices are left before it gives up and says yes.
    """

    rules: Rules
    relevant: int
    tries: int = 64
    _stuck: int = field(init=False, default=-1)

    def finds(self, domain: list[Outcomes], changed: Iterable[int]) -> bool:
        """Tell whether every node can be given one of its outcomes so that all fit.

        Args:
            domain: The outcomes of each node; narrowed in place.
            changed: The nodes whose outcomes were narrowed since all fitted.
        """
        if not self.settle(domain, changed):
            return False
        self.tries -= 1
        if self.walks_through(domain.copy()) or self.tries <= 0:
            return True
        choice = self._undecided(domain)
        for bit in bits_of(domain[choice]):
            branch = domain.copy()
            branch[choice] = 1 << bit
            if self.finds(branch, [choice]):
                return True
        return False

    def settle(self, domain: list[Outcomes], changed: Iterable[int]) -> bool:
        """Narrow until nothing changes; False when some node has no outcome left."""
        work = deque(changed)
        waiting = set(work)
        while work:
            number = work.popleft()
            waiting.discard(number)
            for touched in (number, *self._relevant_followers(number)):
                near = (touched, *(group.source for group in self.rules.groups[touched]))
                before = [domain[each] for each in near]
                self._narrow(touched, domain)
                changes = [each for each, old in zip(near, before, strict=True) if domain[each] != old]
                changes += self._imply(domain)
                for each in changes:
                    if not domain[each]:
                        return False
                    if each not in waiting:
                        waiting.add(each)
                        work.append(each)
        return True

    def _relevant_followers(self, number: int) -> Iterator[int]:
        return (each for each in self.rules.followers[number] if self.relevant >> each & 1)

    def walks_through(self, domain: list[Outcomes]) -> bool:
        """Try the way on which each node, in order, does the first thing that it still can.

        Args:
            domain: The outcomes of each node, as they all fit; each relevant one is left with what it did.
        """
        for number in self.rules.order:
            if not self.relevant >> number & 1:
                continue
            self._narrow(number, domain)
            near = [number, *(group.source for group in self.rules.groups[number]), *self._imply(domain)]
            if not all(domain[each] for each in near):
                self._stuck = number
                return False
            domain[number] = _first(domain[number])
        return True

    def _undecided(self, domain: Sequence[Outcomes]) -> int:
        """Return a node to decide on: near the one where the last walk was stuck, else the first."""
        near = [*(group.source for group in self.rules.groups[self._stuck]), self._stuck]
        candidates = [*near, *(each for each in self.rules.order if self.relevant >> each & 1)]
        return next(each for each in candidates if domain[each] & (domain[each] - 1))

    def _imply(self, domain: list[Outcomes]) -> list[int]:
        changed: list[int] = []
        for rule in self.rules.implications:
            if not domain[rule.node] & ~rule.outcomes and domain[rule.other] & ~rule.then:
                domain[rule.other] &= rule.then
                changed.append(rule.other)
            if not domain[rule.other] & rule.then and domain[rule.node] & rule.outcomes:
                domain[rule.node] &= ~rule.outcomes
                changed.append(rule.node)
        return changed

    def _narrow(self, number: int, domain: list[Outcomes]) -> None:
        if self.rules.groups[number]:
            look = _Look.at(self.rules.groups[number], domain)
            if self.rules.needs[number]:
                self._count(number, domain, look)
            else:
                self._wait(number, domain, look)

    def _wait(self, number: int, domain: list[Outcomes], look: _Look) -> None:
        """A plain node, or a join of all: runs when everything before it is settled and something led to it."""
        left = domain[number]
        if not look.takers and not look.is_open:
            left &= ~UNSETTLED
        if not look.takers or look.is_stuck:
            left &= SKIPPED | UNSETTLED
        if look.kept:
            left &= ~SKIPPED
        domain[number] = left
        if left & UNSETTLED:
            return
        for group in self.rules.groups[number]:
            domain[group.source] &= ~(group.ports | UNSETTLED) if left == SKIPPED else ~UNSETTLED
        if not left & SKIPPED and len(look.takers) == 1:
            _take(look.takers, domain)

    def _count(self, number: int, domain: list[Outcomes], look: _Look) -> None:
        """A join of every, any or N: runs at the N-th wire taken, misses as soon as N is out of reach."""
        need, reports = self.rules.needs[number], self.rules.reporting >> number & 1
        left = domain[number]
        if len(look.takers) < need:
            left &= ~OUT_BIT if look.is_open else ~(OUT_BIT | UNSETTLED)
        if len(look.kept) >= need:
            left &= OUT_BIT | UNSETTLED
        if not look.takers or need == 1:
            left &= ~UNMET_BIT
        if reports and look.kept:
            left &= ~SKIPPED
        domain[number] = left
        self._count_back(number, domain, look)

    def _count_back(self, number: int, domain: list[Outcomes], look: _Look) -> None:
        """What a join's outcome says about the nodes before it."""
        need, left, groups = self.rules.needs[number], domain[number], self.rules.groups[number]
        if (left == OUT_BIT and len(look.takers) == need) or (left == UNMET_BIT and len(look.takers) == 1):
            _take(look.takers, domain)
        if left == SKIPPED and self.rules.reporting >> number & 1:
            _pass_by(groups, domain)
        elif not left & (OUT_BIT | UNSETTLED):
            undecided = [group for group in groups if domain[group.source] & ~group.ports]
            if len(groups) - len(undecided) == need - 1:  # one more would have made it
                _pass_by(undecided, domain)


@dataclass(frozen=True, slots=True)
class _Look:
    """What the nodes before one say.

    Attributes:
        takers: Those that may lead to it.
        kept: Those that may not have settled another way.
        is_open: Some may not be settled.
        is_stuck: Some cannot be settled.
    """

    takers: list[Group]
    kept: list[Group]
    is_open: bool
    is_stuck: bool

    @staticmethod
    def at(groups: Sequence[Group], domain: Sequence[Outcomes]) -> _Look:
        return _Look(
            takers=[group for group in groups if domain[group.source] & group.ports],
            kept=[group for group in groups if not domain[group.source] & ~(group.ports | UNSETTLED)],
            is_open=any(domain[group.source] & UNSETTLED for group in groups),
            is_stuck=any(not domain[group.source] & ~UNSETTLED for group in groups),
        )


def _first(outcomes: Outcomes) -> Outcomes:
    """Return one outcome: the first port, rather than none."""
    ports = outcomes & ~(SKIPPED | UNSETTLED)
    chosen = ports or outcomes
    return chosen & -chosen


def _take(groups: Sequence[Group], domain: list[Outcomes]) -> None:
    for group in groups:
        domain[group.source] &= group.ports


def _pass_by(groups: Sequence[Group], domain: list[Outcomes]) -> None:
    for group in groups:
        domain[group.source] &= ~(group.ports | UNSETTLED)
