"""Runs whose process has ended, listed: let them go on, look at one, or later. Open it, never execute it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from tocsin.base.plain_text import one_line
from tocsin.services.past import ListedRun
from tocsin.ui.dialogs.frame import DialogFrame
from tocsin.ui.dialogs.tick_list import Column, TickList
from tocsin.ui.run_dock.words import counted, date_words

COLUMNS: Final = (
    Column("Run"),
    Column("Playbook", is_wide=True),
    Column("Started"),
    Column("It stands", is_wide=True),
)
SIZE: Final = (760, 320)
ENDED: Final = "Its process ended"


class ResumeDialog(DialogFrame):
    """All runs are ticked. What is not resumed is offered again at the next start.

    Signals:
        resumed: A tuple of ListedRun that shall go on.
        chosen: The id of the run to look at.
    """

    resumed = Signal(object)
    chosen = Signal(str)

    def __init__(self, left: Sequence[ListedRun], parent: QWidget) -> None:
        super().__init__("resume", "Resume runs", parent)
        self.resize(*SIZE)
        self._left = tuple(left)
        rows = [(run.title, run.playbook, date_words(run.started_at), state_words(run)) for run in self._left]
        self._list = TickList("resume-list", "Runs that have not ended", COLUMNS, rows, self)
        self._list.setCurrentIndex(self._list.model().index(0, 0))
        self._resume = self.make_button("Resume", self._on_resume)
        what = counted(len(self._left), "run has", "runs have")
        self.add_title(f"{what} not ended, and the process that had {_it(self._left)} is gone.")
        self.column.addWidget(self._list, 1)
        self.add_words(
            "A resumed run goes on where it stood. What may have happened is checked before anything is sent again.",
            "hint",
        )
        later = self.make_button("Later", self.reject)
        look = self.make_button("Look at it", self._on_look)
        self.add_buttons(later, self._resume, safest=later, left=look)
        self._list.itemChanged.connect(self._refresh)
        self._list.itemActivated.connect(self._on_look)

    @property
    def ticked(self) -> tuple[ListedRun, ...]:
        """What Resume is about."""
        return tuple(self._left[row] for row in self._list.ticked)

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
