"""The vault: secrets in one sealed file, opened by one key that the keyring or a passphrase gives."""

from __future__ import annotations

import secrets
import threading
from collections.abc import Callable, Iterable, Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import Final

from tocsin.base.json_types import Json
from tocsin.base.secret import Secret
from tocsin.vault.errors import (
    KeyGoneError,
    SecretBrokenError,
    SecretMovedError,
    VaultLockedError,
    WrongPassphraseError,
)
from tocsin.vault.keys import (
    KEY_BYTES,
    Keyring,
    UnsealableError,
    new_key,
    new_stretching,
    seal,
    stretch,
    unseal,
)
from tocsin.vault.origins import Origins, SecretName, bound_to
from tocsin.vault.store import VaultStore
from tocsin.vault.vault_file import Entry, VaultContent, Wrapping

_ID_BYTES: Final = 8


class VaultState(StrEnum):
    """What can be done with the vault now."""

    ABSENT = "absent"
    LOCKED = "locked"
    OPEN = "open"


class Vault:
    """Keeps secrets. Thread-safe; once it is open, `find` asks neither the keyring nor the disk for long.

    Args:
        file: Where it is kept; need not exist.
        keyring: Keeps the master key, unless a passphrase does.
        learn: Is told every secret that is met, so that it is masked wherever it might be written.
        exclusive: Holds other processes off while the file is written anew.
    """

    def __init__(
        self,
        file: Path,
        keyring: Keyring,
        *,
        learn: Callable[[Iterable[str]], None],
        exclusive: Callable[[], AbstractContextManager[object]] = nullcontext,
    ) -> None:
        self._store = VaultStore(file)
        self._keyring = keyring
        self._learn = learn
        self._exclusive = exclusive
        self._lock = threading.RLock()
        self._key: tuple[str, bytes] | None = None

    @property
    def state(self) -> VaultState:
        """What can be done with it now. Raises as `find`."""
        content = self._store.load()
        if content is None:
            return VaultState.ABSENT
        return VaultState.LOCKED if self._key_of(content) is None else VaultState.OPEN

    @property
    def needs_passphrase(self) -> bool:
        """Whether only a passphrase opens it: it is locked, and the keyring does not keep its key. Raises as `find`."""
        content = self._store.load()
        return content is not None and content.wrapping is not None and self._key_of(content) is None

    @property
    def has_passphrase(self) -> bool:
        """Whether a passphrase opens it, and not the keyring. Raises as `find`."""
        content = self._store.load()
        return content is not None and content.wrapping is not None

    def create(self, passphrase: Secret | None = None) -> None:
        """Make an empty vault and open it; harmless when there is one.

        Args:
            passphrase: What opens it from now on; None leaves its key to the keyring.

        Raises:
            NoKeyringError: There is no keyring, so a passphrase is needed.
            SecretUnusableError: The keyring is locked, or the file cannot be written.
        """
        with self._lock, self._exclusive():
            if self._store.load() is None:
                self._seal_anew({}, {}, passphrase)

    def unlock(self, passphrase: Secret | None = None) -> None:
        """Open it; harmless when it is open, or when there is none.

        Raises:
            VaultLockedError: It needs a passphrase.
            WrongPassphraseError: It is another one.
            KeyGoneError: The keyring does not have its key.
            SecretUnusableError: The keyring or the file cannot be used.
        """
        content = self._store.load()
        if content is None or self._key_of(content) is not None:
            return
        key = self._ask_key(content, passphrase)  # takes its time, so nobody else is kept waiting
        with self._lock:
            self._key = (content.key_id, key)

    def lock(self) -> None:
        """Forget the key. What has been found already stays with who asked for it."""
        with self._lock:
            self._key = None

    def find(self, name: SecretName, origins: Origins) -> Secret | None:
        """Return a secret, or None when none is kept.

        Args:
            name: Which one.
            origins: The servers that its connection has now.

        Raises:
            SecretMovedError: It was typed for other servers.
            VaultLockedError: The vault is not open.
            SecretBrokenError: Its entry was changed.
            BrokenVaultError: The file is damaged; it was set aside.
            UnusableVaultError: The file cannot be read.
        """
        with self._lock:
            content = self._store.load()
            entry = content.entries.get(name) if content is not None else None
            if content is None or entry is None:
                return None
            if entry.origins != origins:
                raise SecretMovedError(name.connection, name.field, entry.origins, origins)
            secret = Secret(self._open(name, entry, self._get_key(content)))
        self.teach([secret])
        return secret

    def teach(self, secrets: Iterable[Secret]) -> None:
        """Let these be masked from now on, kept or not."""
        self._learn(secret.reveal() for secret in secrets)

    def find_origins(self, name: SecretName) -> Origins | None:
        """Return for which servers a secret is kept, or None; the vault may be locked. Raises as `find`."""
        content = self._store.load()
        entry = content.entries.get(name) if content is not None else None
        return entry.origins if entry is not None else None

    def put(self, origins: Origins, new: Mapping[SecretName, Secret]) -> None:
        """Keep secrets, in the place of what was kept under their names, for these servers alone.

        Raises:
            VaultLockedError: The vault is not open.
            SecretUnusableError: The file cannot be read or written; what was kept stands.
        """
        self.teach(new.values())
        with self._lock, self._exclusive():
            content = self._store.load()
            if content is None:
                raise VaultLockedError
            key = self._get_key(content)
            sealed = {
                name: Entry(origins, seal(key, secret.reveal().encode(), bound_to(name, origins)))
                for name, secret in new.items()
            }
            self._store.write(replace(content, entries={**content.entries, **sealed}))

    def remove(self, environment: str, connection: str) -> None:
        """Forget every secret of a connection; the vault may be locked. Raises as `find`, and where it cannot write."""
        with self._lock, self._exclusive():
            content = self._store.load()
            if content is not None:
                gone = (environment, connection)
                kept = {n: e for n, e in content.entries.items() if (n.environment, n.connection) != gone}
                if len(kept) < len(content.entries):
                    self._store.write(replace(content, entries=kept))

    def change_passphrase(self, passphrase: Secret | None) -> None:
        """Let another passphrase open it from now on, or the keyring where it is None. The vault must be open.

        The master key changes with it, so that an old copy of the file and its old passphrase open nothing new.
        """
        with self._lock, self._exclusive():
            content = self._content()
            self._seal_anew(content.entries, self._opened(content), passphrase)
            if content.wrapping is None:
                self._keyring.forget(content.key_id)

    def rotate(self, passphrase: Secret | None = None) -> None:
        """Seal everything with a new key. The vault must be open.

        Args:
            passphrase: The one that opens it, where one does.

        Raises:
            WrongPassphraseError: It is another one. Nothing was changed.
        """
        with self._lock:
            content = self._content()
            if content.wrapping is not None:
                self._ask_key(content, passphrase)
            self.change_passphrase(passphrase)

    def kept(self) -> tuple[tuple[SecretName, Origins], ...]:
        """Return which secrets are kept and for which servers, sorted; the vault may be locked. Raises as `find`."""
        content = self._store.load()
        entries = content.entries.items() if content is not None else ()
        return tuple((name, entry.origins) for name, entry in sorted(entries, key=lambda pair: pair[0]))

    def export(self) -> Json:
        """Return what is kept for which servers, without the secrets; the vault may be locked. Raises as `find`."""
        return [
            {"environment": name.environment, "connection": name.connection, "field": name.field}
            | {"origins": list(origins)}
            for name, origins in self.kept()
        ]

    def _content(self) -> VaultContent:
        content = self._store.load()
        if content is None:
            raise VaultLockedError(needs_passphrase=False)
        self._get_key(content)
        return content

    def _key_of(self, content: VaultContent) -> bytes | None:
        """Another process may have made another key since."""
        known = self._key
        return known[1] if known is not None and known[0] == content.key_id else None

    def _get_key(self, content: VaultContent) -> bytes:
        key = self._key_of(content)
        if key is None:
            raise VaultLockedError(needs_passphrase=content.wrapping is not None)
        return key

    def _ask_key(self, content: VaultContent, passphrase: Secret | None) -> bytes:
        if content.wrapping is None:
            key = self._keyring.find(content.key_id)
            if key is None or len(key) != KEY_BYTES:
                raise KeyGoneError(self._store.file)
            return key
        if passphrase is None:
            raise VaultLockedError
        self.teach([passphrase])
        try:
            strong = stretch(passphrase, content.wrapping.stretching)
            return unseal(strong, content.wrapping.wrapped, content.key_id.encode())
        except UnsealableError as error:
            raise WrongPassphraseError from error

    def _open(self, name: SecretName, entry: Entry, key: bytes) -> str:
        try:
            return unseal(key, entry.sealed, bound_to(name, entry.origins)).decode()
        except UnsealableError as error:
            raise SecretBrokenError(name.connection, name.field) from error

    def _opened(self, content: VaultContent) -> dict[SecretName, str]:
        key = self._get_key(content)
        return {name: self._open(name, entry, key) for name, entry in content.entries.items()}

    def _seal_anew(
        self, entries: Mapping[SecretName, Entry], texts: Mapping[SecretName, str], passphrase: Secret | None
    ) -> None:
        """Write the file under a new key. The old key goes only after the file that needs it has gone."""
        key, key_id = new_key(), secrets.token_hex(_ID_BYTES)
        wrapping: Wrapping | None = None
        if passphrase is None:
            self._keyring.keep(key_id, key)
        else:
            self.teach([passphrase])
            how = new_stretching()
            wrapping = Wrapping(how, seal(stretch(passphrase, how), key, key_id.encode()))
        sealed = {
            name: Entry(entry.origins, seal(key, texts[name].encode(), bound_to(name, entry.origins)))
            for name, entry in entries.items()
        }
        self._store.write(VaultContent(key_id, wrapping, sealed))
        self._key = (key_id, key)
