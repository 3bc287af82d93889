"""Quick fixes that draw: new nodes where there is room for them, lines that lead elsewhere. Each is one step."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from tocsin.base.texts import _
from tocsin.checks.survey import Entry, Scope
from tocsin.edits import AddNode, Batch, Connect, Disconnect, Edit, MoveNodes, SetField, fresh_id
from tocsin.model.playbook import (
    AskKind,
    AskNode,
    ConditionNode,
    Edge,
    EndNode,
    JoinNode,
    Node,
    Playbook,
    TriggerNode,
)
from tocsin.model.ports import EXPIRED, FALSE, OUT, TRUE, has_input, main_port
from tocsin.model.problems import Fix

_BESIDE: Final = 280
"""Pixels between the middles of two nodes side by side."""
_BELOW: Final = 104
"""Pixels between the tops of a node and the next one below it."""
_FAR: Final = 100_000
"""Pixels from the middle of a graph beyond which nobody looks: some 350 nodes side by side."""
_WAIT: Final = "4h"


def lead_to_end(playbook: Playbook, entry: Entry, port: str) -> Fix:
    """Return the fix that leads a port to an end of its own."""
    end, adding = _end_of(playbook, entry, f"{entry.name}_{port}")
    title = _("Lead “{port}” to an end").format(port=port)
    return _step(title, adding, _connect(entry, entry.name, port, end), is_safe=True)


def lead_elsewhere(playbook: Playbook, entry: Entry, port: str) -> Fix:
    """Return the fix that takes the lines of a port away and leads it to an end of its own."""
    lines = [edge for edge in entry.scope.graph.edges if edge.source == entry.name and edge.port == port]
    end, adding = _end_of(playbook, entry, f"{entry.name}_{port}")
    title = _("Lead “{port}” to an end instead").format(port=port)
    cut = [Disconnect(entry.scope.frame, edge) for edge in lines]
    return _step(title, *cut, adding, _connect(entry, entry.name, port, end))


def let_expire(playbook: Playbook, entry: Entry) -> Fix:
    """Return the fix that ends a wait after four hours; where nothing follows that, it gets an end."""
    title = _("Give up after {wait}").format(wait=_WAIT)
    edits: list[Edit] = [SetField(entry.name, ("expires",), _WAIT)]
    if not any(edge.source == entry.name and edge.port == EXPIRED for edge in entry.scope.graph.edges):
        end, adding = _end_of(playbook, entry, f"{entry.name}_{EXPIRED}")
        edits += [adding, _connect(entry, entry.name, EXPIRED, end)]
    return _step(title, *edits)


def add_trigger(playbook: Playbook, entries: Iterable[Entry]) -> Fix:
    """Return the fix that starts a playbook by hand: the new trigger leads to all that nothing leads to."""
    graph = playbook.graph
    targets = {edge.target for edge in graph.edges}
    first = [entry for entry in entries if entry.name not in targets and has_input(entry.node)]
    start = fresh_id(playbook, "start")
    at = _spot(playbook, first[0], 0, -_BELOW) if first else None
    adding = AddNode(start, TriggerNode(event="manual"), at, index=0)
    lines = [Connect(None, Edge(source=start, target=entry.name)) for entry in first]
    return _step(_("Add a trigger that starts it by hand"), adding, *lines)


def approval_before(playbook: Playbook, entry: Entry, *, covers: bool) -> Fix:
    """Return the fix that puts a question before a node: what led to the node leads to the question.

    Args:
        playbook: The playbook.
        entry: The node.
        covers: The question shows exactly what the node would do. All that it reads is known then.
    """
    called = (entry.node.title or entry.name).replace("{{", "")  # a title may hold braces; a text reads them
    question = AskNode(
        ask=AskKind.APPROVAL,
        text=_("Go on with “{called}”?").format(called=called),
        covers=(entry.name,) if covers else (),
        expires=_WAIT,
    )
    return _before(playbook, entry, (f"approve_{entry.name}", question), _("Add an approval before it"))


def condition_before(playbook: Playbook, entry: Entry, when: str, title: str) -> Fix:
    """Return the fix that lets a node run only when something holds; else the path ends."""
    return _before(playbook, entry, (f"may_{entry.name}", ConditionNode(when=when)), title)


def wait_before(playbook: Playbook, entry: Entry) -> Fix:
    """Return the fix that puts a join before a node: it runs once every way that led to it was taken."""
    frame, title = entry.scope.frame, _("Wait for every way first")
    name = fresh_id(playbook, f"{entry.name}_ready")
    join = AddNode(name, JoinNode(need="every"), _spot(playbook, entry, -_BESIDE, -_BELOW // 2), frame=frame)
    return _step(title, join, *_redirected(entry, name), _connect(entry, name, OUT, entry.name))


def lead_to(entry: Entry, target: Entry, port: str | None = None) -> Fix | None:
    """Return the fix that leads a node, by its main port or another, to one of its graph; None for a circle.

    Args:
        entry: The node.
        target: The other one.
        port: What it leaves by; None for its main port, then the problem is the other one's.
    """
    source, wiring = port or main_port(entry.node), target.scope.wiring
    if source is None or entry.scope is not target.scope or not has_input(target.node) or entry is target:
        return None
    if wiring.before[entry.number] >> target.number & 1:
        return None
    title = (
        _("Lead “{port}” to {called}").format(port=port, called=target.called)
        if port
        else _("Lead {called} to it").format(called=entry.called)
    )
    return Fix(title, _connect(entry, entry.name, source, target.name))


def cut(scope: Scope, edge: Edge) -> Fix:
    """Return the fix that takes one line away."""
    return Fix(
        _("Remove the line from “{source}” to “{target}”").format(source=edge.source, target=edge.target),
        Disconnect(scope.frame, edge),
    )


def move_aside(playbook: Playbook, entry: Entry) -> Fix:
    """Return the fix that puts a node where it can be seen."""
    x, y = playbook.layout.nodes[entry.name].at
    near = (max(min(x, _FAR), -_FAR), max(min(y, _FAR), -_FAR))
    at = _free(playbook, near, [name for name in entry.scope.graph.nodes if name != entry.name])
    return Fix(_("Move it to where it can be seen"), MoveNodes({entry.name: at}), is_safe=True)


def is_out_of_sight(at: tuple[int, int]) -> bool:
    """Tell whether a place is so far away that nobody looks there."""
    return max(map(abs, at)) > _FAR


def add_rejection(playbook: Playbook, entry: Entry, options: list[str]) -> Fix:
    """Return the fix that gives a question an answer that declines, and that answer an end."""
    port = "rejected" if "rejected" not in options else "declined"
    end, adding = _end_of(playbook, entry, f"{entry.name}_{port}")
    add = SetField(entry.name, ("options", len(options)), {"id": port, "title": "Reject"})
    return _step(_("Add an answer that declines"), add, adding, _connect(entry, entry.name, port, end))


def _before(playbook: Playbook, entry: Entry, new: tuple[str, Node], title: str) -> Fix:
    frame, (wish, node) = entry.scope.frame, new
    name = fresh_id(playbook, wish)
    edits: list[Edit] = [AddNode(name, node, _spot(playbook, entry, -_BESIDE, -_BELOW // 2), frame=frame)]
    edits.extend(_redirected(entry, name))
    yes, others = (TRUE, (FALSE,)) if isinstance(node, ConditionNode) else ("approved", ("rejected", EXPIRED))
    edits.append(_connect(entry, name, yes, entry.name))
    end, adding = _end_of(playbook, entry, f"{entry.name}_spared")
    edits.append(adding)
    edits.extend(_connect(entry, name, port, end) for port in others)
    return _step(title, *edits)


def _redirected(entry: Entry, name: str) -> Iterator[Edit]:
    """Yield what lets the lines that lead to a node lead to another one."""
    for edge in entry.scope.graph.edges:
        if edge.target == entry.name:
            yield Disconnect(entry.scope.frame, edge)
            yield Connect(entry.scope.frame, edge.model_copy(update={"target": name}))


def _step(title: str, *edits: Edit, is_safe: bool = False) -> Fix:
    return Fix(title, Batch(edits, title), is_safe=is_safe)


def _connect(entry: Entry, source: str, port: str, target: str) -> Edit:
    return Connect(entry.scope.frame, Edge(source=source, port=port, target=target))


def _end_of(playbook: Playbook, entry: Entry, wish: str) -> tuple[str, Edit]:
    end = fresh_id(playbook, wish)
    return end, AddNode(end, EndNode(), _spot(playbook, entry, _BESIDE, _BELOW), frame=entry.scope.frame)


def _spot(playbook: Playbook, entry: Entry, dx: int, dy: int) -> tuple[int, int] | None:
    """Return a free place at some distance from a node; None where the layout does not say where the node lies."""
    spot = playbook.layout.nodes.get(entry.name)
    return _free(playbook, (spot.at[0] + dx, spot.at[1] + dy), entry.scope.graph.nodes) if spot else None


def _free(playbook: Playbook, at: tuple[int, int], others: Iterable[str]) -> tuple[int, int]:
    """Return the place itself, or the first one to the right of it where none of the others lies."""
    spots = playbook.layout.nodes
    taken = [spots[name].at for name in others if name in spots]
    x, y = at
    while any(abs(x - ax) < _BESIDE and abs(y - ay) < _BELOW for ax, ay in taken):
        x += _BESIDE
    return x, y
