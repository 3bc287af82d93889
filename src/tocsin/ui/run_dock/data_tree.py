"""Data for reading: as a tree, a table or JSON, to be searched and copied. Anybody in ui may use it."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QAction, QColor, QFontMetricsF, QGuiApplication, QKeySequence, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QStackedWidget,
    QStyleOptionViewItem,
    QTableView,
    QTreeView,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from tocsin.base.json_types import Json
from tocsin.base.texts import _
from tocsin.ui.run_dock.data_model import NAME_ROLE, VALUE_ROLE, DataModel, DataTable
from tocsin.ui.run_dock.data_text import columns_of, copied_text, find_paths, line_text, page_text, parts_of
from tocsin.ui.theme import Theme, Tokens
from tocsin.ui.widgets.round_menu import RoundMenu
from tocsin.ui.widgets.rows_delegate import RowsDelegate
from tocsin.ui.widgets.search_field import SearchField
from tocsin.ui.widgets.segment import Segment

ROW: Final = 21
GAP: Final = 8
INDENT: Final = 14


class DataMode(StrEnum):
    """How data is shown."""

    TREE = "tree"
    TABLE = "table"
    JSON = "json"


MODES: Final = ((DataMode.TREE, _("Tree")), (DataMode.TABLE, _("Table")), (DataMode.JSON, "JSON"))


def value_colour(value: Json, tokens: Tokens) -> str:
    """Return the colour of a value by its type (visual-design.md §2.3, syntax)."""
    if value is None or parts_of(value):
        return tokens.text3
    return tokens.succeeded if isinstance(value, str) else tokens.running


class DataDelegate(RowsDelegate):
    """Paints a name and its value in one line."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(theme, ROW, parent)

    @override
    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        self.paint_ground(painter, option, index)
        rect = QRectF(option.rect)  # pyright: ignore[reportAttributeAccessIssue]  stubs lack a style option's fields
        name, value = str(index.data(NAME_ROLE)), index.data(VALUE_ROLE)
        tokens, middle = self.theme.tokens, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
        painter.save()
        if name:
            font = self.theme.font(12)
            painter.setFont(font)
            painter.setPen(QColor(tokens.text2))
            painter.drawText(rect, middle, name)
            rect.setLeft(rect.left() + QFontMetricsF(font).horizontalAdvance(name) + GAP)
        font = self.theme.font(12) if parts_of(value) else self.theme.code_font(12)
        painter.setFont(font)
        painter.setPen(QColor(value_colour(value, tokens)))
        shown = QFontMetricsF(font).elidedText(line_text(value), Qt.TextElideMode.ElideRight, rect.width())
        painter.drawText(rect, middle, shown)
        painter.restore()

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(0, self.row_height)


