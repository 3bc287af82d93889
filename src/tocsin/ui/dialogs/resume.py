"""Runs whose process has ended, listed: let them go on, look at one, or later. Open it, never execute it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from tocsin.base.plain_text import one_line
from tocsin.services.past import ListedRun
from tocsin.ui.run_dock.words import counted, date_words

COLUMNS: Final = ("Run", "Playbook", "Started", "It stands")
WIDTHS: Final = (
    QHeaderView.ResizeMode.Interactive,
    QHeaderView.ResizeMode.Stretch,
    QHeaderView.ResizeMode.ResizeToContents,
    QHeaderView.ResizeMode.Stretch,
)
SIZE: Final = (760, 320)
RUN_WIDTH: Final = 96
ENDED: Final = "Its process ended"


class ResumeDialog(QDialog):
    """All runs are ticked. What is not resumed is offered again at the next start.

    Signals:
        resumed: A tuple of ListedRun that shall go on.
        chosen: The id of the run to look at.
    """

    resumed = Signal(object)
    chosen = Signal(str)

    def __init__(self, left: Sequence[ListedRun], parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("resume")
        self.setWindowTitle("Resume runs")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(*SIZE)
        self._left = tuple(left)
        self._list = self._make_list()
        self._look = self._button("Look at it", self._on_look)
        self._later = self._button("Later", self.reject)
        self._resume = self._button("Resume", self._on_resume)
        self._arrange()
        self._list.itemChanged.connect(self._refresh)
        self._list.itemActivated.connect(self._on_look)
        self._refresh()
        self._later.setDefault(True)
        self._later.setFocus()

    @property
    def ticked(self) -> tuple[ListedRun, ...]:
        """What Resume is about."""
        rows = ((run, self._list.topLevelItem(row)) for row, run in enumerate(self._left))
        return tuple(run for run, item in rows if item and item.checkState(0) is Qt.CheckState.Checked)

    def _make_list(self) -> QTreeWidget:
        rows = QTreeWidget(self)
        rows.setObjectName("resume-list")
        rows.setAccessibleName("Runs that have not ended")
        rows.setHeaderLabels(COLUMNS)
        rows.setRootIsDecorated(False)
        rows.setUniformRowHeights(True)
        rows.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        for run in self._left:
            item = QTreeWidgetItem(rows, [run.title, run.playbook, date_words(run.started_at), state_words(run)])
            item.setCheckState(0, Qt.CheckState.Checked)
            for column in range(len(COLUMNS)):
                item.setToolTip(column, item.text(column))
        for column, mode in enumerate(WIDTHS):
            rows.header().setSectionResizeMode(column, mode)
        rows.header().resizeSection(0, RUN_WIDTH)
        rows.setCurrentIndex(rows.model().index(0, 0))
        return rows

    def _arrange(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 18, 20, 16)
        column.setSpacing(12)
        what = counted(len(self._left), "run has", "runs have")
        column.addWidget(self._label(f"{what} not ended, and the process that had {_it(self._left)} is gone.", "title"))
        column.addWidget(self._list, 1)
        hint = "A resumed run goes on where it stood. What may have happened is checked before anything is sent again."
        column.addWidget(self._label(hint, "hint"))
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self._look)
        row.addStretch(1)
        row.addWidget(self._later)
        row.addWidget(self._resume)
        column.addLayout(row)

    def _label(self, text: str, role: str) -> QLabel:
        label = QLabel(text, self)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setProperty("role", role)
        label.setWordWrap(True)
        return label

    def _button(self, text: str, slot: Callable[[], None]) -> QPushButton:
        button = QPushButton(text, self)
        button.setObjectName(text.lower().replace(" ", "-"))
        button.setAutoDefault(False)
        button.clicked.connect(slot)
        return button

    @Slot()
    def _refresh(self) -> None:
        self._resume.setEnabled(bool(self.ticked))

    @Slot()
    def _on_resume(self) -> None:
        self.resumed.emit(self.ticked)
        self.accept()

    @Slot()
    def _on_look(self) -> None:
        row = self._list.currentIndex().row()
        if row >= 0:
            self.chosen.emit(self._left[row].run)
            self.accept()


def state_words(run: ListedRun) -> str:
    """Return how a run stood: “Asks: Isolate db-01?”, “1 may have happened”, or that its process ended."""
    if run.unsure:
        return f"{run.unsure} may have happened"
    return f"Asks: {one_line(run.waiting, most=120)}" if run.waiting else ENDED


def _it(left: Sequence[ListedRun]) -> str:
    return "it" if len(left) == 1 else "them"
