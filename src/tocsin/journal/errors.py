"""Errors of the journal.

TocsinError
├── JournalUnusableError    the file cannot be opened or written
│   ├── JournalBusyError    another process holds it for too long
│   └── DamagedJournalError what is kept is not what was written
├── StaleWriterError        another process has written on this run
└── UnknownRunError         no run, or more than one, goes by that name
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import ClassVar

from tocsin.base.codes import ErrorCode
from tocsin.base.errors import TocsinError


class JournalUnusableError(TocsinError):
    """The journal cannot be used."""

    code = ErrorCode.JOURNAL_UNUSABLE
    advice: ClassVar[str] = "See that the disk has room and is writable."

    def __init__(self, path: Path, why: str) -> None:
        self.path, self.why = path, why
        super().__init__(f"The journal {path.name} cannot be used: {why}.", hint=self.advice)


class JournalBusyError(JournalUnusableError):
    """Another process writes and does not let go."""

    code = ErrorCode.JOURNAL_BUSY
    advice = "Wait until it is done, or end the other one."


class DamagedJournalError(JournalUnusableError):
    """Something kept is missing or another than was written."""

    advice = "Keep the file as it is for those who look into it, and start a new one."


class StaleWriterError(TocsinError):
    """Two wrote on one run; the second was refused and nothing of it was kept."""

    code = ErrorCode.STALE_WRITER

    def __init__(self, run: str) -> None:
        self.run = run
        super().__init__(f"Another Tocsin has written on run {run}.", hint="Follow the run there.")


class UnknownRunError(TocsinError):
    """What was asked for names no run, or several."""

    code = ErrorCode.UNKNOWN_RUN

    def __init__(self, name: str, found: Sequence[str]) -> None:
        self.name, self.found = name, tuple(found)
        if found:
            super().__init__(f"“{name}” begins the names of {len(found)} runs.", hint="Give more of it.")
        else:
            super().__init__(f"There is no run “{name}”.", hint="`tocsin runs list` shows all.")
