"""A playbook's graph compiled for running: numbers for ids, edges as tuples, expressions as programs.

Built once for each graph, immutable, shared by all runs. Nodes are numbered in topological order, ties by their place
in the file, so a node's number is also its turn among those that are ready (engine.md 1.6).
"""

from __future__ import annotations

import heapq
from array import array
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from tocsin.engine.joins import ALL, rest_of
from tocsin.expressions import Expression, Template, compile_expression, compile_template
from tocsin.model.document import sorted_edges
from tocsin.model.playbook import (
    RUNNABLE,
    ActionNode,
    AskNode,
    CallNode,
    ConditionNode,
    EndNode,
    ForEachNode,
    Graph,
    JoinNode,
    Node,
    Rest,
    SetNode,
    SwitchNode,
    TriggerNode,
    WaitNode,
    WhileNode,
    walk_nodes,
)
from tocsin.model.ports import ERROR, OUT, UNMET
from tocsin.model.values import seconds_of

DEFAULT_TIMEOUT: Final = 30.0
_NEEDS: Final = {"all": ALL, "any": 1}


@dataclass(frozen=True, slots=True)
class Code:
    """The compiled texts of one node, by field, and its times: `timeout` in seconds, `deadline` in microseconds."""

    expressions: Mapping[str, Expression]
    templates: Mapping[str, Template]
    carry: Mapping[str, Expression]
    init: Mapping[str, Any]
    timeout: float
    deadline: int | None


@dataclass(frozen=True, slots=True, eq=False)
class Plan:
    """One graph, ready to run.

    Attributes:
        ids: Node ids in topological order.
        index: Id → number.
        nodes: The nodes, by number.
        out: For each node its edges as (port, target, edge's text), in the file's order.
        indegree: Number of incoming edges.
        need: What `joins.judge_edges` asks for, by number.
        wired: For each node the ports that lead somewhere.
        after_error: For each node that error edges lead to, the nodes they come from.
        entries: Nodes without incoming edges.
        triggers: Those of them that are triggers.
        rest: Join → the nodes that only serve it, for joins that may fire early.
        code: Compiled texts, by number.
        bodies: Loop → the plan of its body.
        guards: Covered step → the questions that must have approved what it does.
        unit: The id of the playbook that the graph belongs to, bodies too: names are looked up within it.
    """

    ids: tuple[str, ...]
    index: Mapping[str, int]
    nodes: tuple[Node, ...]
    out: tuple[tuple[tuple[str, int, str], ...], ...]
    indegree: array[int]
    need: array[int]
    wired: tuple[frozenset[str], ...]
    after_error: Mapping[int, tuple[int, ...]]
    entries: tuple[int, ...]
    triggers: tuple[int, ...]
    rest: Mapping[int, tuple[int, ...]]
    code: tuple[Code, ...]
    bodies: Mapping[int, Plan]
    guards: Mapping[int, tuple[str, ...]]
    unit: str = ""

    def leads(self, node: int, port: str) -> bool:
        """Tell whether a port of a node leads anywhere."""
        return port in self.wired[node]


def compile_plan(graph: Graph, unit: str = "") -> Plan:
    """Compile a graph of a playbook and the bodies in it.

    Raises:
        ExpressionError: An expression or template does not compile.
        ValueError: The graph has a cycle.
    """
    return _compile(graph, unit, _covers_in(graph))


def _covers_in(graph: Graph) -> dict[str, tuple[str, ...]]:
    """Return for each covered step the questions that cover it, wherever in the file they are."""
    found: dict[str, tuple[str, ...]] = {}
    for name, node in walk_nodes(graph):
        for covered in node.covers if isinstance(node, AskNode) else ():
            found[covered] = (*found.get(covered, ()), name)
    return found


