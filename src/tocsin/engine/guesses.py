"""What a node of a rehearsal rests on: guesses that it reads, and branches that were taken on one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from tocsin.engine.events import static_id
from tocsin.engine.state import Frame
from tocsin.model.playbook import AskNode, CallNode, ConditionNode, ForEachNode, Node, SwitchNode

_BRANCHES: Final = (ConditionNode, SwitchNode, AskNode)


def facts_of(frame: Frame, node: int) -> dict[str, Any]:
    """Return what an event of a rehearsal says beside its own: whether it reads a guess, and what it rests on."""
    guesses = guesses_of(frame, node)
    grounds = dict.fromkeys((*guesses, *_ways_here(frame, node)))
    facts: dict[str, Any] = {"rests_on": list(grounds)} if grounds else {}
    return facts | {"flags": ["assumed"]} if guesses or node in frame.assumed else facts


def guesses_of(frame: Frame, node: int) -> list[str]:
    """Return the static ids of the guesses that a node's texts read: nodes, loops and calls that hand guesses in."""
    code = frame.plan.code[node]
    readers = (*code.expressions.values(), *code.templates.values(), *code.carry.values())
    names = dict.fromkeys(name for reader in readers for name in (*reader.roots, *reader.node_ids))
    return [guess for name in names if (guess := _find_guess(frame, name)) is not None]


def _find_guess(frame: Frame, name: str) -> str | None:
    holder: Frame | None = frame
    while holder is not None:
        number = holder.plan.index.get(name)
        if number is not None:
            return static_id(holder.path_of(number)) if number in holder.assumed else None
        parent = holder.parent
        if parent is not None and name in _names_of(parent.plan.nodes[holder.opener]):
            return static_id(parent.path_of(holder.opener)) if _gives_guess(parent, holder.opener) else None
        holder = holder.outer
    return None


def _names_of(opener: Node) -> tuple[str, ...]:
    if isinstance(opener, ForEachNode):
        return (opener.item_name,)
    return ("inputs", "trigger") if isinstance(opener, CallNode) else ("state",)


def _gives_guess(frame: Frame, opener: int) -> bool:
    """Tell whether what a loop or call hands in is a guess."""
    loop = frame.loops.get(opener)
    return loop.guessed if loop is not None else opener in frame.assumed


def _ways_here(frame: Frame, node: int) -> Iterator[str]:
    """Yield the branches that were taken on a guess on the way to a node, outer loops included."""
    for text in frame.taken_edges.get(node, ()):
        source = text.partition(" -> ")[0].partition(".")[0]
        number = frame.plan.index[source]
        if number in frame.assumed and isinstance(frame.plan.nodes[number], _BRANCHES):
            yield static_id(frame.path_of(number))
        yield from frame.grounds.get(number, ())
    if frame.parent is not None:
        yield from frame.parent.grounds.get(frame.opener, ())
