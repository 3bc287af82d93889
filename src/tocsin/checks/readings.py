"""Every expression of a playbook, compiled, with the point from which it reads."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from tocsin.checks.inspection import Inspection
from tocsin.checks.memo import IdentityMemo
from tocsin.checks.survey import Entry
from tocsin.checks.views import View, end_of, start_of, view_of
from tocsin.expressions import Expression, ExpressionError, compile_expression, compile_template
from tocsin.model.playbook import Node, Playbook
from tocsin.model.slots import Slot, slots_of
from tocsin.model.values import Notation


@dataclass(frozen=True, slots=True)
class Piece:
    """One expression of a slot.

    Attributes:
        expression: The expression.
        start: Where it begins in the slot's text, from 0.
    """

    expression: Expression
    start: int


@dataclass(frozen=True, slots=True)
class Text:
    """A slot and what is in it.

    Attributes:
        slot: The slot.
        pieces: Its expressions; () when it could not be compiled.
        fault: Why it could not, or None.
    """

    slot: Slot
    pieces: tuple[Piece, ...]
    fault: ExpressionError | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """A text where it stands.

    Attributes:
        text: The slot and its expressions.
        view: The point from which it reads.
        entry: The node that holds it; None for the playbook's head.
    """

    text: Text
    view: View
    entry: Entry | None

    @property
    def node(self) -> str:
        """The node's id, or ""."""
        return self.entry.name if self.entry else ""


def readings_of(case: Inspection) -> tuple[Reading, ...]:
    """Return every text of the nodes that may do something, then those of the playbook's head."""
    return _readings.get(case, lambda case: tuple(_read_all(case)))


def _read_all(case: Inspection) -> Iterator[Reading]:
    for entry in case.survey.running():
        for text in texts_of(entry.node):
            yield Reading(text, view_of(case.survey, entry, text.slot), entry)
    for text in texts_of(case.playbook):
        at_the_end = text.slot.place[0] == "outputs"
        yield Reading(text, end_of(case.survey) if at_the_end else start_of(case.survey), None)


def is_alone(text: Text) -> bool:
    """Tell whether a text is nothing but one expression, whose value then keeps its type (engine.md 1.27)."""
    written, pieces = text.slot.text, text.pieces
    if len(pieces) != 1 or not written.startswith("{{") or not written.endswith("}}"):
        return False
    return written[2:-2].strip() == pieces[0].expression.text.strip()


def texts_of(owner: Node | Playbook) -> tuple[Text, ...]:
    """Return the texts of a node or a playbook's head; the same object for the same owner."""
    return _texts.get(owner, lambda owner: tuple(_read(slot) for slot in slots_of(owner)))


def _read(slot: Slot) -> Text:
    try:
        if slot.notation is Notation.CEL:
            return Text(slot, (Piece(compile_expression(slot.text), 0),))
        return Text(slot, tuple(Piece(part.expression, part.start) for part in compile_template(slot.text).parts))
    except ExpressionError as error:
        return Text(slot, (), error)


_readings: Final[IdentityMemo[Inspection, tuple[Reading, ...]]] = IdentityMemo(2)
_texts: Final[IdentityMemo[Node | Playbook, tuple[Text, ...]]] = IdentityMemo(2048)
