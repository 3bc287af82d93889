"""What an expression may read, by where it stands (engine.md 1.7, 1.9, 1.12c, 1.24)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from tocsin.checks.survey import Entry, Scope, Survey, survey_of
from tocsin.checks.wiring import bits_of
from tocsin.model.playbook import ForEachNode, Playbook, TriggerNode
from tocsin.model.ports import ERROR
from tocsin.model.slots import Slot

START: Final = -1
END: Final = -2
_ALWAYS: Final = ("nodes", "run", "trigger", "env")
_AFTER_BODY: Final = frozenset({"collect", "until", "carry"})
_BEFORE_BODY: Final = frozenset({"key", "when"})


@dataclass(frozen=True, slots=True, eq=False)
class View:
    """A point from which a playbook is read.

    Attributes:
        scope: The graph.
        at: The number of the node that reads; START before anything of the graph has run, END when all has.
    """

    scope: Scope
    at: int

    def levels(self) -> Iterator[tuple[Scope, int]]:
        """Yield (graph, the number of the node there) from the inside out: outside a body it is the loop that reads."""
        at = self.at
        for scope in self.scope.chain():
            yield scope, at
            at = scope.loop.number if scope.loop else START

    def loops(self) -> Iterator[Entry]:
        """Yield the loops around the point, from the inside out."""
        return (scope.loop for scope in self.scope.chain() if scope.loop)

    def after_error(self) -> bool:
        """Tell whether an error edge leads straight to the reading node."""
        return self.at >= 0 and any(wire.port == ERROR for wire in self.scope.wiring.ways_in[self.at])


def view_of(survey: Survey, entry: Entry, slot: Slot | None = None) -> View:
    """Return the point from which a node's slot reads; without a slot, the node itself."""
    key = slot.place[0] if slot else ""
    body = survey.bodies.get(entry.place)
    if body is not None and key in _AFTER_BODY:
        return View(body, END)
    if body is not None and key in _BEFORE_BODY:
        return View(body, START)
    return View(entry.scope, entry.number if entry.number >= 0 else END)


def end_of(survey: Survey) -> View:
    """Return the point from which the playbook's own outputs read."""
    return View(survey.root, END)


def start_of(survey: Survey) -> View:
    """Return the point from which the key of a run reads: its trigger has fired, and nothing else has run."""
    return View(survey.root, START)


def nodes_before(scope: Scope, at: int) -> int:
    """Return the bits of the nodes of this graph that lie before a point in it."""
    if at == END:
        return (1 << len(scope.wiring.nodes)) - 1
    if at == START:
        return sum(1 << number for number, node in enumerate(scope.wiring.nodes) if isinstance(node, TriggerNode))
    return scope.wiring.before[at]


def find_readable(survey: Survey, view: View, name: str) -> tuple[Entry, Scope, int] | None:
    """Return the node of that name which lies before the point, its graph, and the number that reads there."""
    for scope, at in view.levels():
        number = scope.wiring.number.get(name)
        if number is not None and nodes_before(scope, at) >> number & 1:
            return find_entry(survey, scope, name), scope, at
    return None


def find_entry(survey: Survey, scope: Scope, name: str) -> Entry:
    """Return the entry of a node that is known to be in the graph."""
    first = survey.first[name]
    if first.scope is scope:
        return first
    return next(entry for entry in survey.entries if entry.scope is scope and entry.name == name)


def roots_at(survey: Survey, view: View) -> tuple[str, ...]:
    """Return every root that may be read from a point: nodes outer first, loops' names, reserved roots."""
    found: list[str] = []
    for scope, at in reversed(list(view.levels())):
        found.extend(scope.wiring.names[number] for number in bits_of(nodes_before(scope, at)))
    return tuple(dict.fromkeys([*found, *_loop_names(view), *_reserved(survey, view)]))


def is_visible(survey: Survey, view: View, name: str) -> bool:
    """Tell whether a root may be read from a point, without listing them all."""
    bound = name in (*_loop_names(view), *_reserved(survey, view))
    return bound or find_readable(survey, view, name) is not None


def loop_of(view: View, name: str) -> Entry | None:
    """Return the loop whose item or state is called so at this point."""
    for loop in view.loops():
        own = loop.node.item_name if isinstance(loop.node, ForEachNode) else "state"
        if name in {own, "index"}:
            return loop
    return None


def visible_roots(playbook: Playbook, node_id: str) -> tuple[str, ...]:
    """Return what an expression in a node may read; where there is no such node, only `run` and `env`.

    Nodes that lie before it come first, those of outer graphs before those of its own; then the names that its loops
    bind; then the reserved roots that are bound there.
    """
    survey = survey_of(playbook)
    entry = survey.first.get(node_id)
    return roots_at(survey, view_of(survey, entry)) if entry else ("run", "env")


def _loop_names(view: View) -> Iterator[str]:
    for loop in view.loops():
        yield loop.node.item_name if isinstance(loop.node, ForEachNode) else "state"
        yield "index"


def _reserved(survey: Survey, view: View) -> Iterator[str]:
    yield from _ALWAYS
    if survey.has_inputs:
        yield "inputs"
    if view.after_error():
        yield ERROR
