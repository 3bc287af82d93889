"""Wires the run to canvas, run bar, run panel and question bar."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from tocsin.base.json_types import Json
from tocsin.model.playbook import AskNode
from tocsin.services.editing import PlaybookChanged, SelectionChanged
from tocsin.services.runs import StartRequest
from tocsin.ui.canvas.faces import face_of
from tocsin.ui.hearing import Hearing
from tocsin.ui.inspector.panel import find_node
from tocsin.ui.run_dock.edge_states import EdgeStates
from tocsin.ui.run_dock.follower import LOCKED, RunFollower, RunNews, RunPhase
from tocsin.ui.run_dock.question_bar import Answer, ShownQuestion
from tocsin.ui.run_dock.question_text import pieces_of
from tocsin.ui.window.document import Document
from tocsin.ui.window.panels import Panels

ENVIRONMENT: Final = "lab"


class RunDesk(QObject):
    """Starts the playbook, and lets every panel show what becomes of it.

    Signals:
        phase_changed: The new RunPhase.
        questions_changed: How many questions are open now.
    """

    phase_changed = Signal(object)
    questions_changed = Signal(int)

    def __init__(
        self, document: Document, panels: Panels, follower: RunFollower, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._document = document
        self._panels = panels
        self._follower = follower
        self._edges = EdgeStates(document.playbook)
        follower.setParent(self)
        follower.phase_changed.connect(self._on_phase)
        follower.progressed.connect(self._on_news)
        panels.question.answered.connect(self._on_answered)
        self._hearing = Hearing()
        self._hearing.connect(document.session.playbook_changed, self._on_playbook)
        self._hearing.connect(document.session.selection_changed, self._on_selection)

    @property
    def follower(self) -> RunFollower:
        """The run that is shown."""
        return self._follower

    @property
    def is_on(self) -> bool:
        """A run is on, or is being started."""
        return self._follower.phase in LOCKED

    def run(self, event: Json = None) -> None:
        """Run the playbook as it is now, saved or not.

        Args:
            event: What it starts with; None for its trigger's sample.
        """
        self._follower.start(
            StartRequest(
                playbook=self._document.playbook,
                file=self._document.file_name,
                event=event,
                environment=ENVIRONMENT,
                by=self._follower.person,
                problems=self._document.session.file_problems,
            )
        )

    def stop(self) -> None:
        """Stop the run."""
        self._follower.stop()

    def close(self) -> None:
        """Let go of the services."""
        self._follower.close()
        self._hearing.close()

    @Slot(object)
    def _on_phase(self, phase: RunPhase) -> None:
        progress = self._follower.progress
        if phase is RunPhase.STARTING:
            self._edges = EdgeStates(self._document.playbook)
            self._panels.scene.clear_run()
        if phase in {RunPhase.STARTING, RunPhase.ON}:
            self._panels.run.show_run(progress)
        self._panels.run_bar.show_phase(phase, progress)
        self._panels.document.show_lock(self._lock_text(phase))
        self._show_question()
        self.phase_changed.emit(phase)

    @Slot(object)
    def _on_news(self, news: RunNews) -> None:
        progress = self._follower.progress
        if progress is None:
            return
        scene = self._panels.scene
        scene.show_statuses({name: progress.status_of(name) for name in news.changed})
        scene.show_taken(self._edges.around(news.changed, progress))
        self._panels.run.show_news(news)
        self._show_question()

    @Slot(object)
    def _on_answered(self, answer: Answer) -> None:
        self._follower.answer(answer.question, answer.option, form=answer.form)

    def _on_playbook(self, change: PlaybookChanged) -> None:
        """The colours of a run that is over tell nothing of another graph."""
        if change.old.graph is not change.new.graph and not self.is_on:
            self._panels.scene.clear_run()
            self._follower.forget()

    def _on_selection(self, change: SelectionChanged) -> None:
        """Show what the one selected node gave, if it has settled."""
        if len(change.selection) == 1:
            self._panels.run.show_node(next(iter(change.selection)))

    def _show_question(self) -> None:
        is_on = self._follower.phase is RunPhase.ON
        questions = self._follower.questions if is_on else ()
        before = self._panels.question.shown
        shown = self._shown(len(questions)) if questions else None
        self._panels.question.show_question(shown)
        if shown is None and before is not None:
            self._panels.view.setFocus()  # else the focus would fall into the next field
        if shown is not None and (before is None or before.question.ask != shown.question.ask):
            QTimer.singleShot(0, self._show_asking_node)  # once the bar has taken its room
        self.questions_changed.emit(len(questions))

    @Slot()
    def _show_asking_node(self) -> None:
        shown = self._panels.question.shown
        if shown is not None:
            self._panels.view.show_node(shown.question.node)

    def _shown(self, count: int) -> ShownQuestion:
        question = self._follower.questions[0]
        playbook = self._document.playbook
        node = find_node(playbook, question.node)
        template = node.text if isinstance(node, AskNode) else ""
        title = face_of(question.node, node, playbook).title if node else question.node
        return ShownQuestion(question, title, pieces_of(template, question.text), count)

    def _lock_text(self, phase: RunPhase) -> str:
        if phase is RunPhase.STARTING:
            return "Locked while the run starts"
        progress = self._follower.progress
        return f"Locked while run {progress.run[:8]} is on" if phase is RunPhase.ON and progress else ""
