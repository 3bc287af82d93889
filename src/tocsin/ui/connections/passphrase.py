"""Asks for the passphrase that opens the vault where no keyring does, or for a new one. Open it, never execute it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QLineEdit, QPushButton, QVBoxLayout, QWidget

from tocsin.base.secret import Secret
from tocsin.base.texts import _
from tocsin.services.connections import VaultNeed
from tocsin.ui.connections.labels import wrapping
from tocsin.ui.dialogs.frame import DialogFrame
from tocsin.ui.dialogs.welcome_card import plain_label
from tocsin.ui.theme import Theme

WIDTH: Final = 440
SHORTEST: Final = 12
"""Characters of a new passphrase; the command line asks for as many."""
WHY_TYPE: Final = _(
    "No keyring keeps the vault's key, so its passphrase does. It is asked once, until Tocsin ends or you lock it."
)
WHY_CHOOSE: Final = _(
    "This computer has no keyring, so a passphrase keeps the secrets. Nothing opens the vault without it, and nobody "
    "can give it back to you. Some words are easier to keep than one."
)


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked for, why, and what the button does."""

    title: str
    why: str
    button: str


TYPE: Final = Asked(_("Unlock the vault"), WHY_TYPE, _("Unlock"))
CHOOSE: Final = Asked(_("Choose a passphrase for the vault"), WHY_CHOOSE, _("Make the vault"))
CHANGE: Final = Asked(
    _("Choose another passphrase for the vault"),
    _("The old one opens nothing that is kept from now on. Nothing opens the vault without the new one."),
    _("Change the passphrase"),
)
ROTATE: Final = Asked(
    _("Make a new master key"),
    _("Everything in the vault is sealed anew. The passphrase stays the same, and is needed once for that."),
    _("Make a new key"),
)


class PassphraseDialog(DialogFrame):
    """Gives what was typed, empties its fields at once, and stays until it is told that the vault is open.

    Signals:
        given: The Secret.
    """

    given = Signal(object)

    def __init__(self, need: VaultNeed, theme: Theme, parent: QWidget, *, asked: Asked | None = None) -> None:
        super().__init__("passphrase", _("Vault"), parent)
        is_new = need is VaultNeed.NEW_PASSPHRASE
        said = asked or (CHOOSE if is_new else TYPE)
        self.add_title(said.title)
        self.column.addWidget(wrapping(said.why, "quiet", self))
        self._first = self._make_line(_("New passphrase") if is_new else _("Passphrase"))
        self._again = self._make_line(_("Once more")) if is_new else None
        self._fault = wrapping("", "problem", self)
        self.column.addWidget(self._fault)
        self._fault.hide()
        cancel = self.make_button(_("Cancel"), self.reject)
        self._unlock = self.make_button(said.button, self._on_enter, is_primary=True)
        self.add_buttons(cancel, self._unlock, safest=cancel)
        self._unlock.setDefault(True)  # Enter after a passphrase means this one
        self._first.setFocus()
        self.finished.connect(self._forget)
        self.fit(theme.px(WIDTH))

    @property
    def lines(self) -> tuple[QLineEdit, ...]:
        """Where the passphrase is typed; a new one twice."""
        return (self._first,) if self._again is None else (self._first, self._again)

    @property
    def unlock_button(self) -> QPushButton:
        """Gives what was typed."""
        return self._unlock

    @property
    def fault(self) -> str:
        """Why the vault did not open, or ""."""
        return self._fault.text()

    def show_fault(self, text: str) -> None:
        """Say why it did not open, and let it be typed again."""
        self._say(text)
        self._set_busy(False)
        self._first.setFocus()

    def _make_line(self, title: str) -> QLineEdit:
        label = plain_label(title, "caption", self)
        line = QLineEdit(self)
        line.setEchoMode(QLineEdit.EchoMode.Password)
        line.setAccessibleName(title)
        label.setBuddy(line)
        field = QVBoxLayout()
        field.setSpacing(4)
        field.addWidget(label)
        field.addWidget(line)
        self.column.addLayout(field)
        return line

    def _find_fault(self) -> str:
        text = self._first.text()
        if not text:
            return _("Type the passphrase.")
        if self._again is None:
            return ""
        if len(text) < SHORTEST:
            return _("A passphrase has at least {shortest} characters.").format(shortest=SHORTEST)
        return "" if self._again.text() == text else _("The two are not the same.")

    def _say(self, text: str) -> None:
        self._fault.setText(text)
        self._fault.setVisible(bool(text))
        self.fit(self.width())

    def _set_busy(self, is_busy: bool) -> None:
        for widget in (*self.lines, self._unlock):
            widget.setEnabled(not is_busy)

    @Slot()
    def _on_enter(self) -> None:
        fault = self._find_fault()
        self._say(fault)
        if fault:
            return
        secret = Secret(self._first.text())
        self._forget()
        self._set_busy(True)
        self.given.emit(secret)

    @Slot()
    def _forget(self) -> None:
        for line in self.lines:
            line.clear()
