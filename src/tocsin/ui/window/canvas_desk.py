"""Keeps one playbook's canvas true to its session and its run, whether its tab is shown or not."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QObject, Slot

from tocsin.model.problems import Problem, Severity
from tocsin.services.editing import PlaybookChanged, SelectionChanged
from tocsin.ui.canvas.drop import DropRequest
from tocsin.ui.run_dock.edge_states import EdgeStates
from tocsin.ui.run_dock.follower import RunNews, RunPhase
from tocsin.ui.window.document import Document
from tocsin.ui.window.value_hover import ValueHover

WORST_FIRST: Final = (Severity.ERROR, Severity.WARNING, Severity.INFO)


class CanvasDesk(QObject):
    """What happens on the canvas becomes edits; what the session and the run say becomes what the canvas shows.

    It belongs to its document and ends with it.
    """

    def __init__(self, document: Document) -> None:
        super().__init__(document)
        self._document = document
        self._scene = document.canvas.scene
        self._edges = EdgeStates(document.playbook)
        self._scene.edit_requested.connect(document.apply)
        self._scene.selection_changed.connect(self._on_selected)
        self._scene.open_requested.connect(document.open_node)
        self._scene.drop_requested.connect(self._on_dropped)
        self._scene.add_requested.connect(document.add_requested)
        document.problems_changed.connect(self._on_problems)
        document.follower.phase_changed.connect(self._on_phase)
        document.lock_changed.connect(self._on_lock)
        document.follower.progressed.connect(self._on_news)
        document.looked_back.connect(self._on_looked_back)
        document.hearing.connect(document.session.playbook_changed, self._on_playbook)
        document.hearing.connect(document.session.selection_changed, self._on_selection)
        ValueHover(document)
        self._show_playbook()

    def _show_playbook(self) -> None:
        self._scene.show_playbook(self._document.playbook, self._document.catalogue)

    def _on_playbook(self, _change: PlaybookChanged) -> None:
        self._show_playbook()

    def _on_selection(self, change: SelectionChanged) -> None:
        self._scene.set_selection(change.selection)

    @Slot(object)
    def _on_problems(self, problems: tuple[Problem, ...]) -> None:
        places = self._document.problem_places
        worst: dict[str, Severity] = {}
        words: dict[str, str] = {}
        for severity in WORST_FIRST:
            for problem in problems:
                if problem.severity is severity and problem.node and problem.node not in worst:
                    worst[problem.node] = severity
                    if severity is Severity.ERROR:  # the canvas has words for these alone, and they cost a form each
                        words[problem.node] = places.of(problem).at_node(problem.message)
        self._scene.show_problems(worst, words)

    @Slot(object)
    def _on_selected(self, names: frozenset[str]) -> None:
        self._document.session.select(names)

    @Slot(object)
    def _on_dropped(self, request: DropRequest) -> None:
        self._document.add(request.payload, at=request.at, frame=request.frame, line=request.edge)

    @Slot()
    def _on_lock(self) -> None:
        self._scene.set_locked(self._document.is_locked)

    @Slot(object)
    def _on_phase(self, phase: RunPhase) -> None:
        if phase in {RunPhase.NONE, RunPhase.STARTING}:
            self._edges = EdgeStates(self._document.playbook)
            self._scene.clear_run()

    @Slot()
    def _on_looked_back(self) -> None:
        self._scene.clear_run()
        self._on_news(self._document.news)

    @Slot(object)
    def _on_news(self, news: RunNews) -> None:
        progress = self._document.follower.progress
        if progress is not None and not self._document.is_looking_back:
            self._scene.show_statuses({name: progress.status_of(name) for name in news.changed})
            self._scene.show_taken(self._edges.around(news.changed, progress))
