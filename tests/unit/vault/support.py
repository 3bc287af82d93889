"""A keyring in memory, and a vault over it."""

from __future__ import annotations

from pathlib import Path

from tocsin.base.secret import Secret
from tocsin.vault import Keyring, SecretName, Vault
from tocsin.vault.errors import KeyringLockedError, NoKeyringError

NAME = SecretName("production", "fw_main", "key")
OTHER = SecretName("production", "fw_main", "secret")
ORIGINS = ("main=https://fw.example.com:443",)
CANARY = Secret("canary-7Qx/+ö")


class MemoryKeyring(Keyring):
    """Keeps keys until the test ends. `trouble` is raised by every call while it is set."""

    def __init__(self) -> None:
        self.keys: dict[str, bytes] = {}
        self.trouble: NoKeyringError | KeyringLockedError | None = None
        self.asked = 0

    def find(self, key_id: str, /) -> bytes | None:
        self._ask()
        return self.keys.get(key_id)

    def keep(self, key_id: str, key: bytes, /) -> None:
        self._ask()
        self.keys[key_id] = key

    def forget(self, key_id: str, /) -> None:
        self._ask()
        self.keys.pop(key_id, None)

    def _ask(self) -> None:
        self.asked += 1
        if self.trouble is not None:
            raise self.trouble


class Desk:
    """Makes vaults over one file and one keyring, as one process after the other would."""

    def __init__(self, folder: Path) -> None:
        self.file = folder / "data" / "vault.json"
        self.keyring = MemoryKeyring()
        self.learnt: list[str] = []

    def vault(self) -> Vault:
        return Vault(self.file, self.keyring, learn=self.learnt.extend)

    def filled(self, passphrase: Secret | None = None) -> Vault:
        vault = self.vault()
        vault.create(passphrase)
        vault.put(ORIGINS, {NAME: CANARY, OTHER: Secret("second")})
        return vault
