"""The panel that takes the node list's place: a tree that selects what the canvas selects, and the reverse."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Final

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QAbstractItemView, QFrame, QTreeView, QVBoxLayout, QWidget

from tocsin.ui.outline.rows import NodeWords, OutlineRow
from tocsin.ui.widgets.panel_title import PanelTitle

NODE_ROLE: Final = int(Qt.ItemDataRole.UserRole) + 1
WAY_ROLE: Final = NODE_ROLE + 1


class OutlinePanel(QFrame):
    """Shows rows. Enter on a way goes to the node it leads to, on a node it opens that.

    Signals:
        chosen: A frozenset of the ids that are selected now, by the person alone.
        opened: The id of the node to open.

    Attributes:
        tree: The tree; actions of the canvas can be added to it.
    """

    chosen = Signal(object)
    opened = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("outline")
        self.setProperty("role", "panel")
        self._model = QStandardItemModel(self)
        self.tree = QTreeView(self)
        self.tree.setObjectName("outline-tree")
        self.tree.setAccessibleName("Outline")
        self.tree.setModel(self._model)
        self.tree.setHeaderHidden(True)
        self.tree.setUniformRowHeights(True)
        self.tree.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.tree.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.tree.setExpandsOnDoubleClick(False)
        self.tree.selectionModel().selectionChanged.connect(self._on_selection)
        self.tree.activated.connect(self._on_activated)
        self._rows: Sequence[OutlineRow] = ()
        self._is_showing = False
        self.setFocusProxy(self.tree)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(PanelTitle("Outline", self))
        column.addWidget(self.tree, 1)

    def show_rows(self, rows: Sequence[OutlineRow], selected: Collection[str]) -> None:
        """Show a playbook and what of it is selected."""
        if rows != self._rows:
            self._rows = rows
            self._is_showing = True
            self._model.clear()
            self._model.invisibleRootItem().appendRows([_item(row) for row in rows])
            self.tree.expandAll()
            self._is_showing = False
        self.show_selection(selected)

    def show_words(self, words: Mapping[str, NodeWords]) -> None:
        """Say of these nodes what is so with them now; nothing folds or moves."""
        for index in self._indexes():
            said = words.get(str(index.data(NODE_ROLE)))
            if said is not None and not index.data(WAY_ROLE):
                item = self._model.itemFromIndex(index)
                item.setText(_shown(said.title, said.state))
                item.setAccessibleText(said.spoken)

    def show_selection(self, selected: Collection[str]) -> None:
        """Select the rows of these nodes; ways are never selected for them."""
        if selected == self._selected():
            return
        found = QItemSelection()
        rows = [index for index in self._indexes() if not index.data(WAY_ROLE) and index.data(NODE_ROLE) in selected]
        for index in rows:
            found.select(index, index)
        self._is_showing = True
        self.tree.selectionModel().select(found, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        if rows:
            self.tree.selectionModel().setCurrentIndex(rows[0], QItemSelectionModel.SelectionFlag.NoUpdate)
            self.tree.scrollTo(rows[0])
        self._is_showing = False

    def _selected(self) -> frozenset[str]:
        chosen = self.tree.selectionModel().selectedIndexes()
        return frozenset(str(index.data(NODE_ROLE)) for index in chosen if not index.data(WAY_ROLE))

    def _indexes(self, parent: QModelIndex | None = None) -> Iterator[QModelIndex]:
        above = parent if parent is not None else QModelIndex()
        for row in range(self._model.rowCount(above)):
            index = self._model.index(row, 0, above)
            yield index
            yield from self._indexes(index)

    @Slot()
    def _on_selection(self) -> None:
        if not self._is_showing:
            self.chosen.emit(self._selected())

    @Slot(QModelIndex)
    def _on_activated(self, index: QModelIndex) -> None:
        node = str(index.data(NODE_ROLE))
        if index.data(WAY_ROLE):
            self.show_selection(frozenset((node,)))
            self.chosen.emit(frozenset((node,)))
        else:
            self.opened.emit(node)


def _item(row: OutlineRow) -> QStandardItem:
    item = QStandardItem(_shown(row.text, row.state))
    item.setData(row.node, NODE_ROLE)
    item.setData(row.is_way, WAY_ROLE)
    item.setAccessibleText(row.spoken)
    item.setToolTip(row.text)
    item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
    item.appendRows([_item(one) for one in row.rows])
    return item


def _shown(title: str, state: str) -> str:
    return f"{title} · {state}" if state else title
