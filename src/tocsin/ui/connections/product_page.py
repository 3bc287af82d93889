"""Which product: a search, a filter by category, and a tile for each."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QGridLayout,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from tocsin.base.texts import _
from tocsin.ui.canvas.faces import category_title
from tocsin.ui.connections.products import Product, matching
from tocsin.ui.dialogs.flow import Flow
from tocsin.ui.dialogs.welcome_card import ChoiceRow, plain_label
from tocsin.ui.theme import Theme
from tocsin.ui.widgets.empty_state import EmptyState
from tocsin.ui.widgets.plain_tip import plain_tip
from tocsin.ui.widgets.search_field import SearchField

GAP: Final = 8
LEAST_TILE: Final = 236
USUAL_WIDTH: Final = 720
ALL: Final = _("All")
NOTHING: Final = _("No product matches “{}”.")


class ProductTile(ChoiceRow):
    """One product. Pressing it goes on to its form."""

    def __init__(self, theme: Theme, product: Product, parent: QWidget | None = None) -> None:
        super().__init__(theme, product.icon, (product.title, product.does), parent)
        self.product = product
        self.set_framed(True)
        self.setObjectName(f"product-{product.id}")
        self.setToolTip(plain_tip(f"{product.title}\n{product.line}"))


class ProductPage(QWidget):
    """Every product that fits the search and the filter.

    Signals:
        chosen: The id of a product.
    """

    chosen = Signal(str)

    def __init__(self, theme: Theme, products: Sequence[Product], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("products")
        self._theme = theme
        self._category = ""
        self.search = SearchField(theme, _("Find a product, a category or what it can do"), parent=self)
        self.search.textChanged.connect(self._filter)
        self.search.returnPressed.connect(self._on_entered)
        self._filters = QButtonGroup(self)
        self._filters.buttonClicked.connect(self._on_category)
        self._chips = Flow(GAP, self)
        self._body = QWidget(self)
        self._body.setObjectName("products-body")
        self._grid = QGridLayout(self._body)
        self._tiles = [ProductTile(theme, product, self._body) for product in products]
        self._headings = {
            category: plain_label(category_title(category), "panel-title", self._body)
            for category in dict.fromkeys(product.category for product in products)
        }
        for tile in self._tiles:
            tile.clicked.connect(partial(self.chosen.emit, tile.product.id))
        self._empty = EmptyState(theme, "search", "", parent=self)
        self._pages = QStackedWidget(self)
        self._columns = 0
        self._arrange()

    @property
    def shown(self) -> list[ProductTile]:
        """The tiles that fit, in order."""
        found = set(matching([tile.product for tile in self._tiles], self.search.text(), self._category))
        return [tile for tile in self._tiles if tile.product in found]

    def _arrange(self) -> None:
        for category, title in {"": ALL, **{one: category_title(one) for one in self._headings}}.items():
            chip = QPushButton(title, self._chips)
            chip.setProperty("role", "filter")
            chip.setProperty("category", category)
            chip.setCheckable(True)
            chip.setAutoDefault(False)
            chip.setChecked(not category)
            self._filters.addButton(chip)
        self._chips.resize(self._theme.px(USUAL_WIDTH), 0)  # else each chip would have a line of its own at first
        self._chips.show_widgets(self._filters.buttons())
        self._grid.setContentsMargins(0, 4, 4, 4)
        self._grid.setSpacing(GAP)
        scroll = QScrollArea(self)
        scroll.setAccessibleName(_("Products"))
        scroll.setWidgetResizable(True)
        scroll.setWidget(self._body)
        self._pages.addWidget(scroll)
        self._pages.addWidget(self._empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP + 2)
        column.addWidget(self.search)
        column.addWidget(self._chips)
        column.addWidget(self._pages, 1)

    def _room(self) -> int:
        return max(1, (self.width() + GAP) // (self._theme.px(LEAST_TILE) + GAP))

    def _lay_out(self) -> None:
        """Put each category under its heading, in as many columns as there is room for."""
        while self._grid.count():
            self._grid.takeAt(0)
        shown, self._columns = self.shown, self._room()
        for widget in (*self._tiles, *self._headings.values()):
            widget.hide()
        for place in range(max(self._grid.columnCount(), self._columns)):
            self._grid.setColumnStretch(place, 1 if place < self._columns else 0)
        row = 0
        for category, heading in self._headings.items():
            tiles = [tile for tile in shown if tile.product.category == category]
            if not tiles:
                continue
            self._grid.addWidget(heading, row, 0, 1, self._columns)
            heading.show()
            for place, tile in enumerate(tiles):
                self._grid.addWidget(tile, row + 1 + place // self._columns, place % self._columns)
                tile.show()
            row += 1 + -(-len(tiles) // self._columns)
        for line in range(self._grid.rowCount()):
            self._grid.setRowStretch(line, 0)
        self._grid.setRowStretch(row, 1)

    @Slot()
    def _filter(self) -> None:
        self._lay_out()
        self._empty.set_line(NOTHING.format(self.search.text().strip()))
        self._pages.setCurrentIndex(0 if self.shown else 1)

    @Slot(QAbstractButton)
    def _on_category(self, button: QAbstractButton) -> None:
        self._category = str(button.property("category"))
        self._filter()

    @Slot()
    def _on_entered(self) -> None:
        """Enter takes the one product that is found, and nothing where there are several."""
        shown = self.shown
        if len(shown) == 1:
            self.chosen.emit(shown[0].product.id)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._room() != self._columns:
            self._lay_out()
