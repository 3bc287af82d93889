"""Wires the shared panels of runs, which are run bar, run panel and question cards, to the playbook that is shown."""

from __future__ import annotations

from functools import partial
from weakref import WeakKeyDictionary

from PySide6.QtCore import QObject, Signal, Slot

from tocsin.base.errors import TocsinError
from tocsin.base.json_types import Json
from tocsin.base.texts import _
from tocsin.engine.events import LIVE, REHEARSE, NodeState
from tocsin.engine.progress import RunProgress
from tocsin.services.editing import SelectionChanged
from tocsin.services.past import PastRun
from tocsin.ui.connections.faces import LAB
from tocsin.ui.hearing import Hearing
from tocsin.ui.history.names import RunName
from tocsin.ui.inspector.panel import RunValues
from tocsin.ui.run_dock.answers import Answer
from tocsin.ui.run_dock.approval import Card
from tocsin.ui.run_dock.canvas_replay import CanvasReplay
from tocsin.ui.run_dock.follower import RunNews, RunPhase
from tocsin.ui.run_dock.prefill import Prefill, fitting, prefilled
from tocsin.ui.run_dock.question_cards import QuestionCards
from tocsin.ui.run_dock.subject import RunSubject
from tocsin.ui.run_dock.words import short_run
from tocsin.ui.theme import Theme
from tocsin.ui.window.document import Document
from tocsin.ui.window.panels import Panels
from tocsin.ui.window.run_outputs import RunOutputs

IMPORTED = _("This run came out of a file. It can be looked at, and nobody can answer it here.")
NOT_ON = _("This run is not on here, so it cannot be answered. Resume it first: Run, Resume a run…")


