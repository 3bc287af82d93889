"""Everything one run needs to know and never changes: plan, products, environment, input. Built before run.created."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from tocsin.base.json_types import Json
from tocsin.engine.plan import Plan
from tocsin.model.bindings import Bindings
from tocsin.model.catalogue import ActionFacts
from tocsin.model.environment import Environment
from tocsin.model.playbook import Playbook


@dataclass(frozen=True, slots=True, eq=False)
class Program:
    """What a run runs.

    Attributes:
        playbook: The snapshot.
        playbook_hash: Its content hash.
        document: Its canonical document, whose SHA-256 that is.
        plan: Its graph, compiled.
        environment: Where it runs.
        bindings: Which product does which action.
        facts: For each action node its input and output schemas.
        outputs: Compiled outputs of the playbook.
        trigger: The trigger that fired.
        event: What it fired with.
        input_from: given, sample or merged.
        mode: live or rehearse.
        kind: play, or undo.
        parent: Of an undo, what it undoes.
        pins: For each action node what run.created says of its product: connection, revision, connector, hash.
    """

    playbook: Playbook
    playbook_hash: str
    document: bytes
    plan: Plan
    environment: Environment
    bindings: Bindings
    facts: Mapping[str, ActionFacts]
    outputs: Mapping[str, Any]
    trigger: str
    event: Json
    input_from: str = "given"
    mode: str = "live"
    kind: str = "play"
    parent: Mapping[str, Json] | None = None
    pins: Mapping[str, Mapping[str, str]] = field(default_factory=dict[str, Mapping[str, str]])
