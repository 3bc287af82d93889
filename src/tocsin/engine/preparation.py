"""From a playbook and an environment to a program that can run.

Everything is resolved, checked and pinned before run.created, so that nothing can change under a run (engine.md 1.18).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from typing_extensions import override

from tocsin import __version__
from tocsin.base.json_types import Json
from tocsin.engine.conductor import SEMANTICS
from tocsin.engine.errors import BadInputError, NoTriggerError, NotYetError
from tocsin.engine.plan import Plan, compile_plan
from tocsin.engine.program import Program
from tocsin.expressions import compile_expression
from tocsin.model.bindings import bind
from tocsin.model.canonical import canonical
from tocsin.model.catalogue import ActionFacts, Catalogue
from tocsin.model.document import playbook_hash, to_document
from tocsin.model.environment import LAB, Environment
from tocsin.model.playbook import ActionNode, AskNode, CallNode, Graph, Playbook, TriggerNode, walk_nodes
from tocsin.model.schemas import check_value, shape_value

LIVE: Final = "live"
FUNCTION_SET: Final = 1
STARTABLE: Final = ("manual", "siem.alert")


@dataclass(frozen=True, slots=True)
class Occasion:
    """Why and how a run starts.

    Attributes:
        event: What the trigger fires with; None takes the trigger's sample in the Lab.
        trigger: Which trigger fires; None takes the only one that can.
        mode: `live`; `rehearse` is reserved.
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
    _refuse_reserved(playbook, occasion)
    trigger = _find_trigger(playbook, occasion.trigger)
    node = playbook.graph.nodes[trigger]
    event, source = _event_of(trigger, node, occasion, in_lab=environment.id == LAB)
    bindings = bind(playbook, environment, catalogue)
    return Program(
        playbook=playbook,
        playbook_hash=playbook_hash(playbook),
        plan=_plan_of(playbook.graph),
        environment=environment,
        bindings=bindings,
        facts=_facts_of(playbook, catalogue),
        outputs={name: compile_expression(text) for name, text in playbook.outputs.items()},
        trigger=trigger,
        event=event,
        input_from=source,
        mode=occasion.mode,
    )


def created_facts(program: Program) -> dict[str, Any]:
    """Return the data of run.created: what is pinned, without the input."""
    playbook, environment, bindings = program.playbook, program.environment, program.bindings
    return {
        "kind": "play",
        "mode": program.mode,
        "playbook": {"id": playbook.id, "uid": playbook.uid, "name": playbook.name, "hash": program.playbook_hash},
        "closure": [],
        "semantics": SEMANTICS,
        "functions": FUNCTION_SET,
        "app": __version__,
        "environment": {"name": environment.id, "hash": environment.hash},
        "bindings": {
            name: {
                "connection": binding.connection_id,
                "revision": binding.connection.revision,
                "connector": binding.connector.id,
                "hash": binding.connector.hash,
            }
            for name, binding in bindings.nodes.items()
        },
        "roles": dict(bindings.roles),
        "trigger": {"node": program.trigger, "delivery": None},
        "input_from": program.input_from,
        "key": None,
        "parent": None,
        "limits": {},
    }


def pinned_values(program: Program) -> dict[str, bytes]:
    """Return by hash what a run must always find again: the playbook it runs."""
    return {program.playbook_hash: canonical(to_document(program.playbook))}


def _refuse_reserved(playbook: Playbook, occasion: Occasion) -> None:
    if occasion.mode != LIVE:
        raise NotYetError(f"--mode {occasion.mode}")
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


def _find_trigger(playbook: Playbook, wanted: str | None) -> str:
    triggers = {name: node for name, node in playbook.graph.nodes.items() if isinstance(node, TriggerNode)}
    if wanted is not None and wanted in triggers:
        return wanted
    startable = [name for name, node in triggers.items() if node.event in STARTABLE and not node.disabled]
    if not startable or wanted is not None:
        raise NoTriggerError(playbook.name or playbook.id)
    return startable[0]


def _event_of(name: str, node: object, occasion: Occasion, *, in_lab: bool) -> tuple[Json, str]:
    """Return what the trigger fires with, and where it comes from (engine.md §0)."""
    if not isinstance(node, TriggerNode):
        raise NoTriggerError(name)
    event: Json = occasion.event
    source = "given"
    sample: Json = node.sample
    if in_lab and event is None:
        event, source = sample, "sample"
    elif in_lab and isinstance(event, Mapping) and isinstance(sample, Mapping):
        event, source = {**sample, **event}, "merged"
    if event is None:
        event = {}
    schema = node.output or {}
    shaped = shape_value(event, schema)
    misfits = check_value(shaped, schema) if schema else ()
    if misfits:
        where = f"“{misfits[0].place}” " if misfits[0].place else ""
        raise BadInputError(name, f"{where}{misfits[0].message}")
    return shaped, source


def _facts_of(playbook: Playbook, catalogue: Catalogue) -> dict[str, ActionFacts]:
    found: dict[str, ActionFacts] = {}
    for name, node in walk_nodes(playbook.graph):
        if isinstance(node, ActionNode):
            facts = catalogue.find_facts(node.use)
            if facts is not None:
                found[name] = facts
    return found


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
