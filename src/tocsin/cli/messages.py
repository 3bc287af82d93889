"""Exit statuses, and how things are printed: errors as a sentence with code, place and hint, else JSON."""

from __future__ import annotations

import json
import sys
from enum import IntEnum

from tocsin.base.codes import ErrorCode
from tocsin.base.errors import TocsinError
from tocsin.base.json_types import Json
from tocsin.base.plain_text import one_line
from tocsin.base.texts import neutral

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


def exit_of(error: TocsinError) -> Exit:
    """Return the status that an error ends a command with."""
    return Exit.WRONG_USE if isinstance(error, WrongUseError) else Exit.REFUSED


def say_error(error: TocsinError) -> None:
    """Print an error to stderr."""
    print(one_line(error.line, most=LONGEST), file=sys.stderr)


def print_json(value: Json) -> None:
    """Print one line of JSON. All of it is ASCII, so it survives any pipe and cannot speak to a terminal."""
    print(json.dumps(neutral(value)), flush=True)
