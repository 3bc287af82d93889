"""Which part of a question its author wrote, and which part is data of the run (engine.md: data is never code).

A late door: what reads templates is imported when the first question is shown.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the question's text."""

    text: str
    is_data: bool


def pieces_of(template: str, text: str) -> tuple[Piece, ...]:
    """Set the data in a rendered text off from the words of its template.

    Only what the author wrote, in the author's order, is ever taken for the author's: data that repeats those words
    can at most move the line between two pieces. One pass, whatever the data holds. A text that does not come from the
    template is data as a whole.
    """
    literals = _literals(template)
    if literals is None or not text.startswith(literals[0]):
        return (Piece(text, is_data=True),)
    if len(literals) == 1:
        return (Piece(text, is_data=text != template),)
    pieces = [Piece(literals[0], is_data=False)]
    position, end = len(literals[0]), len(text) - len(literals[-1])
    if end < position or not text.endswith(literals[-1]):
        return (Piece(text, is_data=True),)
    for literal in literals[1:-1]:
        found = text.find(literal, position, end)
        if found < 0:
            return (Piece(text, is_data=True),)
        pieces += [Piece(text[position:found], is_data=True), Piece(literal, is_data=False)]
        position = found + len(literal)
    pieces += [Piece(text[position:end], is_data=True), Piece(literals[-1], is_data=False)]
    return tuple(piece for piece in pieces if piece.text)


def _literals(template: str) -> list[str] | None:
    """The plain stretches before, between and after the slots; None when the template cannot be read."""
    from tocsin.expressions import TemplateError, find_slots

    try:
        slots = find_slots(template)
    except TemplateError:
        return None
    starts = [0, *(slot.end for slot in slots)]
    ends = [*(slot.start for slot in slots), len(template)]
    return [template[start:end] for start, end in zip(starts, ends, strict=True)]
