"""`tocsin render`: a picture of a playbook."""

from __future__ import annotations

from pathlib import Path

import click

from tocsin.cli.commands.run import UnreadablePlaybookError
from tocsin.cli.messages import Exit, say_problems
from tocsin.cli.ports import Kit


@click.command("render")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("-o", "--out", required=True, type=click.Path(path_type=Path), help="x.png, x.svg or x.pdf.")
@click.option("--theme", type=click.Choice(["light", "dark"]), default="light", show_default=True)
@click.pass_obj
def render(kit: Kit, file: Path, out: Path, theme: str) -> int:
    """Draw a playbook into a picture."""
    loaded = kit.load_playbook(file)
    if loaded.playbook is None:
        say_problems(loaded.problems)
        raise UnreadablePlaybookError(f"“{file.name}” cannot be read.", hint="Mend what is listed.")
    kit.render(loaded, out, theme=theme)
    return Exit.DONE
