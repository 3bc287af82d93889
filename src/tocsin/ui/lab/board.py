"""The product cards: two columns where there is room, else one at a time under tabs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from tocsin.base.texts import _
from tocsin.services.lab_desk import LabLook
from tocsin.ui.lab.card import ProductCard
from tocsin.ui.lab.cards import Card
from tocsin.ui.lab.products import MAIN, cards_of
from tocsin.ui.lab.requests import RequestsView
from tocsin.ui.lab.ticket import TicketCard
from tocsin.ui.theme import Theme

GAP: Final = 12
LEFT: Final = ("elasticsearch", "keycloak", "jira", "job_templates", "groups")
RIGHT: Final = ("opnsense", "falcon", "abuseipdb", "warning_lists", "limits")
WIDE: Final = (
    "messages",
    "posts",
    "mails",
    "weaknesses",
    "scans",
    "jobs",
    "indicators",
    "datasets",
    "checks",
    "reports",
    "other",
)
"""Cards as wide as both columns, under them: their rows say much."""
LEFT_SHARE: Final = 50
RIGHT_SHARE: Final = 49
"""How the columns share the width: so that every address can be read at 1440 pixels."""


class Board(QFrame):
    """All cards. They are made once and only put elsewhere; those of further tables when a Lab is first looked at.

    Attributes:
        cards: By their ids.
        requests: What the products were asked.

    Signals:
        cards_added: There are more cards now.
        inject_asked: The person wants an alert to come in.
        menu_asked: The CardSpot where a menu shall open.
    """

    inject_asked = Signal()
    menu_asked = Signal(object)
    cards_added = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("lab-board")
        self._is_side_by_side = True
        self._theme = theme
        self.cards: dict[str, ProductCard] = {}
        self._make_cards(card for card in cards_of(LabLook("")) if card.id in MAIN)
        self._ticket = TicketCard(theme, self)
        self.requests = RequestsView(theme, self)
        self._columns = QWidget(self)
        self._columns.setObjectName("lab-board-body")
        self._left, self._right = QVBoxLayout(), QVBoxLayout()
        self._below = QVBoxLayout(self._columns)
        self._below.setContentsMargins(GAP, GAP, GAP, GAP)
        self._below.setSpacing(GAP)
        row = QHBoxLayout()
        row.setSpacing(GAP)
        self._below.addLayout(row)
        self._below.addStretch(1)
        for column, share in ((self._left, LEFT_SHARE), (self._right, RIGHT_SHARE)):
            column.setSpacing(GAP)
            row.addLayout(column, share)
        self._scroll = QScrollArea(self)
        self._scroll.setAccessibleName(_("Products"))
        self._scroll.setWidgetResizable(True)
        self._scroll.setWidget(self._columns)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._scroll)
        self._lay_out()

    def show_look(self, look: LabLook) -> None:
        """Show the products as they are now."""
        shown = cards_of(look)
        if len(self.cards) < len(shown):
            self._make_cards(card for card in shown if card.id not in self.cards)
            if self._is_side_by_side:
                self._lay_out()
            self.cards_added.emit()
        for card in shown:
            self.cards[card.id].show_card(card)
        if self._is_side_by_side:
            self._hide_empty()
        self._ticket.show_look(look)

    def show_requests_of(self, product: str) -> None:
        """Look for the requests that one product got, and bring them into sight."""
        self.requests.search.setText(product)
        if self._is_side_by_side:
            self._scroll.ensureWidgetVisible(self.requests)
        self.requests.search.setFocus(Qt.FocusReason.OtherFocusReason)

    def take_back(self) -> None:
        """Lay all cards out side by side again, after `TabbedBoard` had them."""
        self._lay_out()

    def give_away(self) -> Iterator[tuple[str, ProductCard | RequestsView]]:
        """Yield every card with its title, each as tall as its page, for `TabbedBoard`; `take_back` ends that."""
        self._is_side_by_side = False
        for card in self.cards.values():
            card.set_tall(True)
            yield card.card.title, card
        self.requests.set_tall(True)
        yield self.requests.card.title, self.requests

    def _make_cards(self, cards: Iterable[Card]) -> None:
        for card in cards:
            made = self.cards[card.id] = ProductCard(self._theme, card, self, needs_alert=card.id in MAIN)
            made.inject_asked.connect(self.inject_asked)
            made.menu_asked.connect(self.menu_asked)

    def _lay_out(self) -> None:
        self._is_side_by_side = True
        for column, names in ((self._left, LEFT), (self._right, RIGHT)):
            while column.count():
                column.takeAt(0)
            for card in self._made(names):
                card.set_tall(False)
                column.addWidget(card)
                card.show()
            column.addStretch(1)
        for card in self._made(WIDE):
            card.set_tall(False)
        for card in (self._ticket, *self._made(WIDE), self.requests):
            self._below.removeWidget(card)
            self._below.insertWidget(self._below.count() - 1, card)
        self.requests.set_tall(False)
        self.requests.show()
        self._hide_empty()

    def _made(self, names: Iterable[str]) -> list[ProductCard]:
        return [self.cards[name] for name in names if name in self.cards]

    def _hide_empty(self) -> None:
        """Keep tables that this story does not need out of the way."""
        for name, card in self.cards.items():
            card.setVisible(name in MAIN or bool(card.card.rows))


class TabbedBoard(QFrame):
    """One page at a time: the cards, and whatever else has no room of its own."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("lab-tabs")
        self.bar = QTabBar(self)
        self.bar.setAccessibleName(_("Parts of the Lab"))
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

    def take(self, title: str, page: QWidget, *, at: int = -1) -> None:
        """Give a page its tab; at that place, or the last."""
        self._pages.insertWidget(at, page)
        self.bar.insertTab(at, title)

    def show_page(self, page: QWidget) -> None:
        """Show a page, where it was taken; else nothing changes."""
        at = self._pages.indexOf(page)
        if at >= 0:
            self.bar.setCurrentIndex(at)

    def let_all_go(self) -> None:
        """Have no page any more; whoever takes them next shows them."""
        while (page := self._pages.widget(0)) is not None:
            self._pages.removeWidget(page)
        while self.bar.count():
            self.bar.removeTab(0)
