"""A field's text as the pieces that a field shows: plain text, line ends, values, and characters nobody could see.

Qt-free. The sources of the pieces, joined, are the text again, whatever it holds.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from tocsin.expressions import ExpressionError, Slot, compile_expression
from tocsin.expressions.templates import find_closed_slots


class PieceKind(StrEnum):
    """How a piece is shown."""

    PLAIN = "plain"
    LINE_END = "line_end"
    VALUE = "value"
    """One `{{ … }}`, as a chip."""
    ODD = "odd"
    """A character that a text field would change or hide, as a small mark."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a text.

    Attributes:
        kind: How it is shown.
        source: The characters as they stand.
        expression: Of a value, what stands between the braces; else "".
    """

    kind: PieceKind
    source: str
    expression: str = ""


_ODD: Final = "\x00\r\u2028\u2029\ufdd0\ufdd1\ufffc\ud800-\udfff"
_LINES: Final = re.compile(rf"(?P<line_end>\n)|(?P<odd>[{_ODD}])")
_ONE_LINE: Final = re.compile(rf"(?P<odd>[\n{_ODD}])")


def pieces_of(text: str, *, has_lines: bool, chips: tuple[Slot, ...] = ()) -> tuple[Piece, ...]:
    """Return the pieces of a text.

    Args:
        text: The text.
        has_lines: Whether the field has lines; in one that has none a line end is an odd character.
        chips: The slots that are shown as values.
    """
    pattern = _LINES if has_lines else _ONE_LINE
    found: list[Piece] = []
    start = 0
    for slot in chips:
        found.extend(_plain_pieces(text[start : slot.start], pattern))
        found.append(Piece(PieceKind.VALUE, text[slot.start : slot.end], slot.text))
        start = slot.end
    found.extend(_plain_pieces(text[start:], pattern))
    return tuple(found)


def find_chips(text: str, *, typed_at: int | None = None) -> tuple[Slot, ...]:
    """Return the slots that can be shown as values: those that can be read, but for the one that is typed in now.

    Args:
        text: A template.
        typed_at: Where the cursor is, or None.
    """
    return tuple(slot for slot in find_closed_slots(text) if not _is_within(slot, typed_at) and _can_be_read(slot.text))


def _is_within(slot: Slot, place: int | None) -> bool:
    return place is not None and slot.start < place < slot.end


def _can_be_read(expression: str) -> bool:
    try:
        compile_expression(expression)
    except ExpressionError:
        return False
    return True


def _plain_pieces(text: str, pattern: re.Pattern[str]) -> Iterator[Piece]:
    start = 0
    for match in pattern.finditer(text):
        if match.start() > start:
            yield Piece(PieceKind.PLAIN, text[start : match.start()])
        yield Piece(PieceKind(match.lastgroup or ""), match.group())
        start = match.end()
    if start < len(text):
        yield Piece(PieceKind.PLAIN, text[start:])
