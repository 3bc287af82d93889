"""Errors of opening and saving a playbook.

TocsinError
├── CannotOpenError         a file holds no playbook that can be shown
├── CannotSaveError         a file could not be written
│   └── FileChangedError    it would have overwritten what another program wrote
├── FilesGoneError          files that were open are no longer there
└── ReadOnlyError           what is only looked at was to be changed
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from typing_extensions import override

from tocsin.base.codes import ErrorCode
from tocsin.base.errors import Place, TocsinError
from tocsin.base.texts import _, plural, quoted
from tocsin.model.problems import Problem, Severity


class CannotOpenError(TocsinError):
    """A file was read and is no playbook.

    Attributes:
        file: The file's name.
        problems: Everything that is wrong with it, in the order of the file.
    """

    code = ErrorCode.NOT_READABLE

    def __init__(self, file: str, problems: Sequence[Problem]) -> None:
        self.file = file
        self.problems = tuple(problems)
        faults = [problem for problem in self.problems if problem.severity is Severity.ERROR]
        self._first = faults[0]
        place = Place(file, self._first.line, self._first.column)
        super().__init__(_open_sentence(file, faults), hint=self._first.hint, place=place)

    @property
    @override
    def line(self) -> str:
        """The error as every face prints it, with the code of the first fault: it says more than this error's own."""
        parts = (self._first.code, self.place, self.message, self.hint)
        return " ".join(str(part) for part in parts if part)


def _open_sentence(file: str, faults: Sequence[Problem]) -> str:
    count = len(faults) - 1
    more = (
        ""
        if not count
        else _(" It has one more fault.")
        if count == 1
        else _(" It has {count} more faults.").format(count=count)
    )
    return _("“{file}” cannot be opened. {message}{more}").format(file=file, message=faults[0].message, more=more)


class CannotSaveError(TocsinError):
    """A file could not be written. The old one stands, and nothing that was drawn is lost."""

    code = ErrorCode.CANNOT_SAVE

    def __init__(self, path: Path, reason: str, *, hint: str = _("Choose another folder with “Save as…”.")) -> None:
        self.path = path
        self.reason = reason
        super().__init__(_("“{name}” could not be saved: {reason}.").format(name=path.name, reason=reason), hint=hint)


class FileChangedError(CannotSaveError):
    """Another program has changed the file since it was read. Nothing was written."""

    code = ErrorCode.FILE_CHANGED

    def __init__(self, path: Path) -> None:
        super().__init__(path, _("another program has changed it"), hint=_("Reload it, or keep yours and save again."))


class FilesGoneError(TocsinError):
    """Files that were open when the window was last closed are no longer there."""

    code = ErrorCode.NOT_READABLE

    def __init__(self, paths: Sequence[Path]) -> None:
        self.paths = tuple(paths)
        names = quoted(*(path.name for path in self.paths))
        said = plural(
            "{names} is no longer there and is left out.", "{names} are no longer there and are left out.", len(paths)
        )
        super().__init__(said.format(names=names))


class ReadOnlyError(TocsinError):
    """A playbook that is only looked at was to be changed. It is as it was."""

    code = ErrorCode.READ_ONLY

    def __init__(self, name: str) -> None:
        self.name = name
        super().__init__(
            _("“{name}” is shown as a run ran it and cannot be changed.").format(name=name),
            hint=_("“Save as…” makes a copy that can."),
        )
