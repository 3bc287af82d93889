"""The secrets of one environment: the engine's port `Secrets`, filled from outside or from the vault."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from enum import StrEnum
from typing import TYPE_CHECKING

from tocsin.base.secret import Secret
from tocsin.vault.errors import GivenSecretError
from tocsin.vault.given import GivenSecrets
from tocsin.vault.origins import SecretName, origins_for
from tocsin.vault.vault import Vault

if TYPE_CHECKING:  # the command line meets this room before it needs the model
    from tocsin.model.environment import Connection


class SecretState(StrEnum):
    """Where a secret of a connection stands."""

    GIVEN = "given"
    KEPT = "kept"
    MOVED = "moved"
    MISSING = "missing"


class EnvironmentSecrets:
    """Finds the secrets of an environment's connections.

    Args:
        environment: Its id.
        vault: Where they are kept.
        given: What the surroundings give; it counts first.
        learn: Is told every secret that is met.
    """

    def __init__(
        self, environment: str, vault: Vault, given: GivenSecrets, *, learn: Callable[[Iterable[str]], None]
    ) -> None:
        self._environment = environment
        self._vault = vault
        self._given = given
        self._learn = learn

    def find(self, connection_id: str, connection: Connection, field: str) -> Secret | None:
        """Return the secret of a connection's sign-in field, or None when there is none.

        Raises:
            SecretUnusableError: One is kept, and cannot be used: it was typed for another address, or is locked away.
        """
        given = self._given.find(connection_id, field)
        if given is not None:
            self._learn([given.reveal()])
            return given
        return self._vault.find(self._name(connection_id, field), origins_for(connection, field))

    def renew(self, connection_id: str, connection: Connection, field: str, new: Secret) -> None:
        """Keep what a product gave in the place of a secret, for the same servers.

        Raises:
            GivenSecretError: It came from outside.
            SecretUnusableError: The vault cannot keep it.
        """
        self._learn([new.reveal()])
        if self._given.find(connection_id, field) is not None:
            raise GivenSecretError(connection_id, field)
        self._vault.put(origins_for(connection, field), {self._name(connection_id, field): new})

    def state_of(self, connection_id: str, connection: Connection, field: str) -> SecretState:
        """Return where a secret stands; the vault may be locked.

        Raises:
            SecretUnusableError: The vault's file cannot be read.
        """
        if self._given.find(connection_id, field) is not None:
            return SecretState.GIVEN
        kept_for = self._vault.find_origins(self._name(connection_id, field))
        if kept_for is None:
            return SecretState.MISSING
        return SecretState.KEPT if kept_for == origins_for(connection, field) else SecretState.MOVED

    def ensure_clear(self, fields: Iterable[tuple[str, str]]) -> None:
        """See that each variable from outside is meant for one (connection, field) of these only.

        Raises:
            AmbiguousSecretError: Two of them would share one.
        """
        self._given.ensure_clear(fields)

    def _name(self, connection_id: str, field: str) -> SecretName:
        return SecretName(self._environment, connection_id, field)
