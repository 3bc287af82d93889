"""The panel at the left: search, and the list to drag from."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QSortFilterProxyModel, Qt, Signal, Slot
from PySide6.QtGui import QStandardItemModel
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QLabel, QLineEdit, QTreeView, QVBoxLayout, QWidget

from tocsin.ui.node_list.entries import Section
from tocsin.ui.node_list.model import NodeListModel, payload_of
from tocsin.ui.theme import Theme


class NodeListPanel(QFrame):
    """Offers nodes: drag one to the canvas, or double click it.

    Signals:
        chosen: The payload of the entry that was double clicked or entered.
    """

    chosen = Signal(str)

    def __init__(self, sections: Sequence[Section], theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("node-list")
        self.setProperty("role", "panel")
        self._search = QLineEdit(self)
        self._search.setPlaceholderText("Find a node or action")
        self._search.setAccessibleName("Find a node or action")
        self._search.setClearButtonEnabled(True)
        self._empty = QLabel(self)
        self._empty.setTextFormat(Qt.TextFormat.PlainText)
        self._empty.setProperty("role", "hint")
        self._empty.setWordWrap(True)
        self._empty.hide()
        self._model = QSortFilterProxyModel(self)
        self._model.setSourceModel(NodeListModel(sections, theme, self))
        self._model.setRecursiveFilteringEnabled(True)
        self._model.setFilterCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self._tree = self._make_tree()
        self._search.textChanged.connect(self._on_search)
        self._arrange()

    @property
    def model(self) -> QStandardItemModel | QSortFilterProxyModel:
        """The model that the list shows."""
        return self._model

    def set_locked(self, locked: bool) -> None:
        """Offer nothing while a run is on."""
        self._tree.setEnabled(not locked)

    def _make_tree(self) -> QTreeView:
        tree = QTreeView(self)
        tree.setObjectName("node-list-tree")
        tree.setAccessibleName("Nodes")
        tree.setModel(self._model)
        tree.setHeaderHidden(True)
        tree.setRootIsDecorated(False)
        tree.setIndentation(12)
        tree.setDragEnabled(True)
        tree.setDragDropMode(QAbstractItemView.DragDropMode.DragOnly)
        tree.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        tree.header().setStretchLastSection(False)
        tree.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        tree.header().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        tree.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        tree.expandAll()
        tree.activated.connect(self._on_activated)
        return tree

    def _arrange(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 8)
        column.setSpacing(8)
        column.addWidget(self._search)
        column.addWidget(self._empty)
        column.addWidget(self._tree, 1)

    @Slot(str)
    def _on_search(self, text: str) -> None:
        self._model.setFilterFixedString(text.strip())
        self._tree.expandAll()
        is_empty = self._model.rowCount() == 0
        self._empty.setText(f"No node or action matches “{text.strip()}”.")
        self._empty.setVisible(is_empty)
        self._tree.setVisible(not is_empty)

    @Slot(QModelIndex)
    def _on_activated(self, index: QModelIndex) -> None:
        payload = payload_of(index)
        if payload:
            self.chosen.emit(payload)
