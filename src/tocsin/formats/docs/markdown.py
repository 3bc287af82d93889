"""Writes a page as Markdown (CommonMark with GitHub's tables). Nothing that a playbook says becomes markup."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final
from urllib.parse import quote

from tocsin.base.texts import _
from tocsin.formats.docs.blocks import Block, Code, Paragraph, Step, Table, Words, shown
from tocsin.formats.docs.page import Page

_MARKED: Final = re.compile(r"[\\`*_\[\]<>#|&~$@]|:(?=//)|(?<=\bmailto):|(?<=\bxmpp):|(?<=\bwww)\.", re.IGNORECASE)
"""What Markdown, GitHub's also, reads as markup, and what it makes a link of by itself."""
_BULLET: Final = re.compile(r"^(?=[-+=])")
_NUMBER: Final = re.compile(r"^([0-9]+)(?=[.)])")
_RUNS: Final = re.compile(r"`+")
_INDENT: Final = "   "


def write_markdown(page: Page, *, picture: str = "") -> str:
    """Return the page as text.

    Args:
        page: The page.
        picture: The name of a file beside it that shows the playbook; "" shows none.
    """
    lines = [f"# {_plain(page.title)}", "", *_blocks(page.intro)]
    if picture:
        lines += [_("![The playbook, drawn]({quote})").format(quote=quote(picture)), ""]
    for section in page.sections:
        lines += [f"## {_plain(section.title)}", "", *_blocks(section.blocks)]
    return "\n".join(lines).rstrip() + "\n"


def _blocks(blocks: Sequence[Block]) -> Iterator[str]:
    for block in blocks:
        match block:
            case Paragraph(words=words):
                yield _line(words)
            case Table():
                yield from _table(block)
            case _:
                yield from _steps(block.steps, "")
        yield ""


def _table(table: Table) -> Iterator[str]:
    yield f"| {' | '.join(_plain(name) or ' ' for name in table.head)} |"
    yield f"|{' --- |' * len(table.head)}"
    for row in table.rows:
        yield f"| {' | '.join(_line(cell, in_table=True) or ' ' for cell in row)} |"


def _steps(steps: Sequence[Step], indent: str) -> Iterator[str]:
    for number, step in enumerate(steps, 1):
        yield f"{indent}{number}. {_strong(step.title)}"
        inner = indent + _INDENT + " " * (len(str(number)) - 1)
        yield from (f"{inner}- {_line(line)}" for line in step.lines)
        yield from _steps(step.inner, inner)


def _strong(words: Words) -> str:
    first, *rest = words
    return " ".join(filter(None, [f"**{_piece(first)}**", _line(tuple(rest)).strip()]))


def _line(words: Words, *, in_table: bool = False) -> str:
    text = "".join(_piece(piece, in_table=in_table) for piece in words).strip()
    return _NUMBER.sub(r"\1\\", _BULLET.sub(r"\\", text))


def _piece(piece: str | Code, *, in_table: bool = False) -> str:
    return _code(piece.text, in_table=in_table) if isinstance(piece, Code) else _plain(piece)


def _plain(text: str) -> str:
    return _MARKED.sub(r"\\\g<0>", shown(text))


def _code(text: str, *, in_table: bool) -> str:
    """Return a code span whose fence is longer than any run of back quotes in it (CommonMark 6.1)."""
    inner = shown(text) or " "
    fence = "`" * (max(map(len, _RUNS.findall(inner)), default=0) + 1)
    if inner[0] in "` " or inner[-1] in "` ":
        inner = f" {inner} "
    return f"{fence}{inner.replace('|', chr(92) + '|') if in_table else inner}{fence}"
