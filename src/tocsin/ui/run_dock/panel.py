"""The panel of runs: nothing yet, what the next one begins with, one run, live or as it was, or a rehearsal's plan."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import Final

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QPushButton, QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from tocsin.base.clock import Clock
from tocsin.base.texts import _, beginning
from tocsin.engine.events import LIVE, REHEARSE
from tocsin.engine.moments import Moment
from tocsin.engine.progress import RunProgress
from tocsin.model.playbook import Playbook
from tocsin.services.past import PastRun
from tocsin.ui.run_dock.announcer import Announcer
from tocsin.ui.run_dock.approval import Card, open_cards
from tocsin.ui.run_dock.follower import RunNews
from tocsin.ui.run_dock.kept_values import Found, KeptValues, plain_value
from tocsin.ui.run_dock.plan_page import PlanPage
from tocsin.ui.run_dock.prefill import Prefill
from tocsin.ui.run_dock.run_page import RunPage
from tocsin.ui.run_dock.start_event import Memory, start_of
from tocsin.ui.run_dock.start_form import StartForm
from tocsin.ui.run_dock.subject import RunSubject
from tocsin.ui.run_dock.tape import RunTape
from tocsin.ui.run_dock.waiting_list import WaitingLine
from tocsin.ui.run_dock.words import STATUS_WORDS, changes_words, short_run
from tocsin.ui.theme import Theme
from tocsin.ui.widgets.empty_state import EmptyState
from tocsin.ui.widgets.second_tick import second_tick

NOT_RUN: Final = _("Not run yet.")


class RunPanel(QFrame):
    """Shows a run; it changes nothing.

    Signals:
        node_chosen: The id of the step that a person chose.
        moment_changed: How many of the run's events are seen now; `progress` says how it stood then.
        answered: Answer, to a question whether a change happened.
        questions_changed: A tuple of Card, one for each question that is open now. What may have happened has none: its
            answers are in this panel.
        question_chosen: The id of an open question whose card is to be shown.
        run_requested: The event that a run shall begin with; None for what its trigger has.
        rehearse_requested: The same of a rehearsal.
        elsewhere_chosen: The WaitingLine of a question that another tab asks.
        undo_requested: The id of a run whose changes are to be taken back.
        tape_changed: Another run is shown, or none.
        film_requested: The RunTape that is to be kept as a page.
    """

    node_chosen = Signal(str)
    moment_changed = Signal(int)
    answered = Signal(object)
    questions_changed = Signal(object)
    question_chosen = Signal(str)
    run_requested = Signal(object)
    rehearse_requested = Signal(object)
    elsewhere_chosen = Signal(object)
    undo_requested = Signal(str)
    tape_changed = Signal()
    film_requested = Signal(object)

    def __init__(
        self,
        theme: Theme,
        parent: QWidget | None = None,
        *,
        values: KeptValues | None = None,
        clock: Clock | None = None,
    ) -> None:
        """Make an empty panel.

        Args:
            theme: The look.
            parent: The dock.
            values: Gives values too large for events; without it only their size is said.
            clock: Gives the time of now.
        """
        super().__init__(parent)
        self.setObjectName("run-panel")
        self.setProperty("role", "panel")
        self._theme = theme
        self._clock = clock or Clock()
        self._values = values
        self._tape: RunTape | None = None
        self._cards: tuple[Card, ...] = ()
        self._elsewhere: tuple[WaitingLine, ...] = ()
        self._memories: dict[str, Memory] = {}
        self._form: StartForm | None = None
        self._announcer = Announcer(self)
        self._empty = EmptyState(theme, "play", NOT_RUN, _("Rehearse"), self)
        self._page = RunPage(theme, values, self)
        self._plan = PlanPage(theme, self)
        self._environment = _("Lab")
        self._is_timeline_wanted = False
        self._is_looking_back = False
        self._back = QPushButton(_("Show plan"), self)
        self._stack = QStackedWidget(self)
        self._tick = second_tick(self)
        self._arrange()
        self._connect()

    @property
    def page(self) -> RunPage:
        """The run that is shown."""
        return self._page

    @property
    def plan(self) -> PlanPage:
        """The plan, where a rehearsal is shown."""
        return self._plan

    @property
    def tape(self) -> RunTape | None:
        """The run that is shown; None where none is."""
        return self._tape

    @property
    def is_imported(self) -> bool:
        """The run that is shown came out of a file."""
        return self._tape is not None and self._tape.is_imported

    @property
    def started_with(self) -> Found:
        """What the run that is shown began with, as far as it is known."""
        event = self._tape.latest.details.origin.input if self._tape is not None else None
        return (self._values.find if self._values is not None else plain_value)(event)

    @property
    def form(self) -> StartForm | None:
        """What asks for the event of the next run, or None."""
        return self._form

    @property
    def moment(self) -> Moment | None:
        """How the run stood where the playhead is; None where no run is shown."""
        return self._tape.moment if self._tape is not None else None

    @property
    def progress(self) -> RunProgress | None:
        """The same, for those who show nothing else."""
        return self._tape.moment.progress if self._tape is not None else None

    @property
    def cards(self) -> tuple[Card, ...]:
        """A card for each question that is open now, wherever the playhead is."""
        return self._cards

    @property
    def is_replaying(self) -> bool:
        """What is seen is not how the run stands now."""
        return self._tape is not None and not self._tape.is_at_end

    @property
    def output(self) -> str:
        """What the chosen step gave, as JSON."""
        return self._page.step.output.text

    @property
    def status(self) -> str:
        """How the run stands, in one line; for those who hear the window too."""
        return self.accessibleDescription()

    def show_run(self, subject: RunSubject | None, progress: RunProgress | None) -> None:
        """Begin with another run, or with none. What it did so far is told by `show_news`."""
        self._show_tape(RunTape(subject, progress) if subject is not None and progress is not None else None)

    def show_news(self, news: RunNews) -> None:
        """Take in what a batch of events brought; a person who looks back is left where they are."""
        if self._tape is None or not news.events:
            return
        self._tape.take(news.events)
        self._remember(self._tape)
        self._announcer.announce(news.events, self._tape.subject)
        self._refresh()

    def show_past(self, past: PastRun, subject: RunSubject) -> None:
        """Show a run that was, at its end."""
        self._show_tape(RunTape.of_past(subject, past))

    def show_node(self, node: str) -> None:
        """Choose a step's row."""
        self._page.show_node(node)
        self._plan.show_node(node)

    def show_elsewhere(self, lines: Sequence[WaitingLine]) -> None:
        """Show what other tabs ask in the list of open questions."""
        if tuple(lines) != self._elsewhere:
            self._elsewhere = tuple(lines)
            self._page.set_elsewhere(lines)
            self._refresh()

    def allow_answer(self) -> None:
        """Let the person answer again: what they chose was not taken."""
        self._page.allow_answer()

    def set_environment(self, title: str) -> None:
        """Say where the next run goes."""
        self._environment = title

    def ask_event(
        self,
        playbook: Playbook,
        *,
        is_wanted: bool = False,
        mode: str = LIVE,
        given: Prefill | None = None,
    ) -> bool:
        """Ask what a run begins with, if it cannot begin without; tell whether it asks.

        Args:
            playbook: What is to be run.
            is_wanted: Ask even where the trigger's sample would do.
            mode: live, or rehearse.
            given: Gives what the form shows at first, by the schema of the event.

        Raises:
            NoTriggerError: Nothing in it can be started.
        """
        start = start_of(playbook, self._memories.setdefault(playbook.id, Memory()))
        if given is not None:
            start = replace(start, given=given(start.entry.schema))
        if not start.needs_values and not is_wanted:
            return False
        self._drop_form()
        self._form = StartForm(self._theme, start, playbook.name or playbook.id, self, mode=mode)
        self._form.set_environment(self._environment)
        self._form.run_requested.connect(self._on_form_run if mode == LIVE else self._on_form_rehearse)
        self._form.cancelled.connect(self._drop_form)
        self._stack.addWidget(self._form)
        self._stack.setCurrentWidget(self._form)
        return True

    def _show_tape(self, tape: RunTape | None) -> None:
        self._drop_form()
        self._tape = tape
        self._is_timeline_wanted = False
        if tape is not None:
            self._page.set_tape(tape)
            self._plan.set_tape(tape)
        self._refresh()
        self.tape_changed.emit()

    def _remember(self, tape: RunTape) -> None:
        """Keep what the run began with: the next one may begin with the same."""
        event = tape.latest.details.origin.input
        memory = self._memories.setdefault(tape.subject.playbook.id, Memory())
        if event is not None and self._values is not None:
            found = self._values.find(event)
            memory.last = found.value if found.is_there else memory.last
        elif event is not None and "v" in event:
            memory.last = event["v"]

    @Slot()
    def _refresh(self) -> None:
        tape = self._tape
        self.setAccessibleDescription(_status_line(tape))
        if tape is not None:
            self._page.refresh(self._clock.utc_micros())
            self._plan.refresh()
        self._show_page()
        self._refresh_cards()
        self._follow_clock()

    def _show_page(self) -> None:
        """Show the form while it asks, the plan of a rehearsal unless its timeline is wanted, else the run."""
        is_rehearsal = self._tape is not None and self._tape.latest.progress.mode == REHEARSE
        is_plan = is_rehearsal and not self._is_timeline_wanted
        page = self._empty if self._tape is None else self._plan if is_plan else self._page
        self._stack.setCurrentWidget(self._form or page)
        self._back.setVisible(is_rehearsal and self._stack.currentWidget() is self._page)

    def _refresh_cards(self) -> None:
        tape = self._tape
        find = self._values.find if self._values is not None else plain_value
        cards = open_cards(tape.subject, tape.latest, find) if tape is not None and tape.is_on else ()
        if cards != self._cards:
            self._cards = cards
            self.questions_changed.emit(cards)

    def _follow_clock(self) -> None:
        """Count seconds while somebody sees them and more may happen."""
        is_counting = self._tape is not None and self._tape.is_on and self.isVisible()
        if is_counting is not self._tick.isActive():
            self._tick.start() if is_counting else self._tick.stop()

    def _arrange(self) -> None:
        for page in (self._empty, self._page, self._plan):
            self._stack.addWidget(page)
        self._back.setProperty("role", "link")
        self._back.setAutoDefault(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._back, 0, Qt.AlignmentFlag.AlignRight)
        column.addWidget(self._stack)

    def _connect(self) -> None:
        page = self._page
        page.node_chosen.connect(self.node_chosen)
        page.answered.connect(self.answered)
        page.question_chosen.connect(self.question_chosen)
        page.moment_changed.connect(self._on_moment)
        page.undo_requested.connect(self.undo_requested)
        page.scrubber.export_asked.connect(self._on_export)
        page.waiting.elsewhere_chosen.connect(self.elsewhere_chosen)
        self._plan.node_chosen.connect(self.node_chosen)
        self._plan.timeline_requested.connect(self._on_timeline)
        self._back.clicked.connect(self._on_plan)
        self._empty.asked.connect(self._on_rehearse_asked)
        self._tick.timeout.connect(self._refresh)
        if self._values is not None:
            self._values.loaded.connect(self._on_loaded)

    @Slot()
    def _on_export(self) -> None:
        if self._tape is not None:
            self.film_requested.emit(self._tape)

    @Slot()
    def _drop_form(self) -> None:
        if self._form is not None:
            self._stack.removeWidget(self._form)
            self._form.deleteLater()
            self._form = None
            self._show_page()

    @Slot(object)
    def _on_form_run(self, event: object) -> None:
        self._drop_form()
        self.run_requested.emit(event)

    @Slot(object)
    def _on_form_rehearse(self, event: object) -> None:
        self._drop_form()
        self.rehearse_requested.emit(event)

    @Slot()
    def _on_rehearse_asked(self) -> None:
        self.rehearse_requested.emit(None)

    @Slot()
    def _on_timeline(self) -> None:
        self._is_timeline_wanted = True
        self._show_page()

    @Slot()
    def _on_plan(self) -> None:
        self._is_timeline_wanted = False
        self._show_page()

    @Slot()
    def _on_loaded(self) -> None:
        self._page.rename_items()
        self._refresh()

    @Slot(int)
    def _on_moment(self, index: int) -> None:
        self._look_back()
        self._refresh()
        self.moment_changed.emit(index)

    def _look_back(self) -> None:
        """Look for the moment that is wanted, one at a time: a playhead that is dragged wants many."""
        tape = self._tape
        if tape is None or tape.wanted is None or self._is_looking_back:
            return
        if self._values is None:
            tape.show_moment(tape.wanted, tape.rewind.at(tape.wanted))
            return
        self._is_looking_back = True
        self._values.look_back(tape.rewind, tape.wanted, partial(self._on_looked_back, tape, tape.wanted))

    def _on_looked_back(self, tape: RunTape, index: int, moment: Moment | None) -> None:
        """Show a moment, also when the playhead has gone on since: it follows as well as it can."""
        self._is_looking_back = False
        if tape is not self._tape or moment is None:
            return
        tape.show_moment(index, moment)
        self._look_back()
        self._refresh()
        self.moment_changed.emit(tape.playback.index)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._refresh()

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._tick.stop()


def _status_line(tape: RunTape | None) -> str:
    if tape is None:
        return NOT_RUN
    progress = tape.latest.progress
    unsure = sum(change.changed == "unknown" for change in progress.changes)
    name = tape.subject.name or _("run {short_run}").format(short_run=short_run(progress.run))
    changes = changes_words(len(progress.changes) - unsure, unsure)
    line = _("{capitalize} · {name} · changes: {changes}").format(
        capitalize=beginning(STATUS_WORDS[progress.status]), name=name, changes=changes
    )
    return f"{line} · {progress.error['message']}" if progress.error else line
