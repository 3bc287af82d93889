"""Problems in the terminal: with their places in the file, one a line."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from dataclasses import replace

from tocsin.base.codes import ErrorCode
from tocsin.base.errors import TocsinError
from tocsin.base.plain_text import one_line
from tocsin.base.texts import _
from tocsin.cli.messages import LONGEST
from tocsin.formats import PlaybookFile, place_of
from tocsin.model.problems import Problem


class UnreadablePlaybookError(TocsinError):
    """A file holds no playbook that could run or be drawn.

    Attributes:
        problems: What is wrong with it, in the order of the file.
    """

    code = ErrorCode.PLAYBOOK_HAS_ERRORS

    def __init__(self, loaded: PlaybookFile) -> None:
        self.problems = loaded.problems
        super().__init__(
            _("“{file}” holds no playbook that can be used.").format(file=loaded.file), hint=_("Mend what is listed.")
        )


def say_problems(problems: Iterable[Problem]) -> None:
    """Print problems to stderr, one a line."""
    for problem in problems:
        print(one_line(problem.text, most=LONGEST), file=sys.stderr)


def with_places(problems: Iterable[Problem], loaded: PlaybookFile) -> tuple[Problem, ...]:
    """Return the problems with their places in the file: checks know nodes and fields, no lines."""
    return tuple(problem if problem.file else _with_place(problem, loaded) for problem in problems)


def _with_place(problem: Problem, loaded: PlaybookFile) -> Problem:
    place = place_of(loaded, problem.node, problem.field)
    return replace(problem, file=place.file, line=place.line, column=place.column)
