"""Goes through the tour with the playbook in front when it began, and looks at what is done there."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QObject, Slot
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from tocsin.engine.events import RunStatus
from tocsin.services.editing import PlaybookChanged
from tocsin.ui.hearing import Hearing
from tocsin.ui.run_dock.follower import RunPhase
from tocsin.ui.theme import Theme
from tocsin.ui.tour.card import TourCard
from tocsin.ui.tour.steps import STEPS, TourFacts
from tocsin.ui.window.document import Document
from tocsin.ui.window.open_documents import OpenDocuments

MARGIN: Final = 12


class TourDesk(QObject):
    """At most one tour at a time. A step that was done stays done, whatever comes after."""

    def __init__(self, documents: OpenDocuments, theme: Theme, window: QWidget) -> None:
        super().__init__(window)
        self._theme = theme
        self._document: Document | None = None
        self._card: TourCard | None = None
        self._hearing = Hearing()
        self._place = 0
        documents.removed.connect(self._on_removed)

    @property
    def place(self) -> int:
        """How many steps are behind."""
        return self._place

    @property
    def card(self) -> TourCard | None:
        """What shows the step; None while there is no tour."""
        return self._card

    def begin(self, document: Document) -> None:
        """Go through the tour with a playbook, from the first step."""
        self.end()
        self._document, self._place = document, 0
        view = document.canvas.view
        self._card = card = TourCard(self._theme, view.viewport())
        card.skip_requested.connect(self._on_skip)
        card.end_requested.connect(self.end)
        document.facts_changed.connect(self._on_facts)
        self._hearing.connect(document.session.playbook_changed, self._on_playbook)
        view.view_changed.connect(self._put)
        view.viewport().installEventFilter(self)
        card.show_step(0)
        card.show()
        self._look()

    @Slot()
    def end(self) -> None:
        """Take the card away."""
        document, card = self._document, self._card
        if document is None or card is None:
            return
        self._document = self._card = None
        self._hearing.close()
        document.facts_changed.disconnect(self._on_facts)
        document.canvas.view.view_changed.disconnect(self._put)
        document.canvas.view.viewport().removeEventFilter(self)
        card.hide()
        card.deleteLater()

    def close(self) -> None:
        """Let go of the services."""
        self.end()

    def _look(self) -> None:
        """Go on past every step that is done."""
        document = self._document
        if document is None or self._place >= len(STEPS):
            return
        if STEPS[self._place].is_done(_facts_of(document)):
            self._go_on()
            self._look()
        self._put()

    def _go_on(self) -> None:
        self._place += 1
        if self._card is not None:
            self._card.show_step(self._place)
        self._put()

    @Slot()
    def _on_skip(self) -> None:
        self._go_on()
        self._look()

    @Slot(object)
    def _on_facts(self, _document: Document) -> None:
        self._look()

    def _on_playbook(self, _change: PlaybookChanged) -> None:
        self._look()

    @Slot(object)
    def _on_removed(self, document: Document) -> None:
        if document is self._document:
            self.end()

    @Slot()
    def _put(self) -> None:
        """Stay at the top left: scrolling takes the canvas's children along."""
        if self._card is not None:
            self._card.move(MARGIN, MARGIN)
            self._card.raise_()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Resize:
            self._put()
        return super().eventFilter(watched, event)


def _facts_of(document: Document) -> TourFacts:
    progress, session = document.follower.progress, document.session
    is_over = document.follower.phase is RunPhase.OVER and progress is not None
    return TourFacts(
        document.playbook,
        document.problems if document.is_checked else None,
        progress.mode if is_over and progress is not None and progress.status is RunStatus.SUCCEEDED else "",
        is_saved=session.path is not None and not session.is_dirty,
    )
