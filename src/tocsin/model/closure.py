"""Which playbooks belong to a playbook: those that it calls, those that they call, and its handler (engine.md 1.32)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final, TypeAlias

from tocsin.model.errors import CallCycleError, CallsTooDeepError, UnknownPlaybookError
from tocsin.model.playbook import CallNode, Playbook, walk_nodes

Find: TypeAlias = Callable[[str], Playbook | None]
"""Gives a playbook by its id, or None. Raises SameIdError when two files have it."""
MOST_CALLS: Final = 8
"""How many playbooks may call each other in a row."""


@dataclass(frozen=True, slots=True)
class Closure:
    """The playbooks that a run of one may need.

    Attributes:
        callees: What it calls, and what they call, by id.
        handler: What is told when it failed or was stopped, or None.
        handler_callees: What the handler calls, by id.
    """

    callees: Mapping[str, Playbook] = field(default_factory=dict[str, Playbook])
    handler: Playbook | None = None
    handler_callees: Mapping[str, Playbook] = field(default_factory=dict[str, Playbook])

    def playbooks(self) -> tuple[Playbook, ...]:
        """Return all of them, the handler before what it calls."""
        handler = (self.handler,) if self.handler is not None else ()
        return (*self.callees.values(), *handler, *self.handler_callees.values())


def callees_of(playbook: Playbook) -> Iterator[tuple[str, str]]:
    """Yield (node's id, id of what it calls) for every call of a playbook that is not switched off."""
    for name, node in walk_nodes(playbook.graph):
        if isinstance(node, CallNode) and not node.disabled:
            yield name, node.playbook


def closure_of(playbook: Playbook, find: Find) -> Closure:
    """Return every playbook that a run of this one may need. A handler has no handler.

    Args:
        playbook: What shall run.
        find: Gives a playbook by its id.

    Raises:
        UnknownPlaybookError: One of them is not there.
        SameIdError: Two files have the id of one.
        CallCycleError: One calls itself, perhaps through others.
        CallsTooDeepError: More than eight call each other in a row.
    """
    if playbook.handler is None:
        return Closure(_callees(playbook, find))
    handler = find(playbook.handler.playbook)
    if handler is None:
        raise UnknownPlaybookError(playbook.handler.playbook, playbook.id)
    return Closure(_callees(playbook, find), handler, _callees(handler, find))


def _callees(playbook: Playbook, find: Find) -> dict[str, Playbook]:
    found: dict[str, Playbook] = {}
    _gather(playbook, (playbook.id,), find, (found, {}))
    return found


def _gather(
    caller: Playbook, way: tuple[str, ...], find: Find, known: tuple[dict[str, Playbook], dict[str, int]]
) -> int:
    """Find what a playbook calls; return how many call each other in a row below it."""
    found, heights = known
    height = 0
    for _, name in callees_of(caller):
        if name in way:
            raise CallCycleError((*way[way.index(name) :], name))
        if len(way) > MOST_CALLS:
            raise CallsTooDeepError((*way, name), MOST_CALLS)
        if name not in heights:
            callee = find(name)
            if callee is None:
                raise UnknownPlaybookError(name, caller.id)
            found[name] = callee
            heights[name] = _gather(callee, (*way, name), find, known)
        height = max(height, heights[name] + 1)
    if len(way) - 1 + height > MOST_CALLS:
        raise CallsTooDeepError(way, MOST_CALLS)
    return height
