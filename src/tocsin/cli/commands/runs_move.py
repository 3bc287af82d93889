"""`tocsin runs export` and `import`: a run as a file."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import click

from tocsin.base.atomic_file import write_atomically
from tocsin.base.codes import ErrorCode
from tocsin.base.errors import TocsinError
from tocsin.base.plain_text import one_line
from tocsin.base.texts import _
from tocsin.cli.commands.render import NoQtError
from tocsin.cli.commands.run import ID_LENGTH
from tocsin.cli.messages import Exit, WrongUseError
from tocsin.cli.ports import Kit

SUFFIX: Final = ".tocsin-run"
HTML: Final = (".html", ".htm")


class RunNotWrittenError(TocsinError):
    """The disk or the permissions refuse the file."""

    code = ErrorCode.CANNOT_SAVE

    def __init__(self, out: Path, error: OSError) -> None:
        reason = (error.strerror or _("it is refused")).lower()
        super().__init__(
            _("“{out}” cannot be written: {reason}.").format(out=out, reason=reason), hint=_("Choose another place.")
        )


class RunNotReadError(WrongUseError):
    """The file of a run cannot be read."""

    def __init__(self, file: Path, error: OSError) -> None:
        reason = (error.strerror or _("it is refused")).lower()
        super().__init__(
            _("“{file}” cannot be read: {reason}.").format(file=file, reason=reason),
            hint=_("Name a file of `runs export`, x{suffix}.").format(suffix=SUFFIX),
        )


@click.command("export")
@click.argument("run")
@click.option("-o", "--out", required=True, type=click.Path(path_type=Path), help=f"For example x{SUFFIX}.")
@click.option("--html", "as_html", is_flag=True, help="Write a page that plays the run again, without a network.")
@click.pass_obj
def export_run(kit: Kit, run: str, out: Path, *, as_html: bool) -> int:
    """Write a run into one file: its events, values and playbook, with known secrets masked."""
    try:
        if as_html or out.suffix.lower() in HTML:
            write_atomically(out, _film(kit, run).encode())
        else:
            kit.keeping().export(run, out)
    except OSError as error:
        raise RunNotWrittenError(out, error) from error
    print(out)
    return Exit.DONE


@click.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.pass_obj
def import_run(kit: Kit, file: Path) -> int:
    """Take in the run of a file. It can be shown; it can neither go on nor be undone here."""
    try:
        summary = kit.keeping().take_in(file)
    except OSError as error:
        raise RunNotReadError(file, error) from error
    name = one_line(summary.name or summary.playbook)
    print(
        _("Took in R-{no}, {name}; look: tocsin runs show {run}").format(
            no=summary.no, name=name, run=summary.run[:ID_LENGTH]
        )
    )
    return Exit.DONE


def _film(kit: Kit, run: str) -> str:
    try:
        return kit.film(run)
    except ImportError as error:
        raise NoQtError(str(error)) from error
