"""Errors of the journal.

TocsinError
├── JournalUnusableError    the file cannot be opened or written
│   ├── JournalBusyError    another process holds it for too long
│   ├── JournalFullError    there is no room to write
│   ├── JournalOnNetworkError  it would lie on a network drive
│   └── DamagedJournalError what is kept is not what was written
├── StaleWriterError        another process has written on this run
├── UnknownRunError         no run, or more than one, goes by that name
├── RunIsKeptError          a run of a file is in this journal already
├── ImportedRunError        a run of a file was to go on, or to be undone
└── BadRunFileError         a file holds no run, or another than was written
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import ClassVar

from tocsin.base.codes import ErrorCode
from tocsin.base.errors import TocsinError
from tocsin.base.texts import _


class JournalUnusableError(TocsinError):
    """The journal cannot be used."""

    code = ErrorCode.JOURNAL_UNUSABLE
    advice: ClassVar[str] = _("See that the disk has room and is writable.")

    def __init__(self, path: Path, why: str) -> None:
        self.path, self.why = path, why
        super().__init__(
            _("The journal {name} cannot be used: {why}.").format(name=path.name, why=why), hint=self.advice
        )


class JournalBusyError(JournalUnusableError):
    """Another process writes and does not let go."""

    code = ErrorCode.JOURNAL_BUSY
    advice = _("Wait until it is done; then `tocsin runs resume` lets the runs go on that were under way.")


class JournalFullError(JournalUnusableError):
    """There is no room: the disk is full, or a quota or a limit is reached. Nothing of the batch was kept."""

    code = ErrorCode.JOURNAL_FULL
    advice = _("Make room on the disk; then `tocsin runs resume` lets the runs go on that were under way.")


class JournalOnNetworkError(JournalUnusableError):
    """It would lie on a network drive, where several computers write and what SQLite needs of them is not there."""

    code = ErrorCode.JOURNAL_ON_NETWORK
    advice = _("Set TOCSIN_HOME to a folder on a disk of this computer. The playbooks can stay where they are.")

    def __init__(self, path: Path, root: str, kind: str) -> None:
        self.root, self.kind = root, kind
        why = _("{folder} lies on the network drive {root} ({kind}), where its log would break")
        super().__init__(path, why.format(folder=path.parent, root=root, kind=kind))


class DamagedJournalError(JournalUnusableError):
    """Something kept is missing or another than was written."""

    advice = _("Keep the file as it is for those who look into it, and start a new one.")


class StaleWriterError(TocsinError):
    """Two wrote on one run; the second was refused and nothing of it was kept."""

    code = ErrorCode.STALE_WRITER

    def __init__(self, run: str) -> None:
        self.run = run
        super().__init__(_("Another Tocsin has written on run {run}.").format(run=run), hint=_("Follow the run there."))


class UnknownRunError(TocsinError):
    """What was asked for names no run, or several."""

    code = ErrorCode.UNKNOWN_RUN

    def __init__(self, name: str, found: Sequence[str]) -> None:
        self.name, self.found = name, tuple(found)
        if found:
            super().__init__(
                _("“{name}” begins the names of {count} runs.").format(name=name, count=len(found)),
                hint=_("Give more of it."),
            )
        else:
            super().__init__(_("There is no run “{name}”.").format(name=name), hint=_("The list of runs shows all."))


class RunIsKeptError(TocsinError):
    """A run was to be taken in that is there already; it was left as it is."""

    code = ErrorCode.RUN_IS_KEPT

    def __init__(self, run: str) -> None:
        self.run = run
        super().__init__(_("Run {run} is in the journal already.").format(run=run), hint=_("Nothing was changed."))


class ImportedRunError(TocsinError):
    """A run that came out of a file was to do something: it can be looked at, and nothing else."""

    code = ErrorCode.RUN_IS_IMPORTED

    def __init__(self, run: str) -> None:
        self.run = run
        super().__init__(
            _("Run {run} came out of a file: it can neither go on nor be undone here.").format(run=run),
            hint="Do that where it ran.",
        )


class BadRunFileError(TocsinError):
    """A file was to be taken in that holds no run, or another than was written. Nothing of it was kept."""

    code = ErrorCode.BAD_RUN_FILE

    def __init__(self, file: str, why: str) -> None:
        self.file, self.why = file, why
        super().__init__(
            _("The run of {file} cannot be taken in: {why}.").format(file=file, why=why),
            hint=_("Ask for the file once more."),
        )
