"""The list of runs as Qt's model: it shows the pages it was given and says when another one is wanted."""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum
from typing import Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from typing_extensions import override

from tocsin.base.texts import _, in_context
from tocsin.services.past import ListedRun
from tocsin.ui.run_dock.words import STATUS_WORDS, changes_words, date_words, duration_words, tooltip

ROOT: Final = QModelIndex()
RUN_ROLE: Final = int(Qt.ItemDataRole.UserRole) + 1
"""The ListedRun of a row."""
Index = QModelIndex | QPersistentModelIndex


class Column(IntEnum):
    """What a row says, from left to right."""

    RUN = 0
    STATE = 1
    PLAYBOOK = 2
    STARTED = 3
    TIME = 4
    CHANGES = 5
    ENVIRONMENT = 6


TITLES: Final = (
    _("Run"),
    _("State"),
    _("Playbook"),
    _("Started"),
    in_context("duration", "Time"),
    _("Changes"),
    _("Environment"),
)


class HistoryModel(QAbstractTableModel):
    """Runs, newest first.

    Signals:
        more_wanted: The end of what is known has been scrolled to.
    """

    more_wanted = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._runs: list[ListedRun] = []
        self._is_whole = True

    @property
    def runs(self) -> Sequence[ListedRun]:
        """What is known so far."""
        return self._runs

    def show_runs(self, runs: Sequence[ListedRun], *, is_whole: bool) -> None:
        """Show these runs and no others; `is_whole` says that no more follow."""
        self.beginResetModel()
        self._runs = list(runs)
        self._is_whole = is_whole
        self.endResetModel()

    def add_runs(self, runs: Sequence[ListedRun], *, is_whole: bool) -> None:
        """Add what follows."""
        self._is_whole = is_whole
        if runs:
            first = len(self._runs)
            self.beginInsertRows(ROOT, first, first + len(runs) - 1)
            self._runs.extend(runs)
            self.endInsertRows()

    @override
    def rowCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self._runs)

    @override
    def columnCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(Column)

    @override
    def canFetchMore(self, parent: Index) -> bool:
        return not parent.isValid() and not self._is_whole

    @override
    def fetchMore(self, parent: Index) -> None:
        self.more_wanted.emit()

    @override
    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        is_title = orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole
        return TITLES[section] if is_title else None

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        run = self._runs[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return cells(run)[index.column()]
            case Qt.ItemDataRole.ToolTipRole:
                return tooltip(*(part for part in (run.waiting, run.error, _("Run {run}").format(run=run.run)) if part))
            case Qt.ItemDataRole.AccessibleTextRole:
                return ", ".join(part for part in cells(run) if part) if index.column() == Column.RUN else None
            case _ if role == RUN_ROLE:
                return run
            case _:
                return None


def cells(run: ListedRun) -> tuple[str, ...]:
    """Return what a row says, column by column."""
    return (
        run.title,
        STATUS_WORDS[run.status],
        run.playbook,
        date_words(run.started_at),
        duration_words(run.ended_at - run.started_at) if run.ended_at is not None else "",
        changes_words(run.changes - run.unsure, run.unsure),
        run.environment,
    )
