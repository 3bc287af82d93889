"""The commands (design.md §7) and the one door through which errors leave them."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from io import TextIOWrapper
from typing import TYPE_CHECKING, Final

import click
from typing_extensions import override

from tocsin import __version__
from tocsin.base.codes import ErrorCode
from tocsin.base.errors import TocsinError
from tocsin.base.texts import _
from tocsin.cli.helping import let_click_speak, spoken
from tocsin.cli.messages import Exit, exit_of, say_error

if TYPE_CHECKING:
    from tocsin.cli.ports import Kit

_log = logging.getLogger("tocsin.cli")


class NoDisplayError(TocsinError):
    """A window was wanted where none can be shown."""

    code = ErrorCode.NO_DISPLAY

    def __init__(self) -> None:
        super().__init__(
            _("There is no display to show a window on."),
            hint=_("In the terminal: tocsin demo, run FILE, check PATH, doc FILE, lab, render FILE, runs list."),
        )


COMMANDS: Final = {
    "demo": _("Show what Tocsin does: a playbook contains a suspicious address in the Lab."),
    "run": _("Run a playbook once."),
    "check": _("Find problems in playbooks."),
    "lab": _("Serve the Lab on this machine until interrupted."),
    "render": _("Draw a playbook into a picture."),
    "doc": _("Write the documentation of a playbook."),
    "runs": _("Runs that were, and that wait."),
    "connections": _("Products outside the Lab: set up, tested, listed."),
    "vault": _("Secrets of your connections: what is kept, and what opens it."),
    "connectors": _("Descriptions of products: checked, begun, written out as pages."),
}
"""Command → what the list of commands says of it. Each is `cli.commands.NAME.NAME`, imported when it is used."""


class FilesOrCommands(click.Group):
    """A group that imports a command when it is called; its first word may also be a file: `tocsin a.yaml`."""

    @override
    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    @override
    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return super().get_command(ctx, cmd_name)
        return spoken(getattr(import_module(f"tocsin.cli.commands.{cmd_name}"), cmd_name))

    @override
    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section(_("Commands")):
            formatter.write_dl(list(COMMANDS.items()))

    @override
    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and args[0] not in COMMANDS and not args[0].startswith("-") and _looks_like_file(args[0]):
            return "open", self.commands["open"], args
        return super().resolve_command(ctx, args)


def _looks_like_file(word: str) -> bool:
    return word.endswith((".yaml", ".yml")) or os.sep in word


@click.group(cls=FilesOrCommands, invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="tocsin", message="%(prog)s %(version)s")
@click.pass_context
def tocsin(context: click.Context) -> None:
    """Draw and run security playbooks. Without a command: the window."""
    if context.invoked_subcommand is None:
        context.exit(_open_window(context.obj, ()))


@tocsin.command("open", hidden=True)
@click.argument("files", nargs=-1)
@click.pass_obj
def open_files(kit: Kit, files: tuple[str, ...]) -> int:
    """Open the window on files."""
    return _open_window(kit, files)


def main(arguments: Sequence[str], kit: Kit) -> int:
    """Run one command and return the exit status. No traceback leaves here."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a pipe may know no arrows and quotes
    return _guarded(lambda: _invoke(arguments, kit))


def _invoke(arguments: Sequence[str], kit: Kit) -> int:
    let_click_speak()
    status = spoken(tocsin).main(list(arguments), prog_name="tocsin", standalone_mode=False, obj=kit)
    return int(status or 0)


def _guarded(command: Callable[[], int]) -> int:
    """Turn every way out into an exit status: a sentence for the user's errors, a line in the log for ours."""
    try:
        return command()
    except TocsinError as error:
        say_error(error)
        return exit_of(error)
    except click.ClickException as error:
        print(
            _("{wrong_use} {format_message} `tocsin --help` lists what there is.").format(
                wrong_use=ErrorCode.WRONG_USE, format_message=error.format_message()
            ),
            file=sys.stderr,
        )
        return Exit.WRONG_USE
    except (KeyboardInterrupt, click.exceptions.Abort):
        print(_("Interrupted. `tocsin runs list` shows what was under way."), file=sys.stderr)
        return Exit.INTERRUPTED
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except Exception:  # noqa: BLE001  the door of the command line (house.md 17)
        _log.exception("a command failed with a bug")
        print(
            _("{bug} Tocsin met a bug and stopped. The log has the details.").format(bug=ErrorCode.BUG), file=sys.stderr
        )
        return Exit.BUG
    return Exit.DONE


def _open_window(kit: Kit, files: Sequence[str]) -> int:
    if not kit.has_display():
        raise NoDisplayError
    return kit.show_window(files, is_demo=False)
