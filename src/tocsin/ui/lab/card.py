"""A card of the Lab, and one product as a card: its tile, what it holds in a line, and its table."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QGuiApplication, QKeyEvent, QKeySequence, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QStackedWidget,
    QTableView,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from tocsin.base.texts import _
from tocsin.expressions.indicators import defang
from tocsin.ui.lab.card_menu import CardSpot
from tocsin.ui.lab.cards import Card
from tocsin.ui.lab.table import CardModel, CellDelegate
from tocsin.ui.theme import Theme, paint_icon
from tocsin.ui.widgets.elided_label import ElidedLabel
from tocsin.ui.widgets.empty_state import EmptyState
from tocsin.ui.widgets.rows_delegate import RowHeight

HEAD: Final = 36
COLUMNS_HEAD: Final = 26
TILE: Final = 20
TILE_RADIUS: Final = 5
TILE_ICON: Final = 13
MOST_ROWS: Final = 7
"""More rows than these are scrolled to."""
EMPTY_HEIGHT: Final = 132
UNBOUND: Final = (1 << 24) - 1
"""Qt's QWIDGETSIZE_MAX: as high as it likes."""
EMPTY_LINE: Final = _("Nothing here until an alert comes in.")
EMPTY_FURTHER: Final = _("Nothing here in this scenario.")
INJECT: Final = _("Inject alert")


class Tile(QWidget):
    """A category's icon on its soft tile, as on a node's."""

    def __init__(self, theme: Theme, icon: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._icon = icon
        theme.changed.connect(self._fit)
        self._fit()

    def _fit(self) -> None:
        self.setFixedSize(self._theme.px(TILE), self._theme.px(TILE))
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        tokens, edge = self._theme.tokens, self._theme.px(TILE_ICON)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tokens.action_soft))
        painter.drawRoundedRect(QRectF(self.rect()), TILE_RADIUS, TILE_RADIUS)
        inset = (self.width() - edge) / 2
        paint_icon(painter, self._icon, tokens.action, QRectF(inset, inset, edge, edge))
        painter.end()


