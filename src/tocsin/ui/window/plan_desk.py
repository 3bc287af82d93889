"""Wires the plan of a rehearsal: rehearse again, run for real after asking once, save it, close it."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from tocsin.base.json_types import Json
from tocsin.base.texts import _, plural
from tocsin.engine.events import LIVE, REHEARSE
from tocsin.ui.canvas.looks import Look
from tocsin.ui.dialogs.deeds import Deed, DeedList, DeedsDialog
from tocsin.ui.dialogs.file_choice import FileChoice
from tocsin.ui.dialogs.frame import Option
from tocsin.ui.run_dock.plan import NOTHING, Plan
from tocsin.ui.run_dock.plan_file import PlanHead, PlanNotWrittenError, save_plan
from tocsin.ui.run_dock.words import counted
from tocsin.ui.theme import Theme
from tocsin.ui.window.open_documents import OpenDocuments
from tocsin.ui.window.panels import Panels

OTHER_NOW = _("The playbook is another now than the one that was rehearsed. Rehearse it again first.")


class PlanDesk(QObject):
    """Nothing is run for real before a person has seen the list.

    Signals:
        failed: A TocsinError: the plan could not be written.
    """

    failed = Signal(object)

    def __init__(
        self, panels: Panels, documents: OpenDocuments, choice: FileChoice, theme: Theme, window: QWidget
    ) -> None:
        super().__init__(window)
        self._panels = panels
        self._documents = documents
        self._choice = choice
        self._theme = theme
        self._window = window
        plan = panels.run.plan
        plan.rehearse_requested.connect(self._on_rehearse)
        plan.run_requested.connect(self._on_run)
        plan.save_requested.connect(self._on_save)
        panels.run_bar.close_requested.connect(self._on_close)

    @Slot()
    def _on_rehearse(self) -> None:
        self._start(REHEARSE)

    @Slot()
    def _on_run(self) -> None:
        if not self._is_same():
            self._panels.notice.show_words(OTHER_NOW)
            return
        plan = self._panels.run.plan.plan
        options = (
            Option(_("Cancel")),
            Option(_("Run in {place}").format(place=self._place), partial(self._start, LIVE)),
            Option(_("Rehearse again"), partial(self._start, REHEARSE), is_primary=True),
        )
        what = _asked(plan, self._panels.run.plan.head, self._place)
        DeedsDialog(what, options, self._theme, self._window).open()

    @property
    def _place(self) -> str:
        """Where it would run, by name."""
        return self._documents.current.environment.title

    @Slot()
    def _on_save(self) -> None:
        page = self._panels.run.plan
        head, plan = page.head, page.plan
        folder = self._documents.current.session.path
        proposal = (folder.parent if folder is not None else Path.home()) / head.file_name
        self._choice.ask_plan(self._window, proposal, partial(self._write, head, plan))

    @Slot()
    def _on_close(self) -> None:
        self._documents.current.follower.forget()
        self._panels.run.show_run(None, None)

    def _start(self, mode: str) -> None:
        """Start the same again, with the same event."""
        if not self._is_same():
            self._panels.notice.show_words(OTHER_NOW)
            return
        event: Json = self._panels.run.started_with.value
        if self._panels.run.started_with.is_there:
            self._documents.current.run(event, mode=mode)
        else:
            self._panels.notice.show_words(_("What it began with is still being read. Try again in a moment."))

    def _is_same(self) -> bool:
        """Tell whether the playbook in front is the one that was rehearsed."""
        tape = self._panels.run.tape
        return tape is not None and self._documents.current.playbook.graph == tape.subject.playbook.graph

    def _write(self, head: PlanHead, plan: Plan, path: Path) -> None:
        try:
            save_plan(path, head, plan)
        except PlanNotWrittenError as error:
            self.failed.emit(error)
        else:
            self._panels.notice.show_words(_("The plan is in “{name}”.").format(name=path.name))


def _asked(plan: Plan, head: PlanHead, place: str) -> DeedList:
    deeds = tuple(
        Deed(row.text, ", ".join(part for part in (row.aside, row.ground) if part), Look.WOULD) for row in plan.changes
    )
    sentence = (
        _("Run “{playbook}” for real: {counted}").format(playbook=head.playbook, counted=counted(len(deeds), "change"))
        if deeds
        else NOTHING
    )
    guesses = sum(row.is_assumed for row in plan.rows)
    assumed = (
        plural(
            " {guesses} answer was assumed: it may come otherwise.",
            " {guesses} answers were assumed: it may come otherwise.",
            guesses,
        ).format(guesses=guesses)
        if guesses
        else ""
    )
    return DeedList(
        name="run-for-real",
        title=_("Run for real"),
        sentence=sentence,
        deeds=deeds,
        hint=_("It runs in {place}, with the event that was rehearsed.{assumed}").format(place=place, assumed=assumed),
    )
