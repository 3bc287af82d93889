"""The panel that takes the node list's place: a tree that selects what the canvas selects, and the reverse."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Final

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QAbstractItemView, QFrame, QTreeView, QVBoxLayout, QWidget
from typing_extensions import override

from tocsin.base.texts import _
from tocsin.ui.canvas.keys import move_of
from tocsin.ui.outline.delegate import FACE_ROLE, LOOK_ROLE, STATE_ROLE, OutlineDelegate
from tocsin.ui.outline.rows import NodeWords, OutlineRow
from tocsin.ui.theme import Theme
from tocsin.ui.widgets.panel_title import PanelTitle
from tocsin.ui.widgets.plain_tip import plain_tip

NODE_ROLE: Final = int(Qt.ItemDataRole.UserRole) + 1
LINE_ROLE: Final = NODE_ROLE + 1
INDENT: Final = 16


class OutlineTree(QTreeView):
    """The tree itself.

    Signals:
        connect_wanted: A line is to be drawn from the selected node.
        move_wanted: How far what is selected is to move: (to the right, down), in pixels of the canvas.
    """

    connect_wanted = Signal()
    move_wanted = Signal(object)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        move = move_of(event)
        if move is not None:
            self.move_wanted.emit(move)
        elif event.key() == Qt.Key.Key_C and event.modifiers() == Qt.KeyboardModifier.NoModifier:
            self.connect_wanted.emit()
        else:
            super().keyPressEvent(event)


class OutlinePanel(QFrame):
    """Shows rows: Enter goes where a way leads, or opens a node; C draws a line from it, Alt+arrows move it.

    Signals:
        chosen: A frozenset of the ids of nodes and texts of edges that are selected now, by the person alone.
        opened: The id of the node to open.

    Attributes:
        tree: The tree; actions of the canvas can be added to it.
    """

    chosen = Signal(object)
    opened = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("outline")
        self.setProperty("role", "panel")
        self._model = QStandardItemModel(self)
        self.tree = OutlineTree(self)
        self.tree.setObjectName("outline-tree")
        self.tree.setAccessibleName(_("Outline"))
        self.tree.setModel(self._model)
        self.tree.setItemDelegate(OutlineDelegate(theme, self.tree))
        self.tree.setHeaderHidden(True)
        self.tree.setIndentation(theme.px(INDENT))
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
        column.addWidget(PanelTitle(_("Outline"), self))
        column.addWidget(self.tree, 1)

    def show_rows(self, rows: Sequence[OutlineRow], selected: Collection[str]) -> None:
        """Show a playbook and what of it is selected."""
        if rows != self._rows:
            self._rows = rows
            self._is_showing = True
            before = self._place_of_current()
            self._model.clear()
            self._model.invisibleRootItem().appendRows([_item(row) for row in rows])
            self.tree.expandAll()
            self._go_back_to(before)
            self._is_showing = False
        self.show_selection(selected)

    def show_words(self, words: Mapping[str, NodeWords]) -> None:
        """Say of these nodes what is so with them now; nothing folds or moves."""
        for index in self._indexes():
            said = words.get(str(index.data(NODE_ROLE)))
            if said is not None and not index.data(LINE_ROLE):
                item = self._model.itemFromIndex(index)
                _show(item, said.title, said)

    def show_selection(self, selected: Collection[str]) -> None:
        """Select the rows of these nodes and lines."""
        if selected == self._selected():
            return
        found = QItemSelection()
        rows = [index for index in self._indexes() if _name(index) in selected]
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
        return frozenset(_name(index) for index in chosen)

    def _place_of_current(self) -> int:
        """Return which row from the top the keys stand on; -1 for none."""
        current = self.tree.currentIndex()
        return next((place for place, index in enumerate(self._indexes()) if index == current), -1)

    def _go_back_to(self, place: int) -> None:
        """Let the keys stand where they stood, so that nobody is thrown to the top by an edit; nothing is selected."""
        there = list(self._indexes())
        if place >= 0 and there:
            row = there[min(place, len(there) - 1)]
            self.tree.selectionModel().setCurrentIndex(row, QItemSelectionModel.SelectionFlag.NoUpdate)

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
        if index.data(LINE_ROLE):
            self.show_selection(frozenset((node,)))
            self.chosen.emit(frozenset((node,)))
        else:
            self.opened.emit(node)


def _name(index: QModelIndex) -> str:
    """Return what is selected with a row: a line's text, or a node's id."""
    return str(index.data(LINE_ROLE) or index.data(NODE_ROLE))


def _item(row: OutlineRow) -> QStandardItem:
    item = QStandardItem()
    _show(item, row.text, row)
    item.setData(row.node, NODE_ROLE)
    item.setData(row.line, LINE_ROLE)
    item.setToolTip(plain_tip(row.text))
    item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
    item.appendRows([_item(one) for one in row.rows])
    return item


def _show(item: QStandardItem, title: str, words: OutlineRow | NodeWords) -> None:
    item.setText(f"{title} · {words.state}" if words.state else title)
    item.setAccessibleText(words.spoken)
    item.setData(words.state, STATE_ROLE)
    item.setData(words.face, FACE_ROLE)
    item.setData(words.look, LOOK_ROLE)
