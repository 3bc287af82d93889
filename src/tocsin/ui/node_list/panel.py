"""The panel at the left: search, and the list to drag from."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QModelIndex, QPoint, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QStackedWidget, QTreeView, QVBoxLayout, QWidget
from typing_extensions import override

from tocsin.base.texts import _
from tocsin.ui.node_list.delegate import NodeListDelegate
from tocsin.ui.node_list.entries import Section
from tocsin.ui.node_list.foot_row import FootRow
from tocsin.ui.node_list.model import ROW_ROLE, FoundNodes, NodeListModel, Row, payload_of
from tocsin.ui.theme import Theme
from tocsin.ui.widgets.empty_state import EmptyState
from tocsin.ui.widgets.icon_button import IconButton
from tocsin.ui.widgets.panel_title import PanelTitle
from tocsin.ui.widgets.round_menu import RoundMenu
from tocsin.ui.widgets.search_field import SearchField

CONNECT: Final = _("Connect a product")
SIDE: Final = 10
LIST_SIDE: Final = 6


class NodeListPanel(QFrame):
    """Offers nodes: drag one to the canvas, press its “+”, double click it or enter it.

    In the search Enter takes the first that was found, and Down goes into the list.

    Signals:
        chosen: The payload of the entry that was chosen; a drag tells the canvas, not this.
        connect_requested: A product shall be connected.
    """

    chosen = Signal(str)
    connect_requested = Signal()

    def __init__(self, sections: Sequence[Section], theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("node-list")
        self.setProperty("role", "panel")
        self._search = SearchField(theme, _("Find a node or action"), parent=self)
        self._nodes = NodeListModel(sections, self)
        self._found = FoundNodes(self._nodes, self)
        self._tree = self._make_tree(theme)
        self._empty = EmptyState(theme, "search", "", parent=self)
        self._empty.setObjectName("no-node-found")
        self._empty.asked.connect(self.connect_requested)
        self._connect = self._make_connect(theme)
        self._pages = QStackedWidget(self)
        self._open: dict[str, bool] = {}
        self._search.textChanged.connect(self._on_search)
        self._search.returnPressed.connect(self._on_entered)
        theme.changed.connect(self._tree.scheduleDelayedItemsLayout)
        self._arrange(theme)
        self._open_usual()
        self.setFocusProxy(self._search)

    @property
    def model(self) -> FoundNodes:
        """The model that the list shows."""
        return self._found

    @property
    def recent(self) -> tuple[str, ...]:
        """The payloads of what was used last, latest first: for the settings to keep."""
        return self._nodes.recent

    @property
    def search(self) -> SearchField:
        """Where one types what is looked for."""
        return self._search

    def set_recent(self, payloads: Sequence[str]) -> None:
        """List these as used last."""
        self._nodes.set_recent(payloads)
        self._expand_headings()

    def note_used(self, payload: str) -> None:
        """List this first among what was used last, however it came to the canvas."""
        self.set_recent((payload, *self.recent))

    def focus_search(self) -> None:
        """Put the cursor into the search."""
        self._search.setFocus()
        self._search.selectAll()

    def set_connecting(self, is_offered: bool) -> None:
        """Offer to connect a product, or do not where that cannot be done."""
        self._connect.setVisible(is_offered)
        self._empty.set_action(CONNECT if is_offered else "")

    def set_locked(self, locked: bool) -> None:
        """Offer nothing while a run is on."""
        self._tree.setEnabled(not locked)

    def _make_connect(self, theme: Theme) -> FootRow:
        row = FootRow(theme, "plug", CONNECT, self)
        row.setObjectName("node-list-connect")
        row.clicked.connect(self.connect_requested)
        row.hide()
        return row

    def _make_tree(self, theme: Theme) -> QTreeView:
        tree = QTreeView(self)
        tree.setObjectName("node-list-tree")
        tree.setAccessibleName(_("Nodes"))
        tree.setModel(self._found)
        delegate = NodeListDelegate(theme, tree)
        delegate.plus_pressed.connect(self.chosen)
        tree.setItemDelegate(delegate)
        tree.setHeaderHidden(True)
        tree.setRootIsDecorated(False)
        tree.setIndentation(0)
        tree.setUniformRowHeights(True)
        tree.setMouseTracking(True)
        tree.setExpandsOnDoubleClick(False)
        tree.setDragEnabled(True)
        tree.setDragDropMode(QAbstractItemView.DragDropMode.DragOnly)
        tree.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        tree.clicked.connect(self._on_clicked)
        tree.activated.connect(self._on_activated)
        return tree

    def _arrange(self, theme: Theme) -> None:
        title = PanelTitle(_("Nodes"), self)
        more = IconButton(theme, "ellipsis", _("More about the list"), parent=self)
        self._menu = RoundMenu(self)
        self._menu.addAction(_("Open all groups")).triggered.connect(self._tree.expandAll)
        self._menu.addAction(_("Close all groups")).triggered.connect(self._tree.collapseAll)
        more.clicked.connect(self._on_more)
        self._more = more
        title.add_end(more)
        self._pages.addWidget(self._tree)
        self._pages.addWidget(self._empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(title)
        for widget, side, above in ((self._search, SIDE, 8), (self._pages, LIST_SIDE, 4)):
            inset = QVBoxLayout()
            inset.setContentsMargins(side, above, side, 0)
            inset.addWidget(widget)
            column.addLayout(inset, 1 if widget is self._pages else 0)
        column.addWidget(self._connect)

    def _open_usual(self) -> None:
        """Headings open, categories closed."""
        self._tree.collapseAll()
        self._expand_headings()

    def _expand_headings(self) -> None:
        for row in range(self._found.rowCount()):
            self._tree.expand(self._found.index(row, 0))

    def _branches(self) -> list[QModelIndex]:
        """The headings, and the categories under them."""
        headings = [self._found.index(row, 0) for row in range(self._found.rowCount())]
        below = [self._found.index(row, 0, top) for top in headings for row in range(self._found.rowCount(top))]
        return [*headings, *(index for index in below if index.data(ROW_ROLE) == Row.CATEGORY)]

    @Slot(str)
    def _on_search(self, text: str) -> None:
        """Show what answers, all of it open; afterwards the groups are as they were before."""
        if not self._found.query:
            self._open = {str(index.data()): self._tree.isExpanded(index) for index in self._branches()}
        self._found.set_query(text)
        if self._found.query:
            self._tree.expandAll()
        else:
            for index in self._branches():
                self._tree.setExpanded(index, self._open.get(str(index.data()), True))
        is_empty = self._found.rowCount() == 0
        self._empty.set_line(_("No node or action matches “{query}”.").format(query=self._found.query))
        self._pages.setCurrentWidget(self._empty if is_empty else self._tree)

    def _first_entry(self) -> QModelIndex:
        """The node that is called what is searched for, else the first in the list; not valid where there is none."""
        entries: list[QModelIndex] = []
        index = self._found.index(0, 0)
        while index.isValid():
            if payload_of(index):
                entries.append(index)
            index = self._tree.indexBelow(index)
        sought = self._found.query.casefold()
        exact = (entry for entry in entries if str(entry.data()).casefold() == sought)
        return next(exact, entries[0] if entries else QModelIndex())

    @Slot()
    def _on_entered(self) -> None:
        """Take the first that was found; the next search begins anew."""
        payload = payload_of(self._first_entry()) if self._found.query and self._tree.isEnabled() else ""
        if payload:
            self._search.clear()
            self.chosen.emit(payload)

    @Slot(QModelIndex)
    def _on_clicked(self, index: QModelIndex) -> None:
        if not payload_of(index):
            self._tree.setExpanded(index, not self._tree.isExpanded(index))

    @Slot(QModelIndex)
    def _on_activated(self, index: QModelIndex) -> None:
        payload = payload_of(index)
        if payload:
            self.chosen.emit(payload)

    @Slot()
    def _on_more(self) -> None:
        self._menu.popup(self._more.mapToGlobal(QPoint(0, self._more.height())))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Down leads from the search into the list; what the search does not want comes here."""
        if event.key() == Qt.Key.Key_Down and self._search.hasFocus():
            self._tree.setFocus()
            self._tree.setCurrentIndex(self._first_entry())
        else:
            super().keyPressEvent(event)
