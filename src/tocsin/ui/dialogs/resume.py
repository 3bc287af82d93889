"""Runs whose process has ended, listed: let them go on, look at one, or later. Open it, never execute it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from tocsin.base.plain_text import one_line
from tocsin.base.texts import _, plural
from tocsin.services.past import ListedRun
from tocsin.ui.dialogs.frame import DialogFrame
from tocsin.ui.dialogs.tick_list import Column, TickList
from tocsin.ui.run_dock.words import date_words

COLUMNS: Final = (
    Column(_("Run")),
    Column(_("Playbook"), is_wide=True),
    Column(_("Started")),
    Column(_("It stands"), is_wide=True),
)
SIZE: Final = (760, 320)
ENDED: Final = _("Its process ended")
PAUSED: Final = _("Paused")


class ResumeDialog(DialogFrame):
    """All runs are ticked. What is not resumed is offered again at the next start.

    Signals:
        resumed: A tuple of ListedRun that shall go on.
        chosen: The id of the run to look at.
    """

    resumed = Signal(object)
    chosen = Signal(str)

    def __init__(self, left: Sequence[ListedRun], parent: QWidget) -> None:
        super().__init__("resume", _("Resume runs"), parent)
        self.resize(*SIZE)
        self._left = tuple(left)
        rows = [(run.title, run.playbook, date_words(run.started_at), state_words(run)) for run in self._left]
        self._list = TickList("resume-list", _("Runs that have not ended"), COLUMNS, rows, self)
        self._list.setCurrentIndex(self._list.model().index(0, 0))
        self._resume = self.make_button(_("Resume"), self._on_resume)
        count = len(self._left)
        title = plural(
            "{count} run has not ended, and the process that had it is gone.",
            "{count} runs have not ended, and the process that had them is gone.",
            count,
        )
        self.add_title(title.format(count=count))
        self.column.addWidget(self._list, 1)
        self.add_words(
            _("A resumed run goes on where it stood. What may have happened is checked before anything is sent again."),
            "hint",
        )
        later = self.make_button(_("Later"), self.reject)
        look = self.make_button(_("Look at it"), self._on_look)
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
    """Return how a run stood: “Asks: Isolate db-01?”, “1 may have happened”, “Paused”, or that its process ended."""
    if run.unsure:
        return _("{unsure} may have happened").format(unsure=run.unsure)
    if run.waiting:
        return _("Asks: {waiting}").format(waiting=one_line(run.waiting, most=120))
    return PAUSED if run.is_paused else ENDED
