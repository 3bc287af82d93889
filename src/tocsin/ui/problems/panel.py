"""The panel of problems: a click shows the node; the buttons below say why, and mend what one step can mend."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import QModelIndex, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QStackedWidget,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from tocsin.base.texts import _
from tocsin.model.problems import CheckCode, Problem
from tocsin.ui.problems.delegate import ProblemsDelegate
from tocsin.ui.problems.model import ProblemsModel, find_problem
from tocsin.ui.problems.places import ProblemPlaces
from tocsin.ui.theme import Theme
from tocsin.ui.widgets.empty_state import EmptyState
from tocsin.ui.widgets.words import Words

NONE: Final = _("No problems. This playbook can run.")
_CHECKS: Final = frozenset(map(str, CheckCode))
SIDE: Final = 6
PADDING: Final = 14


class ProblemsPanel(QFrame):
    """Lists problems, the worst first.

    Signals:
        problem_chosen: The Problem whose row is current now.
        problem_opened: The Problem that was double clicked or entered.
        fix_requested: The Problem whose fix shall be done.
        why_requested: The Problem that shall be explained.
    """

    problem_chosen = Signal(object)
    problem_opened = Signal(object)
    fix_requested = Signal(object)
    why_requested = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("problems-panel")
        self.setProperty("role", "panel")
        self._is_locked = False
        self._model = ProblemsModel(self)
        self._list = self._make_list(theme)
        self._none = EmptyState(theme, "check", NONE, parent=self)
        self._hint = Words(parent=self)
        self._hint.setWordWrap(True)
        self._hint.setProperty("role", "quiet")
        self._hint.setObjectName("problem-hint")
        self._why = self._make_button(_("Why"), "why-problem", self._on_why)
        self._why.setAccessibleName(_("Why: explain this problem"))
        self._why.setToolTip(_("What would happen, and an example that is right."))
        self._fix = self._make_button(_("Fix"), "fix-problem", self._on_fix)
        self._foot = QFrame(self)
        self._foot.setObjectName("problem-foot")
        self._pages = QStackedWidget(self)
        self._arrange()
        theme.changed.connect(self._list.scheduleDelayedItemsLayout)
        self.setFocusProxy(self._list)
        self._refresh_foot()

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What is listed, in the order of the rows."""
        return self._model.problems

    @property
    def current(self) -> Problem | None:
        """The problem whose row is current, or None."""
        return find_problem(self._list.currentIndex())

    def show_problems(self, problems: tuple[Problem, ...], places: ProblemPlaces) -> None:
        """List these problems; the row that was current stays so while its node or field has such a problem.

        Args:
            problems: In the order they were found.
            places: Tells where a problem is.
        """
        before = self.current
        blocked = self._list.selectionModel().blockSignals(True)
        self._model.show(problems, places)
        self._list.expandAll()
        row = _find_row(before, self.problems) if before is not None else None
        if row is not None:
            self._list.setCurrentIndex(self._model.index_of(row))
        self._list.selectionModel().blockSignals(blocked)
        self._pages.setCurrentIndex(1 if problems else 0)
        self._refresh_foot()

    def go(self, step: int) -> None:
        """Make the next (1) or previous (-1) problem the current one; round the end."""
        if not self.problems:
            return
        current = self.current
        start = self.problems.index(current) if current is not None else (-1 if step > 0 else 0)
        row = (start + step) % len(self.problems)
        index = self._model.index_of(row)
        if index == self._list.currentIndex():
            self.problem_chosen.emit(self.problems[row])
        self._list.setCurrentIndex(index)

    def fix_current(self) -> None:
        """Mend the current problem; where that takes a person, go to the next one that can be mended in one step."""
        current = self.current
        if current is not None and current.fix is not None:
            self._on_fix()
            return
        start = self.problems.index(current) if current is not None else -1
        following = (*range(start + 1, len(self.problems)), *range(start + 1))
        row = next((row for row in following if self.problems[row].fix is not None), None)
        if row is not None:
            self._list.setCurrentIndex(self._model.index_of(row))

    def explain_focused(self) -> bool:
        """Ask for the current problem to be explained, if the keyboard is here and it can be; tell whether it is."""
        focus = self.focusWidget() if self.isVisible() else None
        if focus is None or not focus.hasFocus() or self._why.isHidden():
            return False
        self._on_why()
        return self.current is not None

    def set_locked(self, locked: bool) -> None:
        """Mend nothing while a run is on."""
        self._is_locked = locked
        self._refresh_foot()

    def _make_list(self, theme: Theme) -> QTreeView:
        view = QTreeView(self)
        view.setObjectName("problems-list")
        view.setAccessibleName(_("Problems"))
        view.setModel(self._model)
        view.setItemDelegate(ProblemsDelegate(theme, view))
        view.setHeaderHidden(True)
        view.setRootIsDecorated(False)
        view.setIndentation(0)
        view.setUniformRowHeights(True)
        view.setExpandsOnDoubleClick(False)
        view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        view.selectionModel().currentRowChanged.connect(self._on_row)
        view.clicked.connect(self._on_clicked)
        view.activated.connect(self._on_opened)
        return view

    def _make_button(self, text: str, name: str, slot: Callable[[], None]) -> QPushButton:
        button = QPushButton(text, self)
        button.setObjectName(name)
        button.setAutoDefault(False)
        button.clicked.connect(slot)
        return button

    def _arrange(self) -> None:
        listed = QWidget(self)
        inset = QVBoxLayout(listed)
        inset.setContentsMargins(SIDE, 4, SIDE, 0)
        inset.addWidget(self._list)
        for page in (self._none, listed):
            self._pages.addWidget(page)
        row = QHBoxLayout(self._foot)
        row.setContentsMargins(PADDING, 6, PADDING, 6)
        row.setSpacing(12)
        row.addWidget(self._hint, 1)
        row.addWidget(self._why)
        row.addWidget(self._fix)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._pages, 1)
        column.addWidget(self._foot)

    def _refresh_foot(self) -> None:
        """Say all of the current problem, which its row may cut off, and what to do; offer its fix."""
        problem = self.current
        fix = problem.fix if problem else None
        self._hint.setText(f"{problem.message} {problem.hint}".strip() if problem else "")
        is_a_check = problem is not None and problem.code in _CHECKS
        self._foot.setVisible(problem is not None and bool(problem.hint or fix or is_a_check))
        self._why.setVisible(is_a_check)
        self._fix.setVisible(fix is not None)
        self._fix.setEnabled(fix is not None and not self._is_locked)
        self._fix.setText(fix.title.replace("&", "&&") if fix else _("Fix"))
        self._fix.setAccessibleName(_("Fix: {title}").format(title=fix.title) if fix else _("Fix"))
        self._fix.setToolTip(_("Mends this problem in one step; undo takes it back.") if fix else "")

    @Slot(QModelIndex, QModelIndex)
    def _on_row(self, current: QModelIndex, _previous: QModelIndex) -> None:
        self._refresh_foot()
        problem = find_problem(current)
        if problem is not None:
            self.problem_chosen.emit(problem)

    @Slot(QModelIndex)
    def _on_clicked(self, index: QModelIndex) -> None:
        problem = find_problem(index)
        if problem is None:
            self._list.setExpanded(index, not self._list.isExpanded(index))
        else:
            self.problem_chosen.emit(problem)

    @Slot(QModelIndex)
    def _on_opened(self, index: QModelIndex) -> None:
        problem = find_problem(index)
        if problem is not None:
            self.problem_opened.emit(problem)

    @Slot()
    def _on_fix(self) -> None:
        problem = self.current
        if problem is not None and problem.fix is not None and not self._is_locked:
            self.fix_requested.emit(problem)

    @Slot()
    def _on_why(self) -> None:
        problem = self.current
        if problem is not None:
            self.why_requested.emit(problem)


def _find_row(problem: Problem, problems: Sequence[Problem]) -> int | None:
    """Find a problem among those of a later check, where its words, line and fix may be others."""
    if problem in problems:
        return problems.index(problem)
    place = (problem.code, problem.node, problem.field)
    return next((row for row, one in enumerate(problems) if (one.code, one.node, one.field) == place), None)
