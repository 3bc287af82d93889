"""Keeps renewed secrets in the vault, one process at a time: the port `connectors.renewals.Renewals`, filled."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, MutableMapping
from contextlib import AbstractAsyncContextManager
from pathlib import Path

from filelock import AsyncFileLock

from tocsin.base.private_folder import make_private
from tocsin.base.secret import Secret
from tocsin.connectors.renewals import Renewals, UnsharedRenewals
from tocsin.engine.ports import Secrets
from tocsin.model.environment import Connection
from tocsin.vault import EnvironmentSecrets


class KeptRenewals:
    """Renews the secrets of one environment.

    Args:
        environment: Its id.
        secrets: Where they are kept.
        locks: The folder of this person's locks.
    """

    def __init__(self, environment: str, secrets: EnvironmentSecrets, locks: Path) -> None:
        self._environment = environment
        self._secrets = secrets
        self._locks = locks

    def alone(self, connection_id: str, /) -> AbstractAsyncContextManager[object]:
        """Hold off everyone else, in every process, who would renew a secret of this connection."""
        mark = hashlib.sha256(f"{self._environment} {connection_id}".encode()).hexdigest()[:16]
        return AsyncFileLock(make_private(self._locks) / f"renew-{mark}.lock")

    def keep(self, connection_id: str, connection: Connection, field: str, new: Secret, /) -> None:
        """Keep what came in the place of a field's secret.

        Raises:
            SecretUnusableError: It cannot be kept.
        """
        self._secrets.renew(connection_id, connection, field, new)


class DraftRenewals:
    """Renews what was typed for a connection that is not saved: a test of it uses the refresh token up.

    Args:
        kept: Renews what was not typed.
        typed: What was typed, by field.
        newer: Learns what stands in the place of what was typed.
    """

    def __init__(self, kept: Renewals, typed: Mapping[str, Secret], newer: MutableMapping[Secret, Secret]) -> None:
        self._kept = kept
        self._typed = typed
        self._newer = newer

    def alone(self, connection_id: str, /) -> AbstractAsyncContextManager[object]:
        """Hold off everyone else who would renew a secret of this connection."""
        return self._kept.alone(connection_id)

    def keep(self, connection_id: str, connection: Connection, field: str, new: Secret, /) -> None:
        """Keep what came in the place of a field's secret.

        Raises:
            SecretUnusableError: It cannot be kept.
        """
        if field in self._typed:
            self._newer[self._typed[field]] = new
        else:
            self._kept.keep(connection_id, connection, field, new)


def renewals_of(environment: str, secrets: Secrets, locks: Path) -> Renewals:
    """Return what renews an environment's secrets; those of the Lab are not kept."""
    is_kept = isinstance(secrets, EnvironmentSecrets)
    return KeptRenewals(environment, secrets, locks) if is_kept else UnsharedRenewals()
