"""Which parts of a field's text are coloured as CEL, and how (visual-design.md §2.3, “Syntax”)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from PySide6.QtGui import QColor, QTextCharFormat, QTextCursor, QTextDocument
from PySide6.QtWidgets import QTextEdit

from tocsin.expressions import Slot
from tocsin.expressions.completion import Region, Span, SpanKind, token_spans
from tocsin.expressions.templates import find_closed_slots
from tocsin.ui.expression.chip_text import ChipText
from tocsin.ui.theme import Tokens

_TOKENS: Final = {
    SpanKind.STRING: "succeeded",
    SpanKind.NUMBER: "running",
    SpanKind.REFERENCE: "trigger",
    SpanKind.FUNCTION: "retrying",
    SpanKind.OPERATOR: "text2",
}
_BRACES: Final = 2


def syntax_colour(kind: SpanKind, tokens: Tokens) -> str:
    """Return the colour of a span as #RRGGBB."""
    return str(getattr(tokens, _TOKENS[kind]))


def coloured_spans(
    text: str, *, is_template: bool, chips: tuple[Slot, ...] = (), typed: Region | None = None
) -> Iterator[Span]:
    """Yield the spans of a field's text that have a colour.

    Args:
        text: The text.
        is_template: Whether only its slots are CEL, or all of it.
        chips: The slots that are shown as chips, and so are not written out.
        typed: The slot that is open, if there is one.
    """
    if not is_template:
        yield from token_spans(text)
        return
    shown = {slot.start for slot in chips}
    for slot in find_closed_slots(text):
        if slot.start not in shown:
            yield Span(SpanKind.OPERATOR, slot.start, slot.start + _BRACES)
            yield from _within(text, Region(slot.start + _BRACES, slot.end - _BRACES))
            yield Span(SpanKind.OPERATOR, slot.end - _BRACES, slot.end)
    if typed is not None and typed.is_open:
        yield Span(SpanKind.OPERATOR, typed.start - _BRACES, typed.start)
        yield from _within(text, typed)


def syntax_format(kind: SpanKind, tokens: Tokens) -> QTextCharFormat:
    """Return how a span is drawn."""
    format_ = QTextCharFormat()
    format_.setForeground(QColor(syntax_colour(kind, tokens)))
    return format_


def error_format(tokens: Tokens) -> QTextCharFormat:
    """Return how the place of an error is drawn."""
    format_ = QTextCharFormat()
    format_.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
    format_.setUnderlineColor(QColor(tokens.problem))
    return format_


def selection(
    chips: ChipText, document: QTextDocument, mark: tuple[int, int, QTextCharFormat]
) -> QTextEdit.ExtraSelection:
    """Return what lays a format over a part of the text, given as from, to and format."""
    start, end, format_ = mark
    cursor = QTextCursor(document)
    cursor.setPosition(chips.to_place(start))
    cursor.setPosition(chips.to_place(end), QTextCursor.MoveMode.KeepAnchor)
    made = QTextEdit.ExtraSelection()
    made.cursor = cursor
    made.format = format_
    return made


def _within(text: str, region: Region) -> Iterator[Span]:
    for span in token_spans(text[region.start : region.end]):
        yield Span(span.kind, span.start + region.start, span.end + region.start)
