"""The shapes of what expressions read, as JSON Schemas: outputs by kind (definitions.md D2), items, events, roots.

An empty schema means that nothing is known, and nothing is claimed about it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final, cast

from tocsin.checks.inspection import Inspection
from tocsin.checks.memo import IdentityMemo
from tocsin.checks.survey import Entry, Survey, survey_of
from tocsin.checks.views import View, find_readable, loop_of, roots_at, view_of
from tocsin.expressions import ExpressionError, compile_expression
from tocsin.model.catalogue import Catalogue
from tocsin.model.playbook import (
    ActionNode,
    AskNode,
    CallNode,
    EndNode,
    ForEachNode,
    Kind,
    Node,
    Playbook,
    SetNode,
    TriggerNode,
    WhileNode,
)
from tocsin.model.values import JsonSchema

UNKNOWN: Final[JsonSchema] = {}
_TEXT: Final[JsonSchema] = {"type": "string"}
_COUNT: Final[JsonSchema] = {"type": "integer"}
_ALERT_ACTION: Final = "get_alert"
_DEPTH: Final = 8
"""How far a type is followed through lists and values that come from other expressions."""


def closed(properties: Mapping[str, JsonSchema], *, optional: Sequence[str] = ()) -> JsonSchema:
    """Return the schema of an object that has these fields and no others."""
    required = [name for name in properties if name not in optional]
    return {"type": "object", "properties": dict(properties), "required": required, "additionalProperties": False}


_RUN: Final = closed(
    {
        "id": _TEXT,
        "mode": _TEXT,
        "environment": _TEXT,
        "started_at": _TEXT,
        "first_error": {"type": "object"},
    },
    optional=["first_error"],
)
_RESULT: Final = closed({"index": _COUNT, "key": UNKNOWN, "state": _TEXT, "value": UNKNOWN, "error": UNKNOWN})
_LOOP: Final = closed(
    {
        "count": _COUNT,
        "succeeded": _COUNT,
        "failed": _COUNT,
        "skipped": _COUNT,
        "results": {"type": "array", "items": _RESULT},
    }
)
_BUILT_IN: Final[Mapping[Kind, JsonSchema]] = {
    Kind.FOR_EACH: _LOOP,
    Kind.CONDITION: closed({"value": {"type": "boolean"}}),
    Kind.SWITCH: closed({"case": _TEXT}),
    Kind.JOIN: closed({"edges": {"type": "array", "items": _TEXT}}),
    Kind.WAIT: closed({"until": _TEXT, "fired_at": _TEXT}, optional=["until"]),
}
_ERROR: Final[JsonSchema] = {
    "type": "object",
    "properties": {"code": _TEXT, "message": _TEXT, "retryable": {"type": "boolean"}, "attempt": _COUNT},
    "required": ["code", "message", "retryable"],
}


def types_of(playbook: Playbook, catalogue: Catalogue, node_id: str) -> Mapping[str, JsonSchema]:
    """Return the schema of each root that is visible at a node and whose shape is known at all.

    Nodes' outputs, the loops' items, `trigger`, `inputs`, `run`, `error`; what is not known is the empty schema.
    """
    survey = survey_of(playbook)
    entry = survey.first.get(node_id)
    if entry is None:
        return {"run": _RUN}
    view = view_of(survey, entry)
    shapes = Shapes(Inspection(playbook, catalogue, survey))
    return {root: shapes.root(view, root) for root in roots_at(survey, view)}


class Shapes:
    """Works out shapes for one inspection, each once."""

    def __init__(self, case: Inspection) -> None:
        self._case = case
        self._outputs: dict[int, JsonSchema] = {}
        self._depth = 0

    @property
    def _survey(self) -> Survey:
        return self._case.survey

    def root(self, view: View, name: str) -> JsonSchema:
        """Return the shape of a root as it is read from a point; UNKNOWN for what is not there."""
        if (found := find_readable(self._survey, view, name)) is not None:
            return self.output(found[0])
        if (loop := loop_of(view, name)) is not None:
            return _COUNT if name == "index" else self._item(loop)
        return self._reserved(name)

    def _reserved(self, name: str) -> JsonSchema:
        if name == "inputs":
            return self._inputs()
        return self._trigger() if name == "trigger" else {"run": _RUN, "error": _ERROR}.get(name, UNKNOWN)

    def output(self, entry: Entry) -> JsonSchema:
        """Return the shape of a node's output."""
        known = self._outputs.get(entry.place)
        if known is None:
            known = self._outputs[entry.place] = self._output(entry)
        return known

    def of_text(self, view: View, text: str) -> JsonSchema:
        """Return the shape of an expression that is nothing but a path; UNKNOWN for any other."""
        if self._depth > _DEPTH:
            return UNKNOWN
        try:
            expression = compile_expression(text)
        except ExpressionError:
            return UNKNOWN
        whole = [each for each in expression.references if (each.start, each.end) == (0, len(text))]
        if not whole:
            return UNKNOWN
        self._depth += 1
        shape = self.reference(view, whole[0].root, whole[0].path)
        self._depth -= 1
        return shape

    def reference(self, view: View, root: str, path: Sequence[str | int]) -> JsonSchema:
        """Return the shape of what a path reads from a point."""
        if root == "nodes" and len(path) > 1 and path[1] == "output":
            root, path = str(path[0]), path[2:]
        schema: JsonSchema = self.root(view, root)
        for part in path:
            schema = part_of(schema, part)
        return schema

    def _output(self, entry: Entry) -> JsonSchema:
        node = entry.node
        match node:
            case ActionNode():
                facts = self._case.find_facts(node.use)
                return facts.output if facts and node.project is None else UNKNOWN
            case TriggerNode():
                return self._event(node)
            case SetNode():
                view = view_of(self._survey, entry)
                return closed({name: self._value(view, value) for name, value in node.values.items()})
            case CallNode():
                return self._called(node)
            case WhileNode():
                return closed({"state": self._item(entry), "iterations": _COUNT})
            case _:
                return _built_in(node)

    def _called(self, node: CallNode) -> JsonSchema:
        """Return the shape of what a call gives; an end of the called playbook may give something else."""
        callee = self._case.find_callee(node.playbook)
        if callee is None or any(isinstance(end, EndNode) and end.outputs for end in callee.graph.nodes.values()):
            return UNKNOWN
        return closed(dict.fromkeys(callee.outputs, UNKNOWN))

    def _event(self, node: TriggerNode) -> JsonSchema:
        if node.output is not None:
            return node.output
        if node.event == "manual":
            return self._inputs()
        category, _, what = node.event.partition(".")
        facts = self._case.find_facts(f"{category}.{_ALERT_ACTION}") if what == "alert" else None
        return facts.output if facts and node.map is None else UNKNOWN

    def _trigger(self) -> JsonSchema:
        entries = [entry for entry in self._survey.entries if isinstance(entry.node, TriggerNode) and not entry.off]
        return self.output(entries[0]) if len(entries) == 1 else UNKNOWN

    def _inputs(self) -> JsonSchema:
        fields = self._case.playbook.inputs
        given = {name for name, field in fields.items() if field.required or field.default is not None}
        schemas: dict[str, JsonSchema] = {name: {"type": field.type} for name, field in fields.items()}
        return closed(schemas, optional=[name for name in fields if name not in given])

    def _item(self, loop: Entry) -> JsonSchema:
        """Return the shape of a loop's item, or of a while's state."""
        node = loop.node
        view = view_of(self._survey, loop)
        if isinstance(node, ForEachNode):
            items = self.of_text(view, node.items).get("items")
            return cast("JsonSchema", items) if isinstance(items, Mapping) else UNKNOWN
        names = dict.fromkeys([*node.init, *node.carry]) if isinstance(node, WhileNode) else {}
        return closed(dict.fromkeys(names, UNKNOWN), optional=list(names))

    def _value(self, view: View, value: object) -> JsonSchema:
        if isinstance(value, str):
            return self.template(view, value)
        match value:
            case bool():
                return {"type": "boolean"}
            case int():
                return _COUNT
            case float():
                return {"type": "number"}
            case _:
                return UNKNOWN

    def template(self, view: View, text: str) -> JsonSchema:
        """Return the shape of what a text field gives: that of its one expression, else text."""
        inner = text[2:-2] if text.startswith("{{") and text.endswith("}}") else None
        if inner is None:
            return _TEXT
        return self.of_text(view, inner.strip()) if "{{" not in inner and "}}" not in inner else UNKNOWN


