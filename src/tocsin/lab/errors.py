"""What can go wrong with the Lab.

TocsinError
└── LabError
    ├── PortTakenError        a port that was asked for cannot be had
    ├── UnknownScenarioError  no scenario of that name is shipped
    └── UnreadableWorldError  a file holds no world of a Lab
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from tocsin.base.codes import ErrorCode
from tocsin.base.errors import TocsinError, did_you_mean
from tocsin.base.texts import _


class LabError(TocsinError):
    """Root of the Lab's errors."""


class PortTakenError(LabError):
    """A port the Lab was told to use cannot be had; nothing was started."""

    code = ErrorCode.PORT_TAKEN

    def __init__(self, port: int, reason: str) -> None:
        self.port = port
        self.reason = reason
        super().__init__(
            _("The Lab cannot use port {port}: {reason}.").format(port=port, reason=reason),
            hint=_("Choose another with --port, or leave --port out and the Lab takes free ones."),
        )


class UnknownScenarioError(LabError):
    """No scenario of that name is shipped."""

    code = ErrorCode.UNKNOWN_SCENARIO

    def __init__(self, name: str, known: Iterable[str]) -> None:
        self.name = name
        self.known = tuple(known)
        super().__init__(
            _("There is no scenario “{name}”.").format(name=name),
            hint=did_you_mean(name, self.known) or _("There are: {known}.").format(known=", ".join(self.known)),
        )


class UnreadableWorldError(LabError):
    """A file that should hold a Lab's world holds none; it was left as it is."""

    code = ErrorCode.UNREADABLE_WORLD

    def __init__(self, path: Path, reason: str) -> None:
        self.path = path
        super().__init__(
            _("“{name}” holds no world of a Lab: {reason}.").format(name=path.name, reason=reason),
            hint=_("Name another file, or delete this one."),
        )
