"""What can be wrong with the vault, its key, or one secret in it.

SecretUnusableError             in base: a secret is there, but cannot be used now
├── VaultLockedError            nobody has unlocked the vault yet
├── WrongPassphraseError        the passphrase does not open it
├── NoKeyringError              this system has no keyring
├── KeyringLockedError          the keyring does not open
├── KeyGoneError                the keyring does not have the vault's key
├── BrokenVaultError            the file cannot be read; it was set aside
├── NewerVaultError             a newer version wrote it
├── UnusableVaultError          the disk or the permissions refuse it
├── SecretMovedError            it was typed for another address
├── SecretBrokenError           its entry was changed
├── GivenSecretError            one that came from outside cannot be renewed there
└── AmbiguousSecretError        two fields would be given by one name
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from tocsin.base.codes import ErrorCode
from tocsin.base.secret import SecretUnusableError
from tocsin.base.texts import _


class VaultLockedError(SecretUnusableError):
    """Nobody has unlocked the vault yet, or it was locked again."""

    code = ErrorCode.VAULT_LOCKED

    def __init__(self, *, needs_passphrase: bool = True) -> None:
        hint = _("Run this on a terminal and type the passphrase.") if needs_passphrase else _("Unlock it first.")
        super().__init__(_("The vault is locked."), hint=hint)


class WrongPassphraseError(SecretUnusableError):
    """A passphrase that does not open the vault. Nothing was changed."""

    code = ErrorCode.WRONG_PASSPHRASE

    def __init__(self) -> None:
        super().__init__(_("This passphrase does not open the vault."), hint=_("Nothing was changed; try again."))


class NoKeyringError(SecretUnusableError):
    """This system offers no keyring, so a passphrase must stand for it."""

    code = ErrorCode.NO_VAULT

    def __init__(self) -> None:
        hint = _("Start one, choose a passphrase on a terminal, or give secrets by TOCSIN_SECRET_… variables.")
        super().__init__(_("This system has no keyring that can be used."), hint=hint)


class KeyringLockedError(SecretUnusableError):
    """There is a keyring, and it does not open or answer."""

    code = ErrorCode.KEYRING_LOCKED

    def __init__(self, reason: str = _("it is locked")) -> None:
        self.reason = reason
        super().__init__(
            _("The keyring gave no key: {reason}.").format(reason=reason), hint=_("Unlock the keyring and try again.")
        )


class KeyGoneError(SecretUnusableError):
    """The keyring opens, and the vault's key is not in it."""

    code = ErrorCode.KEY_GONE

    def __init__(self, file: Path) -> None:
        self.file = file
        hint = _("Use the account that made it, or move {name} away and type the secrets again.").format(name=file.name)
        super().__init__(_("The keyring does not have the key of {name}.").format(name=file.name), hint=hint)


class BrokenVaultError(SecretUnusableError):
    """The vault's file is not as it was written. It was set aside, so nothing of it is lost."""

    code = ErrorCode.VAULT_BROKEN

    def __init__(self, kept: Path) -> None:
        self.kept = kept
        hint = _("Put a copy of yours in its place, or type the secrets again.")
        super().__init__(
            _("The vault's file is damaged; it was set aside as {name}.").format(name=kept.name), hint=hint
        )


class NewerVaultError(SecretUnusableError):
    """A newer version of Tocsin wrote the vault. It stays as it is."""

    code = ErrorCode.NEWER_FORMAT

    def __init__(self, version: int) -> None:
        self.version = version
        super().__init__(
            _("The vault has version {version} of its format.").format(version=version),
            hint=_("Update Tocsin to open it."),
        )


class UnusableVaultError(SecretUnusableError):
    """The disk or the permissions refuse the vault's file. What was kept stands."""

    code = ErrorCode.VAULT_UNUSABLE

    def __init__(self, file: Path, reason: str) -> None:
        self.file, self.reason = file, reason
        super().__init__(
            _("The vault {name} cannot be used: {reason}.").format(name=file.name, reason=reason),
            hint=_("See that its folder can be written."),
        )


class SecretMovedError(SecretUnusableError):
    """A secret was typed for another address than the connection now has, so it is not sent there (field.md S9)."""

    code = ErrorCode.SECRET_MOVED

    def __init__(self, connection: str, field: str, kept_for: Sequence[str], asked_for: Sequence[str]) -> None:
        self.connection, self.field = connection, field
        self.kept_for, self.asked_for = tuple(kept_for), tuple(asked_for)
        old, new = (", ".join(_servers(origins)) or _("no address") for origins in (kept_for, asked_for))
        super().__init__(
            _("“{field}” of “{connection}” was typed for {old}, and the connection now leads to {new}.").format(
                field=field, connection=connection, old=old, new=new
            ),
            hint=_("If that is right, add the connection again and type its secrets."),
        )


class SecretBrokenError(SecretUnusableError):
    """One entry of the vault was changed by something else than Tocsin. The others still open."""

    code = ErrorCode.SECRET_BROKEN

    def __init__(self, connection: str, field: str) -> None:
        self.connection, self.field = connection, field
        super().__init__(
            _("What the vault keeps of “{field}” of “{connection}” is damaged.").format(
                field=field, connection=connection
            ),
            hint=_("Type it again."),
        )


class AmbiguousSecretError(SecretUnusableError):
    """A variable that could be meant for two fields is taken for neither."""

    code = ErrorCode.AMBIGUOUS_SECRET

    def __init__(self, variable: str, fields: Sequence[str]) -> None:
        self.variable, self.fields = variable, tuple(fields)
        super().__init__(
            _("{variable} could be meant for {fields}.").format(variable=variable, fields=" or ".join(fields)),
            hint=_("Rename one of the connections."),
        )


def _servers(origins: Sequence[str]) -> list[str]:
    return [origin.partition("=")[2] for origin in origins]


class GivenSecretError(SecretUnusableError):
    """A secret was renewed that came from outside, where nobody but who gave it can put the new one."""

    code = ErrorCode.VAULT_UNUSABLE

    def __init__(self, connection: str, field: str) -> None:
        self.connection, self.field = connection, field
        super().__init__(
            _("“{field}” of “{connection}” was given from outside and cannot be replaced there.").format(
                field=field, connection=connection
            ),
            hint=_("Keep it in the vault: the product gives a new one each time."),
        )
