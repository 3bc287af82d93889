"""`tocsin check`: what is wrong with playbooks, or risky."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import click

from tocsin.base.codes import ErrorCode
from tocsin.base.errors import TocsinError, did_you_mean
from tocsin.base.plain_text import one_line
from tocsin.checks import CHECKS, check_playbook
from tocsin.cli.messages import Exit, say_error
from tocsin.cli.ports import Kit
from tocsin.formats import place_of
from tocsin.model.problems import CheckCode, Problem, Severity


class UnknownCheckError(TocsinError):
    """No check has this code."""

    code = ErrorCode.WRONG_USE

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
    problems = [problem for path in _files(paths) for problem in _problems_of(kit, path)]
    if as_json:
        print(json.dumps([problem.to_json() for problem in problems], ensure_ascii=False))
    else:
        for problem in problems:
            print(f"{problem.severity}: {one_line(problem.text, most=1000)}")
        _print_count(problems)
    return Exit.FAILED if any(problem.severity is Severity.ERROR for problem in problems) else Exit.DONE


def _files(paths: Sequence[Path]) -> Iterator[Path]:
    for path in paths:
        if path.is_dir():
            yield from sorted(path.rglob("*.yaml"))
        else:
            yield path


def _problems_of(kit: Kit, path: Path) -> list[Problem]:
    loaded = kit.load_playbook(path)
    problems = list(loaded.problems)
    if loaded.playbook is not None:
        for problem in check_playbook(loaded.playbook, kit.catalogue()):
            place = place_of(loaded, problem.node, problem.field)
            problems.append(replace(problem, file=str(path), line=place.line, column=place.column))
    return problems


def _print_count(problems: Sequence[Problem]) -> None:
    errors = sum(problem.severity is Severity.ERROR for problem in problems)
    warnings = sum(problem.severity is Severity.WARNING for problem in problems)
    print(f"{errors} errors, {warnings} warnings" if problems else "No problems.")


def _explain(code: str) -> int:
    wanted = code.upper()
    if wanted not in set(CheckCode) or CheckCode(wanted) not in CHECKS:
        say_error(UnknownCheckError(code))
        return Exit.WRONG_USE
    info = CHECKS[CheckCode(wanted)]
    print(f"{info.code} {info.title}\n\n{info.why}\n\nNot so:\n\n{info.bad}\n\nBut so:\n\n{info.good}")
    return Exit.DONE