class RunDesk(QObject):
    """Lets every panel show what becomes of the run of the document that is shown.

    Signals:
        started: A run is being started there.
        form_shown: The run's panel asks what a run begins with.
        failed: A TocsinError: nothing in the playbook can be started.
    """

    started = Signal()
    form_shown = Signal()
    failed = Signal(object)

    def __init__(self, document: Document, panels: Panels, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._panels = panels
        self._theme = theme
        self._document = document
        self._cards: WeakKeyDictionary[Document, QuestionCards] = WeakKeyDictionary()
        self._replay: CanvasReplay | None = None
        self._is_stepping = False
        self._hearing = Hearing()
        run = panels.run
        run.node_chosen.connect(self._on_node_requested)
        run.answered.connect(self._on_answered)
        run.questions_changed.connect(self._on_questions)
        run.question_chosen.connect(self.show_question)
        run.moment_changed.connect(self._on_moment)
        run.run_requested.connect(self._on_run_requested)
        run.rehearse_requested.connect(self._on_rehearse_requested)
        panels.run_bar.follow_changed.connect(self._on_follow)
        panels.values.loaded.connect(self._show_outputs)
        panels.evaluator.run_wanted.connect(self._on_values_wanted)
        if panels.names is not None:
            panels.names.named.connect(self._on_named)
        self._attach()

    @Slot(object)
    def show_document(self, document: Document) -> None:
        """Let the panels show the run of another document."""
        self._detach()
        self._document = document
        self._attach()

    @Slot(object)
    def offer(self, event: Json) -> None:
        """Keep an event for the next run of the document that is shown, and say so."""
        self._document.offered = event
        self._panels.notice.show_words(
            _("An alert is there. F5 runs “{name}” with it.").format(name=self._document.name)
        )

    def run(self, *, is_stepping: bool = False) -> None:
        """Run the document that is shown: with what was offered, else as its trigger says, else after asking.

        Args:
            is_stepping: It begins paused.
        """
        document, self._is_stepping = self._document, is_stepping
        if document.offered is not None:
            document.run(document.offered, is_paused=is_stepping)
        elif not self._ask_event(is_wanted=False):
            document.run(is_paused=is_stepping)

    def rehearse(self) -> None:
        """Rehearse the document that is shown; what was offered stays for the run."""
        if self._document.offered is not None:
            self._document.run(self._document.offered, mode=REHEARSE)
        elif not self._ask_event(is_wanted=False, mode=REHEARSE):
            self._document.run(mode=REHEARSE)

    def run_with(self) -> None:
        """Ask what the run begins with, also where that is known."""
        self._is_stepping = False
        self._ask_event(is_wanted=True)

    def run_on(self, text: str) -> None:
        """Ask what the run begins with, filled in from an alert, an indicator or a row that a person chose."""
        self._is_stepping = False
        self._ask_event(is_wanted=True, given=partial(prefilled, text=text))

    def run_on_kept(self, event: Json) -> None:
        """Ask what the run begins with, filled in from the event that another run began with, as the journal has it."""
        self._is_stepping = False
        self._ask_event(is_wanted=True, given=partial(fitting, event=self._panels.values.find(event).value))

    def _ask_event(self, *, is_wanted: bool, mode: str = LIVE, given: Prefill | None = None) -> bool:
        """Let the run's panel ask; tell whether it asks, or whether nothing can be started."""
        run, playbook = self._panels.run, self._document.playbook
        try:
            run.set_environment(self._document.environment.title)
            asks = run.ask_event(playbook, is_wanted=is_wanted, mode=mode, given=given)
        except TocsinError as error:
            self.failed.emit(error)
            return True
        if asks:
            self.form_shown.emit()
        return asks

    def show_past(self, past: PastRun) -> None:
        """Show a run that was, on the document that is shown: its snapshot."""
        subject = RunSubject(past.playbook, self._document.catalogue, self._document.follower.person, past.listed.title)
        self._document.canvas.scene.clear_run()
        self._replay = CanvasReplay(self._document.canvas.scene, subject, self._panels.values.find)
        self._panels.run.show_past(past, subject)
        self._on_moment(0)

    def close(self) -> None:
        """Let go of the services."""
        self._hearing.close()

    def _attach(self) -> None:
        """Connect, then show what there is through the handlers that show changes."""
        document, follower = self._document, self._document.follower
        follower.phase_changed.connect(self._on_phase)
        document.lock_changed.connect(self._on_lock)
        follower.progressed.connect(self._on_news)
        follower.refused.connect(self._on_refused)
        self._hearing.connect(document.session.selection_changed, self._on_selection)
        self._show_run()
        self._show_phase(follower.phase)
        self._on_news(document.news)

    def _detach(self) -> None:
        follower = self._document.follower
        follower.phase_changed.disconnect(self._on_phase)
        self._document.lock_changed.disconnect(self._on_lock)
        follower.progressed.disconnect(self._on_news)
        follower.refused.disconnect(self._on_refused)
        self._document.look_back(is_on=False)
        self._hearing.close()

    def _show_run(self) -> None:
        subject = self._document.run_subject
        self._panels.run.show_run(subject, self._document.follower.progress)
        scene = self._document.canvas.scene
        self._replay = CanvasReplay(scene, subject, self._panels.values.find) if subject is not None else None

    @Slot(object)
    def _on_phase(self, phase: RunPhase) -> None:
        if phase in {RunPhase.STARTING, RunPhase.ON}:
            self._show_run()
        self._show_phase(phase)
        if phase is RunPhase.STARTING:
            self.started.emit()
        progress = self._document.follower.progress
        if phase is RunPhase.OVER and progress is not None and progress.mode == REHEARSE:
            self._panels.run.plan.take_focus()
        if phase is RunPhase.OVER:
            self._panels.evaluator.look_again(self._document.playbook.id)
            if self._panels.history is not None:
                self._panels.history.refresh()

    def _show_phase(self, phase: RunPhase) -> None:
        progress = self._document.follower.progress
        self._panels.run_bar.set_environment(self._document.run_environment.title)
        if progress is not None:
            self._panels.run_bar.set_name(self._name_of(progress))
            self._panels.run.plan.set_name(self._name_of(progress))
        self._panels.run_bar.show_phase(phase, progress)
        self._on_lock()
        self._show_outputs()

    @Slot()
    def _on_lock(self) -> None:
        self._panels.document.show_lock(self._lock_text(self._document.follower.phase))

    @Slot(object)
    def _on_news(self, news: RunNews) -> None:
        if self._document.follower.progress is not None:
            self._panels.run.show_news(news)
            self._panels.run_bar.refresh()
            self._on_moment(0)
            self._follow()

    @Slot(int)
    def _on_moment(self, _index: int) -> None:
        """Let canvas and inspector show the moment that the run's panel shows."""
        moment, panel = self._panels.run.moment, self._panels.run
        self._document.look_back(is_on=panel.is_replaying)
        if moment is None or self._replay is None:
            return
        self._replay.show(moment)
        self._show_outputs()

    @Slot()
    def _show_outputs(self) -> None:
        """Let the inspector show what the nodes gave; while they still give, the run's own panel has it."""
        moment, panel = self._panels.run.moment, self._panels.run
        if moment is None:
            self._panels.inspector.show_run(RunValues())
        elif panel.is_replaying or self._document.follower.phase is not RunPhase.ON:
            outputs = RunOutputs(moment.progress, self._panels.values.find)
            self._panels.inspector.show_run(RunValues(outputs, self._name_of(moment.progress)))

    @Slot(object)
    def _on_refused(self, _error: TocsinError) -> None:
        self._allow_answer()

    def _allow_answer(self) -> None:
        self._panels.run.allow_answer()
        if self._document in self._cards:
            self._cards[self._document].allow_answer()

    @Slot(object)
    def _on_questions(self, cards: tuple[Card, ...]) -> None:
        before = self._cards.get(self._document)
        if before is None:
            if not cards:
                return
            view = self._document.canvas.view
            before = self._cards[self._document] = QuestionCards(self._theme, view.floats, view.viewport())
            before.answered.connect(self._on_answered)
            before.node_requested.connect(self._on_node_requested)
        was_shown = before.card.shown is not None
        before.show_cards(cards)
        if was_shown and not cards:
            self._document.canvas.view.setFocus()  # else the focus would fall into the next field
        elif cards and not was_shown:
            self._document.canvas.view.show_node(cards[0].question.node)
            self._document.canvas.view.make_room(cards[0].question.node, before.card.size())

    @Slot(str)
    def show_question(self, ask: str) -> None:
        """Show the card of an open question of the document that is shown."""
        if self._document in self._cards:
            self._cards[self._document].choose(ask)

    def answer_question(self, *, approves: bool) -> None:
        """Press a button of the card that is shown: the one that approves, if it can be pressed, or the safest."""
        cards = self._cards.get(self._document)
        if cards is not None and approves:
            cards.card.choose_approval()
        elif cards is not None:
            cards.card.choose_safest()

    @Slot(object)
    def _on_answered(self, answer: Answer) -> None:
        """Answer the run that is followed; one that is only looked at hears nothing before it is resumed."""
        tape = self._panels.run.tape
        if tape is not None and tape.latest.progress.run != self._document.run_id:
            self._panels.notice.show_words(IMPORTED if tape.is_imported else NOT_ON)
            self._allow_answer()
            return
        self._document.follower.answer(answer.question, answer.option, form=answer.form, reason=answer.reason)

    @Slot(str)
    def _on_node_requested(self, name: str) -> None:
        self._document.show_node(name)

    @Slot()
    def _on_values_wanted(self) -> None:
        """Run in the Lab, so that there are values to choose from; never elsewhere for that."""
        if self._document.environment == LAB:
            self.run()
        else:
            self._panels.notice.show_words(_("Values come from a run. Choose Lab as the environment, and run there."))

    @Slot(object)
    def _on_run_requested(self, event: Json) -> None:
        self._document.run(event, is_paused=self._is_stepping)

    @Slot(object)
    def _on_rehearse_requested(self, event: Json) -> None:
        if event is None:
            self.rehearse()
        else:
            self._document.run(event, mode=REHEARSE)

    @Slot(bool)
    def _on_follow(self, is_on: bool) -> None:
        if is_on:
            self._follow()

    def _follow(self) -> None:
        """Keep what runs in view, as long as the person wants that."""
        progress = self._document.follower.progress
        if progress is None or not self._panels.run_bar.is_following or self._document.is_looking_back:
            return
        running = [name for name, status in progress.statuses.items() if status.state is NodeState.RUNNING]
        if running:
            self._document.canvas.view.show_node(running[-1])

    def _on_selection(self, change: SelectionChanged) -> None:
        """Show what the one selected node gave, if it has settled."""
        if len(change.selection) == 1:
            self._panels.run.show_node(next(iter(change.selection)))

    @Slot(object)
    def _on_named(self, named: RunName) -> None:
        progress = self._document.follower.progress
        if progress is not None and progress.run == named.run:
            self._show_phase(self._document.follower.phase)

    def _name_of(self, progress: RunProgress) -> str:
        names = self._panels.names
        return (names.find(progress.run) if names is not None else "") or short_run(progress.run)

    def _lock_text(self, phase: RunPhase) -> str:
        if phase is RunPhase.STARTING:
            return _("Locked while the run starts")
        progress = self._document.follower.progress
        name = self._name_of(progress) if progress is not None else self._document.snapshot_of
        if phase is RunPhase.ON:
            return _("Locked while {name} runs").format(name=name)
        if not self._document.session.is_read_only:
            return ""
        return _("{name}, read only").format(name=name) if name else _("Read only")