class CardHead(QFrame):
    """A card's tile, its title, and a fact beside it. 36 px high."""

    def __init__(self, theme: Theme, title: str, icon: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("lab-card-head")
        self._theme = theme
        self._fact = ElidedLabel("", self, role="quiet")
        name = QLabel(title, self)
        name.setProperty("role", "panel-title")
        row = self._row = QHBoxLayout(self)
        row.setContentsMargins(11, 0, 11, 0)
        row.setSpacing(8)
        row.addWidget(Tile(theme, icon, self))
        row.addWidget(name)
        row.addWidget(self._fact, 1)
        theme.changed.connect(self._fit)
        self._fit()

    def set_fact(self, fact: str) -> None:
        """Say what the card holds."""
        self._fact.set_text(fact)

    def add(self, widget: QWidget) -> None:
        """Put a control at the right end."""
        self._row.addWidget(widget, 1)

    def _fit(self) -> None:
        self.setFixedHeight(self._theme.px(HEAD))


class CardTable(QTableView):
    """The rows of a card. Copying takes the danger out of addresses."""

    def __init__(self, theme: Theme, model: CardModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setObjectName("lab-table")
        self.setModel(model)
        self.setItemDelegate(CellDelegate(theme, self))
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setMouseTracking(True)
        self.setTabKeyNavigation(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().hide()
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionsClickable(False)
        header.setTextElideMode(Qt.TextElideMode.ElideRight)
        for section, column in enumerate(model.card.columns):
            mode = QHeaderView.ResizeMode
            header.setSectionResizeMode(section, mode.Stretch if column.stretches else mode.ResizeToContents)
        theme.changed.connect(self._fit)
        self._fit()

    @property
    def row_height(self) -> int:
        """The height of a row in the text size of now."""
        return self._theme.px(RowHeight.ROOMY_TABLE)

    def height_for(self, rows: int) -> int:
        """Return the height that shows so many rows."""
        return self._theme.px(COLUMNS_HEAD) + rows * self.row_height

    def _fit(self) -> None:
        self.verticalHeader().setDefaultSectionSize(self.row_height)
        self.verticalHeader().setMinimumSectionSize(self.row_height)
        self.horizontalHeader().setFixedHeight(self._theme.px(COLUMNS_HEAD))
        self.viewport().update()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy) and self.currentIndex().isValid():
            QGuiApplication.clipboard().setText(defang(str(self.currentIndex().data())))
            return
        super().keyPressEvent(event)


class TableCard(QFrame):
    """A head over a table, or over a line that says why it has no rows."""

    def __init__(self, theme: Theme, card: Card, parent: QWidget | None = None, *, line: str, action: str = "") -> None:
        super().__init__(parent)
        self.setObjectName(f"lab-card-{card.id}")
        self.setProperty("role", "lab-card")
        self.setAccessibleName(card.title)
        self._theme = theme
        self._is_tall = False
        self._model = CardModel(card, self)
        self._table = CardTable(theme, self._model, self)
        self._table.setAccessibleName(card.title)
        self._empty = EmptyState(theme, card.icon, line, action, self)
        self._pages = QStackedWidget(self)
        self._pages.addWidget(self._table)
        self._pages.addWidget(self._empty)
        self._head = CardHead(theme, card.title, card.icon, self)
        self._head.set_fact(card.fact)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 0, 1, 1)
        column.setSpacing(0)
        column.addWidget(self._head)
        column.addWidget(self._pages, 1)
        theme.changed.connect(self._fit)
        self._fit()

    @property
    def card(self) -> Card:
        """What is shown."""
        return self._model.card

    @property
    def table(self) -> CardTable:
        """Its rows."""
        return self._table

    def show_card(self, card: Card) -> None:
        """Show what there is now."""
        self._model.show(card)
        self._head.set_fact(card.fact)
        self._fit()

    def set_tall(self, is_tall: bool) -> None:
        """Take all the height there is, as the one card on show does; else as much as the rows need."""
        self._is_tall = is_tall
        self._fit()

    def _height_of(self, rows: int) -> int:
        """Return how high the card is under its head with so many rows, where it is not tall."""
        return self._table.height_for(min(rows, MOST_ROWS)) if rows else self._theme.px(EMPTY_HEIGHT)

    @Slot()
    def _fit(self) -> None:
        rows = len(self.card.rows)
        self._pages.setCurrentWidget(self._table if rows else self._empty)
        if self._is_tall:
            self._pages.setMinimumHeight(0)
            self._pages.setMaximumHeight(UNBOUND)
        else:
            self._pages.setFixedHeight(self._height_of(rows))


class ProductCard(TableCard):
    """One product.

    Signals:
        inject_asked: The person wants an alert to come in.
        menu_asked: The CardSpot where a menu shall open.
    """

    inject_asked = Signal()
    menu_asked = Signal(object)

    def __init__(self, theme: Theme, card: Card, parent: QWidget | None = None, *, needs_alert: bool = True) -> None:
        line, action = (EMPTY_LINE, INJECT) if needs_alert else (EMPTY_FURTHER, "")
        super().__init__(theme, card, parent, line=line, action=action)
        self._empty.asked.connect(self.inject_asked)
        for part, slot in ((self, self._on_menu), (self._table, self._on_row_menu)):
            part.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
            part.customContextMenuRequested.connect(slot)

    @Slot(QPoint)
    def _on_menu(self, at: QPoint) -> None:
        self.menu_asked.emit(CardSpot(self.card.id, None, self.mapToGlobal(at)))

    @Slot(QPoint)
    def _on_row_menu(self, at: QPoint) -> None:
        index = self._table.indexAt(at)
        row = self.card.rows[index.row()] if index.isValid() else None
        self.menu_asked.emit(CardSpot(self.card.id, row, self._table.viewport().mapToGlobal(at)))

    @override
    def sizeHint(self) -> QSize:
        return QSize(360, super().sizeHint().height())
