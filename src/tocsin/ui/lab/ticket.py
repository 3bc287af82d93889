"""“What the ticket says”: the words of the last ticket that a run wrote, as the team reads them."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from tocsin.base.texts import _
from tocsin.services.lab_desk import LabLook
from tocsin.ui.lab.card import CardHead
from tocsin.ui.lab.words import document_text
from tocsin.ui.theme import Theme

TITLE: Final = _("What the ticket says")
ICON: Final = "sticky-note"


class TicketCard(QFrame):
    """One ticket's text. Hidden while no run has written a ticket."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("lab-ticket")
        self.setProperty("role", "lab-card")
        self.setAccessibleName(TITLE)
        self._head = CardHead(theme, TITLE, ICON, self)
        self._text = QLabel(self)
        self._text.setProperty("role", "lab-ticket")
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self._text.setWordWrap(True)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 0, 1, 1)
        column.setSpacing(0)
        column.addWidget(self._head)
        column.addWidget(self._text)
        self.hide()

    @property
    def text(self) -> str:
        """What the ticket says; "" when there is none."""
        return self._text.text()

    def show_look(self, look: LabLook) -> None:
        """Show the last ticket that a run wrote or changed."""
        written = next((change for change in reversed(look.changes) if change.table == "tickets" and change.run), None)
        ticket = look.tables.get("tickets", {}).get(written.key) if written else None
        if written is None or written.run is None or ticket is None:
            self._text.clear()
            self.hide()
            return
        self._head.set_fact(_("{key}, written by {label}").format(key=written.key, label=written.run.label))
        self._text.setText(f"{ticket['title']}\n{document_text(ticket['body'])}".strip())
        self.show()
