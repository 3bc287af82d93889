"""Data as Qt's models: a tree whose entries are made when they are looked at, and a table of a list of maps."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, cast

from PySide6.QtCore import (
    QAbstractItemModel,
    QAbstractTableModel,
    QMimeData,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)
from typing_extensions import override

from tocsin.base.json_types import Json
from tocsin.ui.expression import VALUE_MIME, value_data
from tocsin.ui.run_dock.data_text import DataPath, columns_of, is_list, line_text, parts_of
from tocsin.ui.widgets.plain_tip import plain_tip

PAGE: Final = 200
ROOT: Final = QModelIndex()
VALUE_ROLE: Final = int(Qt.ItemDataRole.UserRole) + 1
"""The value itself."""
NAME_ROLE: Final = int(Qt.ItemDataRole.UserRole) + 2
"""Its field's name, or its place in its list."""
Index = QModelIndex | QPersistentModelIndex


class Entry:
    """One value in the tree. Its parts are entered when somebody looks.

    Attributes:
        name: Its field's name, or its place in a list; "" for a value that stands alone.
        value: It.
        parent: What it is in, or None at the top.
        row: Its place there.
        parts: What it holds, as far as it was looked at.
    """

    __slots__ = ("_source", "name", "parent", "parts", "row", "value")

    def __init__(self, name: str | int, value: Json, parent: Entry | None, row: int) -> None:
        self.name = name
        self.value = value
        self.parent = parent
        self.row = row
        self.parts: list[Entry] = []
        self._source: list[tuple[str | int, Json]] | None = None

    @property
    def count(self) -> int:
        """How many parts there are in all."""
        if self._source is None:
            self._source = parts_of(self.value)
        return len(self._source)

    def extend(self, to: int) -> None:
        """Enter the parts up to the `to`-th."""
        source = self._source or []
        for row in range(len(self.parts), min(to, self.count)):
            name, value = source[row]
            self.parts.append(Entry(name, value, self, row))


class DataModel(QAbstractItemModel):
    """A value as a tree, two hundred entries of each list or map at a time."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._root = Entry("", {}, None, 0)
        self._is_plain = False
        self._source = ""

    def set_source(self, node: str) -> None:
        """Let values be dragged into fields, as what a node gave; "" for none."""
        self._source = node

    def show_value(self, value: Json) -> None:
        """Show another value."""
        self.beginResetModel()
        self._is_plain = not isinstance(value, Mapping) and not is_list(value)
        self._root = Entry("", {"": value} if self._is_plain and value is not None else value, None, 0)
        self._root.extend(min(self._root.count, PAGE))
        self.endResetModel()

    def index_of(self, path: DataPath) -> QModelIndex:
        """Return the index of a place, entering what lies before it; an invalid one for the whole."""
        index, entry = QModelIndex(), self._root
        for name in path:
            names = [key for key, _ in parts_of(entry.value)]
            row = names.index(name)
            while row >= self.rowCount(index):
                self.fetchMore(index)
            index = self.index(row, 0, index)
            entry = entry.parts[row]
        return index

    def path_of(self, index: Index) -> DataPath:
        """Return where an index stands."""
        path: list[str | int] = []
        entry = self._entry(index)
        while entry.parent is not None:
            path.append(entry.name)
            entry = entry.parent
        return tuple(reversed(path))

    def _entry(self, index: Index) -> Entry:
        return cast("Entry", index.internalPointer()) if index.isValid() else self._root

    @override
    def index(self, row: int, column: int, parent: Index = ROOT) -> QModelIndex:
        parts = self._entry(parent).parts
        return self.createIndex(row, column, parts[row]) if 0 <= row < len(parts) and column == 0 else QModelIndex()

    @override
    def parent(self, child: Index) -> QModelIndex:  # pyright: ignore[reportIncompatibleMethodOverride]  Qt's parent() has two forms
        above = self._entry(child).parent
        return self.createIndex(above.row, 0, above) if above is not None and above is not self._root else QModelIndex()

    @override
    def rowCount(self, parent: Index = ROOT) -> int:
        return len(self._entry(parent).parts)

    @override
    def columnCount(self, parent: Index = ROOT) -> int:
        return 1

    @override
    def hasChildren(self, parent: Index = ROOT) -> bool:
        return self._entry(parent).count > 0

    @override
    def canFetchMore(self, parent: Index) -> bool:
        entry = self._entry(parent)
        return len(entry.parts) < entry.count

    @override
    def fetchMore(self, parent: Index) -> None:
        entry = self._entry(parent)
        first = len(entry.parts)
        last = min(first + PAGE, entry.count) - 1
        if last >= first:
            self.beginInsertRows(parent, first, last)
            entry.extend(last + 1)
            self.endInsertRows()

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        entry = self._entry(index)
        if role == VALUE_ROLE:
            return entry.value
        if role == NAME_ROLE:
            return str(entry.name)
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole}:
            words = f"{entry.name}: {line_text(entry.value)}" if entry.name != "" else line_text(entry.value)
            return plain_tip(words) if role == Qt.ItemDataRole.ToolTipRole else words
        return None

    @override
    def flags(self, index: Index) -> Qt.ItemFlag:
        return drag_flags(super().flags(index), self._source)

    @override
    def mimeTypes(self) -> list[str]:
        return [VALUE_MIME]

    @override
    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        return value_data(self._source, () if self._is_plain else self.path_of(indexes[0]))


class DataTable(QAbstractTableModel):
    """A list of maps as a table."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: Sequence[Json] = ()
        self._columns: tuple[str, ...] = ()
        self._source = ""

    def set_source(self, node: str) -> None:
        """Let values be dragged into fields, as what a node gave; "" for none."""
        self._source = node

    def show_value(self, value: Json) -> None:
        """Show another value; one that is no table shows nothing."""
        self.beginResetModel()
        self._columns = columns_of(value)
        self._rows = cast("Sequence[Json]", value) if self._columns else ()
        self.endResetModel()

    def _cell(self, index: Index) -> Json:
        row = self._rows[index.row()]
        return row.get(self._columns[index.column()]) if isinstance(row, Mapping) else None

    @override
    def rowCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self._rows)

    @override
    def columnCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self._columns)

    @override
    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        return self._columns[section] if orientation is Qt.Orientation.Horizontal else section + 1

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        value = self._cell(index)
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return "" if value is None else line_text(value)
            case _ if role == VALUE_ROLE:
                return value
            case _:
                return None

    @override
    def flags(self, index: Index) -> Qt.ItemFlag:
        return drag_flags(super().flags(index), self._source)

    @override
    def mimeTypes(self) -> list[str]:
        return [VALUE_MIME]

    @override
    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        return value_data(self._source, (indexes[0].row(), self._columns[indexes[0].column()]))


def drag_flags(flags: Qt.ItemFlag, source: str) -> Qt.ItemFlag:
    """Return the flags of a value, which can be dragged where it is known which node gave it."""
    return flags | Qt.ItemFlag.ItemIsDragEnabled if source else flags
