"""Errors of keeping unsaved work.

TocsinError
├── CannotKeepError         unsaved work could not be written beside the editing
└── UnreadableDraftError    unsaved work that was left cannot be read
"""

from __future__ import annotations

from pathlib import Path

from tocsin.base.codes import ErrorCode
from tocsin.base.errors import TocsinError
from tocsin.base.texts import _


class CannotKeepError(TocsinError):
    """The disk refuses to keep unsaved work. It is tried again; what is open is not touched."""

    code = ErrorCode.CANNOT_SAVE

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(
            _("Unsaved changes cannot be kept for the case of a crash: {reason}.").format(reason=reason),
            hint=_("Save your playbooks often."),
        )


class UnreadableDraftError(TocsinError):
    """What was left cannot be read. It stays where it is."""

    code = ErrorCode.NOT_READABLE

    def __init__(self, file: Path, name: str) -> None:
        self.file = file
        super().__init__(
            _("The unsaved work on “{name}” cannot be read. It is kept as “{name2}”.").format(
                name=name, name2=file.name
            ),
            hint=_("Look into Tocsin's recovery folder, or throw it away."),
        )
