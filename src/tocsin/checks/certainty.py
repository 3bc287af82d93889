"""Whether a node's output is there when another reads it: on every way, on some, on none (design.md §4.2).

A cheap look along the wires proves most readers right; only for the others are the ways searched.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Final

from tocsin.checks.fates import look_along
from tocsin.checks.memo import IdentityMemo
from tocsin.checks.narrowing import Implication
from tocsin.checks.outcomes import SKIPPED, UNSETTLED, Outcomes, port_bit, ran, with_output
from tocsin.checks.survey import Scope
from tocsin.checks.views import END
from tocsin.checks.wiring import Wiring
from tocsin.checks.worlds import Worlds
from tocsin.model.playbook import ConditionNode, EndNode, EndStatus
from tocsin.model.ports import FALSE, TRUE

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
    if wiring.cycle:
        return Certainty.SURE
    judge = _judges.get(scope, _Judge)
    if reader == END:
        return judge.at_the_end(read, wanted)
    if wanted == with_output(wiring.nodes[read]) and judge.facts.sure[reader] >> read & 1:
        return Certainty.SURE
    return judge.at(reader, read, wanted)


def worlds_of(scope: Scope) -> Worlds:
    """Return the ways a graph without cycles can go; the same object for the same graph."""
    return _worlds.get(scope, _make_worlds)


def _make_worlds(scope: Scope) -> Worlds:
    return Worlds(scope.wiring, is_body=scope.loop is not None, implications=tuple(_implications(scope.wiring)))


class _Judge:
    """Remembers what was found out about one graph. Readers of one fate have one answer."""

    def __init__(self, scope: Scope) -> None:
        self.facts = look_along(scope.wiring, is_body=scope.loop is not None)
        self._wiring = scope.wiring
        self._worlds = worlds_of(scope)
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
        if not self._worlds.possible({**given, read: otherwise}):
            return Certainty.SURE
        return Certainty.MAYBE if self._worlds.possible({**given, read: wanted}) else Certainty.NEVER


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


_worlds: Final[IdentityMemo[Scope, Worlds]] = IdentityMemo(64)
_judges: Final[IdentityMemo[Scope, _Judge]] = IdentityMemo(64)
