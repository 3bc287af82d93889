"""Errors of the document's values.

TocsinError
├── BindingError        a playbook cannot be bound to an environment
│   ├── NoConnectionError
│   ├── SeveralConnectionsError
│   └── NotOfferedError
└── ClosureError        what a playbook calls cannot be gathered
    ├── UnknownPlaybookError
    ├── SameIdError
    ├── CallCycleError
    └── CallsTooDeepError
"""

from __future__ import annotations

from collections.abc import Sequence

from tocsin.base.codes import ErrorCode
from tocsin.base.errors import TocsinError
from tocsin.base.texts import _, quoted


class BindingError(TocsinError):
    """A playbook's role finds no connection that can play it."""


class NoConnectionError(BindingError):
    """Nothing in the environment plays the role."""

    code = ErrorCode.NO_CONNECTION

    def __init__(self, role: str, category: str, environment: str) -> None:
        self.role, self.category, self.environment = role, category, environment
        super().__init__(
            _("No connection plays “{role}” in “{environment}”.").format(role=role, environment=environment),
            hint=_("Add a connection of category “{category}” there.").format(category=category),
        )


class SeveralConnectionsError(BindingError):
    """More than one connection could play the role."""

    code = ErrorCode.SEVERAL_CONNECTIONS

    def __init__(self, role: str, environment: str, candidates: Sequence[str]) -> None:
        self.role, self.environment, self.candidates = role, environment, tuple(candidates)
        names = quoted(*candidates, between=_(" and "))
        super().__init__(
            _("{names} could all play “{role}” in “{environment}”.").format(
                names=names, role=role, environment=environment
            ),
            hint=_("Say which under roles."),
        )


class NotOfferedError(BindingError):
    """The connection's product does not have the action that a node uses."""

    code = ErrorCode.UNKNOWN_ACTION

    def __init__(self, node: str, use: str, connection: str) -> None:
        self.node, self.use, self.connection = node, use, connection
        super().__init__(
            _("“{node}” uses “{use}”, which “{connection}” does not offer.").format(
                node=node, use=use, connection=connection
            ),
            hint=_("Choose another product for the role."),
        )


class ClosureError(TocsinError):
    """The playbooks that a playbook calls do not make a whole."""


class UnknownPlaybookError(ClosureError):
    """Nothing has the id that a call or `handler` names."""

    code = ErrorCode.UNKNOWN_PLAYBOOK

    def __init__(self, name: str, caller: str) -> None:
        self.name, self.caller = name, caller
        super().__init__(
            _("“{caller}” needs “{name}”, and no playbook has that id.").format(caller=caller, name=name),
            hint=_("Put its file into the same folder, or into the workspace's “playbooks”."),
        )


class SameIdError(ClosureError):
    """Two files have the id that is called for."""

    code = ErrorCode.SAME_ID

    def __init__(self, name: str, files: Sequence[str]) -> None:
        self.name, self.files = name, tuple(files)
        super().__init__(
            _("{count} files have the id “{name}”: {files}.").format(
                count=len(files), name=name, files=", ".join(files)
            ),
            hint=_("Give one another id."),
        )


class CallCycleError(ClosureError):
    """A playbook calls itself, perhaps through others."""

    code = ErrorCode.CALL_CYCLE

    def __init__(self, way: Sequence[str]) -> None:
        self.way = tuple(way)
        super().__init__(
            _("“{way}” calls itself: {way2}.").format(way=way[0], way2=" → ".join(way)),
            hint=_("Take one of these calls out."),
        )


class CallsTooDeepError(ClosureError):
    """Too many playbooks call each other in a row."""

    code = ErrorCode.CALLS_TOO_DEEP

    def __init__(self, way: Sequence[str], most: int) -> None:
        self.way = tuple(way)
        super().__init__(
            _("More than {most} playbooks call each other: {way} → …").format(most=most, way=" → ".join(way)),
            hint=_("Call fewer."),
        )