def _compile(graph: Graph, unit: str, covers: Mapping[str, tuple[str, ...]]) -> Plan:
    ids = _topological_order(graph)
    index = {name: number for number, name in enumerate(ids)}
    nodes = tuple(graph.nodes[name] for name in ids)
    out: list[list[tuple[str, int, str]]] = [[] for _ in ids]
    into: list[list[int]] = [[] for _ in ids]
    for edge in sorted_edges(graph):
        source, target = index[edge.source], index[edge.target]
        out[source].append((edge.port, target, edge.text))
        into[target].append(source)
    need = array("I", (_need(node, len(into[number])) for number, node in enumerate(nodes)))
    targets = [[target for _, target, _ in edges] for edges in out]
    return Plan(
        ids=ids,
        index=index,
        nodes=nodes,
        out=tuple(tuple(edges) for edges in out),
        indegree=array("I", (len(sources) for sources in into)),
        need=need,
        wired=tuple(frozenset(port for port, _, _ in edges) for edges in out),
        after_error=_after_error(out),
        entries=tuple(number for number, sources in enumerate(into) if not sources),
        triggers=tuple(number for number, node in enumerate(nodes) if isinstance(node, TriggerNode)),
        rest={number: rest_of(number, targets, into) for number, node in enumerate(nodes) if _fires_early(node)},
        code=tuple(_compile_node(node) for node in nodes),
        bodies={
            number: _compile(node.body, unit, covers)
            for number, node in enumerate(nodes)
            if isinstance(node, ForEachNode | WhileNode)
        },
        guards={number: covers[name] for name, number in index.items() if name in covers},
        unit=unit,
    )


def _topological_order(graph: Graph) -> tuple[str, ...]:
    place = {name: number for number, (name, node) in enumerate(graph.nodes.items()) if node.kind in RUNNABLE}
    waiting = dict.fromkeys(place, 0)
    targets: dict[str, list[str]] = {name: [] for name in place}
    for edge in graph.edges:
        waiting[edge.target] += 1
        targets[edge.source].append(edge.target)
    ready = [(place[name], name) for name, count in waiting.items() if not count]
    heapq.heapify(ready)
    order: list[str] = []
    while ready:
        _, name = heapq.heappop(ready)
        order.append(name)
        for target in targets[name]:
            waiting[target] -= 1
            if not waiting[target]:
                heapq.heappush(ready, (place[target], target))
    if len(order) < len(place):
        raise ValueError("the graph has a cycle")
    return tuple(order)


def _after_error(out: list[list[tuple[str, int, str]]]) -> dict[int, tuple[int, ...]]:
    found: dict[int, tuple[int, ...]] = {}
    for source, edges in enumerate(out):
        for port, target, _ in edges:
            if port == ERROR:
                found[target] = (*found.get(target, ()), source)
    return found


def _need(node: Node, edges: int) -> int:
    if not isinstance(node, JoinNode):
        return ALL
    if isinstance(node.need, int):
        return node.need
    return max(edges, 1) if node.need == "every" else _NEEDS[node.need]


def _fires_early(node: Node) -> bool:
    return isinstance(node, JoinNode) and node.rest is Rest.CANCEL and node.need not in {"all", "every"}


def _compile_node(node: Node) -> Code:
    expressions = {name: compile_expression(text) for name, text in _expressions_of(node).items()}
    templates = {name: compile_template(value) for name, value in _templates_of(node).items()}
    loop = node if isinstance(node, WhileNode) else None
    carry = {name: compile_expression(text) for name, text in loop.carry.items()} if loop else {}
    init = {name: _compiled(value) for name, value in loop.init.items()} if loop else {}
    timeout, deadline = getattr(node, "timeout", None), getattr(node, "deadline", None)
    return Code(
        expressions,
        templates,
        carry,
        init,
        timeout=seconds_of(timeout) if timeout else DEFAULT_TIMEOUT,
        deadline=round(seconds_of(deadline) * 1_000_000) if deadline else None,
    )


def _compiled(value: Any) -> Any:  # noqa: ANN401  an open value of the document
    return compile_expression(value) if isinstance(value, str) else value


def _expressions_of(node: Node) -> dict[str, str]:
    match node:
        case ConditionNode():
            found = {"when": node.when}
        case SwitchNode():
            found = {str(number): case.when for number, case in enumerate(node.cases)}
        case ForEachNode():
            found = {"in": node.items, "key": node.key, "collect": node.collect}
        case WhileNode():
            found = {"when": node.when, "until": node.until}
        case WaitNode():
            found = {"until": node.until}
        case EndNode():
            found = dict(node.outputs or {})
        case _:
            found = {}
    return {name: text for name, text in found.items() if text is not None}


def _templates_of(node: Node) -> dict[str, Any]:
    match node:
        case ActionNode() | CallNode():
            return {"with": dict(node.inputs)}
        case SetNode():
            return {"values": dict(node.values)}
        case AskNode():
            return {"text": node.text, "to": node.to}
        case EndNode() if node.message is not None:
            return {"message": node.message}
        case _:
            return {}


MAIN: Final = (OUT,)
UNMET_PORTS: Final = (UNMET,)
ERROR_PORTS: Final = (ERROR,)
