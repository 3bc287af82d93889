"""Asks what a new environment is called, and whose connections it begins with. Open it, never execute it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QComboBox, QLineEdit, QPushButton, QVBoxLayout, QWidget

from tocsin.base.texts import _
from tocsin.services.connections import EnvironmentView
from tocsin.ui.connections.labels import wrapping
from tocsin.ui.dialogs.frame import DialogFrame
from tocsin.ui.dialogs.welcome_card import plain_label
from tocsin.ui.theme import Theme

WIDTH: Final = 440
HINT: Final = _(
    "It becomes a file beside your playbooks. Secrets are never copied: each is typed for the place it is used in."
)


@dataclass(frozen=True, slots=True)
class NewEnvironment:
    """What shall be made.

    Attributes:
        like: The id of the environment whose connections it gets, or "".
    """

    title: str
    like: str = ""


class NewEnvironmentDialog(DialogFrame):
    """Stays until it is told that the environment is there.

    Signals:
        asked: A NewEnvironment.
    """

    asked = Signal(object)

    def __init__(self, views: Sequence[EnvironmentView], theme: Theme, parent: QWidget, *, like: str = "") -> None:
        super().__init__("new-environment", _("New environment"), parent)
        self.add_title(_("What is the new environment called?"))
        self._name = QLineEdit(self)
        self._name.setPlaceholderText(_("Staging"))
        self._like = QComboBox(self)
        self._like.addItem(_("None yet"), "")
        for view in views:
            if not view.fault:
                self._like.addItem(_("Those of {title}, without secrets").format(title=view.title), view.id)
        self._like.setCurrentIndex(max(0, self._like.findData(like)))
        self._add_field(_("Name"), self._name)
        self._add_field(_("Connections"), self._like)
        self.column.addWidget(wrapping(HINT, "hint", self))
        self._fault = wrapping("", "problem", self)
        self._fault.hide()
        self.column.addWidget(self._fault)
        cancel = self.make_button(_("Cancel"), self.reject)
        self._make = self.make_button(_("Make environment"), self._on_enter, is_primary=True)
        self.add_buttons(cancel, self._make, safest=cancel)
        self._make.setDefault(True)  # Enter after a name means this one
        self._name.setFocus()
        self.fit(theme.px(WIDTH))

    @property
    def name(self) -> QLineEdit:
        """Where its name is typed."""
        return self._name

    @property
    def make(self) -> QPushButton:
        """Asks for the environment."""
        return self._make

    @property
    def fault(self) -> str:
        """Why it was not made, or ""."""
        return self._fault.text()

    def show_fault(self, text: str) -> None:
        """Say why it was not made."""
        self._fault.setText(text)
        self._fault.setVisible(bool(text))
        self.fit(self.width())
        self._name.setFocus()

    def _add_field(self, title: str, editor: QWidget) -> None:
        label = plain_label(title, "caption", self)
        label.setBuddy(editor)
        editor.setAccessibleName(title)
        field = QVBoxLayout()
        field.setSpacing(4)
        field.addWidget(label)
        field.addWidget(editor)
        self.column.addLayout(field)

    @Slot()
    def _on_enter(self) -> None:
        title = self._name.text().strip()
        if title:
            self.asked.emit(NewEnvironment(title, str(self._like.currentData())))
        else:
            self.show_fault(_("Type a name."))
