"""`tocsin check`: what is wrong with playbooks, or risky."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from textwrap import indent

import click

from tocsin.base.codes import ErrorCode
from tocsin.base.errors import did_you_mean
from tocsin.base.plain_text import one_line
from tocsin.checks import CHECKS, check_playbook
from tocsin.cli.messages import LONGEST, Exit, WrongUseError, print_json
from tocsin.cli.ports import Kit
from tocsin.cli.problems import with_places
from tocsin.formats import PlaybookFile
from tocsin.model.catalogue import Catalogue
from tocsin.model.closure import Find
from tocsin.model.problems import CheckCode, Problem, Severity


class UnknownCheckError(WrongUseError):
    """No check has this code."""

    def __init__(self, code: str) -> None:
        super().__init__(
            f"No check has the code “{code}”.", hint=did_you_mean(code, CHECKS) or "They begin with TOC-C."
        )


@click.command("check")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print the problems as JSON.")
@click.option("--explain", metavar="CODE", help="Say what a check means, with a bad and a good example.")
@click.pass_obj
def check(kit: Kit, paths: tuple[Path, ...], *, as_json: bool, explain: str | None) -> int:
    """Find problems. Exit: 0 none but warnings, 1 an error, also a file that cannot be read."""
    if explain is not None:
        return _explain(explain)
    if not paths:
        raise click.UsageError("Name a playbook or a folder.")
    catalogue = kit.catalogue()
    files = [loaded for path in paths for loaded in _load(kit, path)]
    problems = [problem for loaded in files for problem in _problems_of(loaded, catalogue, kit.shelf(loaded.file))]
    if as_json:
        print_json([problem.to_json() for problem in problems])
    else:
        for problem in problems:
            print(f"{problem.severity}: {one_line(problem.text, most=LONGEST)}")
        _print_count(problems, len(files))
    return Exit.FAILED if any(problem.severity is Severity.ERROR for problem in problems) else Exit.DONE


def _load(kit: Kit, path: Path) -> Iterator[PlaybookFile]:
    """Yield a file, or every playbook of a folder; other files that lie there are left alone."""
    if not path.is_dir():
        yield kit.load_playbook(path)
        return
    for file in sorted(path.rglob("*.yaml")):
        loaded = kit.load_playbook(file)
        if [problem.code for problem in loaded.problems] != [ErrorCode.NOT_A_TOCSIN_FILE]:
            yield loaded


def _problems_of(loaded: PlaybookFile, catalogue: Catalogue, shelf: Find) -> tuple[Problem, ...]:
    if loaded.playbook is None:
        return loaded.problems
    return (*loaded.problems, *with_places(check_playbook(loaded.playbook, catalogue, shelf), loaded))


def _print_count(problems: Sequence[Problem], files: int) -> None:
    errors = sum(problem.severity is Severity.ERROR for problem in problems)
    warnings = sum(problem.severity is Severity.WARNING for problem in problems)
    found = f"{_counted(errors, 'error')}, {_counted(warnings, 'warning')}" if problems else "no problems"
    print(f"{_counted(files, 'file')}: {found}.")


def _counted(number: int, word: str) -> str:
    return f"{number} {word}" if number == 1 else f"{number} {word}s"


def _explain(code: str) -> int:
    wanted = code.upper()
    if wanted not in set(CheckCode) or CheckCode(wanted) not in CHECKS:
        raise UnknownCheckError(code)
    info = CHECKS[CheckCode(wanted)]
    bad, good = (indent(text.strip(), "    ") for text in (info.bad, info.good))
    print(f"{info.code} {info.title}\n\n{info.why}\n\nWrong:\n\n{bad}\n\nRight:\n\n{good}")
    return Exit.DONE
