"""Whether a node's output is there when another reads it: on every way, on some, on none (design.md §4.2).

A cheap look along the wires proves most readers right; only for the others are the ways searched.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache
from typing import Final

from tocsin.checks.fates import look_along
from tocsin.checks.memo import IdentityMemo
from tocsin.checks.narrowing import Implication
from tocsin.checks.outcomes import SKIPPED, UNSETTLED, Outcomes, port_bit, ran, with_output
from tocsin.checks.survey import Scope
from tocsin.checks.views import END, START
from tocsin.checks.wiring import Wire, Wiring
from tocsin.checks.worlds import Worlds
from tocsin.model.playbook import ConditionNode, EndNode, EndStatus, Node
from tocsin.model.ports import FALSE, TRUE, ports_of

_ASKED: Final = re.compile(r"\s*(!?)\s*has\(\s*nodes\.([a-z][a-z0-9_]*)\.output\s*\)\s*")


class Certainty(StrEnum):
    """How sure it is that something is there."""

    SURE = "sure"
    MAYBE = "maybe"
    NEVER = "never"


def certainty(scope: Scope, reader: int, read: int, wanted: Outcomes) -> Certainty:
    """Tell how sure it is that `read` ended in a wanted way when `reader` runs, both numbers of one graph.

    The reader END stands for the moment when all of the graph has settled and nothing failed. A reader that can never
    run reads nothing wrong. In a graph with a cycle nothing is claimed.
    """
    wiring = scope.wiring
    if wiring.cycle or reader == START:
        return Certainty.SURE
    judge = _judge_of(scope)
    if reader == END:
        return judge.at_the_end(read, wanted)
    if wanted == with_output(wiring.nodes[read]) and judge.facts.sure[reader] >> read & 1:
        return Certainty.SURE
    return judge.at(reader, read, wanted)


def worlds_of(scope: Scope) -> Worlds:
    """Return the ways a graph without cycles can go; the same object for graphs that are wired alike."""
    return _judge_of(scope).worlds


@dataclass(frozen=True, slots=True)
class _Structure:
    """All of a graph that the ways it can go depend on: what nodes are given and called by people is none of it.

    Attributes:
        names: The nodes' ids.
        wires: Their wires.
        traits: For each node what it can do.
        is_body: It is a loop's body.
        wiring: The graph from which the rest was taken.
    """

    names: tuple[str, ...]
    wires: tuple[tuple[Wire, ...], ...]
    traits: tuple[tuple[object, ...], ...]
    is_body: bool
    wiring: Wiring = field(compare=False)


def _structure_of(scope: Scope) -> _Structure:
    wiring = scope.wiring
    traits = tuple(map(_traits_of, wiring.nodes))
    return _Structure(wiring.names, wiring.ways_out, traits, scope.loop is not None, wiring)


def _traits_of(node: Node) -> tuple[object, ...]:
    told = (getattr(node, name, None) for name in ("on_error", "need", "status", "when"))
    return (node.kind, node.disabled, ports_of(node), getattr(node, "expires", None) is None, *told)


class _Judge:
    """Remembers what was found out about one graph. Readers of one fate have one answer."""

    def __init__(self, wiring: Wiring, *, is_body: bool) -> None:
        self.facts = look_along(wiring, is_body=is_body)
        self.worlds = Worlds(wiring, is_body=is_body, implications=tuple(_implications(wiring)))
        self._wiring = wiring
        self._known: dict[tuple[int, int, Outcomes], Certainty] = {}

    def at(self, reader: int, read: int, wanted: Outcomes) -> Certainty:
        """Judge for a reader that runs after `read`, by every way the graph can go."""
        key = (self.facts.fates[reader], read, wanted)
        if key not in self._known:
            given = {reader: ran(self._wiring.nodes[reader])}
            self._known[key] = self._search(given, read, wanted, otherwise=~wanted)
        return self._known[key]

    def at_the_end(self, read: int, wanted: Outcomes) -> Certainty:
        """Judge for the moment when all has settled, no end that fails was reached, and what joins gave up is gone."""
        nodes = enumerate(self._wiring.nodes)
        ends = (number for number, node in nodes if isinstance(node, EndNode) and node.status is EndStatus.FAILED)
        given_up = self.facts.early >> read & 1
        return self._search(
            dict.fromkeys(ends, SKIPPED), read, wanted, otherwise=~wanted if given_up else ~wanted & ~UNSETTLED
        )

    def _search(self, given: Mapping[int, Outcomes], read: int, wanted: Outcomes, *, otherwise: Outcomes) -> Certainty:
        if not self.worlds.possible({**given, read: otherwise}):
            return Certainty.SURE
        return Certainty.MAYBE if self.worlds.possible({**given, read: wanted}) else Certainty.NEVER


def _implications(wiring: Wiring) -> Iterator[Implication]:
    """Yield what conditions prove: after `has(nodes.x.output)` there is an output, or there is none."""
    for number, node in enumerate(wiring.nodes):
        if not isinstance(node, ConditionNode) or node.disabled:
            continue
        parts = _conjuncts(node.when)
        for match in filter(None, map(_ASKED.fullmatch, parts)):
            other = wiring.number.get(match.group(2))
            if other is None or not wiring.before[number] >> other & 1:
                continue
            there = with_output(wiring.nodes[other])
            proven = ~there if match.group(1) else there
            yield Implication(number, port_bit(node, TRUE), other, proven)
            if len(parts) == 1:
                yield Implication(number, port_bit(node, FALSE), other, ~proven)


def _conjuncts(text: str) -> list[str]:
    """Return the parts joined by && at the top; the whole text where that cannot be told by looking."""
    parts = text.split("&&")
    plain = "||" not in text and "?" not in text and all(part.count("(") == part.count(")") for part in parts)
    return parts if plain else [text]


@lru_cache(maxsize=64)
def _make_judge(structure: _Structure) -> _Judge:
    return _Judge(structure.wiring, is_body=structure.is_body)


def _judge_of(scope: Scope) -> _Judge:
    return _judges.get(scope, lambda scope: _make_judge(_structure_of(scope)))


_judges: Final[IdentityMemo[Scope, _Judge]] = IdentityMemo(64)
