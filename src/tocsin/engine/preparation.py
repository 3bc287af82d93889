"""From a playbook and an environment to a program that can run.

Everything is resolved, checked and pinned before run.created, so that nothing can change under a run (engine.md 1.18).
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Final

from typing_extensions import override

from tocsin import __version__
from tocsin.base.json_types import Json
from tocsin.engine.entry import Entry, get_entry
from tocsin.engine.errors import BadInputError, NotYetError
from tocsin.engine.events import LIVE, REHEARSE
from tocsin.engine.plan import Plan, compile_plan
from tocsin.engine.program import Program
from tocsin.engine.values import Tagger, ValueTooLargeError
from tocsin.expressions import compile_expression
from tocsin.model.bindings import Bindings, bind
from tocsin.model.canonical import canonical
from tocsin.model.catalogue import ActionFacts, Catalogue
from tocsin.model.document import to_document
from tocsin.model.environment import LAB, Environment
from tocsin.model.playbook import ActionNode, AskNode, CallNode, Graph, Playbook, TriggerNode, walk_nodes

MODES: Final = (LIVE, REHEARSE)
FUNCTION_SET: Final = 1
SEMANTICS: Final = 1


@dataclass(frozen=True, slots=True)
class Occasion:
    """Why and how a run starts.

    Attributes:
        event: What the trigger fires with; None takes the trigger's sample in the Lab.
        trigger: Which trigger fires; None takes the only one that can.
        mode: `live` or `rehearse`.
    """

    event: Json = None
    trigger: str | None = None
    mode: str = LIVE


def prepare_program(playbook: Playbook, environment: Environment, catalogue: Catalogue, occasion: Occasion) -> Program:
    """Resolve, compile and check everything that a run needs.

    Raises:
        RunRefusedError: It may not run: reserved features, no trigger, an input that does not fit.
        BindingError: A role finds no connection.
        ExpressionError: An expression does not compile.
    """
    if occasion.mode not in MODES:
        raise NotYetError(f"--mode {occasion.mode}")
    _refuse_reserved(playbook)
    entry = get_entry(playbook, occasion.trigger)
    event, source = _event_of(entry, occasion, in_lab=environment.id == LAB)
    given = Given(entry.trigger, event, source, occasion.mode)
    return assemble(playbook, environment, catalogue, given)


@dataclass(frozen=True, slots=True)
class Given:
    """What a run begins with, checked.

    Attributes:
        trigger: The trigger that fires.
        event: What it fires with.
        source: Where that comes from: given, sample or merged.
        mode: live or rehearse.
        kind: play, or undo.
        parent: Of an undo, what it undoes.
        roles: Which connection plays a role whatever the environment says: a run keeps those it began with.
    """

    trigger: str
    event: Json
    source: str
    mode: str
    kind: str = "play"
    parent: Mapping[str, Json] | None = None
    roles: Mapping[str, str] = field(default_factory=dict[str, str])


def assemble(playbook: Playbook, environment: Environment, catalogue: Catalogue, given: Given) -> Program:
    """Bind and compile a playbook whose event is known to fit.

    Raises:
        BindingError: A role finds no connection.
        ExpressionError: An expression does not compile.
    """
    kept = {**environment.roles, **given.roles}
    bindings = bind(playbook, environment.model_copy(update={"roles": kept}), catalogue)
    document = canonical(to_document(playbook))
    return Program(
        playbook=playbook,
        playbook_hash=hashlib.sha256(document).hexdigest(),
        document=document,
        plan=_plan_of(playbook.graph),
        environment=environment,
        bindings=bindings,
        facts=_facts_of(playbook, catalogue),
        outputs={name: compile_expression(text) for name, text in playbook.outputs.items()},
        trigger=given.trigger,
        event=given.event,
        input_from=given.source,
        mode=given.mode,
        pins=_pins_of(bindings),
        kind=given.kind,
        parent=given.parent,
    )


def created_facts(program: Program) -> dict[str, Any]:
    """Return the data of run.created: what is pinned, without the input."""
    playbook, environment = program.playbook, program.environment
    return {
        "kind": program.kind,
        "mode": program.mode,
        "playbook": {"id": playbook.id, "uid": playbook.uid, "name": playbook.name, "hash": program.playbook_hash},
        "closure": [],
        "semantics": SEMANTICS,
        "functions": FUNCTION_SET,
        "app": __version__,
        "environment": {"name": environment.id, "hash": environment.hash},
        "bindings": dict(program.pins),
        "roles": dict(program.bindings.roles),
        "trigger": {"node": program.trigger, "delivery": None},
        "input_from": program.input_from,
        "key": None,
        "parent": program.parent,
        "limits": {},
    }


def pinned_values(program: Program) -> dict[str, bytes]:
    """Return by hash what a run must always find again: the playbook it runs."""
    return {program.playbook_hash: program.document}


def _refuse_reserved(playbook: Playbook) -> None:
    if playbook.handler is not None:
        raise NotYetError("handler")
    if playbook.concurrency is not None:
        raise NotYetError("concurrency")
    for _, node in walk_nodes(playbook.graph):
        if isinstance(node, CallNode):
            raise NotYetError("call")
        if isinstance(node, AskNode) and node.covers:
            raise NotYetError("covers")
        if isinstance(node, TriggerNode) and node.dedupe is not None:
            raise NotYetError("dedupe")


def _event_of(entry: Entry, occasion: Occasion, *, in_lab: bool) -> tuple[Json, str]:
    """Return what the trigger fires with, and where it comes from (engine.md §0)."""
    event, source = occasion.event, "given"
    if in_lab:
        merged = entry.merge(event)
        source = "sample" if event is None else "given" if merged is event else "merged"
        event = merged
    shaped = entry.shape(event)
    misfit = entry.find_misfit(shaped)
    if misfit is not None:
        raise BadInputError(entry.trigger, misfit)
    try:
        Tagger().tag(shaped)
    except (ValueTooLargeError, TypeError) as error:
        raise BadInputError(entry.trigger, str(error)) from error
    return shaped, source


def _pins_of(bindings: Bindings) -> dict[str, Mapping[str, str]]:
    """Return what pins each action's product. Nodes share products, and a hash costs more than all the rest."""
    kept: dict[tuple[str, str], Mapping[str, str]] = {}
    pins: dict[str, Mapping[str, str]] = {}
    for name, binding in bindings.nodes.items():
        key = (binding.connection_id, binding.connector.id)
        if key not in kept:
            kept[key] = {
                "connection": binding.connection_id,
                "revision": binding.connection.revision,
                "connector": binding.connector.id,
                "hash": binding.connector.hash,
            }
        pins[name] = kept[key]
    return pins


def _facts_of(playbook: Playbook, catalogue: Catalogue) -> dict[str, ActionFacts]:
    """Return each action's schemas: one value for all nodes that use it, so that each schema is compiled once."""
    nodes = {name: node.use for name, node in walk_nodes(playbook.graph) if isinstance(node, ActionNode)}
    by_use = {use: catalogue.find_facts(use) for use in dict.fromkeys(nodes.values())}
    return {name: facts for name, use in nodes.items() if (facts := by_use[use]) is not None}


@lru_cache(maxsize=64)
def _plan_by_identity(key: _Same) -> Plan:
    return compile_plan(key.graph)


class _Same:
    """A graph as a cache key: the same object, not an equal one (hashing its content would cost what is saved)."""

    __slots__ = ("graph",)

    def __init__(self, graph: Graph) -> None:
        self.graph = graph

    @override
    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and self.graph is other.graph

    @override
    def __hash__(self) -> int:
        return id(self.graph)


def _plan_of(graph: Graph) -> Plan:
    return _plan_by_identity(_Same(graph))
