"""Keeps the marks on one playbook's canvas true: where a run pauses, what is pinned, and what a rehearsal assumed."""

from __future__ import annotations

from PySide6.QtCore import QObject, Slot

from tocsin.engine.rehearsal import PREDICTED
from tocsin.model.catalogue import Effect
from tocsin.services.editing import PlaybookChanged
from tocsin.ui.window.document import Document


class MarkDesk(QObject):
    """It belongs to its document and ends with it."""

    def __init__(self, document: Document) -> None:
        super().__init__(document)
        self._document = document
        document.breakpoints.changed.connect(self._show)
        document.pins.changed.connect(self._show)
        document.follower.phase_changed.connect(self._show)
        document.follower.progressed.connect(self._show)
        document.hearing.connect(document.session.playbook_changed, self._on_playbook)

    def _on_playbook(self, _change: PlaybookChanged) -> None:
        self._show()

    @Slot()
    def _show(self) -> None:
        document = self._document
        document.canvas.scene.show_marks(
            breakpoints=document.breakpoints.names, pinned=document.pins.words, assumed=self._assumed()
        )

    def _assumed(self) -> list[str]:
        """Return what was only said and gives an answer: questions, and what was not looked up."""
        subject = self._document.run_subject
        if subject is None:
            return []
        said = (name for name, status in self._document.follower.statuses.items() if status.via == PREDICTED)
        return [name for name in said if subject.face(name).effect is Effect.READ]
