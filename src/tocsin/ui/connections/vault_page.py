"""The page of the settings about the vault: whether it is open, what opens it, and what is kept for which servers."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Final, Protocol

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QListWidget, QPushButton, QWidget

from tocsin.base.errors import TocsinError
from tocsin.base.secret import Secret
from tocsin.base.texts import _
from tocsin.services.connections import KeptSecret, VaultLook, VaultNeed
from tocsin.ui.asking import Asking
from tocsin.ui.connections.passphrase import CHANGE, ROTATE, Asked, PassphraseDialog
from tocsin.ui.connections.unlocking import Unlocking
from tocsin.ui.dialogs.file_choice import DialogFileChoice, OnChosen
from tocsin.ui.ports import ConnectionsPort
from tocsin.ui.theme import Theme
from tocsin.ui.widgets.rows_delegate import RowHeight, RowsDelegate
from tocsin.ui.widgets.words import Words
from tocsin.vault import VaultState

TITLE: Final = _("Vault")
STATES: Final = {
    VaultState.ABSENT: _("There is none yet. It is made when the first secret is kept."),
    VaultState.LOCKED: _("Locked: what needs a secret asks you first."),
    VaultState.OPEN: _("Open, until Tocsin ends or you lock it."),
}
BY_KEYRING: Final = _("The keyring of this computer keeps its key.")
BY_PASSPHRASE: Final = _("Your passphrase opens it; nothing else does.")
NOTHING: Final = _("No secret is kept.")
ROTATED: Final = _("Everything is sealed with a new key.")
LIST_NAME: Final = "vault.json"


class ListChoice(Protocol):
    """Asks where the list is written."""

    def ask_list(self, parent: QWidget, proposal: Path, on_chosen: OnChosen) -> None:
        """Ask where to write a list as JSON."""
        ...


class VaultPage(QWidget):
    """Shows the vault, never a secret.

    Args:
        port: Looks after the vault.
        theme: The look.
        parent: The dialog.
        choice: Asks where the list is written.
    """

    def __init__(
        self, port: ConnectionsPort, theme: Theme, parent: QWidget, *, choice: ListChoice | None = None
    ) -> None:
        super().__init__(parent)
        self._port = port
        self._theme = theme
        self._choice = choice or DialogFileChoice()
        self._look: VaultLook | None = None
        self._asking = Asking(self)
        self._asking.failed.connect(self._on_failed)
        self._unlocking = Unlocking(port, theme, self)
        self._unlocking.failed.connect(self._on_failed)
        self._state, self._opener, self._told = self._words("hint"), self._words("hint"), self._words("quiet")
        self.lock_button = self._button("vault-lock", _("Lock"), self._on_lock)
        self.change_button = self._button("vault-change", _("Change the passphrase…"), self._on_change)
        self.keyring_button = self._button("vault-keyring", _("Let the keyring open it"), self._on_keyring)
        self.rotate_button = self._button("vault-rotate", _("Make a new key"), self._on_rotate)
        self.save_button = self._button("vault-save", _("Save the list…"), self._on_save)
        self.kept_list = QListWidget(self)
        self.kept_list.setObjectName("vault-kept")
        self.kept_list.setAccessibleName(_("What is kept, and for which servers"))
        self.kept_list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.kept_list.setItemDelegate(RowsDelegate(theme, RowHeight.TABLE, self.kept_list))
        self._lay_out()
        self.look()

    @property
    def state(self) -> str:
        """What is said of the vault."""
        return self._state.text()

    @property
    def told(self) -> str:
        """How the last thing went that was asked of it, or ""."""
        return self._told.text()

    def look(self) -> None:
        """Look at the vault anew."""
        self._asking.ask(self._port.look_at_vault(), self._show)

    def _lay_out(self) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(4, 4, 4, 4)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(8)
        for row, (title, words) in enumerate(((_("Vault"), self._state), (_("Opened by"), self._opener))):
            grid.addWidget(self._words("caption", title), row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(words, row, 1)
        grid.addLayout(_row(self.lock_button, self.rotate_button), 2, 1)
        grid.addLayout(_row(self.change_button, self.keyring_button), 3, 1)
        grid.addWidget(self._told, 4, 1)
        grid.addWidget(self._words("caption", _("Kept")), 5, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(self.kept_list, 5, 1)
        grid.addWidget(self.save_button, 6, 1, Qt.AlignmentFlag.AlignLeft)
        grid.setColumnStretch(1, 1)
        grid.setRowStretch(5, 1)

    def _show(self, look: VaultLook) -> None:
        self._look = look
        is_there, is_open = look.state is not VaultState.ABSENT, look.state is VaultState.OPEN
        self._state.setText(STATES[look.state])
        self._opener.setText("" if not is_there else BY_PASSPHRASE if look.has_passphrase else BY_KEYRING)
        self.lock_button.setText(_("Lock") if is_open else _("Unlock…") if look.has_passphrase else _("Unlock"))
        self.lock_button.setAccessibleName(self.lock_button.text())
        self.change_button.setText(_("Change the passphrase…") if look.has_passphrase else _("Set a passphrase…"))
        for button in (self.lock_button, self.change_button, self.rotate_button):
            button.setEnabled(is_there)
        self.keyring_button.setVisible(look.has_passphrase)
        self.save_button.setEnabled(bool(look.kept))
        self.kept_list.clear()
        self.kept_list.addItems([_line(one) for one in look.kept] or [NOTHING])

    def _ask_passphrase(self, need: VaultNeed, asked: Asked, give: Callable[[Secret], None]) -> None:
        dialog = PassphraseDialog(need, self._theme, self, asked=asked)
        dialog.given.connect(give)
        dialog.given.connect(dialog.accept)
        dialog.open()

    def _say(self, text: str) -> None:
        self._told.setText(text)
        self.look()

    @Slot()
    def _on_lock(self) -> None:
        self._told.clear()
        if self._look is not None and self._look.state is VaultState.OPEN:
            self._asking.ask(self._port.lock_vault(), self._on_done)
        else:
            self._unlocking.when_open(self.look)

    @Slot()
    def _on_change(self) -> None:
        self._unlocking.when_open(partial(self._ask_passphrase, VaultNeed.NEW_PASSPHRASE, CHANGE, self._change))

    def _change(self, passphrase: Secret | None) -> None:
        self._asking.ask(self._port.change_passphrase(passphrase), partial(self._on_changed, passphrase is not None))

    def _on_changed(self, has_passphrase: bool, _nothing: None) -> None:
        by_keyring, by_passphrase = _("The keyring opens the vault now."), _("The new passphrase opens the vault now.")
        self._say(by_passphrase if has_passphrase else by_keyring)

    @Slot()
    def _on_keyring(self) -> None:
        self._unlocking.when_open(partial(self._change, None))

    @Slot()
    def _on_rotate(self) -> None:
        if self._look is not None and self._look.has_passphrase:
            self._ask_passphrase(VaultNeed.PASSPHRASE, ROTATE, self._rotate)
        else:
            self._rotate(None)

    def _rotate(self, passphrase: Secret | None) -> None:
        self._asking.ask(self._port.rotate_vault(passphrase), self._on_rotated)

    def _on_rotated(self, _nothing: None) -> None:
        self._say(ROTATED)

    @Slot()
    def _on_save(self) -> None:
        self._choice.ask_list(self, Path.home() / LIST_NAME, self._save)

    def _save(self, path: Path) -> None:
        told = partial(self._on_saved, path.name)
        self._asking.ask(self._port.export_vault(path), told)

    def _on_saved(self, name: str, _nothing: None) -> None:
        self._say(_("{name} has the list, without the secrets.").format(name=name))

    def _on_done(self, _nothing: None) -> None:
        self.look()

    @Slot(object)
    def _on_failed(self, error: TocsinError) -> None:
        self._told.setText(f"{error.message} {error.hint}".strip())

    def _words(self, role: str, text: str = "") -> Words:
        words = Words(text, self)
        words.setProperty("role", role)
        words.setWordWrap(role != "caption")
        return words

    def _button(self, name: str, text: str, slot: Callable[[], None]) -> QPushButton:
        button = QPushButton(text, self)
        button.setObjectName(name)
        button.setAutoDefault(False)
        button.clicked.connect(slot)
        return button


def _row(*buttons: QPushButton) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(8)
    for button in buttons:
        row.addWidget(button)
    row.addStretch(1)
    return row


def _line(kept: KeptSecret) -> str:
    name = f"{kept.environment}/{kept.connection}.{kept.field}"
    servers = ", ".join(server.partition("=")[2] for server in kept.servers)
    return _("{name} for {servers}").format(name=name, servers=servers)
