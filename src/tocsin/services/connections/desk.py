"""Connections as a person looks after them: listed, tested, saved and removed."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Coroutine, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Protocol, TypeVar

from tocsin.base.atomic_file import write_atomically
from tocsin.base.secret import Secret
from tocsin.base.texts import _
from tocsin.connectors.errors import UnknownConnectorError
from tocsin.engine.ports import Secrets
from tocsin.formats import load_playbook
from tocsin.model.bindings import Binding, bind
from tocsin.model.catalogue import Catalogue, Connector
from tocsin.model.environment import LAB, Connection, Environment
from tocsin.model.errors import BindingError
from tocsin.model.playbook import Playbook
from tocsin.model.problems import Problem
from tocsin.services.connections.errors import (
    BadConnectionIdError,
    ReservedEnvironmentError,
    UnkeptHealthError,
    UnknownConnectionError,
    UnsavedListError,
)
from tocsin.services.connections.forms import form_of
from tocsin.services.connections.health import HealthEntry, HealthLog
from tocsin.services.connections.readiness import Readiness, SecretsFor, target_of
from tocsin.services.connections.trial import Trial
from tocsin.services.connections.values import ConnectionRow, Draft, FormField, KeptSecret, TrialReport, VaultLook
from tocsin.services.connections.writing import kept_whole, write_environment
from tocsin.services.environments import EnvironmentFiles
from tocsin.services.renewals import DraftRenewals, renewals_of
from tocsin.vault import SecretName, SecretState, Vault, VaultState, origins_for

R = TypeVar("R")
_ID: Final = re.compile(r"[a-z][a-z0-9_-]{0,47}")
_PLAYBOOKS: Final = "playbooks"


class Loop(Protocol):
    """Where tests run: the engine's thread."""

    def submit(self, work: Coroutine[Any, Any, R], /) -> Future[R]:
        """Start work on the loop; the future ends on its thread."""
        ...


@dataclass(frozen=True, slots=True)
class DeskParts:
    """What the desk is made of; bootstrap fills it.

    Attributes:
        files: The environments of a workspace.
        vault: Where secrets are kept.
        secrets_for: Gives an environment's secrets.
        readiness: Judges what a run needs.
        catalogue: Gives every product.
        loop: Where tests run.
        health: Keeps how connections did.
        locks: The folder of this person's locks.
    """

    files: EnvironmentFiles
    vault: Vault
    secrets_for: SecretsFor
    readiness: Readiness
    catalogue: Callable[[], Catalogue]
    loop: Loop
    health: HealthLog
    locks: Path


