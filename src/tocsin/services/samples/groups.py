"""What completion lists: the values that may be read at a point, grouped by what gives them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final, cast

from tocsin.base.json_types import Json
from tocsin.base.texts import _
from tocsin.checks.survey import Entry
from tocsin.expressions.references import spell_path
from tocsin.expressions.values import MISSING, Path, follow
from tocsin.model.playbook import ActionNode, Kind
from tocsin.model.values import JsonSchema
from tocsin.services.samples.origin import Origin
from tocsin.services.samples.values import SampleValues
from tocsin.services.samples.words import field_title, sample_words, type_words

DEEPEST: Final = 3
MOST_FIELDS: Final = 200
INDEX: Final = "index"
_LATE: Final = frozenset({Kind.CONDITION, Kind.SWITCH, Kind.JOIN})
"""Kinds whose output is seldom read; they are listed after the others."""
_HIDDEN: Final = frozenset({"nodes", "env", "trigger"})
"""Names that may be written, and that nobody would look for in a list."""


@dataclass(frozen=True, slots=True)
class ValueField:
    """One value that can be inserted.

    Attributes:
        path: As an expression writes it: `alert.src_ip`.
        title: What it is called: “Source address”; of a field of a field both words.
        kind: Its type, in a word; "" when nobody knows.
        sample: Its sample value, short; "" when there is none.
        depth: How many fields deep it lies; 1 is what the source gives itself. Deeper ones show when they are sought.
    """

    path: str
    title: str
    kind: str
    sample: str
    depth: int = 1


@dataclass(frozen=True, slots=True)
class ValueGroup:
    """The values of one source.

    Attributes:
        root: The name that their paths begin with.
        node: The id of the node that gives them, or of the loop that binds them; "" for reserved names.
        fields: The values, the source's own first.
        origin: Where the samples come from; None when there is none.
        run: The run they come from, as a person calls it, or "".
    """

    root: str
    node: str
    fields: tuple[ValueField, ...]
    origin: Origin | None = None
    run: str = ""


def groups_at(values: SampleValues) -> tuple[ValueGroup, ...]:
    """Return the groups at a point: loops' names first, then nodes as they run, logic and the run itself last."""
    around = values.around
    found = [_group(values, root) for root in around.roots if root not in _HIDDEN and not _is_index(values, root)]
    filled = [group for group in found if group.fields]
    return tuple(sorted(filled, key=lambda group: _is_late(around.find_node(group.root))))


def _is_index(values: SampleValues, root: str) -> bool:
    """An item's number is listed with the item, not as a source of its own."""
    return root == INDEX and values.around.find_loop(root) is not None


def _is_late(entry: Entry | None) -> bool:
    return entry is not None and entry.node.kind in _LATE


def _group(values: SampleValues, root: str) -> ValueGroup:
    around = values.around
    source = around.find_node(root) or around.find_loop(root)
    sample = values.find(root)
    shape = around.shape(root)
    value = MISSING if sample is None else sample.value
    fields = tuple(_fields_of(root, shape, value))
    if source is not None and around.find_loop(root) is source and around.find_loop(INDEX) is source:
        fields += (ValueField(INDEX, _("Index"), "number", "0"),)
    if source is not None and isinstance(source.node, ActionNode):
        state = values.run.facts.get(root, {}).get("state", "") if values.run else ""
        fields += (ValueField(spell_path("nodes", (root, "state")), _("State"), "text", str(state), 2),)
    origin = sample.origin if sample else None
    run = values.run.label if values.run and origin is Origin.RUN else ""
    return ValueGroup(root, source.name if source else "", fields, origin, run)


def _fields_of(root: str, shape: JsonSchema, value: object) -> Iterator[ValueField]:
    """Yield the fields of a source, level by level; a value without fields is its own only one."""
    level = list(_inner((), "", shape, value))
    if not level:
        if shape or value is not MISSING:
            yield _field(root, _Part((), field_title(root, shape), shape, value), depth=1)
        return
    count = 0
    for depth in range(1, DEEPEST + 1):
        for part in level:
            yield _field(root, part, depth=depth)
        count += len(level)
        if count > MOST_FIELDS:
            return
        level = [inner for part in level for inner in _inner(part.path, part.title, part.shape, part.value)]


@dataclass(frozen=True, slots=True)
class _Part:
    path: Path
    title: str
    shape: JsonSchema
    value: object


def _inner(path: Path, title: str, shape: JsonSchema, value: object) -> Iterator[_Part]:
    """Yield the fields of a map: those that its shape has, then those that only the sample has."""
    properties = cast("Mapping[str, Any]", shape.get("properties") or {})
    held: Mapping[str, Json] = cast("Mapping[str, Json]", value) if isinstance(value, Mapping) else {}
    for name in list(dict.fromkeys([*properties, *held]))[:MOST_FIELDS]:
        schema = properties.get(name)
        inner: JsonSchema = cast("JsonSchema", schema) if isinstance(schema, Mapping) else {}
        words = f"{title} {field_title(name, inner)}".strip()
        yield _Part((*path, name), words, inner, follow(cast("object", held), (name,)))


def _field(root: str, part: _Part, *, depth: int) -> ValueField:
    value = None if part.value is MISSING else cast("Json", part.value)
    own = field_title(str(part.path[-1]), part.shape) if part.path else ""
    sample = "" if part.value is MISSING else sample_words(value, own)
    return ValueField(spell_path(root, part.path), part.title, type_words(part.shape, value), sample, depth)
