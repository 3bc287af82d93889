"""The point from which a field reads, with the shapes of what it may read there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final, cast

from tocsin.checks.inspection import Inspection
from tocsin.checks.shapes import UNKNOWN, Shapes, part_of
from tocsin.checks.survey import Entry, Survey, survey_of
from tocsin.checks.views import View, end_of, find_readable, loop_of, roots_at, view_of
from tocsin.model.catalogue import Catalogue
from tocsin.model.differences import find_changed_nodes
from tocsin.model.playbook import LoopNode, Node, Playbook, TriggerNode
from tocsin.model.slots import Slot
from tocsin.model.values import JsonSchema, Notation
from tocsin.services.samples.words import field_title

_UNREAD: Final = frozenset({"graph", "layout"})
"""Keys of a playbook that nothing reads: nodes are looked at one by one, places say nothing."""


@dataclass(frozen=True, slots=True, eq=False)
class ReadPoint:
    """A field's place in a playbook that was just edited.

    Attributes:
        playbook: The playbook.
        node: The id of the node that holds the field; "" for the playbook's own outputs.
        catalogue: What products can do.
        key: The first key of the field in the node, such as `with` or `collect`: a loop reads some inside its body.
    """

    playbook: Playbook
    node: str
    catalogue: Catalogue
    key: str = ""


def reads_alike(old: Playbook, new: Playbook, node: str) -> bool:
    """Tell whether the same can be read at a node in two playbooks: one became the other by settings of that node.

    A loop's settings say what its body reads, and a title is what others are shown, so these count as another reading.
    """
    heads = ((getattr(old, name), getattr(new, name)) for name in Playbook.model_fields.keys() - _UNREAD)
    changed = find_changed_nodes(old.graph, new.graph) if all(one is other for one, other in heads) else None
    return changed is not None and all(_is_alike(*both, is_own=name == node) for name, both in changed.items())


def _is_alike(old: Node, new: Node, *, is_own: bool) -> bool:
    if isinstance(old, LoopNode) and isinstance(new, LoopNode):
        return not is_own and old.model_copy(update={"body": new.body}) == new
    return is_own and old.title == new.title


class Surroundings:
    """What lies around a point. For one thread; made in a moment, works out what it is asked."""

    def __init__(self, point: ReadPoint) -> None:
        self.point = point
        self.survey: Survey = survey_of(point.playbook)
        self.inspection = Inspection(point.playbook, point.catalogue, self.survey)
        self.shapes = Shapes(self.inspection)

    @cached_property
    def view(self) -> View:
        """The point as checks see it; a node that is not there reads as the playbook's outputs do."""
        entry = self.survey.first.get(self.point.node)
        if entry is None:
            return end_of(self.survey)
        return view_of(self.survey, entry, Slot((self.point.key,), Notation.CEL, ""))

    @cached_property
    def roots(self) -> tuple[str, ...]:
        """Every name that may be read: what loops bind from the inside out, nodes as they run, reserved names."""
        view = self.view
        names = roots_at(self.survey, view)
        loops = tuple(name for name in names if self.find_loop(name) is not None)
        places = self._places()
        nodes = sorted((name for name in names if self.find_node(name) is not None), key=lambda name: places[name])
        return (*loops, *nodes, *(name for name in names if name not in {*loops, *nodes}))

    def find_node(self, root: str) -> Entry | None:
        """Return the node whose output a root is, or None."""
        found = find_readable(self.survey, self.view, root)
        return found[0] if found else None

    def find_loop(self, root: str) -> Entry | None:
        """Return the loop whose item, index or state a root is, or None."""
        return loop_of(self.view, root) if self.find_node(root) is None else None

    def shape(self, root: str, path: Sequence[str | int] = ()) -> JsonSchema:
        """Return the shape of what lies at a path; an empty one where nothing is known."""
        entry = self.find_node(root)
        if entry is None or not isinstance(entry.node, TriggerNode):
            return self.shapes.reference(self.view, root, path)
        schema = self._event_shape(entry.node, self.shapes.output(entry))
        for part in path:
            schema = part_of(schema, part)
        return schema

    def title(self, root: str, path: Sequence[str | int]) -> str:
        """Return what a path is called, without its root: “Source address”, “Endpoints 1 Name”."""
        words = [_part_title(part, self.shape(root, path[: at + 1])) for at, part in enumerate(path)]
        return " ".join(words)

    def _event_shape(self, node: TriggerNode, own: JsonSchema) -> JsonSchema:
        """Return an event's shape with the titles that the category's alerts have, where the trigger gives none."""
        category, _, what = node.event.partition(".")
        facts = self.inspection.find_facts(f"{category}.get_alert") if what == "alert" else None
        properties = own.get("properties")
        if facts is None or not isinstance(properties, Mapping):
            return own
        fields = cast("Mapping[str, JsonSchema]", properties)
        named = {name: {**part_of(facts.output, name), **field} for name, field in fields.items()}
        return {**own, "properties": named}

    def _places(self) -> dict[str, tuple[int, int]]:
        """Return where each readable node comes: outer graphs first, and within one as they run."""
        return {
            scope.wiring.names[number]: (-depth, at)
            for depth, (scope, _) in enumerate(self.view.levels())
            for at, number in enumerate(scope.wiring.order)
        }


def _part_title(part: str | int, schema: Mapping[str, Any]) -> str:
    return str(part + 1) if isinstance(part, int) else field_title(part, schema or UNKNOWN)
