"""Sees that the vault is open before something is done with it; asks a person only where nothing else opens it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from tocsin.base.errors import TocsinError
from tocsin.base.secret import Secret
from tocsin.services.connections import VaultNeed
from tocsin.ui.asking import Asking
from tocsin.ui.connections.passphrase import PassphraseDialog
from tocsin.ui.ports import ConnectionsPort
from tocsin.ui.theme import Theme


class Unlocking(QObject):
    """Asks at most once at a time.

    Signals:
        failed: A TocsinError: the vault does not open, or it could not be looked at.
        given_up: The person closed the question.
    """

    failed = Signal(object)
    given_up = Signal()

    def __init__(self, port: ConnectionsPort, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._port = port
        self._theme = theme
        self._parent = parent
        self._asking = Asking(self)
        self._asking.failed.connect(self.failed)

    def when_open(self, then: Callable[[], None]) -> None:
        """Do something once secrets can be kept: the vault is made where there is none."""
        self._asking.ask(self._port.open_vault(), partial(self._on_need, then))

    def when_usable(self, environment: str, file: str, then: Callable[[], None]) -> None:
        """Do something once the secrets of an environment can be used."""
        asked = self._port.needs_passphrase(environment, file)
        self._asking.ask(asked, partial(self._on_needed, then))

    def _on_needed(self, then: Callable[[], None], is_needed: bool) -> None:
        self._on_need(then, VaultNeed.PASSPHRASE if is_needed else VaultNeed.NOTHING)

    def _on_need(self, then: Callable[[], None], need: VaultNeed) -> None:
        if need is VaultNeed.NOTHING:
            then()
            return
        dialog = PassphraseDialog(need, self._theme, self._parent)
        giving = Asking(dialog)
        dialog.given.connect(partial(self._give, dialog, giving, then))
        giving.failed.connect(partial(_show_fault, dialog))
        dialog.rejected.connect(self.given_up)
        dialog.open()

    def _give(self, dialog: PassphraseDialog, giving: Asking, then: Callable[[], None], passphrase: Secret) -> None:
        giving.ask(self._port.give_passphrase(passphrase), partial(_on_open, dialog, then))


def _on_open(dialog: PassphraseDialog, then: Callable[[], None], _nothing: None) -> None:
    dialog.accept()
    then()


def _show_fault(dialog: PassphraseDialog, error: TocsinError) -> None:
    dialog.show_fault(f"{error.message} {error.hint}".strip())