def shapes_of(case: Inspection) -> Shapes:
    """Return the shapes of an inspection; the same object for the same inspection."""
    return _shapes.get(case, Shapes)


def part_of(schema: Mapping[str, Any], part: str | int) -> JsonSchema:
    """Return the shape of a field or an item; UNKNOWN where the schema does not say."""
    if isinstance(part, int):
        found = schema.get("items")
    else:
        found = cast("Mapping[str, Any]", schema.get("properties") or {}).get(part)
    return cast("JsonSchema", found) if isinstance(found, Mapping) else UNKNOWN


def types_in(schema: Mapping[str, Any]) -> frozenset[str]:
    """Return the JSON types that a schema allows; all that it does not restrict gives the empty set."""
    kind = schema.get("type")
    if isinstance(kind, str):
        return frozenset({kind})
    return frozenset(cast("Sequence[str]", kind)) if isinstance(kind, Sequence) else frozenset()


def _built_in(node: Node) -> JsonSchema:
    if isinstance(node, AskNode):
        form = node.form_schema or {}
        fields: dict[str, JsonSchema] = {"option": _TEXT, "form": form, "by": _TEXT, "at": _TEXT, "reason": _TEXT}
        return closed(fields, optional=["form", "reason"])
    return _BUILT_IN.get(node.kind, UNKNOWN)


_shapes: Final[IdentityMemo[Inspection, Shapes]] = IdentityMemo(2)