class ConnectionDesk:
    """The connections of a workspace. Calls read and write files and may ask the keyring: not on the window's thread.

    Wherever a `file` is taken, it is one in the workspace; "" means the folder Tocsin was started in.
    """

    def __init__(self, parts: DeskParts) -> None:
        self._parts = parts
        self._newer: dict[Secret, Secret] = {}  # what a test of a draft was given in the place of what was typed

    def rows(self, file: str = "", *, with_uses: bool = True) -> tuple[ConnectionRow, ...]:
        """Return every connection of every environment that can be read, by environment and id.

        Args:
            file: One in the workspace.
            with_uses: Say which playbooks use each: all of them are read for that.
        """
        playbooks = list(self._playbooks(file)) if with_uses else []
        environments = [result.value for result in self._parts.files.load_all(file) if result.value is not None]
        return tuple(
            self._row(environment, name, playbooks)
            for environment in environments
            for name in sorted(environment.connections)
        )

    def problems(self, file: str = "") -> tuple[Problem, ...]:
        """Return what is wrong with the workspace's environments."""
        return tuple(problem for result in self._parts.files.load_all(file) for problem in result.problems)

    def fields(self, connector: str) -> tuple[FormField, ...]:
        """Return what a person fills in for a product.

        Raises:
            UnknownConnectorError: No description has this id.
        """
        return form_of(self.get_connector(connector))

    def get_connector(self, name: str) -> Connector:
        """Return a product's description.

        Raises:
            UnknownConnectorError: No description has this id.
        """
        known = self._parts.catalogue().connectors
        if name not in known:
            raise UnknownConnectorError(name, known)
        return known[name]

    def find_connection(self, environment: str, name: str, file: str = "") -> Connection | None:
        """Return a connection as it is saved, or None, also where there is no such environment.

        Raises:
            UnreadableEnvironmentError: The environment's file has faults.
        """
        if environment not in self._parts.files.names(file):
            return None
        return self._parts.files.get(environment, file).connections.get(name)

    def needs_passphrase(self, environment: str, file: str = "") -> bool:
        """Tell whether a passphrase must be typed before this environment can be used; never for the Lab.

        Raises:
            TocsinError: There is no such environment, or it or the vault cannot be read.
        """
        return environment != LAB and self._parts.readiness.needs_passphrase(self._parts.files.get(environment, file))

    @property
    def vault_state(self) -> VaultState:
        """What can be done with the vault now."""
        return self._parts.vault.state

    @property
    def vault_needs_passphrase(self) -> bool:
        """Whether only a passphrase opens the vault."""
        return self._parts.vault.needs_passphrase

    def open_vault(self, passphrase: Secret | None = None) -> None:
        """Open the vault, or make it where there is none.

        Raises:
            NoKeyringError: There is no keyring, so a new vault needs a passphrase.
            VaultLockedError: It needs its passphrase.
            SecretUnusableError: It does not open.
        """
        vault = self._parts.vault
        vault.create(passphrase) if vault.state is VaultState.ABSENT else vault.unlock(passphrase)

    def lock_vault(self) -> None:
        """Forget the vault's key; what needs a secret asks for it anew."""
        self._parts.vault.lock()

    def look_at_vault(self) -> VaultLook:
        """Return what may be shown of the vault.

        Raises:
            SecretUnusableError: Its file cannot be read.
        """
        vault = self._parts.vault
        kept = tuple(
            KeptSecret(name.environment, name.connection, name.field, origins) for name, origins in vault.kept()
        )
        return VaultLook(vault.state, vault.has_passphrase, kept)

    def rotate_vault(self, passphrase: Secret | None = None) -> None:
        """Seal everything with a new key. Raises as `Vault.rotate`."""
        self._parts.vault.unlock(passphrase)
        self._parts.vault.rotate(passphrase)

    def change_passphrase(self, passphrase: Secret | None) -> None:
        """Let another passphrase open the vault, or the keyring. Raises as `Vault.change_passphrase`."""
        self._parts.vault.change_passphrase(passphrase)

    def export_vault(self, path: Path) -> None:
        """Write what is kept for which servers, without the secrets, as JSON.

        Raises:
            UnsavedListError: It cannot be written.
            SecretUnusableError: The vault's file cannot be read.
        """
        try:
            write_atomically(path, json.dumps(self._parts.vault.export(), indent=2).encode())
        except OSError as error:
            raise UnsavedListError(path, error.strerror or _("it is refused")) from error

    def test(self, environment: str, name: str, file: str = "") -> Future[TrialReport]:
        """Test a saved connection, step by step; nothing is changed there.

        Raises:
            UnknownConnectionError: The environment has no such connection.
            TocsinError: The environment cannot be read, the product is unknown, or the vault does not open.
        """
        return self._begin(environment, name, file, with_actions=True)

    def look_at(self, environment: str, name: str, file: str = "") -> Future[TrialReport]:
        """See whether a saved connection answers and accepts its sign-in; none of its actions is tried.

        Raises as `test`.
        """
        return self._begin(environment, name, file, with_actions=False)

    def check_health(self, environment: str, names: Sequence[str] = (), file: str = "") -> Iterator[HealthEntry]:
        """Look at connections one after the other, all of the environment without names, and keep how they do.

        Raises:
            UnknownConnectionError: The environment has no such connection.
            TocsinError: The environment cannot be read, a product is unknown, or the vault does not open.
            OSError: What was seen cannot be kept.
        """
        for name in names or sorted(self._environment(environment, file).connections):
            yield self._parts.health.note(self.look_at(environment, name, file).result())

    def note_health(self, report: TrialReport) -> HealthEntry:
        """Keep how a look at a connection went.

        Raises:
            UnkeptHealthError: It cannot be written.
        """
        try:
            return self._parts.health.note(report)
        except OSError as error:
            raise UnkeptHealthError(error.strerror or str(error)) from error

    def health_before(self, environment: str, name: str = "") -> tuple[HealthEntry, ...]:
        """Return how an environment's connections did, or one of them, the oldest look first."""
        return self._parts.health.entries(environment, name)

    def test_draft(self, draft: Draft, file: str = "") -> Future[TrialReport]:
        """Test a connection before it is saved, with the secrets that were typed. Raises as `save`."""
        environment = self._with_draft(draft, file)
        typed, kept = self._as_now(draft.secrets), self._parts.secrets_for(draft.environment)
        self._parts.vault.teach(typed.values())
        further = draft.connection.further_fields
        kept_further = {one for one in further if kept.state_of(draft.id, draft.connection, one) is SecretState.KEPT}
        if {*self.get_connector(draft.connection.connector).sign_in.fields, *kept_further} - set(typed):
            self._unlock_by_keyring()  # for those that are left as they are kept
        renewals = DraftRenewals(renewals_of(draft.environment, kept, self._parts.locks), typed, self._newer)
        trial = Trial(environment, draft.id, _DraftSecrets(typed, kept), self._parts.catalogue(), renewals, self._learn)
        return self._parts.loop.submit(trial.run())

    def ensure_sound(self, draft: Draft, file: str = "") -> None:
        """See that a draft could be saved, before secrets are asked for. Raises as `save`."""
        self._with_draft(draft, file)

    def save(self, draft: Draft, file: str = "") -> Path:
        """Keep a connection: its secrets in the vault, which must be open, the rest in its environment's file.

        Returns:
            The environment's file.

        Raises:
            BadConnectionIdError: It, or its environment, cannot be called so.
            ConnectionFaultError: An address or option is missing or not allowed.
            SecretUnusableError: The vault cannot keep its secrets. Nothing was saved.
            UnsavedEnvironmentError: The file cannot be written.
        """
        environment = self._with_draft(draft, file)
        typed = self._as_now(draft.secrets)
        with kept_whole(self._parts.files.path(draft.environment, file)):
            path = write_environment(self._parts.files, environment, file)
            for origins in {origins_for(draft.connection, field) for field in typed}:
                fields = [field for field in typed if origins_for(draft.connection, field) == origins]
                names = {SecretName(draft.environment, draft.id, field): typed[field] for field in fields}
                self._parts.vault.put(origins, names)
        return path

    def remove(self, environment: str, name: str, file: str = "") -> tuple[str, ...]:
        """Take a connection and its secrets away; return the roles it played, which nobody plays now.

        Raises:
            UnknownConnectionError: The environment has no such connection.
            TocsinError: The environment or the vault cannot be read or written.
        """
        found = self._get(environment, name, file)
        roles = {role: player for role, player in found.roles.items() if player != name}
        connections = {key: value for key, value in found.connections.items() if key != name}
        kept = found.model_copy(update={"roles": roles, "connections": connections})
        write_environment(self._parts.files, kept, file)
        self._parts.vault.remove(environment, name)
        return tuple(role for role in found.roles if role not in roles)

    def _begin(self, environment: str, name: str, file: str, *, with_actions: bool) -> Future[TrialReport]:
        found = self._get(environment, name, file)
        self.get_connector(found.connections[name].connector)
        self._unlock_by_keyring()
        parts, secrets = self._parts, self._parts.secrets_for(environment)
        renewals = renewals_of(environment, secrets, parts.locks)
        trial = Trial(found, name, secrets, parts.catalogue(), renewals, self._learn, with_actions=with_actions)
        return parts.loop.submit(trial.run())

    def _as_now(self, typed: Mapping[str, Secret]) -> dict[str, Secret]:
        """Return what was typed, or what a test was given in its place since."""
        found = dict(typed)
        for field in typed:
            while found[field] in self._newer:
                found[field] = self._newer[found[field]]
        return found

    def _unlock_by_keyring(self) -> None:
        vault = self._parts.vault
        if vault.state is VaultState.LOCKED and not vault.needs_passphrase:
            vault.unlock()

    def _get(self, environment: str, name: str, file: str) -> Environment:
        """Return the environment, which has a connection of that name."""
        if environment == LAB:
            raise ReservedEnvironmentError
        found = self._parts.files.get(environment, file)
        if name not in found.connections:
            raise UnknownConnectionError(name, environment, sorted(found.connections))
        return found

    def _with_draft(self, draft: Draft, file: str) -> Environment:
        """Return the environment as it would be with the draft in it, judged."""
        if draft.environment == LAB:
            raise ReservedEnvironmentError
        for name in (draft.environment, draft.id):
            if _ID.fullmatch(name) is None:
                raise BadConnectionIdError(name)
        connector = self.get_connector(draft.connection.connector)
        environment = self._environment(draft.environment, file)
        target_of(Binding(draft.id, draft.connection, connector, connector.health), environment)
        connections: Mapping[str, Connection] = {**environment.connections, draft.id: draft.connection}
        return environment.model_copy(update={"connections": connections})

    def _environment(self, name: str, file: str) -> Environment:
        files = self._parts.files
        if name in files.names(file):
            return files.get(name, file)
        return Environment(id=name, title=name.capitalize(), folder=str(files.path(name, file).parent))

    def _learn(self, derived: Iterable[str]) -> None:
        self._parts.vault.teach(Secret(text) for text in derived)

    def _row(self, environment: Environment, name: str, playbooks: list[Playbook]) -> ConnectionRow:
        connection = environment.connections[name]
        connector = self._parts.catalogue().connectors.get(connection.connector)
        secrets = self._parts.secrets_for(environment.id)
        asked = connector.sign_in.fields if connector is not None else ()
        states = {field: secrets.state_of(name, connection, field) for field in (*asked, *connection.further_fields)}
        return ConnectionRow(
            environment=environment.id,
            id=name,
            connection=connection,
            title=connector.title if connector is not None else "",
            secrets={
                field: state for field, state in states.items() if field in asked or state is not SecretState.MISSING
            },
            used_by=tuple(playbook.id for playbook in playbooks if self._uses(playbook, name, environment)),
        )

    def _uses(self, playbook: Playbook, name: str, environment: Environment) -> bool:
        try:
            bindings = bind(playbook, environment, self._parts.catalogue())
        except BindingError:  # it needs more than this environment has
            return False
        return any(binding.connection_id == name for binding in bindings.nodes.values())

    def _playbooks(self, file: str) -> Iterator[Playbook]:
        folder = self._parts.files.workspace(file)
        for path in (*sorted(folder.glob("*.yaml")), *sorted((folder / _PLAYBOOKS).rglob("*.yaml"))):
            playbook = load_playbook(path).playbook
            if playbook is not None:
                yield playbook


class _DraftSecrets:
    """What was typed, and for fields left as they are what is kept."""

    def __init__(self, typed: Mapping[str, Secret], kept: Secrets) -> None:
        self._typed = typed
        self._kept = kept

    def find(self, connection_id: str, connection: Connection, field: str) -> Secret | None:
        """Return the secret of a field, or None."""
        return self._typed.get(field) or self._kept.find(connection_id, connection, field)
