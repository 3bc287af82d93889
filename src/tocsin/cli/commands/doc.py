"""`tocsin doc`: a playbook as a page to read, Markdown or HTML."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Final

import click

from tocsin.base.atomic_file import write_atomically
from tocsin.base.codes import ErrorCode
from tocsin.base.errors import TocsinError
from tocsin.base.texts import _
from tocsin.cli.messages import Exit, WrongUseError
from tocsin.cli.ports import Kit
from tocsin.cli.problems import UnreadablePlaybookError, say_problems
from tocsin.formats.docs import page_of, write_html, write_markdown
from tocsin.model.playbook import Playbook

_HTML: Final = (".html", ".htm")
_MARKDOWN: Final = (".md", ".markdown")


class UnknownPageError(WrongUseError):
    """A file name that says no kind of page, or another one than was asked for."""

    def __init__(self, out: Path) -> None:
        super().__init__(
            _("“{out}” does not name the page that is wanted.").format(out=out), hint=_("Let it end in .html or .md.")
        )


class PageNotWrittenError(TocsinError):
    """The disk or the permissions refuse the page."""

    code = ErrorCode.CANNOT_SAVE

    def __init__(self, out: Path, reason: str) -> None:
        super().__init__(
            _("“{out}” cannot be written: {reason}.").format(out=out, reason=reason), hint=_("Choose another place.")
        )


@click.command("doc")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--html", "as_html", is_flag=True, help="Write HTML, one file with the picture in it.")
@click.option("-o", "--out", type=click.Path(path_type=Path), help="x.html, or x.md with x.svg beside it.")
@click.pass_obj
def doc(kit: Kit, file: Path, out: Path | None, *, as_html: bool) -> int:
    """Write the documentation of a playbook; to the terminal without -o."""
    suffix = out.suffix.lower() if out else ""
    if out is not None and suffix not in (_HTML if as_html else (*_HTML, *_MARKDOWN)):
        raise UnknownPageError(out)
    loaded = kit.load_playbook(file)
    if loaded.playbook is None:
        say_problems(loaded.problems)
        raise UnreadablePlaybookError(loaded)
    page = page_of(loaded.playbook, kit.catalogue())
    if as_html or suffix in _HTML:
        files = {out: write_html(page, picture=_draw(kit, loaded.playbook))}
    elif out is None:
        files = {out: write_markdown(page)}
    else:
        drawn, picture = _draw(kit, loaded.playbook), out.with_suffix(".svg")
        files = (
            {picture: drawn, out: write_markdown(page, picture=picture.name)} if drawn else {out: write_markdown(page)}
        )
    for path, text in files.items():
        _write(path, text)
    return Exit.DONE


def _draw(kit: Kit, playbook: Playbook) -> str:
    """Return the picture, or say why there is none and return ""."""
    try:
        return kit.picture(playbook)
    except ImportError as error:
        print(_("Without a picture: it cannot be drawn here ({error}).").format(error=error), file=sys.stderr)
        return ""


def _write(out: Path | None, text: str) -> None:
    if out is None:
        print(text, end="")
        return
    try:
        write_atomically(out, text.encode())
    except OSError as error:
        raise PageNotWrittenError(out, (error.strerror or _("it is refused")).lower()) from error
    print(out)
