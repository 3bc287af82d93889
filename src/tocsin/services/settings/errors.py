"""Errors of the settings.

TocsinError
├── BrokenSettingsError      the file could not be understood, or not even read; the usual settings hold
├── WrongSettingsError       single settings have values that do not exist; the usual ones stand in for these
└── CannotSaveSettingsError  the file could not be written; what was set holds until the program ends
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from tocsin.base.codes import ErrorCode
from tocsin.base.errors import TocsinError


class BrokenSettingsError(TocsinError):
    """The file could not be understood or read.

    Attributes:
        path: Where it was.
        aside: Where it is kept now; None when it stands where it was.
    """

    code = ErrorCode.NOT_READABLE

    def __init__(self, path: Path, reason: str, aside: Path | None) -> None:
        self.path = path
        self.aside = aside
        kept = f" It is kept as “{aside.name}”." if aside else ""
        super().__init__(
            f"The settings in “{path.name}” cannot be read: {reason.rstrip('.')}. The usual ones are used.{kept}",
            hint="Set them again in Settings." if aside else "Mend the file, then start again.",
        )


class WrongSettingsError(TocsinError):
    """Single settings cannot be used; all others hold.

    Attributes:
        path: The file.
        names: The settings, as keys with dots between.
    """

    code = ErrorCode.WRONG_VALUE

    def __init__(self, path: Path, names: Sequence[str]) -> None:
        self.path = path
        self.names = tuple(names)
        listed = ", ".join(f"“{name}”" for name in self.names)
        super().__init__(
            f"“{path.name}” has a value that does not exist for {listed}. The usual one is used.",
            hint="Set it again in Settings.",
        )


class CannotSaveSettingsError(TocsinError):
    """The file could not be written."""

    code = ErrorCode.CANNOT_SAVE

    def __init__(self, path: Path, reason: str) -> None:
        self.path = path
        self.reason = reason
        super().__init__(
            f"“{path.name}” could not be saved: {reason}. What was set holds until Tocsin ends.",
            hint=f"Look at the folder “{path.parent}”.",
        )
