"""The product cards: two columns where there is room, else one at a time under tabs."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from tocsin.services.lab_desk import LabLook
from tocsin.ui.lab.card import ProductCard
from tocsin.ui.lab.products import cards_of
from tocsin.ui.lab.ticket import TicketCard
from tocsin.ui.theme import Theme

GAP: Final = 12
LEFT: Final = ("elasticsearch", "keycloak", "jira")
RIGHT: Final = ("opnsense", "falcon", "abuseipdb")
LEFT_SHARE: Final = 50
RIGHT_SHARE: Final = 49
"""How the columns share the width: so that every address can be read at 1440 pixels."""


class Board(QFrame):
    """All cards. They are made once and only put elsewhere.

    Signals:
        inject_asked: The person wants an alert to come in.
    """

    inject_asked = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("lab-board")
        self.cards = {card.id: ProductCard(theme, card, self) for card in cards_of(LabLook(""))}
        for card in self.cards.values():
            card.inject_asked.connect(self.inject_asked)
        self._ticket = TicketCard(theme, self)
        self._columns = QWidget(self)
        self._columns.setObjectName("lab-board-body")
        self._left, self._right = QVBoxLayout(), QVBoxLayout()
        row = QHBoxLayout(self._columns)
        row.setContentsMargins(GAP, GAP, GAP, GAP)
        row.setSpacing(GAP)
        for column, share in ((self._left, LEFT_SHARE), (self._right, RIGHT_SHARE)):
            column.setSpacing(GAP)
            row.addLayout(column, share)
        self._scroll = QScrollArea(self)
        self._scroll.setAccessibleName("Products")
        self._scroll.setWidgetResizable(True)
        self._scroll.setWidget(self._columns)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._scroll)
        self._lay_out()

    def show_look(self, look: LabLook) -> None:
        """Show the products as they are now."""
        for card in cards_of(look):
            self.cards[card.id].show_card(card)
        self._ticket.show_look(look)

    def take_back(self) -> None:
        """Lay all cards out side by side again, after `TabbedBoard` had them."""
        self._lay_out()

    def _lay_out(self) -> None:
        for column, names in ((self._left, LEFT), (self._right, RIGHT)):
            while column.count():
                column.takeAt(0)
            for name in names:
                card = self.cards[name]
                card.set_tall(False)
                column.addWidget(card)
                card.show()
        self._left.addWidget(self._ticket)
        self._left.addStretch(1)
        self._right.addStretch(1)


class TabbedBoard(QFrame):
    """One page at a time: the cards, and whatever else has no room of its own."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("lab-tabs")
        self.bar = QTabBar(self)
        self.bar.setAccessibleName("Parts of the Lab")
        self.bar.setDrawBase(False)
        self.bar.setExpanding(False)
        self.bar.setUsesScrollButtons(True)
        self._pages = QStackedWidget(self)
        self.head = QHBoxLayout()
        self.head.setContentsMargins(0, 0, 8, 0)
        self.head.setSpacing(8)
        self.head.addWidget(self.bar, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self.head)
        column.addWidget(self._pages, 1)
        self.bar.currentChanged.connect(self._pages.setCurrentIndex)

    def take(self, title: str, page: QWidget) -> None:
        """Give a page its tab."""
        self._pages.addWidget(page)
        self.bar.addTab(title)

    def let_all_go(self) -> None:
        """Have no page any more; whoever takes them next shows them."""
        while (page := self._pages.widget(0)) is not None:
            self._pages.removeWidget(page)
        while self.bar.count():
            self.bar.removeTab(0)
