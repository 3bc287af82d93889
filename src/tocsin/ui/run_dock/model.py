"""The settled nodes as Qt's model: rows are only added, newest last."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor
from typing_extensions import override

from tocsin.engine.events import NodeState
from tocsin.ui.run_dock.settled import STATE_WORDS, SettledRow
from tocsin.ui.theme import Theme

COLUMNS: Final = ("Step", "State", "What happened", "Time")
ROOT: Final = QModelIndex()


class SettledModel(QAbstractTableModel):
    """What settled so far in the run that is shown."""

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[SettledRow] = []
        self._colours = {
            NodeState.SUCCEEDED: QColor(theme.tokens.succeeded),
            NodeState.FAILED: QColor(theme.tokens.failed),
            NodeState.SKIPPED: QColor(theme.tokens.text3),
            NodeState.CANCELLED: QColor(theme.tokens.text3),
        }

    @property
    def rows(self) -> tuple[SettledRow, ...]:
        """What is shown."""
        return tuple(self._rows)

    def clear(self) -> None:
        """Show nothing: another run begins."""
        self.beginResetModel()
        self._rows.clear()
        self.endResetModel()

    def add(self, rows: list[SettledRow]) -> None:
        """Add rows at the end."""
        if rows:
            first = len(self._rows)
            self.beginInsertRows(ROOT, first, first + len(rows) - 1)
            self._rows.extend(rows)
            self.endInsertRows()

    def find_last(self, node: str) -> int | None:
        """Return the last row of a node, or None when it has not settled."""
        return next((row for row in reversed(range(len(self._rows))) if self._rows[row].node == node), None)

    @override
    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = ROOT) -> int:
        return 0 if parent.isValid() else len(self._rows)

    @override
    def columnCount(self, parent: QModelIndex | QPersistentModelIndex = ROOT) -> int:
        return 0 if parent.isValid() else len(COLUMNS)

    @override
    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        is_title = orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole
        return COLUMNS[section] if is_title else None

    @override
    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = self._rows[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return (row.path, STATE_WORDS[row.state], row.summary, row.seconds)[index.column()]
            case Qt.ItemDataRole.ForegroundRole:
                return self._colours.get(row.state) if index.column() == 1 else None
            case Qt.ItemDataRole.ToolTipRole:
                return row.summary or None
            case _:
                return None
