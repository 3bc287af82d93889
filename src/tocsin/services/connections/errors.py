"""What can be wrong with a connection that is asked for or saved.

TocsinError
├── UnknownConnectionError
├── BadConnectionIdError
├── ReservedEnvironmentError
├── EnvironmentExistsError
├── UnsavedEnvironmentError
├── UnsavedListError
└── UnkeptHealthError
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from tocsin.base.codes import ErrorCode
from tocsin.base.errors import TocsinError, did_you_mean
from tocsin.base.texts import _


class UnknownConnectionError(TocsinError):
    """The environment has no such connection."""

    code = ErrorCode.UNKNOWN_CONNECTION

    def __init__(self, name: str, environment: str, known: Iterable[str]) -> None:
        self.name, self.environment, self.known = name, environment, tuple(known)
        hint = did_you_mean(name, self.known) or (
            _("It has: {known}.").format(known=", ".join(self.known)) if self.known else _("It has none.")
        )
        super().__init__(
            _("“{environment}” has no connection “{name}”.").format(environment=environment, name=name), hint=hint
        )


class BadConnectionIdError(TocsinError):
    """A connection or an environment cannot be called so."""

    code = ErrorCode.BAD_NAME

    def __init__(self, name: str) -> None:
        self.name = name
        hint = _("Use small letters, digits, “_” and “-”, beginning with a letter, at most 48.")
        super().__init__(_("Nothing can be called “{name}”.").format(name=name), hint=hint)


class ReservedEnvironmentError(TocsinError):
    """The Lab makes its own connections."""

    code = ErrorCode.BAD_NAME

    def __init__(self) -> None:
        super().__init__(_("“lab” makes its connections itself."), hint=_("Choose another environment."))


class EnvironmentExistsError(TocsinError):
    """There is an environment of that name already."""

    code = ErrorCode.BAD_NAME

    def __init__(self, name: str) -> None:
        self.name = name
        super().__init__(
            _("There is an environment “{name}” already.").format(name=name), hint=_("Choose another name.")
        )


class UnsavedEnvironmentError(TocsinError):
    """The disk or the permissions refuse an environment's file."""

    code = ErrorCode.CANNOT_SAVE

    def __init__(self, path: Path, reason: str) -> None:
        self.path = path
        super().__init__(
            _("{name} cannot be written: {reason}.").format(name=path.name, reason=reason),
            hint=_("See that its folder can be written."),
        )


class UnsavedListError(TocsinError):
    """The disk or the permissions refuse the list of what the vault keeps."""

    code = ErrorCode.CANNOT_SAVE

    def __init__(self, path: Path, reason: str) -> None:
        self.path = path
        super().__init__(
            _("{name} cannot be written: {reason}.").format(name=path.name, reason=reason),
            hint=_("See that its folder can be written."),
        )


class UnkeptHealthError(TocsinError):
    """The disk or the permissions refuse the file of how connections did."""

    code = ErrorCode.CANNOT_SAVE

    def __init__(self, reason: str) -> None:
        super().__init__(
            _("How the connection does cannot be kept: {reason}.").format(reason=reason),
            hint=_("See that Tocsin's folder can be written."),
        )
