"""From what the journal keeps of a run to a program that can go on: the same pins, or a word about what differs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from tocsin.base.json_types import Json
from tocsin.engine.errors import ConnectionChangedError
from tocsin.engine.events import Event
from tocsin.engine.pins import PinnedOutput
from tocsin.engine.preparation import Given, assemble
from tocsin.engine.program import Program
from tocsin.model.catalogue import Catalogue
from tocsin.model.closure import Closure
from tocsin.model.environment import Environment
from tocsin.model.playbook import Playbook

_PINNED = ("connection", "revision", "connector", "hash")


@dataclass(frozen=True, slots=True)
class StoredRun:
    """A run as the journal has it.

    Attributes:
        run: Its id.
        status: As its summary says.
        owner: The process that runs it, or ran it last.
        playbook: The snapshot it runs.
        input: What its trigger fired with.
        events: All of its events, the first is run.created.
        closure: The snapshots of the other playbooks that it needs.
        pinned_outputs: What its steps give without being done.
    """

    run: str
    status: str
    owner: str
    playbook: Playbook
    input: Json
    events: Sequence[Event]
    closure: Closure = field(default_factory=Closure)
    pinned_outputs: Mapping[str, PinnedOutput] = field(default_factory=dict[str, PinnedOutput])

    @property
    def created(self) -> Mapping[str, Any]:
        """The data of run.created: what it was pinned to."""
        return self.events[0].data

    @property
    def key(self) -> Json:
        """What makes runs of its playbook alike, or None."""
        tagged = self.created.get("key")
        return tagged["v"] if tagged is not None else None

    @property
    def pinned(self) -> Mapping[str, Mapping[str, Any]]:
        """What run.created says of each playbook, by id: roles, bindings, and the hash of every other one."""
        created = self.created
        handler: Mapping[str, Any] | None = created.get("handler")
        others = [*created["closure"], *([handler, *handler["closure"]] if handler is not None else ())]
        return {**{pinned["id"]: pinned for pinned in others}, created["playbook"]["id"]: created}


def resume_program(
    stored: StoredRun, environment: Environment, catalogue: Catalogue, *, accepts_changes: bool = False
) -> Program:
    """Return the program that a stored run goes on with.

    Args:
        stored: The run.
        environment: The environment of its name, as it is now.
        catalogue: The products as they are now.
        accepts_changes: A person has seen that a connection or a description is another now.

    Raises:
        ConnectionChangedError: One is, and nobody has accepted it.
        BindingError: A role finds no connection any more.
    """
    created = stored.created
    given = Given(
        created["trigger"]["node"],
        stored.input,
        created["input_from"],
        created["mode"],
        kind=created["kind"],
        parent=created["parent"],
        roles={name: pinned["roles"] for name, pinned in stored.pinned.items()},
        key=stored.key,
        pinned=stored.pinned_outputs,
    )
    program = assemble(stored.playbook, environment, catalogue, given, stored.closure)
    changed: dict[str, None] = {}
    for name, pinned in stored.pinned.items():
        changed |= dict.fromkeys(_changed(pinned["bindings"], program.units[name].pins))
    if changed and not accepts_changes:
        raise ConnectionChangedError(stored.run, list(changed))
    return program


def _changed(pinned: Mapping[str, Mapping[str, str]], now: Mapping[str, Mapping[str, str]]) -> list[str]:
    differing = {
        now[node]["connection"]: None
        for node, pin in pinned.items()
        if any(pin[key] != now[node][key] for key in _PINNED)
    }
    return list(differing)
