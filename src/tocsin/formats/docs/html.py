"""Writes a page as HTML: one file that loads nothing and runs nothing. Nothing that a playbook says becomes markup."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from html import escape
from typing import Final

from tocsin.base.texts import _, language
from tocsin.formats.docs.blocks import Block, Code, Paragraph, Step, Table, Words, shown
from tocsin.formats.docs.page import Page

_POLICY: Final = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
_STYLE: Final = """
body { font: 15px/1.5 Inter, system-ui, sans-serif; color: #1d2433; max-width: 960px; margin: 32px auto;
  padding: 0 24px; }
h1 { font-size: 26px; line-height: 1.25; }
h2 { font-size: 18px; margin-top: 32px; }
code { font: 13px/1.4 "JetBrains Mono", ui-monospace, monospace; background: #f1f3f8; border-radius: 4px;
  padding: 1px 4px; overflow-wrap: anywhere; }
table { border-collapse: collapse; width: 100%; }
th, td { border: 1px solid #d5dae6; padding: 6px 8px; text-align: left; vertical-align: top; }
th { background: #f7f8fb; }
figure { margin: 24px 0; overflow-x: auto; }
figure svg { max-width: 100%; height: auto; }
li { margin: 6px 0; }
@media (prefers-color-scheme: dark) {
  body { background: #14171f; color: #e6e9f2; }
  code { background: #232838; }
  th { background: #1b2030; }
  th, td { border-color: #333a4d; }
  figure { background: #fff; border-radius: 8px; }
}
""".strip()
_PROLOG: Final = re.compile(r"<\?xml.*?\?>|<!DOCTYPE.*?>|<title>.*?</title>|<desc>.*?</desc>", re.DOTALL)


def write_html(page: Page, *, picture: str = "") -> str:
    """Return the page as a whole document.

    Args:
        page: The page.
        picture: The playbook drawn, as SVG that this program made; "" shows none.
    """
    title = _plain(page.title)
    lines = [
        "<!DOCTYPE html>",
        f'<html lang="{language()}">',
        "<head>",
        '<meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{title}</title>",
        f"<style>\n{_STYLE}\n</style>",
        "</head>",
        "<body>",
        f"<h1>{title}</h1>",
        *_blocks(page.intro),
    ]
    if picture:
        drawn = _PROLOG.sub("", picture).strip()
        label = _plain(_("The playbook, drawn"))
        lines.append(f'<figure role="img" aria-label="{label}">\n{drawn}\n</figure>')
    for section in page.sections:
        lines += ["<section>", f"<h2>{_plain(section.title)}</h2>", *_blocks(section.blocks), "</section>"]
    return "\n".join([*lines, "</body>", "</html>", ""])


def _blocks(blocks: Sequence[Block]) -> Iterator[str]:
    for block in blocks:
        match block:
            case Paragraph(words=words):
                yield f"<p>{_line(words)}</p>"
            case Table():
                yield from _table(block)
            case _:
                yield from _steps(block.steps)


def _table(table: Table) -> Iterator[str]:
    yield "<table>"
    yield _row("th", map(_plain, table.head))
    for row in table.rows:
        yield _row("td", map(_line, row))
    yield "</table>"


def _row(tag: str, cells: Iterable[str]) -> str:
    return f"<tr>{''.join(f'<{tag}>{cell}</{tag}>' for cell in cells)}</tr>"


def _steps(steps: Sequence[Step]) -> Iterator[str]:
    yield "<ol>"
    for step in steps:
        yield f"<li>{_title(step.title)}"
        yield f"<ul>{''.join(f'<li>{_line(line)}</li>' for line in step.lines)}</ul>" if step.lines else ""
        if step.inner:
            yield from _steps(step.inner)
        yield "</li>"
    yield "</ol>"


def _title(words: Words) -> str:
    first, *rest = words
    return f"<strong>{_piece(first)}</strong>{_line(tuple(rest))}"


def _line(words: Words) -> str:
    return "".join(map(_piece, words))


def _piece(piece: str | Code) -> str:
    return f"<code>{_plain(piece.text)}</code>" if isinstance(piece, Code) else _plain(piece)


def _plain(text: str) -> str:
    return escape(shown(text), quote=True)
