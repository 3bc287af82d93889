"""A playbook taken apart once for all checks: each node with its graph, its loops and its place in the file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from tocsin.base.texts import quoted
from tocsin.checks.memo import IdentityMemo
from tocsin.checks.wiring import Wiring, wiring_of
from tocsin.model.playbook import RUNNABLE, ForEachNode, Graph, Node, Playbook, TriggerNode, WhileNode
from tocsin.model.problems import StepName


@dataclass(frozen=True, slots=True, weakref_slot=True, eq=False)
class Scope:
    """One graph of a playbook: its own, or a loop's body.

    Attributes:
        graph: The graph.
        wiring: The same, as numbers.
        loop: The loop whose body it is; None for the playbook's own.
    """

    graph: Graph
    wiring: Wiring
    loop: Entry | None

    @property
    def frame(self) -> str | None:
        """What edits call this graph: the loop's id, or None."""
        return self.loop.name if self.loop else None

    def chain(self) -> Iterator[Scope]:
        """Yield this scope and those around it, from the inside out."""
        scope: Scope | None = self
        while scope is not None:
            yield scope
            scope = scope.loop.scope if scope.loop else None


@dataclass(frozen=True, slots=True, eq=False)
class Entry:
    """One node where it stands.

    Attributes:
        name: Its id.
        node: Itself.
        place: Its place in the file, from 0.
        scope: The graph that holds it.
        off: It or a loop around it is disabled, so it never does anything.
    """

    name: str
    node: Node
    place: int
    scope: Scope
    off: bool

    @property
    def number(self) -> int:
        """Its number in its scope's wiring; -1 for what does not run."""
        return self.scope.wiring.number.get(self.name, -1)

    @property
    def called(self) -> StepName:
        """What problems call it."""
        return StepName(self.name, self.node.title)


@dataclass(frozen=True, slots=True, eq=False)
class Survey:
    """All of a graph and the bodies in it.

    Attributes:
        entries: Every node in the order of the file.
        scopes: Every graph, outer ones first.
        first: Id → the first node called so.
        bodies: Loop's place → its body.
        has_inputs: A run may have inputs: somebody starts it by hand, or calls it.
    """

    entries: tuple[Entry, ...]
    scopes: tuple[Scope, ...]
    first: Mapping[str, Entry]
    bodies: Mapping[int, Scope]
    has_inputs: bool

    @property
    def root(self) -> Scope:
        """The playbook's own graph."""
        return self.scopes[0]

    def called(self, root: str) -> str:
        """Return what problems call what a name reads, in quotes: a node's title; the name itself of anything else."""
        entry = self.first.get(root)
        return entry.called if entry is not None else quoted(root)

    def running(self) -> Iterator[Entry]:
        """Yield the nodes that may do something."""
        return (entry for entry in self.entries if entry.node.kind in RUNNABLE and not entry.off)

    def inside(self, entry: Entry) -> Iterator[Entry]:
        """Yield the node, and all that its body holds."""
        yield entry
        body = self.bodies.get(entry.place)
        if body is not None:
            for other in self.entries:
                if any(scope is body for scope in other.scope.chain()):
                    yield other


def survey_of(playbook: Playbook) -> Survey:
    """Return the survey of a playbook's graph; the same object for the same graph."""
    return _memo.get(playbook.graph, _make)


def _make(graph: Graph) -> Survey:
    entries: list[Entry] = []
    scopes: list[Scope] = []
    bodies: dict[int, Scope] = {}

    def add(graph: Graph, loop: Entry | None) -> Scope:
        scope = Scope(graph, wiring_of(graph), loop)
        scopes.append(scope)
        for name, node in graph.nodes.items():
            off = node.disabled or (loop is not None and loop.off)
            entry = Entry(name, node, len(entries), scope, off)
            entries.append(entry)
            if isinstance(node, ForEachNode | WhileNode):
                bodies[entry.place] = add(node.body, entry)
        return scope

    add(graph, None)
    first: dict[str, Entry] = {}
    for entry in entries:
        first.setdefault(entry.name, entry)
    triggers = [node for node in graph.nodes.values() if isinstance(node, TriggerNode)]
    has_inputs = not triggers or any(node.event == "manual" for node in triggers)
    return Survey(tuple(entries), tuple(scopes), first, bodies, has_inputs)


_memo: Final[IdentityMemo[Graph, Survey]] = IdentityMemo(8)
