"""The list of nodes as Qt's model: headings, categories and entries, what of them is found, and what a drag carries."""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum
from typing import Final

from PySide6.QtCore import QByteArray, QMimeData, QModelIndex, QObject, QPersistentModelIndex, QSortFilterProxyModel, Qt
from PySide6.QtGui import QStandardItem, QStandardItemModel
from typing_extensions import override

from tocsin.base.texts import _
from tocsin.ui.canvas.drop import MIME_TYPE
from tocsin.ui.node_list.entries import Entry, Section
from tocsin.ui.widgets.plain_tip import plain_tip

ENTRY_ROLE: Final = int(Qt.ItemDataRole.UserRole) + 1
ROW_ROLE: Final = ENTRY_ROLE + 1
ICON_ROLE: Final = ENTRY_ROLE + 2
COUNT_ROLE: Final = ENTRY_ROLE + 3
RECENT: Final = _("Recent")
ACTIONS: Final = _("Actions")
MOST_RECENT: Final = 3

Index = QModelIndex | QPersistentModelIndex


class Row(IntEnum):
    """What a row is."""

    HEADING = 0
    CATEGORY = 1
    ENTRY = 2


class NodeListModel(QStandardItemModel):
    """Recent, Triggers and Logic with their entries; Actions with its categories, these with theirs."""

    def __init__(self, sections: Sequence[Section], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._entries = {entry.payload: entry for section in sections for entry in section.entries}
        self._recent = _branch(RECENT, Row.HEADING, ())
        self._used: tuple[str, ...] = ()
        actions = _branch(ACTIONS, Row.HEADING, ())
        self.appendRow(self._recent)
        for section in sections:
            if section.icon:
                actions.appendRow(_branch(section.title, Row.CATEGORY, section.entries, section.icon))
            else:
                self.appendRow(_branch(section.title, Row.HEADING, section.entries))
        self.appendRow(actions)

    @property
    def recent(self) -> tuple[str, ...]:
        """The payloads of what was used last, latest first."""
        return self._used

    def set_recent(self, payloads: Sequence[str]) -> None:
        """List these as used last; what is not offered any more is left out."""
        self._used = tuple(dict.fromkeys(payload for payload in payloads if payload in self._entries))[:MOST_RECENT]
        self._recent.removeRows(0, self._recent.rowCount())
        self._recent.appendRows([_leaf(self._entries[payload]) for payload in self._used])

    @override
    def mimeTypes(self) -> list[str]:
        return [MIME_TYPE]

    @override
    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        data = QMimeData()
        payloads = [payload_of(index) for index in indexes]
        data.setData(MIME_TYPE, QByteArray(payloads[0].encode() if payloads else b""))
        return data


class FoundNodes(QSortFilterProxyModel):
    """What of the list answers a query, under its headings; a heading with nothing under it is not there."""

    def __init__(self, model: NodeListModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._query = ""
        self.setRecursiveFilteringEnabled(True)
        self.setSourceModel(model)

    @property
    def query(self) -> str:
        """What is looked for."""
        return self._query

    def set_query(self, query: str) -> None:
        """Look for something else; "" finds everything."""
        self._query = query.strip()
        self.setFilterFixedString(self._query)

    @override
    def filterAcceptsRow(self, source_row: int, source_parent: Index) -> bool:
        index = self.sourceModel().index(source_row, 0, source_parent)
        entry = find_entry(index)
        return entry is not None and entry.answers(self._query)


def find_entry(index: Index) -> Entry | None:
    """Return the entry of a row, or None for a heading."""
    entry: object = index.data(ENTRY_ROLE)
    return entry if isinstance(entry, Entry) else None


def payload_of(index: Index) -> str:
    """Return what the row of an index would put on the canvas, or "" for a heading."""
    entry = find_entry(index)
    return entry.payload if entry else ""


def _branch(title: str, row: Row, entries: Sequence[Entry], icon: str = "") -> QStandardItem:
    item = QStandardItem(title)
    item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
    item.setData(row, ROW_ROLE)
    item.setData(icon, ICON_ROLE)
    item.setData(len(entries), COUNT_ROLE)
    item.setAccessibleText(f"{title}, {len(entries)}" if row is Row.CATEGORY else title)
    item.appendRows([_leaf(entry, has_tile=row is Row.HEADING) for entry in entries])
    return item


def _leaf(entry: Entry, *, has_tile: bool = True) -> QStandardItem:
    item = QStandardItem(entry.title)
    item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsDragEnabled)
    item.setData(Row.ENTRY, ROW_ROLE)
    item.setData(entry, ENTRY_ROLE)
    item.setData(entry.icon if has_tile else "", ICON_ROLE)
    item.setToolTip(plain_tip(entry.tip))
    item.setAccessibleText(f"{entry.title}, {entry.words}" if entry.words else entry.title)
    return item
