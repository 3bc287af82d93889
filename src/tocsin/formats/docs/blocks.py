"""What a page is made of, before it is Markdown or HTML."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final, TypeAlias

from tocsin.base.plain_text import one_line

_LONGEST: Final = 20_000


@dataclass(frozen=True, slots=True)
class Code:
    """A piece of text that is set as code: ids, expressions, values."""

    text: str


Words: TypeAlias = "tuple[str | Code, ...]"
"""A line of text, piece by piece."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Some words."""

    words: Words


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under a head."""

    head: tuple[str, ...]
    rows: tuple[tuple[Words, ...], ...]


@dataclass(frozen=True, slots=True)
class Step:
    """A step with what is said of it, and the steps in it."""

    title: Words
    lines: tuple[Words, ...] = ()
    inner: tuple[Step, ...] = ()


@dataclass(frozen=True, slots=True)
class Steps:
    """Steps in their order, numbered."""

    steps: tuple[Step, ...]


Block: TypeAlias = Paragraph | Table | Steps


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a page."""

    title: str
    blocks: tuple[Block, ...] = field(default=())


def shown(text: str) -> str:
    """Return text from outside as it may be shown: in one line, and what cannot be seen is written out."""
    return one_line(text, most=_LONGEST)
