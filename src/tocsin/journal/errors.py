"""Errors of the journal.

TocsinError
├── JournalUnusableError    the file cannot be opened or written
│   └── JournalBusyError    another process holds it for too long
└── UnknownRunError         no run, or more than one, goes by that name
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from tocsin.base.codes import ErrorCode
from tocsin.base.errors import TocsinError


class JournalUnusableError(TocsinError):
    """The journal cannot be used."""

    code = ErrorCode.JOURNAL_UNUSABLE

    def __init__(self, path: Path, why: str) -> None:
        self.path, self.why = path, why
        super().__init__(
            f"The journal {path.name} cannot be used: {why}.", hint="See that the disk has room and is writable."
        )


class JournalBusyError(JournalUnusableError):
    """Another process writes and does not let go."""

    code = ErrorCode.JOURNAL_BUSY


class UnknownRunError(TocsinError):
    """What was asked for names no run, or several."""

    code = ErrorCode.UNKNOWN_RUN

    def __init__(self, name: str, found: Sequence[str]) -> None:
        self.name, self.found = name, tuple(found)
        if found:
            super().__init__(f"“{name}” begins the names of {len(found)} runs.", hint="Give more of it.")
        else:
            super().__init__(f"There is no run “{name}”.", hint="`tocsin runs list` shows all.")
