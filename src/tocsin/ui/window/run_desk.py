"""Wires the shared panels of runs, which are run bar, run panel and question bar, to the playbook that is shown."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from tocsin.base.errors import TocsinError
from tocsin.model.playbook import AskNode
from tocsin.services.editing import SelectionChanged
from tocsin.ui.canvas.faces import face_of
from tocsin.ui.hearing import Hearing
from tocsin.ui.inspector.subject import find_node
from tocsin.ui.run_dock.follower import RunNews, RunPhase
from tocsin.ui.run_dock.question_bar import Answer, ShownQuestion
from tocsin.ui.run_dock.question_text import pieces_of
from tocsin.ui.run_dock.words import short_run
from tocsin.ui.window.document import Document
from tocsin.ui.window.panels import Panels


class RunDesk(QObject):
    """Lets every panel show what becomes of the run of the document that is shown.

    Signals:
        started: A run is being started there.
    """

    started = Signal()

    def __init__(self, document: Document, panels: Panels, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._panels = panels
        self._document = document
        self._hearing = Hearing()
        panels.question.answered.connect(self._on_answered)
        panels.question.node_requested.connect(self._on_node_requested)
        panels.run.node_chosen.connect(self._on_node_requested)
        self._attach()

    @Slot(object)
    def show_document(self, document: Document) -> None:
        """Let the panels show the run of another document."""
        self._detach()
        self._document = document
        self._attach()

    def close(self) -> None:
        """Let go of the services."""
        self._hearing.close()

    def _attach(self) -> None:
        """Connect, then show what there is through the handlers that show changes."""
        follower = self._document.follower
        follower.phase_changed.connect(self._on_phase)
        follower.progressed.connect(self._on_news)
        follower.refused.connect(self._on_refused)
        self._hearing.connect(self._document.session.selection_changed, self._on_selection)
        self._panels.question.show_question(None)  # the one of another run is not this one
        self._panels.run.show_run(self._document.run_subject, follower.progress)
        self._show_phase(follower.phase)
        self._on_news(self._document.news)

    def _detach(self) -> None:
        follower = self._document.follower
        follower.phase_changed.disconnect(self._on_phase)
        follower.progressed.disconnect(self._on_news)
        follower.refused.disconnect(self._on_refused)
        self._hearing.close()

    @Slot(object)
    def _on_phase(self, phase: RunPhase) -> None:
        self._show_phase(phase)
        if phase is RunPhase.STARTING:
            self.started.emit()

    def _show_phase(self, phase: RunPhase) -> None:
        progress = self._document.follower.progress
        if phase in {RunPhase.STARTING, RunPhase.ON}:
            self._panels.run.show_run(self._document.run_subject, progress)
        self._panels.run_bar.show_phase(phase, progress)
        self._panels.document.show_lock(self._lock_text(phase))
        self._show_question()

    @Slot(object)
    def _on_news(self, news: RunNews) -> None:
        if self._document.follower.progress is not None:
            self._panels.run.show_news(news)
            self._show_question()

    @Slot(object)
    def _on_refused(self, _error: TocsinError) -> None:
        self._panels.question.allow_answer()

    @Slot(object)
    def _on_answered(self, answer: Answer) -> None:
        self._document.follower.answer(answer.question, answer.option, form=answer.form)

    @Slot(str)
    def _on_node_requested(self, name: str) -> None:
        self._document.show_node(name)

    def _on_selection(self, change: SelectionChanged) -> None:
        """Show what the one selected node gave, if it has settled."""
        if len(change.selection) == 1:
            self._panels.run.show_node(next(iter(change.selection)))

    def _show_question(self) -> None:
        is_on = self._document.follower.phase is RunPhase.ON
        questions = self._document.follower.questions if is_on else ()
        before = self._panels.question.shown
        shown = self._shown(len(questions)) if questions else None
        self._panels.question.show_question(shown)
        if shown is None and before is not None:
            self._document.canvas.view.setFocus()  # else the focus would fall into the next field
        if shown is not None and (before is None or before.question.ask != shown.question.ask):
            QTimer.singleShot(0, self._show_asking_node)  # once the bar has taken its room

    @Slot()
    def _show_asking_node(self) -> None:
        shown = self._panels.question.shown
        if shown is not None:
            self._document.canvas.view.show_node(shown.question.node)

    def _shown(self, count: int) -> ShownQuestion:
        question = self._document.follower.questions[0]
        playbook = self._document.playbook
        node = find_node(playbook, question.node)
        template = node.text if isinstance(node, AskNode) else ""
        title = face_of(question.node, node, playbook).title if node else question.node
        return ShownQuestion(question, title, pieces_of(template, question.text), count)

    def _lock_text(self, phase: RunPhase) -> str:
        if phase is RunPhase.STARTING:
            return "Locked while the run starts"
        progress = self._document.follower.progress
        return f"Locked while run {short_run(progress.run)} is on" if phase is RunPhase.ON and progress else ""
