"""Exit statuses, and how things are printed: errors and problems as a sentence with code, place and hint, else JSON."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from dataclasses import replace
from enum import IntEnum

from tocsin.base.codes import ErrorCode
from tocsin.base.errors import TocsinError
from tocsin.base.json_types import Json
from tocsin.base.plain_text import one_line
from tocsin.formats import PlaybookFile, place_of
from tocsin.model.problems import Problem

LONGEST = 1000


class Exit(IntEnum):
    """What the exit status says (definitions.md D7)."""

    DONE = 0
    FAILED = 1
    WRONG_USE = 2
    REFUSED = 3
    WAITING = 4
    BUG = 70
    INTERRUPTED = 130


class WrongUseError(TocsinError):
    """A command was given what it cannot take; found before anything is done."""

    code = ErrorCode.WRONG_USE


class UnreadablePlaybookError(TocsinError):
    """A file holds no playbook that could run or be drawn.

    Attributes:
        problems: What is wrong with it, in the order of the file.
    """

    code = ErrorCode.PLAYBOOK_HAS_ERRORS

    def __init__(self, loaded: PlaybookFile) -> None:
        self.problems = loaded.problems
        super().__init__(f"“{loaded.file}” holds no playbook that can be used.", hint="Mend what is listed.")


def exit_of(error: TocsinError) -> Exit:
    """Return the status that an error ends a command with."""
    return Exit.WRONG_USE if isinstance(error, WrongUseError) else Exit.REFUSED


def say_error(error: TocsinError) -> None:
    """Print an error to stderr."""
    print(one_line(error.line, most=LONGEST), file=sys.stderr)


def say_problems(problems: Iterable[Problem]) -> None:
    """Print problems to stderr, one a line."""
    for problem in problems:
        print(one_line(problem.text, most=LONGEST), file=sys.stderr)


def print_json(value: Json) -> None:
    """Print one line of JSON. All of it is ASCII, so it survives any pipe and cannot speak to a terminal."""
    print(json.dumps(value), flush=True)


def with_places(problems: Iterable[Problem], loaded: PlaybookFile) -> tuple[Problem, ...]:
    """Return the problems with their places in the file: checks know nodes and fields, no lines."""
    return tuple(problem if problem.file else _with_place(problem, loaded) for problem in problems)


def _with_place(problem: Problem, loaded: PlaybookFile) -> Problem:
    place = place_of(loaded, problem.node, problem.field)
    return replace(problem, file=place.file, line=place.line, column=place.column)
