"""Errors of the document's values.

TocsinError
└── BindingError        a playbook cannot be bound to an environment
    ├── NoConnectionError
    ├── SeveralConnectionsError
    └── NotOfferedError
"""

from __future__ import annotations

from collections.abc import Sequence

from tocsin.base.codes import ErrorCode
from tocsin.base.errors import TocsinError


class BindingError(TocsinError):
    """A playbook's role finds no connection that can play it."""


class NoConnectionError(BindingError):
    """Nothing in the environment plays the role."""

    code = ErrorCode.NO_CONNECTION

    def __init__(self, role: str, category: str, environment: str) -> None:
        self.role, self.category, self.environment = role, category, environment
        super().__init__(
            f"No connection plays “{role}” in “{environment}”.",
            hint=f"Add a connection of category “{category}” there.",
        )


class SeveralConnectionsError(BindingError):
    """More than one connection could play the role."""

    code = ErrorCode.SEVERAL_CONNECTIONS

    def __init__(self, role: str, environment: str, candidates: Sequence[str]) -> None:
        self.role, self.environment, self.candidates = role, environment, tuple(candidates)
        names = " and ".join(f"“{name}”" for name in candidates)
        super().__init__(f"{names} could all play “{role}” in “{environment}”.", hint="Say which under roles.")


class NotOfferedError(BindingError):
    """The connection's product does not have the action that a node uses."""

    code = ErrorCode.UNKNOWN_ACTION

    def __init__(self, node: str, use: str, connection: str) -> None:
        self.node, self.use, self.connection = node, use, connection
        super().__init__(
            f"“{node}” uses “{use}”, which “{connection}” does not offer.", hint="Choose another product for the role."
        )