class DataTree(QWidget):
    """Shows one value.

    Signals:
        mode_chosen: How a person wants data to be shown, a DataMode.
    """

    mode_chosen = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None, *, has_bar: bool = True) -> None:
        """Make an empty view.

        Args:
            theme: The look.
            parent: The widget around it.
            has_bar: Search and choice of mode stand above it; without it another widget sets both.
        """
        super().__init__(parent)
        self._theme = theme
        self._value: Json = None
        self._found: list[tuple[str | int, ...]] = []
        self._place = -1
        self._model, self._rows = DataModel(self), DataTable(self)
        self._tree, self._table, self._page = self._make_tree(), self._make_table(), self._make_page()
        self._stack = QStackedWidget(self)
        for view in (self._tree, self._table, self._page):
            self._stack.addWidget(view)
        self._search = SearchField(theme, _("Find in the data"), parent=self)
        self._search.textChanged.connect(self.search)
        self._search.returnPressed.connect(self.go_on)
        self._count = QLabel(self)
        self._count.setTextFormat(Qt.TextFormat.PlainText)
        self._count.setProperty("role", "hint")
        self._segment = Segment(theme, [(str(mode), words) for mode, words in MODES], _("How the data is shown"), self)
        self._segment.chosen.connect(self._on_mode)
        self._arrange(has_bar=has_bar)
        self._add_copy()
        theme.changed.connect(self._on_theme)

    @property
    def value(self) -> Json:
        """What is shown."""
        return self._value

    @property
    def text(self) -> str:
        """What is shown, as JSON for reading."""
        return page_text(self._value)

    @property
    def mode(self) -> DataMode:
        """How it is shown."""
        return MODES[self._stack.currentIndex()][0]

    @property
    def tree(self) -> QTreeView:
        """The tree."""
        return self._tree

    @property
    def found(self) -> int:
        """How many places the search has found."""
        return len(self._found)

    def set_name(self, name: str) -> None:
        """Say what the data is, for those who hear the window: “Output of Find hosts”."""
        for view in (self._tree, self._table, self._page):
            view.setAccessibleName(name)

    def set_source(self, node: str) -> None:
        """Let values be dragged from here into fields, as what a node gave; "" for none."""
        self._model.set_source(node)
        self._rows.set_source(node)

    def show_value(self, value: Json) -> None:
        """Show another value; what is searched for is searched for there."""
        self._value = value
        self._model.show_value(value)
        self._rows.show_value(value)
        self._page.setPlainText(page_text(value) if self.mode is DataMode.JSON else "")
        self._tree.expandToDepth(0)
        is_table = bool(columns_of(value))
        self._segment.button(DataMode.TABLE).setEnabled(is_table)
        if not is_table and self.mode is DataMode.TABLE:
            self.set_mode(DataMode.TREE)
        self.search(self._search.text())

    def set_mode(self, mode: DataMode) -> None:
        """Show it otherwise; what is no table stays a tree."""
        if mode is DataMode.TABLE and not columns_of(self._value):
            mode = DataMode.TREE
        self._stack.setCurrentIndex([known for known, _unused in MODES].index(mode))
        self._segment.set_choice(mode)
        if mode is DataMode.JSON:
            self._page.setPlainText(page_text(self._value))

    @Slot(str)
    def search(self, sought: str) -> None:
        """Go to the first place that holds these letters."""
        self._found = find_paths(self._value, sought)
        self._place = -1
        self._count.setText("" if not sought else _("not found"))
        if self._found:
            self.go_on()

    @Slot()
    def go_on(self) -> None:
        """Go to the next place that was found, after the last one to the first."""
        if not self._found:
            return
        self._place = (self._place + 1) % len(self._found)
        self._count.setText(_("{place} of {count}").format(place=self._place + 1, count=len(self._found)))
        self.set_mode(DataMode.TREE)
        self._tree.setCurrentIndex(self._model.index_of(self._found[self._place]))

    @Slot()
    def copy(self) -> None:
        """Copy the chosen value, or all of it, with every address made harmless to click."""
        view = self._stack.currentWidget()
        index = view.currentIndex() if isinstance(view, QAbstractItemView) else QModelIndex()
        value = index.data(VALUE_ROLE) if index.isValid() else self._value
        QGuiApplication.clipboard().setText(copied_text(value))

    def _arrange(self, *, has_bar: bool) -> None:
        bar = QHBoxLayout()
        bar.setSpacing(GAP)
        bar.addWidget(self._search, 1)
        bar.addWidget(self._count)
        bar.addWidget(self._segment)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(bar)
        column.addWidget(self._stack, 1)
        for widget in (self._search, self._count, self._segment):
            widget.setVisible(has_bar)

    def _make_tree(self) -> QTreeView:
        tree = QTreeView(self)
        tree.setObjectName("data-tree")
        tree.setModel(self._model)
        tree.setItemDelegate(DataDelegate(self._theme, tree))
        tree.setHeaderHidden(True)
        tree.setUniformRowHeights(True)
        tree.setIndentation(INDENT)
        return tree

    def _make_table(self) -> QTableView:
        table = QTableView(self)
        table.setObjectName("data-table")
        table.setModel(self._rows)
        table.setItemDelegate(RowsDelegate(self._theme, parent=table))
        table.verticalHeader().hide()
        table.setShowGrid(False)
        return table

    def _make_page(self) -> QPlainTextEdit:
        page = QPlainTextEdit(self)
        page.setObjectName("data-json")
        page.setProperty("code", True)
        page.setFont(self._theme.code_font())
        page.setReadOnly(True)
        page.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        return page

    def _add_copy(self) -> None:
        self._copy = QAction(_("Copy, addresses defanged"), self)
        self._copy.setShortcut(QKeySequence.StandardKey.Copy)
        self._copy.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self._copy.triggered.connect(self.copy)
        self._menu = RoundMenu(self)
        self._menu.addAction(self._copy)
        for view in (self._tree, self._table):
            view.addAction(self._copy)
            view.setDragDropMode(QAbstractItemView.DragDropMode.DragOnly)
            view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
            view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
            view.customContextMenuRequested.connect(self._on_menu)

    @Slot(str)
    def _on_mode(self, mode: str) -> None:
        self.set_mode(DataMode(mode))
        self.mode_chosen.emit(mode)

    @Slot(QPoint)
    def _on_menu(self, spot: QPoint) -> None:
        self._menu.popup(self._stack.mapToGlobal(spot))

    @Slot()
    def _on_theme(self) -> None:
        self._tree.doItemsLayout()
        self._table.viewport().update()
