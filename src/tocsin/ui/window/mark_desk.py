"""Keeps the marks on one playbook's canvas true: where a run pauses, what is pinned, assumed or carried over."""

from __future__ import annotations

from PySide6.QtCore import QObject, Slot

from tocsin.base.texts import _
from tocsin.engine.carrying import CARRIED
from tocsin.engine.events import EventType, static_id
from tocsin.engine.rehearsal import PREDICTED
from tocsin.model.catalogue import Effect
from tocsin.services.editing import PlaybookChanged
from tocsin.ui.history.names import RunName, RunNames
from tocsin.ui.run_dock.follower import RunNews, RunPhase
from tocsin.ui.run_dock.words import short_run
from tocsin.ui.window.document import Document


class MarkDesk(QObject):
    """It belongs to its document and ends with it."""

    def __init__(self, document: Document, names: RunNames | None = None) -> None:
        super().__init__(document)
        self._document = document
        self._names = names
        self._earlier: dict[str, str] = {}
        document.breakpoints.changed.connect(self._show)
        document.pins.changed.connect(self._show)
        document.follower.phase_changed.connect(self._on_phase)
        document.follower.progressed.connect(self._on_news)
        if names is not None:
            names.named.connect(self._on_named)
        document.hearing.connect(document.session.playbook_changed, self._on_playbook)

    def _on_playbook(self, _change: PlaybookChanged) -> None:
        self._show()

    @Slot(object)
    def _on_phase(self, phase: RunPhase) -> None:
        if phase in {RunPhase.NONE, RunPhase.STARTING}:
            self._earlier.clear()
        self._show()

    @Slot(object)
    def _on_news(self, news: RunNews) -> None:
        """Note which earlier run each step was carried over from."""
        for event in news.events:
            if event.type is EventType.NODE_SETTLED and event.data.get("via") == CARRIED:
                self._earlier[static_id(event.path)] = event.data["from"]["run"]
        self._show()

    @Slot(object)
    def _on_named(self, named: RunName) -> None:
        if named.run in self._earlier.values():
            self._show()

    @Slot()
    def _show(self) -> None:
        document = self._document
        document.canvas.scene.show_marks(
            breakpoints=document.breakpoints.names,
            pinned=document.pins.words,
            assumed=self._assumed(),
            carried={node: self._name_of(run) for node, run in self._earlier.items()},
        )

    def _name_of(self, run: str) -> str:
        return (self._names.find(run) if self._names is not None else "") or _("run {short_run}").format(
            short_run=short_run(run)
        )

    def _assumed(self) -> list[str]:
        """Return what was only said and gives an answer: questions, and what was not looked up."""
        subject = self._document.run_subject
        if subject is None:
            return []
        said = (name for name, status in self._document.follower.statuses.items() if status.via == PREDICTED)
        return [name for name in said if subject.face(name).effect is Effect.READ]
