"""`tocsin check`: what is wrong with playbooks, or risky, and what mends it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, cast

import click

from tocsin.base.codes import ErrorCode
from tocsin.base.plain_text import one_line
from tocsin.base.texts import _, plural
from tocsin.checks import check_playbook
from tocsin.cli.explaining import explain_check, get_code, list_checks
from tocsin.cli.mending import mend_file
from tocsin.cli.messages import LONGEST, Exit, print_json
from tocsin.cli.ports import Kit
from tocsin.cli.problems import with_places
from tocsin.cli.state_words import state_word
from tocsin.formats import PlaybookFile
from tocsin.model.playbook import Playbook
from tocsin.model.problems import CheckCode, Problem, Severity

Judge = Callable[[Playbook], tuple[Problem, ...]]


@dataclass(frozen=True, slots=True)
class Asked:
    """What the options say.

    Attributes:
        as_json: Print JSON.
        fix: Mend first.
        only: The checks whose fixes are done; () for the safe ones of all checks.
        dry_run: Write nothing.
    """

    as_json: bool
    fix: bool
    only: frozenset[CheckCode]
    dry_run: bool

    def wants(self, problem: Problem) -> bool:
        """Tell whether the fix of a problem shall be done."""
        if self.only:
            return problem.code in self.only
        return problem.fix is not None and problem.fix.is_safe


@click.command(
    "check",
    epilog=(
        "\b\nExamples:\n"
        "  tocsin check playbooks\n"
        "  tocsin check playbooks/contain-suspicious-ip.yaml --fix --dry-run\n"
        "  tocsin check --explain TOC-C016\n"
    ),
)
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print the problems as JSON.")
@click.option("--fix", is_flag=True, help="Mend first what nobody need look at, and print the difference.")
@click.option("--only", multiple=True, metavar="CODE", help="With --fix: every fix of this check, and of no other.")
@click.option("--dry-run", is_flag=True, help="With --fix: print the difference, write nothing.")
@click.option("--explain", metavar="[CODE]", is_flag=False, flag_value="", help="Say what a check means; or list all.")
@click.pass_obj
def check(kit: Kit, paths: tuple[Path, ...], *, explain: str | None, **options: object) -> int:
    """Find problems. Exit: 0 none but warnings, 1 an error, also a file that cannot be read."""
    if explain is not None:
        return explain_check(get_code(explain), kit.catalogue()) if explain else list_checks()
    if not paths:
        raise click.UsageError(_("Name a playbook or a folder."))
    asked = _asked(options)
    problems: list[Problem] = []
    files = [loaded for path in paths for loaded in _load(kit, path)]
    for loaded in files:
        judge = partial(_judge, kit, loaded.file)
        mended = mend_file(loaded, judge, asked.wants, dry_run=asked.dry_run) if asked.fix else None
        if mended is not None and not asked.as_json:
            print(mended.difference, end="")
        problems += _problems_of(mended.file if mended else loaded, judge)
    _print(problems, len(files), as_json=asked.as_json)
    return Exit.FAILED if any(problem.severity is Severity.ERROR for problem in problems) else Exit.DONE


def _asked(options: dict[str, object]) -> Asked:
    said = cast("dict[str, Any]", options)
    only = frozenset(map(get_code, said.pop("only")))
    asked = Asked(only=only, **said)
    if not asked.fix and (asked.only or asked.dry_run):
        raise click.UsageError(_("--only and --dry-run go with --fix."))
    return asked


def _judge(kit: Kit, file: str, playbook: Playbook) -> tuple[Problem, ...]:
    return check_playbook(playbook, kit.catalogue(), kit.shelf(file))


def _load(kit: Kit, path: Path) -> Iterator[PlaybookFile]:
    """Yield a file, or every playbook of a folder; other files that lie there are left alone."""
    if not path.is_dir():
        yield kit.load_playbook(path)
        return
    for file in sorted(path.rglob("*.yaml")):
        loaded = kit.load_playbook(file)
        if [problem.code for problem in loaded.problems] != [ErrorCode.NOT_A_TOCSIN_FILE]:
            yield loaded


def _problems_of(loaded: PlaybookFile, judge: Judge) -> tuple[Problem, ...]:
    if loaded.playbook is None:
        return loaded.problems
    return (*loaded.problems, *with_places(judge(loaded.playbook), loaded))


def _print(problems: Sequence[Problem], files: int, *, as_json: bool) -> None:
    if as_json:
        print_json([problem.to_json() for problem in problems])
        return
    for problem in problems:
        print(f"{state_word(problem.severity)}: {one_line(problem.text, most=LONGEST)}")
    errors = sum(problem.severity is Severity.ERROR for problem in problems)
    warnings = sum(problem.severity is Severity.WARNING for problem in problems)
    found = _("no problems")
    if problems:
        found = ", ".join(
            (
                plural("{n} error", "{n} errors", errors).format(n=errors),
                plural("{n} warning", "{n} warnings", warnings).format(n=warnings),
            )
        )
    print(plural("{n} file: {found}.", "{n} files: {found}.", files).format(n=files, found=found))
