"""Undoing a run: what it really changed, newest first, as a run of its own (engine.md 1.21).

The way back of each change was rendered when the change was made. It is performed as a playbook that is made here: one
step a change, in a row, each going on when the one before failed. So an undo is kept, shown, rehearsed and resumed as
every other run is.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final

from tocsin.base.json_types import Json
from tocsin.base.texts import _
from tocsin.engine.errors import ConnectionChangedError, NothingToUndoError, RunNotOverError
from tocsin.engine.events import FINISHED, LIVE, Event, EventType
from tocsin.engine.outcomes import Changed, Outcome
from tocsin.engine.preparation import Given, assemble
from tocsin.engine.program import Program
from tocsin.engine.resumption import StoredRun
from tocsin.engine.values import untag
from tocsin.model.catalogue import Catalogue
from tocsin.model.document import from_document
from tocsin.model.environment import Environment
from tocsin.model.playbook import Playbook

UNDO: Final = "undo"
FIRST: Final = "begin"


@dataclass(frozen=True, slots=True)
class UndoItem:
    """One change of a run and its way back.

    Attributes:
        path: The path of the step that made the change.
        n: Its attempt.
        node: The step's id.
        summary: What was done, in words.
        changed: `true`, or `unknown` when it may have happened.
        connection: Where.
        action: The action that takes it back, of the connection's product; "" when nothing does.
        inputs: What that action is given.
    """

    path: str
    n: int
    node: str
    summary: str
    changed: str
    connection: str
    action: str = ""
    inputs: Mapping[str, Json] | None = None

    @property
    def is_undoable(self) -> bool:
        """Something takes it back."""
        return bool(self.action)


def undo_items(
    events: Iterable[Event], load: Callable[[str], Json], *, already: frozenset[str] = frozenset()
) -> tuple[UndoItem, ...]:
    """Return what a run changed, newest first, also what nothing takes back.

    Args:
        events: The run's events.
        load: Gives a large value by its hash.
        already: Paths whose changes were taken back before.
    """
    found: dict[str, UndoItem] = {}
    started: dict[str, Mapping[str, Any]] = {}
    for event in events:
        data = event.data
        if event.type is EventType.ATTEMPT_STARTED:
            started[event.path] = data
        elif event.type is EventType.ATTEMPT_FINISHED and started[event.path]["effect"] != "read":
            if data["changed"] != Changed.FALSE and event.path not in already:
                found.pop(event.path, None)  # the last attempt that changed something says how, and when
                found[event.path] = _item_of(event, started[event.path], load)
        elif event.type is EventType.ATTEMPT_VERIFIED and data["result"] == "not_done":
            found.pop(event.path, None)
    return tuple(reversed(found.values()))


def undone_paths(events: Sequence[Event], load: Callable[[str], Json]) -> frozenset[str]:
    """Return the paths whose changes an earlier undo took back."""
    started_with: Any = untag(events[0].data["input"], load)
    paths = {_step_name(number): step["path"] for number, step in enumerate(started_with["steps"], start=1)}
    return frozenset(
        paths[event.path]
        for event in events
        if event.type is EventType.ATTEMPT_FINISHED
        and event.data["outcome"] == Outcome.SUCCEEDED
        and event.path in paths
    )


@dataclass(frozen=True, slots=True)
class UndoWish:
    """What shall be taken back, and how.

    Attributes:
        items: The changes, newest first; what nothing takes back is left out.
        mode: live, or rehearse.
        accepts_changes: A person has seen that a connection is another now.
        only: The paths of the steps whose changes are meant; None is all.
    """

    items: Sequence[UndoItem]
    mode: str = LIVE
    accepts_changes: bool = False
    only: Collection[str] | None = None

    @property
    def undoable(self) -> list[UndoItem]:
        """What is meant and can be taken back, newest first."""
        meant = (item for item in self.items if self.only is None or item.path in self.only)
        return [item for item in meant if item.is_undoable]


def undo_program(stored: StoredRun, wish: UndoWish, environment: Environment, catalogue: Catalogue) -> Program:
    """Return the program that takes these changes back.

    Raises:
        RunNotOverError: The run has not ended.
        NothingToUndoError: None of them can be taken back.
        ConnectionChangedError: A connection is another now, and nobody has accepted it.
    """
    if stored.status not in FINISHED:
        raise RunNotOverError(stored.run)
    undoable = wish.undoable
    if not undoable:
        raise NothingToUndoError(stored.run)
    changed = _changed_connections(stored, undoable, environment)
    if changed and not wish.accepts_changes:
        raise ConnectionChangedError(stored.run, changed)
    playbook = _playbook_of(stored, undoable, environment, catalogue)
    roles = {_role_of(item.connection): item.connection for item in undoable}
    event: Json = {"run": stored.run, "steps": [_step_facts(item) for item in undoable]}
    parent: dict[str, Json] = {"run": stored.run, "reason": UNDO}
    given = Given(FIRST, event, "given", wish.mode, kind=UNDO, parent=parent, roles={playbook.id: roles})
    return assemble(playbook, environment, catalogue, given)


def _item_of(event: Event, started: Mapping[str, Any], load: Callable[[str], Json]) -> UndoItem:
    data = event.data
    undo: Mapping[str, Any] | None = data.get("undo")
    inputs: Any = untag(undo["inputs"], load) if undo is not None else None
    return UndoItem(
        path=event.path,
        n=data["n"],
        node=event.path.rpartition("/")[2],
        summary=data.get("summary") or started["action"],
        changed=data["changed"],
        connection=undo["connection"] if undo is not None else started["connection"],
        action=undo["action"] if undo is not None else "",
        inputs=inputs,
    )


def _changed_connections(stored: StoredRun, items: Sequence[UndoItem], environment: Environment) -> list[str]:
    pins = [pin for pinned in stored.pinned.values() for pin in pinned["bindings"].values()]
    pinned = {pin["connection"]: pin["revision"] for pin in pins}
    now = {name: connection.revision for name, connection in environment.connections.items()}
    names = dict.fromkeys(item.connection for item in items)
    return [name for name in names if pinned.get(name) != now.get(name)]


def _playbook_of(
    stored: StoredRun, items: Sequence[UndoItem], environment: Environment, catalogue: Catalogue
) -> Playbook:
    """Return the playbook of an undo. Inputs come from the trigger's event: data never becomes a template."""
    nodes: dict[str, Any] = {FIRST: {"kind": "trigger", "event": "manual"}}
    roles: dict[str, Any] = {}
    for number, item in enumerate(items, start=1):
        connector = environment.connections[item.connection].connector
        roles[_role_of(item.connection)] = {"category": catalogue.connectors[connector].category}
        nodes[_step_name(number)] = {
            "kind": "action",
            "title": _("Undo: {summary}").format(summary=item.summary)[:120],
            "use": f"{connector}.{item.action}",
            "role": _role_of(item.connection),
            "with": {name: f"{{{{ trigger.steps[{number - 1}].inputs.{name} }}}}" for name in item.inputs or {}},
            "on_error": "continue",
            "default": {},
        }
    names = list(nodes)
    return from_document(
        {
            "tocsin": 1,
            "id": f"undo-{stored.playbook.id}"[:64],
            "name": _("Undo of “{name}”").format(name=stored.playbook.name or stored.playbook.id),
            "roles": roles,
            "nodes": nodes,
            "edges": [f"{one} -> {other}" for one, other in pairwise(names)],
        }
    )


def _step_facts(item: UndoItem) -> dict[str, Json]:
    return {"path": item.path, "n": item.n, "summary": item.summary, "inputs": dict(item.inputs or {})}


def _step_name(number: int) -> str:
    return f"step_{number}"


def _role_of(connection: str) -> str:
    return f"at_{connection}"
