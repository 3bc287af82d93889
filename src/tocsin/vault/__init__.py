"""Secrets: kept in one sealed file, opened by the keyring or a passphrase, bound to the servers they were typed for.

Services and faces may enter; keyring and cryptography are met here and nowhere else, in `keys`. Start reading at
`vault.Vault`; `origins` says what a secret is bound to, `given` what machines without a person use instead.
"""

from tocsin.vault.environment_secrets import EnvironmentSecrets, SecretState
from tocsin.vault.errors import KeyGoneError, NoKeyringError, SecretMovedError, VaultLockedError, WrongPassphraseError
from tocsin.vault.given import GivenSecrets, variable_of
from tocsin.vault.keys import Keyring, SystemKeyring
from tocsin.vault.origins import Origins, SecretName, origins_for, origins_of
from tocsin.vault.vault import Vault, VaultState

__all__ = [
    "EnvironmentSecrets",
    "GivenSecrets",
    "KeyGoneError",
    "Keyring",
    "NoKeyringError",
    "Origins",
    "SecretMovedError",
    "SecretName",
    "SecretState",
    "SystemKeyring",
    "Vault",
    "VaultLockedError",
    "VaultState",
    "WrongPassphraseError",
    "origins_for",
    "origins_of",
    "variable_of",
]
