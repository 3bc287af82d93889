"""Asks for what nobody else may see: the vault's passphrase, and secrets. Never an argument, and never shown."""

from __future__ import annotations

import sys
from collections.abc import Callable
from getpass import getpass
from typing import TYPE_CHECKING, Final

from tocsin.base.errors import TocsinError
from tocsin.base.secret import Secret
from tocsin.base.texts import _
from tocsin.cli.messages import WrongUseError, say_error
from tocsin.cli.ports import Workroom
from tocsin.model.environment import LAB
from tocsin.vault import NoKeyringError, Vault, VaultState, WrongPassphraseError

if TYPE_CHECKING:  # most commands of `runs` need no product
    from tocsin.services.connections import ConnectionDesk

_TRIES: Final = 3
_SHORTEST: Final = 12
_ASKED: Final = _("Passphrase of the vault: ")


def open_for(room: Workroom, environment: str, file: str = "") -> None:
    """Ask for the passphrase where this environment needs one and a person is there; else the run says what is missing.

    Raises:
        WrongPassphraseError: It was wrong three times.
        TocsinError: The environment or the vault cannot be read.
    """
    if environment != LAB and sys.stdin.isatty() and room.connections().needs_passphrase(environment, file):
        _ask_until_open(room.connections().open_vault)


def open_to_keep(desk: ConnectionDesk) -> None:
    """Open the vault to keep secrets in it; where there is none, make it, with a passphrase if no keyring is there.

    Raises:
        TocsinError: It does not open, or nobody is there to be asked.
    """
    try:
        desk.open_vault()
    except NoKeyringError:
        if not sys.stdin.isatty() or desk.vault_state is not VaultState.ABSENT:
            raise
        desk.open_vault(
            new_passphrase(_("There is no keyring here. Choose a passphrase for the vault; nothing opens it without."))
        )
    except TocsinError:
        if not sys.stdin.isatty() or not desk.vault_needs_passphrase:
            raise
        _ask_until_open(desk.open_vault)


def open_by_hand(vault: Vault) -> Secret | None:
    """Open the vault, and return the passphrase that was typed for it; None where the keyring opens it.

    Raises:
        TocsinError: It does not open, or nobody is there to be asked.
    """
    if not vault.needs_passphrase or not sys.stdin.isatty():
        vault.unlock()
        return None
    return _ask_until_open(vault.unlock)


def ask_secret(title: str, *, is_hidden: bool) -> Secret:
    """Ask for a secret on the terminal, again while nothing is typed."""
    while not (text := getpass(f"{title}: ") if is_hidden else input(f"{title}: ")):
        print(_("Type something, or stop with Ctrl+C."), file=sys.stderr)
    return Secret(text)


def _ask_until_open(unlock: Callable[[Secret], None]) -> Secret:
    """Return the passphrase that opened it."""
    for _again in range(_TRIES - 1):
        try:
            return _asked(unlock)
        except WrongPassphraseError as error:
            say_error(error)
    return _asked(unlock)


def _asked(unlock: Callable[[Secret], None]) -> Secret:
    passphrase = Secret(getpass(_ASKED))
    unlock(passphrase)
    return passphrase


def new_passphrase(why: str) -> Secret:
    """Say why, and ask for a passphrase twice.

    Raises:
        WrongUseError: It is too short, or another the second time.
    """
    print(why, file=sys.stderr)
    text = getpass(_("New passphrase: "))
    if len(text) < _SHORTEST:
        raise WrongUseError(
            _("A passphrase has at least {shortest} characters.").format(shortest=_SHORTEST),
            hint=_("Some words are easier to keep."),
        )
    if getpass(_("Once more: ")) != text:
        raise WrongUseError(_("The two were not the same."))
    return Secret(text)
