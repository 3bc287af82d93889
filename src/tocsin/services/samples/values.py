"""Sample values: what a name is worth at a point, from the last run, else from what descriptions and playbook say.

Values of nodes that only compute are computed from the values before them, by the engine's own evaluator.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from tocsin.base.errors import TocsinError
from tocsin.base.json_types import Json
from tocsin.base.texts import _
from tocsin.checks.survey import Entry
from tocsin.checks.views import View, find_readable, loop_of, view_of
from tocsin.expressions import Expression, Scope, Template, compile_expression, compile_template, evaluate, render
from tocsin.model.playbook import (
    ActionNode,
    AskNode,
    ConditionNode,
    ForEachNode,
    JoinNode,
    Node,
    SetNode,
    SwitchNode,
    TriggerNode,
    WhileNode,
)
from tocsin.model.ports import ERROR
from tocsin.model.schemas import shape_value
from tocsin.services.samples.origin import Origin, weakest
from tocsin.services.samples.point import Surroundings
from tocsin.services.samples.seen_run import SeenRun

_ABOUT: Final[Mapping[str, Json]] = {
    "id": "00000000-0000-7000-8000-000000000000",
    "mode": "live",
    "environment": "lab",
    "started_at": "2026-01-01T00:00:00.000Z",
}
_ERROR: Final[Mapping[str, Json]] = {
    "code": "timeout",
    "message": _("The product did not answer in time."),
    "retryable": True,
    "attempt": 1,
}


@dataclass(frozen=True, slots=True)
class Sample:
    """A value and where it comes from."""

    value: Json
    origin: Origin


@dataclass(frozen=True, slots=True)
class Bound:
    """A scope in which an expression can be evaluated.

    Attributes:
        scope: The scope.
        missing: The names that it reads and that have no sample.
        origin: Where the result will come from.
    """

    scope: Scope
    missing: tuple[str, ...]
    origin: Origin


class SampleValues:
    """The sample values around one point. For one thread; each value is worked out once, when it is asked for.

    Args:
        around: The point.
        run: The last run of this playbook, or None.
        networks: The environment's own networks, for is_internal().
    """

    def __init__(self, around: Surroundings, run: SeenRun | None, networks: Sequence[str] = ()) -> None:
        self.around = around
        self.run = run
        self._networks = networks
        self._outputs: dict[int, Sample | None] = {}
        self._items: dict[int, Sample | None] = {}

    def find(self, root: str) -> Sample | None:
        """Return what a name is worth at the point, or None when nobody can say."""
        return self._find(self.around.view, root)

    def bind(self, reader: Expression | Template, view: View | None = None) -> Bound:
        """Return a scope with everything that a text reads."""
        seen_from = view or self.around.view
        scope = Scope(networks=self._networks)
        missing: list[str] = []
        origins: list[Origin] = []
        for root in reader.roots:
            if root == "nodes":
                scope.bind("nodes", {name: self._facts(seen_from, name) for name in reader.node_ids})
                continue
            sample = self._find(seen_from, root)
            if sample is None:
                missing.append(root)
            else:
                scope.bind(root, sample.value)
                origins.append(sample.origin)
        return Bound(scope, tuple(missing), weakest(origins) if origins else Origin.SAMPLE)

    def _find(self, view: View, root: str) -> Sample | None:
        if (found := find_readable(self.around.survey, view, root)) is not None:
            return self._output(found[0])
        if (loop := loop_of(view, root)) is not None:
            return Sample(0, Origin.SAMPLE) if root == "index" else self._item(loop)
        return self._reserved(view, root)

    def _reserved(self, view: View, root: str) -> Sample | None:
        run = self.run
        if root == "run":
            return Sample(run.about, Origin.RUN) if run and run.about else Sample(_ABOUT, Origin.SAMPLE)
        if root == "env":
            return Sample({}, Origin.SAMPLE)
        if root == ERROR:
            return self._error(view)
        if root in {"trigger", "inputs"}:
            triggers = [entry for entry in self.around.survey.entries if isinstance(entry.node, TriggerNode)]
            return self._output(triggers[0]) if triggers else None
        return None

    def _error(self, view: View) -> Sample | None:
        if not view.after_error():
            return None
        wires = view.scope.wiring.ways_in[view.at]
        names = [view.scope.wiring.names[wire.source] for wire in wires if wire.port == ERROR]
        seen = [self.run.facts[name]["error"] for name in names if self.run and "error" in self.run.facts.get(name, {})]
        return Sample(seen[0], Origin.RUN) if seen else Sample(_ERROR, Origin.SAMPLE)

    def _facts(self, view: View, name: str) -> dict[str, Json]:
        """Return what `nodes.ID` gives."""
        sample = self._find(view, name)
        seen = self.run.facts.get(name) if self.run else None
        facts: dict[str, Json] = {"state": "succeeded", "attempts": 1} if seen is None else dict(seen)
        if sample is not None and (seen is None or sample.origin is Origin.RUN):
            facts["output"] = sample.value
        return facts

    def _output(self, entry: Entry) -> Sample | None:
        if entry.place not in self._outputs:
            self._outputs[entry.place] = None  # a circle reads nothing
            self._outputs[entry.place] = self._seen(entry) or self._made(entry)
        return self._outputs[entry.place]

    def _seen(self, entry: Entry) -> Sample | None:
        """Return what the last run gave, unless the node was something else then."""
        run, node = self.run, entry.node
        if run is None:
            return None
        if isinstance(node, ActionNode) and run.actions.get(entry.name, node.use) != node.use:
            return None
        if entry.name in run.outputs:
            return Sample(run.outputs[entry.name], Origin.RUN)
        is_trigger = isinstance(node, TriggerNode) and run.event is not None
        return Sample(run.event, Origin.RUN) if is_trigger else None

    def _made(self, entry: Entry) -> Sample | None:
        """Return what a node would give, as far as somebody says so."""
        value = self._said(entry, entry.node)
        if value is None:
            return None
        return Sample(shape_value(value, self.around.shapes.output(entry)), Origin.SAMPLE)

    def _said(self, entry: Entry, node: Node) -> Json:
        match node:
            case ActionNode(project=None):
                facts = self.around.inspection.find_facts(node.use)
                return facts.sample if facts else None
            case TriggerNode():
                return self._event(node)
            case SetNode():
                made = {name: self._rendered(entry, value) for name, value in node.values.items()}
                return {name: value for name, value in made.items() if value is not None}
            case ForEachNode() | WhileNode():
                return self._loop(entry, node)
            case _:
                return self._logic(entry, node)

    def _logic(self, entry: Entry, node: Node) -> Json:
        match node:
            case ConditionNode():
                value = self._evaluated(view_of(self.around.survey, entry), node.when)
                return None if value is None else {"value": value}
            case SwitchNode(cases=(first, *_)):
                return {"case": first.port}
            case JoinNode():
                edges = entry.scope.graph.edges
                return {"edges": [edge.text for edge in edges if edge.target == entry.name]}
            case AskNode() if node.answers:
                return {"option": node.answers[0].id}
            case _:
                return None

    def _event(self, node: TriggerNode) -> Json:
        if node.sample is not None:
            return node.sample
        if node.event == "manual":
            fields = self.around.point.playbook.inputs
            said = {name: next(iter((*field.examples, field.default)), None) for name, field in fields.items()}
            return {name: value for name, value in said.items() if value is not None} or None
        category, _unused, what = node.event.partition(".")
        facts = self.around.inspection.find_facts(f"{category}.get_alert") if what == "alert" else None
        return facts.sample if facts and node.map is None else None

    def _loop(self, entry: Entry, node: ForEachNode | WhileNode) -> Json:
        if isinstance(node, WhileNode):
            item = self._item(entry)
            return {"state": item.value, "iterations": 1} if item else None
        items = self._evaluated(view_of(self.around.survey, entry), node.items)
        count = len(items) if isinstance(items, Sequence) else 0
        return {"count": count, "succeeded": count, "failed": 0, "skipped": 0, "results": []}

    def _item(self, loop: Entry) -> Sample | None:
        if loop.place not in self._items:
            self._items[loop.place] = None
            self._items[loop.place] = self._first_item(loop)
        return self._items[loop.place]

    def _first_item(self, loop: Entry) -> Sample | None:
        node = loop.node
        if self.run is not None and loop.name in self.run.items:
            return Sample(self.run.items[loop.name], Origin.RUN)
        view = view_of(self.around.survey, loop)
        if isinstance(node, ForEachNode):
            items = self._evaluated(view, node.items)
            return Sample(items[0], Origin.SAMPLE) if isinstance(items, list) and items else None
        if isinstance(node, WhileNode):
            state = {
                name: self._evaluated(view, value) if isinstance(value, str) else value
                for name, value in node.init.items()
            }
            return Sample(state, Origin.SAMPLE)
        return None

    def _rendered(self, entry: Entry, value: Json) -> Json:
        try:
            template = compile_template(value)
            return render(template, self.bind(template, view_of(self.around.survey, entry)).scope)
        except TocsinError:
            return None

    def _evaluated(self, view: View, text: str) -> Json:
        try:
            expression = compile_expression(text)
            return evaluate(expression, self.bind(expression, view).scope)
        except TocsinError:
            return None
