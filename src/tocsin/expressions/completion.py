"""What the writing of an expression needs: colours of its words, what is being typed at a place, where that may go.

All of it takes text that is half written, and runs nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from tocsin.expressions.expression import Expression
from tocsin.expressions.lexer import Token, TokenKind, find_tokens
from tocsin.expressions.references import Reference
from tocsin.expressions.templates import find_closed_slots

_OPENING: Final = "{{"
_CONSTANTS: Final = frozenset({"true", "false", "null"})
_PATH: Final = re.compile(r"(?:[A-Za-z_][A-Za-z0-9_]*(?:\[[0-9]+\])?\.)*(?:[A-Za-z_][A-Za-z0-9_]*)?$")
_REST: Final = re.compile(r"[A-Za-z0-9_]*")


class SpanKind(StrEnum):
    """What a span of an expression is, as its colour says it."""

    STRING = "string"
    NUMBER = "number"
    REFERENCE = "reference"
    FUNCTION = "function"
    OPERATOR = "operator"


@dataclass(frozen=True, slots=True)
class Span:
    """A part of a text, from `start` to the place after its end, from 0."""

    kind: SpanKind
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Region:
    """The part of a text that is an expression; both places from 0.

    Attributes:
        start: Where it begins.
        end: The place after it.
        is_open: It is a slot of a template whose “}}” is missing.
    """

    start: int
    end: int
    is_open: bool = False


@dataclass(frozen=True, slots=True)
class Typing:
    """The name or path that is being typed.

    Attributes:
        text: It, as far as the cursor: `alert.sr`; "" where nothing is begun.
        start: Where it begins in the expression, from 0.
        end: The place after it, behind the cursor too.
        is_member: It follows a “.” whose left side is no path, so only functions can be meant.
    """

    text: str
    start: int
    end: int
    is_member: bool = False


def token_spans(text: str) -> tuple[Span, ...]:
    """Return the spans of an expression that have a colour, in order; a path is one reference, its dots too."""
    tokens = find_tokens(text)
    return tuple(_spans(tokens))


def find_region(text: str, position: int, *, is_template: bool) -> Region | None:
    """Return the expression in which a place lies; None in the plain text of a template."""
    if not is_template:
        return Region(0, len(text))
    closed = find_closed_slots(text)
    for slot in closed:
        if slot.start + len(_OPENING) <= position <= slot.end - len(_OPENING):
            return Region(slot.start + len(_OPENING), slot.end - len(_OPENING))
    before = max((slot.end for slot in closed if slot.end <= position), default=0)
    start = text.rfind(_OPENING, before, position)
    if start < 0 or "}}" in text[start:position]:
        return None
    end = _end_of_open(text, position)
    return Region(start + len(_OPENING), end, is_open=not text.startswith("}}", end))


def typing_at(text: str, position: int) -> Typing | None:
    """Return what is being typed at a place of an expression; None inside a text literal or a number."""
    tokens = [token for token in find_tokens(text) if token.start < position]
    last = tokens[-1] if tokens else None
    if last is not None and position <= last.end and last.kind not in {TokenKind.NAME, TokenKind.OPERATOR}:
        return None
    match = _PATH.search(text, 0, position)
    start = match.start() if match else position
    rest = _REST.match(text, position)
    is_member = start > 0 and text[start - 1] == "."
    return Typing(text[start:position], start, rest.end() if rest else position, is_member)


def find_whole_path(expression: Expression) -> Reference | None:
    """Return the path that is all there is of an expression, or None."""
    size = len(expression.text)
    return next((each for each in expression.references if (each.start, each.end) == (0, size)), None)


def _end_of_open(text: str, position: int) -> int:
    ends = [found for mark in ("}}", _OPENING, "\n") if (found := text.find(mark, position)) >= 0]
    return min(ends, default=len(text))


def _spans(tokens: tuple[Token, ...]) -> Iterator[Span]:
    for number, token in enumerate(tokens):
        following = tokens[number + 1].text if number + 1 < len(tokens) else ""
        before = tokens[number - 1] if number else None
        yield Span(_kind_of(token, before, following), token.start, token.end)


def _kind_of(token: Token, before: Token | None, following: str) -> SpanKind:
    if token.kind is TokenKind.STRING:
        return SpanKind.STRING
    if token.kind in {TokenKind.INT, TokenKind.UINT, TokenKind.DOUBLE} or token.text in _CONSTANTS:
        return SpanKind.NUMBER
    if token.kind is TokenKind.NAME and token.text != "in":
        return SpanKind.FUNCTION if following == "(" else SpanKind.REFERENCE
    is_dot = token.text == "." and before is not None and before.kind is TokenKind.NAME
    return SpanKind.REFERENCE if is_dot else SpanKind.OPERATOR
