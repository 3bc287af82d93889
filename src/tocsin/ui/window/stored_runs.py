"""What can be done with runs that are kept: taking back what they changed, and letting them go on."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal, Slot

from tocsin.base.texts import _
from tocsin.ui.bridge import EventBridge
from tocsin.ui.ports import HistoryPort, WindowServices
from tocsin.ui.theme import Theme
from tocsin.ui.window.arrivals import Arrivals, StoredPorts
from tocsin.ui.window.desks import Desks, Place
from tocsin.ui.window.resume_desk import ResumeDesk
from tocsin.ui.window.undo_desk import UndoDesk

NONE_LEFT = _("No run can go on: every run has ended, or another Tocsin has it.")


class StoredRuns(QObject):
    """Makes the desks, wires them to the panels that ask, and takes them down.

    Attributes:
        resume: Offers what can go on.
        undo: Takes back what was done.

    Signals:
        failed: A TocsinError that one of them met.
    """

    failed = Signal(object)

    def __init__(self, place: Place, desks: Desks, services: WindowServices, bridge: EventBridge, theme: Theme) -> None:
        super().__init__(place.window)
        self._place, self._desks = place, desks
        self._arrivals = Arrivals(place.documents, desks.files, bridge, place.window)
        self._arrivals.failed.connect(self.failed)
        if desks.connections is not None:
            self._arrivals.unlock = desks.connections.when_vault_open
        self.resume: ResumeDesk | None = None
        self.undo: UndoDesk | None = None
        if services.history is not None:
            self._open(services, services.history, bridge, theme)

    def offer(self, *, is_asked_for: bool = False) -> None:
        """Offer the runs that can go on."""
        if self.resume is not None:
            self.resume.offer(is_asked_for=is_asked_for)

    def close(self) -> None:
        """Let go of the services."""
        for desk in (self._arrivals, self.resume, self.undo):
            if desk is not None:
                desk.close()

    def _open(self, services: WindowServices, history: HistoryPort, bridge: EventBridge, theme: Theme) -> None:
        ports, window, panels = (
            StoredPorts(services.runs, history, services.person),
            self._place.window,
            self._place.panels,
        )
        self.resume = ResumeDesk(ports, self._arrivals, bridge, window)
        self.undo = UndoDesk(ports, self._arrivals, bridge, theme, window)
        for desk in (self.resume, self.undo):
            desk.failed.connect(self.failed)
        self.resume.nothing_left.connect(self._on_nothing_left)
        panels.run.undo_requested.connect(self.undo.offer)
        if panels.history is not None:
            panels.history.undo_requested.connect(self.undo.offer)
        if self._desks.lab is not None:
            self._desks.lab.undo_requested.connect(self.undo.offer)
            self._desks.lab.change_undo_requested.connect(self.undo.offer_some)
        if self._desks.history is not None:
            self.resume.chosen.connect(self._desks.history.open_run)

    @Slot()
    def _on_nothing_left(self) -> None:
        self._place.panels.notice.show_words(NONE_LEFT)
