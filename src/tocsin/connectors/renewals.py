"""What a product gives in the place of a secret, such as the next refresh token, and the port that keeps it."""

from __future__ import annotations

from contextlib import AbstractAsyncContextManager, nullcontext
from typing import Protocol

from tocsin.base.secret import Secret
from tocsin.model.environment import Connection


class Renewals(Protocol):
    """Keeps new secrets where the old ones were.

    A refresh token that is used twice counts as stolen at many products, which then take both away (RFC 9700
    §4.14.2): whoever uses one must be the only one who does, and must keep what comes in its place.
    """

    def alone(self, connection_id: str, /) -> AbstractAsyncContextManager[object]:
        """Hold off everyone else, in every process, who would renew a secret of this connection."""
        ...

    def keep(self, connection_id: str, connection: Connection, field: str, new: Secret, /) -> None:
        """Keep what came in the place of a field's secret.

        Raises:
            SecretUnusableError: It cannot be kept.
        """
        ...


class UnsharedRenewals:
    """Where nobody else knows the secrets, and nobody wants the new ones."""

    def alone(self, _connection_id: str, /) -> AbstractAsyncContextManager[object]:
        """Hold nobody off."""
        return nullcontext()

    def keep(self, _connection_id: str, _connection: Connection, _field: str, _new: Secret, /) -> None:
        """Keep nothing: whoever signs in remembers it for as long as it is needed."""
