"""The problems as Qt's model: a group for each severity, the worst first, and in it the problems as they were found."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QStandardItem, QStandardItemModel
from typing_extensions import override

from tocsin.base.texts import _
from tocsin.model.problems import Problem, Severity
from tocsin.ui.problems.places import ProblemPlaces
from tocsin.ui.widgets.plain_tip import plain_tip

PROBLEM_ROLE: Final = int(Qt.ItemDataRole.UserRole) + 1
WHERE_ROLE: Final = PROBLEM_ROLE + 1
GROUPS: Final = {
    Severity.ERROR: (_("error"), _("errors")),
    Severity.WARNING: (_("warning"), _("warnings")),
    Severity.INFO: (_("remark"), _("remarks")),
}
"""In the order of the list: how one and how many are called."""

Index = QModelIndex | QPersistentModelIndex


class ProblemsModel(QStandardItemModel):
    """Groups with their problems. A group without a problem is not there."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._items: list[QStandardItem] = []

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What is shown, in the order of the rows."""
        return tuple(problem for item in self._items if (problem := find_problem(item.index())) is not None)

    def show(self, problems: Sequence[Problem], places: ProblemPlaces) -> None:
        """Show these problems and no others.

        Args:
            problems: In the order they were found.
            places: Tells where a problem is.
        """
        self.clear()
        self._items = []
        for severity, words in GROUPS.items():
            found = [problem for problem in problems if problem.severity is severity]
            if found:
                heading = QStandardItem(f"{len(found)} {words[len(found) > 1]}")
                heading.setFlags(Qt.ItemFlag.ItemIsEnabled)
                rows = [_Row(problem, places) for problem in found]
                heading.appendRows(rows)
                self.appendRow(heading)
                self._items += rows

    def index_of(self, row: int) -> QModelIndex:
        """Return the index of the problem at this place of `problems`."""
        return self._items[row].index()


def find_problem(index: Index) -> Problem | None:
    """Return the problem of a row, or None for a group's heading."""
    problem: object = index.data(PROBLEM_ROLE)
    return problem if isinstance(problem, Problem) else None


class _Row(QStandardItem):
    """One problem. Where it is takes a form to say, so it is asked for once it is seen."""

    def __init__(self, problem: Problem, places: ProblemPlaces) -> None:
        super().__init__(problem.message)
        self._problem = problem
        self._places = places
        self.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
        self.setData(problem, PROBLEM_ROLE)
        self.setToolTip(plain_tip(f"{problem.message} {problem.hint} ({problem.code})".replace("  ", " ")))

    @override
    def data(self, role: int = int(Qt.ItemDataRole.DisplayRole)) -> object:
        if role == WHERE_ROLE:
            return self._places.of(self._problem).text
        if role == Qt.ItemDataRole.AccessibleTextRole:
            spoken = f"{self._problem.severity}: {self._problem.message}"
            return ", ".join(part for part in (spoken, self._places.of(self._problem).text) if part)
        return super().data(role)
