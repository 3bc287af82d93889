"""Quick fixes: edits that mend what the checks find, each one step of the history."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from typing import Final

from tocsin.base.json_types import Json
from tocsin.checks.survey import Entry
from tocsin.edits import AddNode, Batch, Connect, Disconnect, Edit, RenameNode, SetField, fresh_id
from tocsin.model.playbook import AskKind, AskNode, Edge, EndNode, Playbook
from tocsin.model.problems import Fix
from tocsin.model.values import Place

_STEP: Final = 120
"""Pixels between a node and the next one below it."""


def find_closest(word: str, known: Iterable[str]) -> str | None:
    """Return the known word that was probably meant, or None when none is close."""
    return next(iter(get_close_matches(word, list(known), n=1, cutoff=0.6)), None)


def replace_field(entry: Entry, place: Place, value: Json, *, title: str) -> Fix:
    """Return the fix that sets one value of a node."""
    return Fix(title, SetField(entry.name, place, value))


def rename(playbook: Playbook, entry: Entry) -> Fix:
    """Return the fix that gives a node a free id close to the one it has."""
    new = fresh_id(playbook, f"{entry.name}_node")
    return Fix(f"Rename it to “{new}”", RenameNode(entry.name, new))


def lead_to_end(playbook: Playbook, entry: Entry, port: str) -> Fix:
    """Return the fix that leads a port to an end of its own."""
    end = fresh_id(playbook, f"{entry.name}_{port}")
    x, y = _spot(playbook, entry)
    add = AddNode(end, EndNode(), (x + _STEP, y + _STEP), frame=entry.scope.frame)
    connect = Connect(entry.scope.frame, Edge(source=entry.name, port=port, target=end))
    return Fix(f"Lead “{port}” to an end", Batch((add, connect), f"Lead “{port}” to an end"))


def approval_before(playbook: Playbook, entry: Entry) -> Fix:
    """Return the fix that puts a question before a node: what led to the node now leads to the question."""
    frame, title = entry.scope.frame, "Add an approval before it"
    ask = fresh_id(playbook, f"approve_{entry.name}")
    x, y = _spot(playbook, entry)
    called = (entry.node.title or entry.name).replace("{{", "")  # a title may hold braces; a text reads them
    question = AskNode(ask=AskKind.APPROVAL, text=f"Go on with “{called}”?")
    edits: list[Edit] = [AddNode(ask, question, (x, y - _STEP // 2), frame=frame)]
    for edge in entry.scope.graph.edges:
        if edge.target == entry.name:
            edits.append(Disconnect(frame, edge))
            edits.append(Connect(frame, edge.model_copy(update={"target": ask})))
    edits.append(Connect(frame, Edge(source=ask, port="approved", target=entry.name)))
    return Fix(title, Batch(tuple(edits), title))


def _spot(playbook: Playbook, entry: Entry) -> tuple[int, int]:
    spot = playbook.layout.nodes.get(entry.name)
    return spot.at if spot else (0, 0)
