"""Everything one run needs to know and never changes: plan, products, environment, input. Built before run.created."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from tocsin.base.json_types import Json
from tocsin.engine.entry import Entry
from tocsin.engine.partial import Part
from tocsin.engine.pins import PinnedOutput
from tocsin.engine.plan import Plan
from tocsin.expressions import Expression
from tocsin.model.bindings import Bindings
from tocsin.model.catalogue import ActionFacts
from tocsin.model.environment import Environment
from tocsin.model.playbook import Playbook

Pin = Mapping[str, str]
"""What run.created says of an action's product: connection, revision, connector, hash."""


@dataclass(frozen=True, slots=True, eq=False)
class Unit:
    """One playbook of a run, with all that its ids mean: they are its own, and a playbook that it calls has others.

    Attributes:
        playbook: The snapshot.
        hash: Its content hash.
        document: Its canonical document, whose SHA-256 that is.
        order: The ids of all its nodes in the order of the file, which that document does not keep.
        plan: Its graph, compiled.
        bindings: Which product does which action.
        facts: For each action node its input and output schemas.
        outputs: Its compiled outputs.
        pins: For each action node its product.
        gate: What it must be given when it is called.
    """

    playbook: Playbook
    hash: str
    document: bytes
    order: tuple[str, ...]
    plan: Plan
    bindings: Bindings
    facts: Mapping[str, ActionFacts]
    outputs: Mapping[str, Expression]
    pins: Mapping[str, Pin]
    gate: Entry


@dataclass(frozen=True, slots=True, eq=False)
class Program:
    """What a run runs.

    Attributes:
        main: The playbook that was started.
        environment: Where it runs.
        trigger: The trigger that fired.
        event: What it fired with.
        callees: The playbooks that it calls, and those that they call, by id.
        input_from: given, sample or merged.
        mode: live or rehearse.
        kind: play, undo, handler, from_here or single.
        parent: What it undoes, or was started because of.
        part: What of it is run, and with whose data; None for all of it, and of a run that was taken up again.
        pinned: What steps give without being done, by static id; a live run has none.
        key: What makes runs of this playbook alike, so that only so many are on at once; None when nothing does.
        handler: What runs after it has failed or was stopped; what that is told is not known yet.
    """

    main: Unit
    environment: Environment
    trigger: str
    event: Json
    callees: Mapping[str, Unit] = field(default_factory=dict[str, Unit])
    input_from: str = "given"
    mode: str = "live"
    kind: str = "play"
    parent: Mapping[str, Json] | None = None
    part: Part | None = None
    pinned: Mapping[str, PinnedOutput] = field(default_factory=dict[str, PinnedOutput])
    key: Json = None
    handler: Program | None = None

    @property
    def playbook(self) -> Playbook:
        """The playbook that was started."""
        return self.main.playbook

    @property
    def plan(self) -> Plan:
        """Its graph, compiled."""
        return self.main.plan

    @property
    def callee_plans(self) -> Mapping[str, Plan]:
        """The graphs of the playbooks that are called, by id."""
        return {name: unit.plan for name, unit in self.callees.items()}

    @property
    def units(self) -> Mapping[str, Unit]:
        """Every playbook that the run is pinned to, by id: its own, what it calls, its handler and what that calls."""
        own = {self.playbook.id: self.main, **self.callees}
        return own if self.handler is None else {**self.handler.units, **own}

    def unit_of(self, plan: Plan) -> Unit:
        """Return the playbook that a graph belongs to."""
        return self.callees.get(plan.unit, self.main)
