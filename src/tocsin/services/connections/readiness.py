"""Sees before a run that what it reaches can be reached: addresses allowed, secrets there, the vault open."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from tocsin.connectors.addresses import Reach
from tocsin.connectors.connection import Target, judge_target
from tocsin.connectors.errors import ConnectionFaultError, MissingSecretError
from tocsin.engine.program import Program
from tocsin.model.bindings import Binding
from tocsin.model.catalogue import Catalogue
from tocsin.model.environment import Environment
from tocsin.vault import EnvironmentSecrets, SecretState, Vault

SecretsFor = Callable[[str], EnvironmentSecrets]
"""Gives the secrets of an environment by its id."""


class Readiness:
    """Judges what a run needs before it starts, so that none stops half way for a key.

    Args:
        vault: Where secrets are kept.
        secrets_for: Gives an environment's secrets.
        catalogue: Every product; asked for when it is first needed.
    """

    def __init__(self, vault: Vault, secrets_for: SecretsFor, catalogue: Callable[[], Catalogue]) -> None:
        self._vault = vault
        self._secrets_for = secrets_for
        self._catalogue = catalogue

    def ensure_ready(self, program: Program) -> None:
        """See that every connection of a program leads where it may, and has its secrets.

        Opens the vault by the keyring, which may ask the person; not on the window's thread, nor on the engine's.

        Raises:
            ConnectionFaultError: An address or option is missing or not allowed.
            MissingSecretError: A field of a sign-in has no secret.
            SecretUnusableError: A secret was typed for another address, or the vault does not open.
        """
        environment = program.environment
        self._secrets_for(environment.id).ensure_clear((name, field) for name, _, field in self._fields(environment))
        bindings = {
            bound.connection_id: bound for unit in program.units.values() for bound in unit.bindings.nodes.values()
        }
        for binding in bindings.values():
            target_of(binding, environment)
            self._ensure_secrets(binding, environment)

    def needs_passphrase(self, environment: Environment) -> bool:
        """Tell whether a passphrase must be typed before this environment's secrets can be used."""
        if not self._vault.needs_passphrase:
            return False
        secrets = self._secrets_for(environment.id)
        return any(
            secrets.state_of(name, environment.connections[name], field) is SecretState.KEPT
            for name, _, field in self._fields(environment)
        )

    def _ensure_secrets(self, binding: Binding, environment: Environment) -> None:
        name, secrets = binding.connection_id, self._secrets_for(environment.id)
        for field in binding.connector.sign_in.fields:
            if secrets.state_of(name, binding.connection, field) is SecretState.KEPT:
                self._vault.unlock()
            if secrets.find(name, binding.connection, field) is None:
                raise MissingSecretError(name, field)
        if any(
            secrets.state_of(name, binding.connection, field) is SecretState.KEPT
            for field in binding.connection.further_fields
        ):
            self._vault.unlock()

    def _fields(self, environment: Environment) -> Iterator[tuple[str, str, str]]:
        """Yield connection, connector and field of every sign-in."""
        connectors = self._catalogue().connectors
        for name, connection in environment.connections.items():
            if connection.connector in connectors:
                for field in (*connectors[connection.connector].sign_in.fields, *connection.further_fields):
                    yield name, connection.connector, field


def target_of(binding: Binding, environment: Environment) -> Target:
    """Return where a connection outside the Lab leads, judged.

    Raises:
        ConnectionFaultError: An address or option is missing or not allowed; it names the connection.
    """
    folder = Path(environment.folder) if environment.folder is not None else None
    try:
        return judge_target(binding, reach=Reach.OUTSIDE, folder=folder)
    except ConnectionFaultError as error:
        raise ConnectionFaultError(f"{binding.connection_id}.{error.field}", error.reason, hint=error.hint) from error
