"""Wires the page of past runs: one that is opened is shown by the run's panel and on the canvas, as it was."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal, Slot

from tocsin.services.past import PastRun
from tocsin.ui.history.panel import HistoryPanel
from tocsin.ui.window.file_desk import FileDesk
from tocsin.ui.window.open_documents import OpenDocuments
from tocsin.ui.window.run_desk import RunDesk


class HistoryDesk(QObject):
    """Finds the playbook's tab, or opens the snapshot in one, and lets the run be seen there.

    Signals:
        opened: A past run is shown now.
        failed: A TocsinError: it cannot be read.
    """

    opened = Signal()
    failed = Signal(object)

    def __init__(self, panel: HistoryPanel, documents: OpenDocuments, files: FileDesk, runs: RunDesk) -> None:
        super().__init__(panel)
        self._panel = panel
        self._documents = documents
        self._files = files
        self._runs = runs
        panel.opened.connect(self._on_opened)
        panel.event_chosen.connect(self._on_event_chosen)
        panel.refused.connect(self.failed)
        panel.rehearse_requested.connect(runs.rehearse)

    @Slot(str)
    def open_run(self, run: str) -> None:
        """Show a run by its id."""
        self._panel.open_run(run)

    @Slot(object)
    def _on_event_chosen(self, past: PastRun) -> None:
        self._runs.run_on_kept(past.moment.details.origin.input)

    @Slot(object)
    def _on_opened(self, past: PastRun) -> None:
        graph = past.playbook.graph
        same = (one for one in self._documents.all if one.playbook.graph == graph and not one.is_running)
        document = next(same, None)
        if document is not None:
            self._documents.show(document)
        else:
            self._files.look_at(past.playbook, past.listed.title)
        self._runs.show_past(past)
        self.opened.emit()
