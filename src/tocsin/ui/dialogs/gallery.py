"""The templates: cards of the shipped playbooks, a filter by category, a search."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from tocsin.base.texts import _, beginning
from tocsin.services.library import ShippedPlaybook
from tocsin.ui.dialogs.flow import Flow
from tocsin.ui.dialogs.template_card import LEAST_CARD_WIDTH, EffectLegend, TemplateCard
from tocsin.ui.dialogs.welcome_card import plain_label
from tocsin.ui.theme import Theme
from tocsin.ui.widgets.search_field import SearchField

GAP: Final = 16
_TITLES: Final = {
    "containment": _("Containment"),
    "enrichment": _("Enrichment"),
    "identity": _("Identity"),
    "recovery": _("Recovery"),
    "threat intel": _("Threat intel"),
    "upkeep": _("Upkeep"),
    "vulnerability": _("Vulnerability"),
}
"""Of the categories that are not called as they are written."""
SEARCH_WIDTH: Final = 220
LEGEND_FROM: Final = 520
"""Narrower, the marks are explained by the tooltips alone."""
ALL: Final = _("All")
NOTHING: Final = _("No template matches “{}”.")


class Gallery(QWidget):
    """Every template that fits the filter and the search.

    Signals:
        chosen: The id of the template that shall be used.
    """

    chosen = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("gallery")
        self._theme = theme
        self._cards: list[TemplateCard] = []
        self._category = ALL
        self._search = SearchField(theme, _("Find a template"), parent=self)
        self._search.setFixedWidth(SEARCH_WIDTH)
        self._search.textChanged.connect(self._filter)
        self._filters = QButtonGroup(self)
        self._filters.buttonClicked.connect(self._on_category)
        self._chips = Flow(8, self)
        self._legend = EffectLegend(theme, self)
        self._none = QLabel(self)
        self._none.setTextFormat(Qt.TextFormat.PlainText)
        self._none.setProperty("role", "quiet")
        self._none.hide()
        self._grid = QGridLayout()
        self._grid.setSpacing(GAP)
        self._columns = 0
        self._arrange()
        self.setMinimumWidth(LEAST_CARD_WIDTH)

    @property
    def shown(self) -> list[TemplateCard]:
        """The cards that fit, in order."""
        words = self._search.text().strip().casefold().split()
        return [card for card in self._cards if self._fits(card.shipped, words)]

    @property
    def categories(self) -> list[str]:
        """What can be filtered by; none where everything is of one category."""
        return [button.text() for button in self._filters.buttons()]

    def show_templates(self, templates: Sequence[ShippedPlaybook]) -> None:
        """Offer these templates."""
        for card in self._cards:
            card.hide()
            card.deleteLater()
        self._cards = [TemplateCard(self._theme, shipped, self) for shipped in templates]
        for card in self._cards:
            card.clicked.connect(self._on_card)
        self._fill_categories()
        self._filter()

    def _fill_categories(self) -> None:
        for button in self._filters.buttons():
            self._filters.removeButton(button)
            button.hide()
            button.deleteLater()
        found = sorted({_title(card.shipped.category) for card in self._cards if card.shipped.category})
        for title in [ALL, *found] if len(found) > 1 else []:
            button = QPushButton(title, self._chips)
            button.setProperty("role", "filter")
            button.setCheckable(True)
            button.setAutoDefault(False)
            button.setChecked(title == self._category)
            self._filters.addButton(button)
        self._chips.show_widgets(self._filters.buttons())

    def _arrange(self) -> None:
        head = QHBoxLayout()
        head.addWidget(plain_label(_("Templates"), "title", self))
        head.addStretch(1)
        head.addWidget(self._search)
        second = QHBoxLayout()
        second.setSpacing(12)
        second.addWidget(self._chips, 1)
        second.addWidget(self._legend, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(head)
        column.addLayout(second)
        column.addSpacing(6)
        column.addWidget(self._none)
        column.addLayout(self._grid)

    def _fits(self, shipped: ShippedPlaybook, words: list[str]) -> bool:
        if self._category not in {ALL, _title(shipped.category)}:
            return False
        text = " ".join((shipped.name, shipped.summary, *shipped.tags)).casefold()
        return all(word in text for word in words)

    def _lay_out(self) -> None:
        """Put the cards that fit into as many columns as there is room for; a short last row stays at the left."""
        shown = self.shown
        while self._grid.count():
            self._grid.takeAt(0)
        self._columns = self._room()
        for column in range(self._grid.columnCount()):
            self._grid.setColumnStretch(column, 1 if column < self._columns else 0)
        for column in range(self._columns):
            self._grid.setColumnStretch(column, 1)
        for place, card in enumerate(shown):
            self._grid.addWidget(card, place // self._columns, place % self._columns)
        for card in self._cards:
            card.setVisible(card in shown)

    def _room(self) -> int:
        return max(1, (self.width() + GAP) // (LEAST_CARD_WIDTH + GAP))

    @Slot()
    def _filter(self) -> None:
        self._lay_out()
        self._none.setText(NOTHING.format(self._search.text().strip()))
        self._none.setVisible(bool(self._cards) and not self.shown)

    @Slot(QAbstractButton)
    def _on_category(self, button: QAbstractButton) -> None:
        self._category = button.text()
        self._filter()

    @Slot()
    def _on_card(self) -> None:
        card = self.sender()
        if isinstance(card, TemplateCard):
            self.chosen.emit(card.shipped.id)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._legend.setVisible(self.width() >= self._theme.px(LEGEND_FROM))
        if self._room() != self._columns:
            self._lay_out()


def _title(category: str) -> str:
    words = category.replace("_", " ").replace("-", " ")
    return _TITLES.get(words) or beginning(words)
