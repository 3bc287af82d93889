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
from tocsin.base.texts import _, quoted


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
        kept = _(" It is kept as “{name}”.").format(name=aside.name) if aside else ""
        super().__init__(
            _("The settings in “{name}” cannot be read: {reason}. The usual ones are used.{kept}").format(
                name=path.name, reason=reason.rstrip("."), kept=kept
            ),
            hint=_("Set them again in Settings.") if aside else _("Mend the file, then start again."),
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
        listed = quoted(*self.names)
        super().__init__(
            _("“{name}” has a value that does not exist for {listed}. The usual one is used.").format(
                name=path.name, listed=listed
            ),
            hint=_("Set it again in Settings."),
        )


class CannotSaveSettingsError(TocsinError):
    """The file could not be written."""

    code = ErrorCode.CANNOT_SAVE

    def __init__(self, path: Path, reason: str) -> None:
        self.path = path
        self.reason = reason
        super().__init__(
            _("“{name}” could not be saved: {reason}. What was set holds until Tocsin ends.").format(
                name=path.name, reason=reason
            ),
            hint=_("Look at the folder “{parent}”.").format(parent=path.parent),
        )
