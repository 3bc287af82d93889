"""From a playbook and an environment to a program that can run.

Everything is resolved, checked and pinned before run.created, so that nothing can change under a run (engine.md 1.18).
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any, Final, Generic, cast

from typing_extensions import TypeVarTuple, override

from tocsin import __version__
from tocsin.base.json_types import Json
from tocsin.base.texts import _
from tocsin.engine.entry import Entry, gate_of, get_entry
from tocsin.engine.errors import BadInputError, NotYetError
from tocsin.engine.events import LIVE, REHEARSE
from tocsin.engine.ordering import order_of
from tocsin.engine.partial import Part, ensure_part, ensure_same_version
from tocsin.engine.pins import PinnedOutput, ensure_pins
from tocsin.engine.plan import Plan, compile_plan
from tocsin.engine.program import Program, Unit
from tocsin.engine.values import Tagger, ValueTooLargeError
from tocsin.expressions import EvaluationError, Scope, compile_expression, evaluate
from tocsin.model.bindings import Bindings, bind
from tocsin.model.canonical import canonical
from tocsin.model.catalogue import ActionFacts, Catalogue
from tocsin.model.closure import Closure
from tocsin.model.document import to_document
from tocsin.model.environment import LAB, Environment
from tocsin.model.playbook import ActionNode, Graph, Playbook, TriggerNode, walk_nodes

MODES: Final = (LIVE, REHEARSE)
FUNCTION_SET: Final = 1
SEMANTICS: Final = 1
HANDLER: Final = "handler"
ALONE: Final = Closure()
LONGEST_KEY: Final = 256
_Things = TypeVarTuple("_Things")


@dataclass(frozen=True, slots=True)
class Occasion:
    """Why and how a run starts.

    Attributes:
        event: What the trigger fires with; None takes the trigger's sample in the Lab.
        trigger: Which trigger fires; None takes the only one that can.
        mode: `live` or `rehearse`.
        part: What of the playbook runs, and with whose data; None for all of it. The earlier run's event is taken too.
        pins: What steps give without being done, by static id; only in a rehearsal.
    """

    event: Json = None
    trigger: str | None = None
    mode: str = LIVE
    part: Part | None = None
    pins: Mapping[str, PinnedOutput] = field(default_factory=dict[str, PinnedOutput])


def prepare_program(
    playbook: Playbook,
    environment: Environment,
    catalogue: Catalogue,
    occasion: Occasion,
    closure: Closure = ALONE,
) -> Program:
    """Resolve, compile and check everything that a run needs.

    Args:
        playbook: What runs.
        environment: Where.
        catalogue: Every product.
        occasion: Why and how it starts.
        closure: The other playbooks that it needs.

    Raises:
        RunRefusedError: It may not run: reserved features, no trigger, an input that does not fit, a part or pins that
            it cannot have.
        BindingError: A role finds no connection.
        ExpressionError: An expression does not compile.
    """
    if occasion.mode not in MODES:
        raise NotYetError(_("--mode {mode}").format(mode=occasion.mode))
    part = occasion.part
    if part is not None:
        ensure_part(part, playbook, environment, occasion.mode)
    earlier = part.earlier if part is not None else None
    if earlier is not None:
        occasion = replace(occasion, event=earlier.event, trigger=earlier.trigger)
    entry = get_entry(playbook, occasion.trigger)
    event, source = _event_of(entry, occasion, in_lab=environment.id == LAB and earlier is None)
    key = _key_of(playbook, environment, entry.trigger, event) if occasion.mode == LIVE else None
    given = Given(entry.trigger, event, source, occasion.mode, key=key, part=part, pinned=occasion.pins)
    if part is not None:
        given = replace(given, kind=part.kind, parent=part.parent)
        closure = Closure(closure.callees) if part.is_alone else closure
    program = assemble(playbook, environment, catalogue, given, closure)
    ensure_pins(occasion.pins, playbook, program.main.facts, occasion.mode)
    if part is not None:
        ensure_same_version(part, playbook, program.plan)
    return program


@dataclass(frozen=True, slots=True)
class Given:
    """What a run begins with, checked.

    Attributes:
        trigger: The trigger that fires.
        event: What it fires with.
        source: Where that comes from: given, sample or merged.
        mode: live or rehearse.
        kind: play, undo, handler, from_here or single.
        parent: What it undoes, or was started because of.
        roles: For each playbook by id, which connection plays a role whatever the environment says: a run keeps those
            it began with.
        key: What makes runs alike; None when nothing does.
        part: What of the playbook runs; None for all of it.
        pinned: What steps give without being done.
    """

    trigger: str
    event: Json
    source: str
    mode: str
    kind: str = "play"
    parent: Mapping[str, Json] | None = None
    roles: Mapping[str, Mapping[str, str]] = field(default_factory=dict[str, Mapping[str, str]])
    key: Json = None
    part: Part | None = None
    pinned: Mapping[str, PinnedOutput] = field(default_factory=dict[str, PinnedOutput])


def assemble(
    playbook: Playbook,
    environment: Environment,
    catalogue: Catalogue,
    given: Given,
    closure: Closure = ALONE,
) -> Program:
    """Bind and compile a playbook whose event is known to fit, and all that it needs.

    Raises:
        NotYetError: It uses what is reserved.
        BindingError: A role finds no connection.
        ExpressionError: An expression does not compile.
        NoTriggerError: Its handler has no trigger that can start it.
    """

    def unit_of(each: Playbook) -> Unit:
        return _unit_of(_Same(each, environment, catalogue), tuple(given.roles.get(each.id, {}).items()))

    handler: Program | None = None
    if closure.handler is not None:
        told = Given(get_entry(closure.handler).trigger, None, "given", given.mode, HANDLER, roles=given.roles)
        handler = assemble(closure.handler, environment, catalogue, told, Closure(closure.handler_callees))
    return Program(
        main=unit_of(playbook),
        environment=environment,
        trigger=given.trigger,
        event=given.event,
        callees={name: unit_of(callee) for name, callee in closure.callees.items()},
        input_from=given.source,
        mode=given.mode,
        kind=given.kind,
        parent=given.parent,
        part=given.part,
        pinned=given.pinned,
        key=given.key,
        handler=handler,
    )


@lru_cache(maxsize=64)
def _unit_of(key: _Same[Playbook, Environment, Catalogue], roles: tuple[tuple[str, str], ...]) -> Unit:
    """Bind and compile a playbook once for all the runs that begin with it: alerts come by the thousand."""
    playbook, environment, catalogue = key.things
    _refuse_reserved(playbook)
    kept = {**environment.roles, **dict(roles)}
    bindings = bind(playbook, environment.model_copy(update={"roles": kept}), catalogue)
    document = canonical(to_document(playbook))
    return Unit(
        playbook=playbook,
        hash=hashlib.sha256(document).hexdigest(),
        document=document,
        order=order_of(playbook),
        plan=_plan_of(playbook),
        bindings=bindings,
        facts=_facts_of(playbook, catalogue),
        outputs={name: compile_expression(text) for name, text in playbook.outputs.items()},
        pins=_pins_of(bindings),
        gate=gate_of(playbook),
    )


def created_facts(program: Program) -> dict[str, Any]:
    """Return the data of run.created: what is pinned, without the input."""
    playbook, environment = program.playbook, program.environment
    return {
        "kind": program.kind,
        "mode": program.mode,
        "playbook": {"id": playbook.id, "uid": playbook.uid, "name": playbook.name, "hash": program.main.hash},
        "order": program.main.order,
        **_pinned_closure(program),
        "semantics": SEMANTICS,
        "functions": FUNCTION_SET,
        "app": __version__,
        "environment": {"name": environment.id, "hash": _hash_of(_Same(environment))},
        "bindings": dict(program.main.pins),
        "roles": dict(program.main.bindings.roles),
        "trigger": {"node": program.trigger, "delivery": None},
        "input_from": program.input_from,
        "key": None if program.key is None else {"v": program.key},
        "parent": program.parent,
        "limits": {},
    }


def _pinned_closure(program: Program) -> dict[str, Any]:
    closure = [_pinned(unit) for unit in program.callees.values()]
    handler = program.handler
    return {"closure": closure, "handler": handler and {**_pinned(handler.main), **_pinned_closure(handler)}}


def _pinned(unit: Unit) -> dict[str, Any]:
    roles, bindings = dict(unit.bindings.roles), dict(unit.pins)
    return {"id": unit.playbook.id, "hash": unit.hash, "order": unit.order, "roles": roles, "bindings": bindings}


def pinned_values(program: Program) -> dict[str, bytes]:
    """Return by hash what a run must always find again: the playbook it runs, and those that it needs."""
    return {unit.hash: unit.document for unit in program.units.values()}


def _key_of(playbook: Playbook, environment: Environment, trigger: str, event: Json) -> Json:
    """Return the run's concurrency key, from what its trigger fired with."""
    if playbook.concurrency is None:
        return None
    scope = Scope(networks=environment.networks)
    for root in ("trigger", "inputs", trigger):
        scope.bind(root, event)
    scope.bind("env", dict(environment.values))
    try:
        key = evaluate(compile_expression(playbook.concurrency.key), scope)
    except EvaluationError as error:
        raise BadInputError(
            trigger, _("it gives no concurrency key: {message}").format(message=error.message)
        ) from error
    if not isinstance(key, str | int | float) or len(str(key)) > LONGEST_KEY:
        raise BadInputError(
            trigger,
            _("its concurrency key is no text or number of at most {longest_key} characters").format(
                longest_key=LONGEST_KEY
            ),
        )
    return key


def _refuse_reserved(playbook: Playbook) -> None:
    for _unused, node in walk_nodes(playbook.graph):
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


class _Same(Generic[*_Things]):
    """Values as a cache key: the same objects, not equal ones (hashing their content would cost what is saved)."""

    __slots__ = ("things",)

    def __init__(self, *things: *_Things) -> None:
        self.things = things

    @override
    def __eq__(self, other: object) -> bool:
        if not isinstance(other, _Same):
            return False
        others = cast("_Same[object, object, object]", other).things
        return all(one is another for one, another in zip(self.things, others, strict=True))

    @override
    def __hash__(self) -> int:
        return hash(tuple(map(id, self.things)))


@lru_cache(maxsize=64)
def _hash_of(key: _Same[Environment]) -> str:
    return key.things[0].hash


@lru_cache(maxsize=64)
def _plan_by_identity(key: _Same[Graph], unit: str) -> Plan:
    return compile_plan(key.things[0], unit)


def _plan_of(playbook: Playbook) -> Plan:
    return _plan_by_identity(_Same(playbook.graph), playbook.id)
