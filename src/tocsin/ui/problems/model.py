"""The problems as Qt's model."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from typing_extensions import override

from tocsin.model.problems import Problem, Severity
from tocsin.ui.theme import Theme

COLUMNS: Final = ("Problem", "Where", "Code")
SEVERITY_ICONS: Final = {
    Severity.ERROR: "circle-alert",
    Severity.WARNING: "triangle-alert",
    Severity.INFO: "info",
}
ROOT: Final = QModelIndex()


class ProblemsModel(QAbstractTableModel):
    """Problems in the order they were found."""

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._icons = {severity: theme.icon(name) for severity, name in SEVERITY_ICONS.items()}
        self._problems: tuple[Problem, ...] = ()

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What is shown."""
        return self._problems

    def show(self, problems: tuple[Problem, ...]) -> None:
        """Show these problems and no others."""
        if problems != self._problems:
            self.beginResetModel()
            self._problems = problems
            self.endResetModel()

    @override
    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = ROOT) -> int:
        return 0 if parent.isValid() else len(self._problems)

    @override
    def columnCount(self, parent: QModelIndex | QPersistentModelIndex = ROOT) -> int:
        return 0 if parent.isValid() else len(COLUMNS)

    @override
    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        is_title = orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole
        return COLUMNS[section] if is_title else None

    @override
    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        problem = self._problems[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return _text(problem, index.column())
            case Qt.ItemDataRole.DecorationRole:
                return self._icons[problem.severity] if index.column() == 0 else None
            case Qt.ItemDataRole.ToolTipRole:
                return f"{problem.message} {problem.hint}".strip() if index.column() == 0 else None
            case Qt.ItemDataRole.AccessibleTextRole:
                return f"{problem.severity}: {problem.message}" if index.column() == 0 else None
            case _:
                return None


def _text(problem: Problem, column: int) -> str:
    where = " · ".join(part for part in (problem.node, problem.field) if part)
    return (f"{problem.message} {problem.hint}".strip(), where, str(problem.code))[column]
