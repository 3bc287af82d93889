"""Who reads what a node gives: the fields of other nodes, and of the playbook itself; without Qt."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tocsin.expressions import ExpressionError, compile_expression, compile_template
from tocsin.model.catalogue import Catalogue
from tocsin.model.playbook import Playbook, walk_nodes
from tocsin.model.slots import Slot, slots_of
from tocsin.model.values import Notation, Value
from tocsin.ui.canvas.faces import face_of
from tocsin.ui.forms.words import words_of


@dataclass(frozen=True, slots=True)
class Use:
    """One field that reads a node.

    Attributes:
        node: The id of the node that the field is of; "" for the playbook's head.
        field: The field's place: `with.ip`, `cases.0.when`.
        words: Both as they are read: “Block the address · Address”.
    """

    node: str
    field: str
    words: str


def uses_of(name: str, playbook: Playbook, catalogue: Catalogue) -> tuple[Use, ...]:
    """Return every field that reads a node, in the order of the file, each once."""
    found: dict[tuple[str, str], Use] = {}
    for owner_id, owner in (*walk_nodes(playbook.graph), ("", playbook)):
        for slot in _reading(name, owner):
            is_whole = isinstance(owner, Playbook)
            title = playbook.name if is_whole else face_of(owner_id, owner, playbook, catalogue).title
            field = words_of(_keys(slot), str(getattr(owner, "kind", "playbook"))).title
            found.setdefault((owner_id, slot.field), Use(owner_id, slot.field, f"{title} · {field}"))
    return tuple(found.values())


def _reading(name: str, owner: Value) -> Iterator[Slot]:
    return (slot for slot in slots_of(owner) if name in slot.text and _reads(slot, name))


def _reads(slot: Slot, name: str) -> bool:
    try:
        reader = compile_expression(slot.text) if slot.notation is Notation.CEL else compile_template(slot.text)
    except ExpressionError:
        return False
    return name in reader.roots or name in reader.node_ids


def _keys(slot: Slot) -> tuple[str, ...]:
    """The keys that name a field; a number in it says which row."""
    return tuple(str(part) for part in slot.place if not isinstance(part, int))
