"""The panel of problems: a click shows the node, “Fix” mends it in one step."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QModelIndex, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QStackedWidget,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from tocsin.model.problems import Problem
from tocsin.ui.problems.model import ProblemsModel
from tocsin.ui.theme import Theme

WHERE_WIDTH: Final = 140


class ProblemsPanel(QFrame):
    """Lists problems.

    Signals:
        problem_chosen: The Problem whose row is current now.
        problem_opened: The Problem that was double clicked or entered.
        fix_requested: The Problem whose fix shall be done.
    """

    problem_chosen = Signal(object)
    problem_opened = Signal(object)
    fix_requested = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("problems-panel")
        self.setProperty("role", "panel")
        self._is_locked = False
        self._model = ProblemsModel(theme, self)
        self._list = self._make_list()
        self._none = QLabel("No problems. This playbook can run.", self)
        self._none.setProperty("role", "hint")
        self._none.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._fix = QPushButton("Fix", self)
        self._fix.setObjectName("fix-problem")
        self._fix.setAutoDefault(False)
        self._fix.hide()
        self._fix.clicked.connect(self._on_fix)
        self._pages = QStackedWidget(self)
        self._pages.addWidget(self._none)
        self._pages.addWidget(self._list)
        self._arrange()

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What is listed."""
        return self._model.problems

    @property
    def current(self) -> Problem | None:
        """The problem whose row is current, or None."""
        row = self._list.currentIndex().row()
        return self.problems[row] if 0 <= row < len(self.problems) else None

    def show_problems(self, problems: tuple[Problem, ...]) -> None:
        """List these problems; the row that was current stays so if its problem is still there."""
        before = self.current
        self._model.show(problems)
        self._pages.setCurrentWidget(self._list if problems else self._none)
        if before in problems:
            self._set_row(problems.index(before), tell=False)
        self._refresh_fix()

    def go(self, step: int) -> None:
        """Make the next (1) or previous (-1) problem the current one; round the end."""
        if self.problems:
            row = self._list.currentIndex().row()
            start = row if row >= 0 else (-1 if step > 0 else 0)
            self._set_row((start + step) % len(self.problems), tell=True)

    def set_locked(self, locked: bool) -> None:
        """Mend nothing while a run is on."""
        self._is_locked = locked
        self._refresh_fix()

    def _set_row(self, row: int, *, tell: bool) -> None:
        index = self._model.index(row, 0)
        if tell and self._list.currentIndex().row() == row:
            self.problem_chosen.emit(self.problems[row])
        blocked = self._list.selectionModel().blockSignals(not tell)
        self._list.setCurrentIndex(index)
        self._list.selectionModel().blockSignals(blocked)

    def _make_list(self) -> QTreeView:
        view = QTreeView(self)
        view.setObjectName("problems-list")
        view.setAccessibleName("Problems")
        view.setModel(self._model)
        view.setRootIsDecorated(False)
        view.setUniformRowHeights(True)
        view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        view.setTextElideMode(Qt.TextElideMode.ElideRight)
        header = view.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.resizeSection(1, WHERE_WIDTH)
        header.setSectionResizeMode(2, QHeaderView.ResizeMode.ResizeToContents)
        view.selectionModel().currentRowChanged.connect(self._on_row)
        view.clicked.connect(self._on_clicked)
        view.activated.connect(self._on_opened)
        return view

    def _arrange(self) -> None:
        row = QHBoxLayout()
        row.setContentsMargins(8, 0, 8, 6)
        row.addStretch(1)
        row.addWidget(self._fix)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self._pages, 1)
        column.addLayout(row)

    def _refresh_fix(self) -> None:
        problem = self.current
        fix = problem.fix if problem else None
        self._fix.setVisible(fix is not None)
        self._fix.setEnabled(fix is not None and not self._is_locked)
        self._fix.setText(fix.title.replace("&", "&&") if fix else "Fix")
        self._fix.setAccessibleName(f"Fix: {fix.title}" if fix else "Fix")
        self._fix.setToolTip("Mends this problem in one step; undo takes it back." if fix else "")

    @Slot(QModelIndex, QModelIndex)
    def _on_row(self, current: QModelIndex, _previous: QModelIndex) -> None:
        self._refresh_fix()
        if current.isValid():
            self.problem_chosen.emit(self.problems[current.row()])

    @Slot(QModelIndex)
    def _on_clicked(self, index: QModelIndex) -> None:
        self.problem_chosen.emit(self.problems[index.row()])

    @Slot(QModelIndex)
    def _on_opened(self, index: QModelIndex) -> None:
        self.problem_opened.emit(self.problems[index.row()])

    @Slot()
    def _on_fix(self) -> None:
        problem = self.current
        if problem is not None and problem.fix is not None:
            self.fix_requested.emit(problem)
