"""Exit statuses, and how errors and problems are printed: a sentence with code, place and hint (definitions.md D7)."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from enum import IntEnum

from tocsin.base.errors import TocsinError
from tocsin.base.plain_text import one_line
from tocsin.model.problems import Problem


class Exit(IntEnum):
    """What the exit status says."""

    DONE = 0
    FAILED = 1
    WRONG_USE = 2
    REFUSED = 3
    WAITING = 4
    BUG = 70
    INTERRUPTED = 130


def say_error(error: TocsinError) -> None:
    """Print an error to stderr."""
    print(one_line(error.line, most=1000), file=sys.stderr)


def say_problems(problems: Iterable[Problem]) -> None:
    """Print problems to stderr, one a line."""
    for problem in problems:
        print(one_line(problem.text, most=1000), file=sys.stderr)
