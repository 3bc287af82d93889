"""The goals of the scenario, each with whether it is reached; it follows the world."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QVBoxLayout, QWidget

from tocsin.base.texts import _, beginning
from tocsin.services.lab_desk import GoalState, LabGoal
from tocsin.ui.lab.report import GOALS
from tocsin.ui.theme import Theme, icon_pixmap
from tocsin.ui.theme.icons import EDGE
from tocsin.ui.widgets.words import Words

NONE: Final = _("This scenario has no goals.")
ICONS: Final = {GoalState.REACHED: "check", GoalState.OPEN: "circle-dot", GoalState.UNKNOWN: "eye"}


class GoalsView(QFrame):
    """The goals under their heading."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("lab-goals")
        self._theme = theme
        self._goals: tuple[LabGoal, ...] | None = None
        self._heading = QLabel(self)
        self._heading.setProperty("role", "panel-title")
        self._body = QWidget(self)
        column = self._column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._heading)
        column.addWidget(self._body)
        self._marks: list[tuple[QLabel, GoalState]] = []
        theme.changed.connect(self._tint)
        self.show_goals(())

    @property
    def heading(self) -> str:
        """What stands over the goals."""
        return self._heading.text()

    @property
    def goals(self) -> tuple[LabGoal, ...]:
        """What is shown."""
        return self._goals or ()

    def show_goals(self, goals: tuple[LabGoal, ...]) -> None:
        """Show how far the scenario is."""
        if goals == self._goals:
            return
        self._goals = goals
        reached = sum(goal.state is GoalState.REACHED for goal in goals)
        self._heading.setText(
            _("Goals, {reached} of {count} reached").format(reached=reached, count=len(goals)) if goals else _("Goals")
        )
        body, self._marks = QWidget(self), []
        grid = QGridLayout(body)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(2)
        grid.setColumnStretch(1, 1)
        for goal in goals:
            self._add(grid, goal)
        if not goals:
            grid.addWidget(_caption(NONE), 0, 0, 1, 2)
        self._column.replaceWidget(self._body, body)
        self._body.deleteLater()
        self._body = body
        self._tint()

    def _add(self, grid: QGridLayout, goal: LabGoal) -> None:
        row = grid.rowCount()
        mark, words, state = QLabel(), Words(goal.words), _caption(GOALS[goal.state])
        words.setWordWrap(True)
        words.setAccessibleName(f"{goal.words} {beginning(GOALS[goal.state])}.")
        grid.addWidget(mark, row, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(words, row, 1)
        grid.addWidget(state, row + 1, 1)
        self._marks.append((mark, goal.state))

    @Slot()
    def _tint(self) -> None:
        tokens, edge = self._theme.tokens, self._theme.px(EDGE)
        for mark, state in self._marks:
            colour = tokens.succeeded if state is GoalState.REACHED else tokens.text2
            mark.setPixmap(icon_pixmap(ICONS[state], colour, edge, self.devicePixelRatioF()))


def _caption(text: str) -> QLabel:
    label = QLabel(text)
    label.setProperty("role", "lab-caption")
    return label
