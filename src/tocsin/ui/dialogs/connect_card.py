"""The card of the welcome page that leads to the first product outside the Lab."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QWidget

from tocsin.base.texts import _
from tocsin.ui.dialogs.welcome_card import WelcomeCard
from tocsin.ui.theme import Theme
from tocsin.ui.theme.icons import EDGE
from tocsin.ui.widgets.button_icon import show_icon
from tocsin.ui.widgets.elided_label import ElidedLabel

WORDS: Final = _(
    "SIEM, EDR, firewall, identity, tickets. A read key is enough to rehearse; each permission is tested by itself."
)


class ConnectCard(WelcomeCard):
    """Says how many products are connected.

    Signals:
        connect_requested: Connect one.
    """

    connect_requested = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, "plug", (_("Connect your first product"), WORDS), parent)
        self.button = QPushButton(_("Connect a product"), self)
        self.button.setProperty("small", True)
        self.button.setAutoDefault(False)
        self.button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.button.clicked.connect(self.connect_requested)
        self._count = ElidedLabel("", self, role="quiet")
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.button)
        row.addWidget(self._count, 1)
        self.column.addLayout(row)
        theme.changed.connect(self._tint)
        self._tint()
        self.show_count(0, 0)

    @property
    def count(self) -> str:
        """How many are connected, in words."""
        return self._count.text()

    def show_count(self, ready: int, all_: int) -> None:
        """Say how many connections lack nothing, of how many."""
        self._count.set_text(
            _("{ready} of {all_} ready").format(ready=ready, all_=all_) if all_ else _("None connected yet")
        )

    @Slot()
    def _tint(self) -> None:
        show_icon(self.button, self.theme.icon("plus"), self.theme.px(EDGE))
