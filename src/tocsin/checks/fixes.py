"""Quick fixes of what nodes say: edits that mend what the checks find, each one step of the history.

Those that draw nodes and lines are in `rewiring`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from typing import Any, Final

from tocsin.base.json_types import Json
from tocsin.base.texts import _
from tocsin.checks.readings import Piece, Reading
from tocsin.checks.survey import Entry
from tocsin.edits import (
    MISSING,
    Edit,
    Missing,
    RenameItem,
    RenameNode,
    RenameWithin,
    SetField,
    SetHead,
    fresh_id,
)
from tocsin.expressions import Reference, asking_first, with_default
from tocsin.model.playbook import Playbook, WaitNode
from tocsin.model.problems import Fix
from tocsin.model.values import Notation, Place

_CONDITIONS: Final = frozenset({"when", "until", "filter"})
_NOTHING: Final[Mapping[str, str]] = {
    "string": "''",
    "integer": "0",
    "number": "0.0",
    "boolean": "false",
    "array": "[]",
    "object": "{}",
}
"""What stands in for a value that is missing, as an expression, by its type in JSON Schema."""


def find_closest(word: str, known: Iterable[str]) -> str | None:
    """Return the known word that was probably meant, or None when none is close."""
    return next(iter(get_close_matches(word, list(known), n=1, cutoff=0.6)), None)


def replace_field(entry: Entry, place: Place, value: Json | Missing, *, title: str, is_safe: bool = False) -> Fix:
    """Return the fix that sets one value of a node."""
    return Fix(title, SetField(entry.name, place, value), is_safe=is_safe)


def leave_out(entry: Entry, *keys: str, title: str = "", is_safe: bool = False) -> Fix:
    """Return the fix that takes a setting away."""
    return replace_field(
        entry, keys, MISSING, title=title or _("Leave “{keys}” out").format(keys=keys[-1]), is_safe=is_safe
    )


def rename(playbook: Playbook, entry: Entry) -> Fix:
    """Return the fix that gives a node a free id close to the one it has."""
    new = fresh_id(playbook, f"{entry.name}_node")
    return Fix(_("Rename it to “{new}”").format(new=new), RenameNode(entry.name, new), is_safe=True)


def rename_item(playbook: Playbook, loop: Entry) -> Fix:
    """Return the fix that calls a loop's items by a free name."""
    new = fresh_id(playbook, f"{loop.name}_item")
    return Fix(_("Call its item “{new}”").format(new=new), RenameItem(loop.name, new), is_safe=True)


def tell_apart(playbook: Playbook, one: Entry, other: Entry) -> Fix:
    """Return the fix that gives the inner of two nodes of one id another."""
    inner = max(one, other, key=lambda entry: sum(1 for _unused in entry.scope.chain()))
    new = fresh_id(playbook, inner.name)
    where = _("the one in the loop “{frame}”").format(frame=inner.scope.frame)
    return Fix(
        _("Rename {where} to “{new}”").format(where=where, new=new),
        RenameWithin(inner.scope.frame, inner.name, new),
        is_safe=True,
    )


def rewrite(reading: Reading, text: str, *, title: str, is_safe: bool = False) -> Fix:
    """Return the fix that puts another text where an expression or a template stands."""
    place = reading.text.slot.place
    edit: Edit = SetField(reading.entry.name, place, text) if reading.entry else SetHead(place, text)
    return Fix(title, edit, is_safe=is_safe)


def rewrite_piece(reading: Reading, piece: Piece, expression: str, *, title: str, is_safe: bool = False) -> Fix:
    """Return the fix that puts another expression where one of a text's stands."""
    old, end = reading.text.slot.text, piece.start + len(piece.expression.text)
    return rewrite(reading, f"{old[: piece.start]}{expression}{old[end:]}", title=title, is_safe=is_safe)


def ask_first(reading: Reading, piece: Piece, at: tuple[int, int], question: str) -> Fix | None:
    """Return the fix that asks has(question) before a path is read; None where nothing around it is a condition."""
    text = asking_first(piece.expression, at, question, is_condition=is_condition(reading))
    return (
        rewrite_piece(reading, piece, text, title=_("Ask has({question}) first").format(question=question))
        if text
        else None
    )


def give_default(reading: Reading, piece: Piece, reference: Reference, schema: Mapping[str, Any]) -> Fix | None:
    """Return the fix that reads nothing, of the right type, where a node's output is missing; None for other paths."""
    nothing = _NOTHING.get(str(schema.get("type")))
    goes_on = piece.expression.text[reference.end : reference.end + 1] == "["  # with an index that is worked out
    is_plain = reference.root != "nodes" and reference.path and not goes_on
    if nothing is None or not is_plain:
        return None
    text = with_default(piece.expression, reference, reference.root, reference.path, nothing)
    return rewrite_piece(reading, piece, text, title=_("Read {nothing} where it is missing").format(nothing=nothing))


def is_condition(reading: Reading) -> bool:
    """Tell whether a field wants true or false."""
    slot, waits = reading.text.slot, reading.entry is not None and isinstance(reading.entry.node, WaitNode)
    return slot.notation is Notation.CEL and slot.place[-1] in _CONDITIONS and not waits
