"""How a node can end, as bits, and how the wires before it are tied together (engine.md 1.1, 1.2)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from tocsin.checks.wiring import Wiring
from tocsin.model.playbook import AskNode, EndNode, JoinNode, Node, OnError, WaitNode
from tocsin.model.ports import ERROR, EXPIRED, UNMET, main_port, ports_of

SKIPPED: Final = 1
UNSETTLED: Final = 2
"""Not settled when the moment comes, or cancelled by a join that no longer needed it."""
_FIRST_PORT: Final = 2
OUT_BIT: Final = 1 << _FIRST_PORT
UNMET_BIT: Final = 1 << _FIRST_PORT + 1
"""The two ways to leave a join."""

Outcomes = int
"""Bits: SKIPPED, UNSETTLED, then the ports in their order; a node without ports has one more for having run."""


def port_bit(node: Node, port: str) -> Outcomes:
    """Return the bit of leaving by a port."""
    return 1 << _FIRST_PORT + ports_of(node).index(port)


def ran(node: Node) -> Outcomes:
    """Return the bits of every way to have run."""
    return ((1 << max(1, len(ports_of(node)))) - 1) << _FIRST_PORT


def with_output(node: Node) -> Outcomes:
    """Return the bits of the ways that leave an output behind; 0 when there is none, ever."""
    if node.disabled or isinstance(node, EndNode):
        return 0
    without = (ERROR, EXPIRED)
    return sum(port_bit(node, port) for port in ports_of(node) if port not in without)


@dataclass(frozen=True, slots=True)
class Group:
    """All wires from one node to another: at most one of them is taken, since a node leaves by one port."""

    source: int
    ports: Outcomes
    count: int


def ways_to_leave(wiring: Wiring, number: int) -> Outcomes:
    """Return the ways a node can leave once it runs, without a failure that stops the run."""
    node = wiring.nodes[number]
    if node.disabled:
        main = main_port(node)
        return port_bit(node, main) if main else ran(node)
    wired = frozenset(wire.port for wire in wiring.ways_out[number])
    outcomes = ran(node)
    for port in ports_of(node):
        if not _may_leave(node, port, wired, has_ways_in=bool(wiring.ways_in[number])):
            outcomes &= ~port_bit(node, port)
    return outcomes


def _may_leave(node: Node, port: str, wired: frozenset[str], *, has_ways_in: bool) -> bool:
    if port == ERROR:
        return ERROR in wired and getattr(node, "on_error", None) is not OnError.CONTINUE
    if port == EXPIRED and isinstance(node, AskNode | WaitNode):
        return node.expires is not None
    if port == UNMET and isinstance(node, JoinNode):
        return UNMET in wired and node.need != "all" and has_ways_in
    return True


def groups_of(wiring: Wiring, number: int) -> tuple[Group, ...]:
    """Return the wires that end at a node, gathered by their source."""
    ports: dict[int, list[Outcomes]] = {}
    for wire in wiring.ways_in[number]:
        ports.setdefault(wire.source, []).append(port_bit(wiring.nodes[wire.source], wire.port))
    return tuple(Group(source, sum(bits), len(bits)) for source, bits in ports.items())


def need_of(node: Node, groups: Sequence[Group]) -> int:
    """Return how many wires a join counts; 0 for a node that waits for all to be settled."""
    if not isinstance(node, JoinNode) or node.need == "all" or not groups:
        return 0
    if node.need == "every":
        return sum(group.count for group in groups)
    return 1 if node.need == "any" else node.need


def overtaken(wiring: Wiring, needs: Sequence[int]) -> int:
    """Return the bits of the nodes that a join may not wait for."""
    early = 0
    for number, need in enumerate(needs):
        if need:
            early |= wiring.before[number]
    return early
