"""Keys: where the master key is kept, and what it seals. The late door to keyring and cryptography.

Both are imported when the vault is first opened: a run in the Lab needs neither.
"""

from __future__ import annotations

import os
import secrets
import threading
from base64 import b64decode, b64encode
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Final, Protocol, TypeVar

from tocsin.base.secret import Secret
from tocsin.base.texts import _
from tocsin.vault.errors import KeyringLockedError, NoKeyringError

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

R = TypeVar("R")
KEY_BYTES: Final = 32
_NONCE_BYTES: Final = 12  # 96 random bits; good for 2^32 seals under one key (NIST SP 800-38D §8.3)
_SERVICE: Final = "Tocsin"
_PATIENCE: Final = 120.0  # a person may have to type the keyring's own password
_BACKENDS: Final = (
    ("SecretService", "Keyring"),
    ("libsecret", "Keyring"),
    ("kwallet", "DBusKeyring"),
    ("macOS", "Keyring"),
    ("Windows", "WinVaultKeyring"),
)
"""What of `keyring.backends` may hold the key. Others that happen to be installed may keep it in plain files."""
_OFF: Final = ("keyring.backends.null.", "keyring.backends.fail.")


class UnsealableError(ValueError):
    """What was sealed does not open: another key, other associated data, or changed bytes. Never leaves the room."""


@dataclass(frozen=True, slots=True)
class Stretching:
    """How a passphrase becomes a key: Argon2id (RFC 9106 §4, the second recommended option)."""

    salt: bytes
    passes: int = 3
    lanes: int = 4
    memory_kib: int = 65_536


class Keyring(Protocol):
    """Keeps the master key for this person."""

    def find(self, key_id: str, /) -> bytes | None:
        """Return the key of that id, or None when the keyring opens and does not have it.

        Raises:
            NoKeyringError: There is no keyring.
            KeyringLockedError: It does not open.
        """
        ...

    def keep(self, key_id: str, key: bytes, /) -> None:
        """Keep a key under an id. Raises as `find`."""
        ...

    def forget(self, key_id: str, /) -> None:
        """Forget the key of that id; harmless when there is none. Raises as `find`."""
        ...


class SystemKeyring:
    """The keyring of this system: Secret Service, KWallet, macOS' keychain, or Windows' credential store.

    Args:
        patience: Seconds to wait for its answer; it may ask the person first.
    """

    def __init__(self, *, patience: float = _PATIENCE) -> None:
        self._patience = patience

    def find(self, key_id: str, /) -> bytes | None:
        """Return the key of that id, or None."""
        text = self._ask(lambda backend: backend.get_password(_SERVICE, key_id))
        return None if text is None else b64decode(text)

    def keep(self, key_id: str, key: bytes, /) -> None:
        """Keep a key under an id."""
        text = b64encode(key).decode()

        def set_it(backend: KeyringBackend) -> None:
            backend.set_password(_SERVICE, key_id, text)  # pyright: ignore[reportUnknownMemberType]  a bare decorator there

        self._ask(set_it)

    def forget(self, key_id: str, /) -> None:
        """Forget the key of that id."""

        def delete(backend: KeyringBackend) -> None:
            if backend.get_password(_SERVICE, key_id) is not None:
                backend.delete_password(_SERVICE, key_id)

        self._ask(delete)

    def _ask(self, question: Callable[[KeyringBackend], R]) -> R:
        """Ask on a thread of its own, since a keyring that nobody unlocks may not answer at all."""
        answers: list[R] = []
        errors: list[NoKeyringError | KeyringLockedError] = []

        def ask() -> None:
            try:
                answers.append(_asked(question))
            except (NoKeyringError, KeyringLockedError) as error:
                errors.append(error)

        thread = threading.Thread(target=ask, name="tocsin-keyring", daemon=True)
        thread.start()
        thread.join(self._patience)
        if errors:
            raise errors[0]
        if not answers:
            raise KeyringLockedError(_("it does not answer"))
        return answers[0]


def new_key() -> bytes:
    """Return a new random key."""
    return secrets.token_bytes(KEY_BYTES)


def new_stretching() -> Stretching:
    """Return how a new passphrase is stretched."""
    return Stretching(secrets.token_bytes(16))


def stretch(passphrase: Secret, how: Stretching) -> bytes:
    """Return the key that a passphrase gives. Takes about 0.2 s and 64 MiB, by intent."""
    from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

    slow = Argon2id(salt=how.salt, length=KEY_BYTES, iterations=how.passes, lanes=how.lanes, memory_cost=how.memory_kib)
    return slow.derive(passphrase.reveal().encode())


def seal(key: bytes, data: bytes, about: bytes) -> bytes:
    """Return data that only this key opens, and only together with the same `about`: AES-256-GCM, its nonce first."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    nonce = secrets.token_bytes(_NONCE_BYTES)
    return nonce + AESGCM(key).encrypt(nonce, data, about)


def unseal(key: bytes, sealed: bytes, about: bytes) -> bytes:
    """Return what was sealed.

    Raises:
        UnsealableError: It was sealed with another key, about something else, or it was changed since.
    """
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    try:
        return AESGCM(key).decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], about)
    except (InvalidTag, ValueError) as error:
        raise UnsealableError from error


def _asked(question: Callable[[KeyringBackend], R]) -> R:
    from keyring import errors

    backend = _find_backend()
    if backend is None:
        raise NoKeyringError
    try:
        return question(backend)
    except (errors.NoKeyringError, errors.InitError) as error:
        raise NoKeyringError from error
    except errors.KeyringLocked as error:
        raise KeyringLockedError from error
    except (errors.KeyringError, OSError, *_own_errors()) as error:
        raise KeyringLockedError(_("it ended in {name__}").format(name__=type(error).__name__)) from error


def _own_errors() -> tuple[type[Exception], ...]:
    """The errors of the Secret Service's client, which keyring lets through; it is installed on Linux only."""
    try:
        from secretstorage.exceptions import SecretStorageException
    except ImportError:
        return ()
    return (SecretStorageException,)


def _find_backend() -> KeyringBackend | None:
    """Return the best keyring of this system, or None; PYTHON_KEYRING_BACKEND may switch it off as elsewhere."""
    if os.environ.get("PYTHON_KEYRING_BACKEND", "").startswith(_OFF):
        return None
    kinds = [getattr(import_module(f"keyring.backends.{module}"), name) for module, name in _BACKENDS]
    fitting = sorted((kind for kind in kinds if kind.viable), key=lambda kind: kind.priority)
    return fitting[-1]() if fitting else None
