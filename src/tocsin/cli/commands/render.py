"""`tocsin render`: a picture of a playbook."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import click

from tocsin.base.codes import ErrorCode
from tocsin.base.errors import TocsinError
from tocsin.base.texts import _
from tocsin.cli.messages import Exit, WrongUseError
from tocsin.cli.ports import Kit
from tocsin.cli.problems import UnreadablePlaybookError, say_problems

SUFFIXES: Final = (".png", ".svg", ".pdf")


class UnknownPictureError(WrongUseError):
    """A file name that says no kind of picture."""

    def __init__(self, out: Path) -> None:
        super().__init__(
            _("“{out}” names no kind of picture.").format(out=out),
            hint=_("Let it end in {suffixes}.").format(suffixes=", ".join(SUFFIXES)),
        )


class PictureNotWrittenError(TocsinError):
    """The disk or the permissions refuse the picture."""

    code = ErrorCode.CANNOT_SAVE

    def __init__(self, out: Path, reason: str) -> None:
        super().__init__(
            _("“{out}” cannot be written: {reason}.").format(out=out, reason=reason), hint=_("Choose another place.")
        )


class NoQtError(TocsinError):
    """What draws cannot be loaded here."""

    code = ErrorCode.NO_DISPLAY

    def __init__(self, reason: str) -> None:
        super().__init__(
            _("Pictures cannot be drawn here: {reason}.").format(reason=reason),
            hint=_("On Debian or Ubuntu: apt-get install libgl1 libegl1 libfontconfig1 libxkbcommon0 libdbus-1-3."),
        )


@click.command(
    "render",
    epilog=("\b\nExamples:\n  tocsin render playbooks/contain-suspicious-ip.yaml -o containment.svg --theme dark\n"),
)
@click.argument("file", type=click.Path(path_type=Path))
@click.option("-o", "--out", required=True, type=click.Path(path_type=Path), help="x.png, x.svg or x.pdf.")
@click.option("--theme", type=click.Choice(["light", "dark"]), default="light", show_default=True)
@click.pass_obj
def render(kit: Kit, file: Path, out: Path, theme: str) -> int:
    """Draw a playbook into a picture."""
    if out.suffix.lower() not in SUFFIXES:
        raise UnknownPictureError(out)
    loaded = kit.load_playbook(file)
    if loaded.playbook is None:
        say_problems(loaded.problems)
        raise UnreadablePlaybookError(loaded)
    try:
        kit.render(loaded, out, theme=theme)
    except ImportError as error:
        raise NoQtError(str(error)) from error
    except OSError as error:
        raise PictureNotWrittenError(out, (error.strerror or _("it is refused")).lower()) from error
    print(out)
    return Exit.DONE
