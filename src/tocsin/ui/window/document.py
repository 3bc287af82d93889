"""One open playbook: its session, its checker, its canvas and its run. It lives on while another tab is shown."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from tocsin.base.errors import TocsinError
from tocsin.base.json_types import Json
from tocsin.base.texts import _
from tocsin.edits import Batch, Connect, Edit, graph_at, spliced
from tocsin.engine.events import LIVE, REHEARSE
from tocsin.engine.progress import OpenQuestion
from tocsin.model.playbook import Edge, Playbook
from tocsin.model.problems import Problem
from tocsin.services.claims import Claim
from tocsin.services.editing import (
    EditorSession,
    FileState,
    HistoryState,
    PlaybookChanged,
    Saved,
    SelectionChanged,
    find_conflict_copy,
)
from tocsin.services.runs import StartAt, StartRequest
from tocsin.ui.bridge import EventBridge
from tocsin.ui.canvas.drop import AddRequest
from tocsin.ui.canvas.room import place_after
from tocsin.ui.connections.faces import LAB, EnvironmentFace
from tocsin.ui.hearing import Hearing
from tocsin.ui.node_list.new_nodes import add_edit, added_id, find_new_node
from tocsin.ui.ports import WindowServices
from tocsin.ui.problems.places import ProblemPlaces
from tocsin.ui.run_dock.follower import LOCKED, RunFollower, RunNews, RunPhase
from tocsin.ui.run_dock.subject import RunSubject
from tocsin.ui.window.breakpoints import Breakpoints
from tocsin.ui.window.canvas_stack import Canvas
from tocsin.ui.window.pins import Pins

UNTITLED = _("Untitled")
Permit = Callable[[str, Callable[[], None]], None]
"""Is told the mode of a run outside the Lab, and what starts it: once that is allowed, if ever."""


class Document(QObject):
    """What the desks of a window work on, one of them at a time.

    Attributes:
        session: The playbook as it is edited.
        follower: Its run.
        breakpoints: Where its runs pause.
        canvas: Its picture.
        catalogue: Every product.
        hearing: What is heard of the services for as long as the document is open.
        snapshot_of: The run that ran what is only looked at, “R-218”, as far as it is known.
        environment: Where its next run goes.
        run_environment: Where the run that is shown was started.
        offered: What its next live run begins with, until one has begun with it; None when nothing came for it.
        conflict_copy: What a sync tool kept beside its file when that was last looked at; None for nothing.
        others: Who else had its file open then.
        permit: Is asked before a run outside the Lab; without one such a run starts at once.

    Signals:
        facts_changed: This Document: something that title, tab, menus or footer tell is another now.
        lock_changed: Whether the playbook may be changed is another now.
        problems_changed: Something else is wrong with it: a tuple of Problem.
        file_state_changed: The new FileState.
        settings_requested: The id of a node whose settings shall be shown.
        refused: A TocsinError: an edit did not fit, or a run was not started.
        add_requested: An AddRequest or a PlaceRequest: a person shall choose what is added there.
        looked_back: The canvas is to show the run as it stands again.
    """

    facts_changed = Signal(object)
    lock_changed = Signal()
    problems_changed = Signal(object)
    file_state_changed = Signal(object)
    settings_requested = Signal(str)
    refused = Signal(object)
    looked_back = Signal()
    add_requested = Signal(object)

    def __init__(
        self,
        services: WindowServices,
        bridge: EventBridge,
        canvas: Canvas,
        parent: QObject | None = None,
        *,
        session: EditorSession,
    ) -> None:
        super().__init__(parent)
        self.session = session
        self.catalogue = services.catalogue
        self.canvas = canvas
        self.follower = RunFollower(services.runs, bridge, person=services.person, parent=self)
        self.breakpoints = Breakpoints(self)
        self.pins = Pins(services.pins, self)
        self.snapshot_of = ""
        self.environment: EnvironmentFace = LAB
        self.run_environment: EnvironmentFace = LAB
        self.offered: Json = None
        self.permit: Permit | None = None
        self._checker = services.make_problems(lambda: self.session.path)
        self._found: tuple[Problem, ...] = ()
        self._places: ProblemPlaces | None = None
        self._is_checked = False
        self._news: list[RunNews] = []
        self._told = (0, False)
        self._subject: RunSubject | None = None
        self._begins: StartRequest | None = None
        self._file_state = FileState.SAME
        self.conflict_copy: Path | None = None
        self.others: tuple[Claim, ...] = ()
        self._claims = services.claims
        self._is_closed = False
        self._is_looking_back = False
        self._told_lock = False
        self.hearing = Hearing()
        self._hear(bridge)
        self.pins.follow(session.path, self.playbook.id)
        self._checker.check_soon(self.playbook)

    @property
    def playbook(self) -> Playbook:
        """The playbook as it is now."""
        return self.session.playbook

    @property
    def name(self) -> str:
        """What the playbook is called in titles: its name, else its file's, else “Untitled”."""
        path = self.session.path
        return self.playbook.name or (path.stem if path else UNTITLED)

    @property
    def file_name(self) -> str:
        """The file as runs and problems name it: never with the folders of this machine."""
        path = self.session.path
        return path.name if path else f"{self.playbook.id}.yaml"

    @property
    def place(self) -> str:
        """Its file with its folders, which lie in a workspace; "" while it has none."""
        return str(self.session.path or "")

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What is wrong with the playbook, and what opening its file found."""
        return (*self._found, *self.session.file_problems)

    @property
    def problem_places(self) -> ProblemPlaces:
        """What tells where a problem is, in the words of the playbook as it is now."""
        if self._places is None or self._places.playbook is not self.playbook:
            self._places = ProblemPlaces(self.playbook, self.catalogue)
        return self._places

    @property
    def is_checked(self) -> bool:
        """The problems are of the playbook as it is now, not as it was a moment ago."""
        return self._is_checked

    @property
    def file_state(self) -> FileState:
        """How the file stood to what is known of it when it was last looked at."""
        return self._file_state

    @property
    def is_running(self) -> bool:
        """A run is on, or is being started: the playbook may not be changed."""
        return self.follower.phase in LOCKED

    @property
    def is_locked(self) -> bool:
        """The playbook may not be changed now: its run is on, or it is only looked at."""
        return self.is_running or self.session.is_read_only

    @property
    def run_subject(self) -> RunSubject | None:
        """What the run that is shown ran; None when none is."""
        return self._subject

    @property
    def run_id(self) -> str:
        """The id of the run that is shown; "" when none is."""
        return self.follower.progress.run if self.follower.progress is not None else ""

    @property
    def questions(self) -> tuple[OpenQuestion, ...]:
        """What its run asks just now, oldest first; nothing of a run that is over."""
        return self.follower.questions if self.follower.phase is RunPhase.ON else ()

    @property
    def news(self) -> RunNews:
        """Everything that was heard of the run that is shown, as one."""
        events = tuple(event for news in self._news for event in news.events)
        return RunNews(events, frozenset(self.follower.statuses))

    @Slot(object)
    def apply(self, edit: Edit) -> None:
        """Do an edit as a step of its own; `refused` says why when it does not fit."""
        self.session.end_gesture()
        try:
            self.session.apply(edit)
        except TocsinError as error:
            self.refused.emit(error)
        self.session.end_gesture()

    def add(self, payload: str, *, at: tuple[int, int], frame: str | None = None, line: str | None = None) -> None:
        """Add what an entry of the node list stands for, and select it.

        Args:
            payload: The entry's.
            at: Where it goes: top centre, in pixels of its graph.
            frame: The loop whose body takes it; None for the playbook's own graph.
            line: The text of an edge of that graph that is to lead through it, where it passes anything on.
        """
        edit = add_edit(payload, self.playbook, self.catalogue, at=at, frame=frame)
        node = find_new_node(payload)
        if edit is None or node is None:
            return
        name = added_id(edit)
        edge = next((one for one in graph_at(self.playbook, frame).edges if one.text == line), None)
        self.apply(edit if edge is None else spliced(edit, name, node, frame, edge))
        self.session.select((name,))

    def add_after(self, payload: str, request: AddRequest) -> None:
        """Add what an entry of the node list stands for after another node, wired to it; select it.

        Where nobody showed its place, it comes into view.
        """
        store = self.canvas.scene.store
        before = store.nodes.get(request.node)
        if before is None:  # it went while a person chose
            return
        at = request.at or place_after(store, request.node)
        edit = add_edit(payload, self.playbook, self.catalogue, at=at, frame=before.frame)
        if edit is not None:
            edge = Edge(source=request.node, port=request.port, target=added_id(edit))
            self.apply(Batch((edit, Connect(before.frame, edge)), edit.label))
            if request.at is None:
                self.show_node(added_id(edit))
            else:
                self.session.select((added_id(edit),))

    @Slot(object)
    def open_node(self, name: str) -> None:
        """Select a node and ask for its settings."""
        self.session.select((name,))
        self.settings_requested.emit(name)

    def show_node(self, name: str) -> None:
        """Select a node and bring it into view."""
        self.session.select((name,))
        if name in self.session.selection:
            self.canvas.view.show_node(name)

    def run(self, event: Json = None, *, mode: str = LIVE, is_paused: bool = False, at: StartAt | None = None) -> None:
        """Run the playbook as it is now, saved or not.

        Args:
            event: What it starts with; None for its trigger's sample.
            mode: live, or rehearse.
            is_paused: It begins paused, to be stepped through.
            at: Where it begins; None for the whole playbook.
        """
        if mode == REHEARSE and self.pins.fault is not None:
            self.refused.emit(self.pins.fault)
            return
        request = StartRequest(
            playbook=self.playbook,
            file=self.place or self.file_name,
            event=event,
            environment=self.environment.id,
            mode=mode,
            by=self.follower.person,
            problems=self.session.file_problems,
            breakpoints=self.breakpoints.in_playbook(self.playbook),
            paused=is_paused,
            at=at,
            pins=self.pins.in_playbook(self.playbook),
        )
        start = partial(self._start, request, self.environment)
        if self.environment == LAB or self.permit is None:
            start()
        else:
            self.permit(mode, start)

    def _start(self, request: StartRequest, environment: EnvironmentFace) -> None:
        self.run_environment = environment
        self._begins = request
        self.follower.start(request)

    @property
    def is_looking_back(self) -> bool:
        """The canvas shows another moment of the run than now."""
        return self._is_looking_back

    def look_back(self, *, is_on: bool) -> None:
        """Let the canvas show another moment, or the run as it stands again."""
        if self._is_looking_back and not is_on:
            self._is_looking_back = False
            self.looked_back.emit()
        self._is_looking_back = is_on

    def take_marks(self, other: Document) -> None:
        """Be as another document of the same session is, where the session does not say it."""
        self.environment, self.offered, self.snapshot_of = other.environment, other.offered, other.snapshot_of
        self.breakpoints.take(other.breakpoints)
        self.pins.take(other.pins)

    def look_at_file(self) -> None:
        """Compare the file on disk with what was last read or written."""
        state, path = self.session.file_state(), self.session.path
        copy = find_conflict_copy(path) if path is not None else None
        others = self._claims.find_others(path) if path is not None and self._claims is not None else ()
        if (state, copy, others) != (self._file_state, self.conflict_copy, self.others):
            self._file_state, self.conflict_copy, self.others = state, copy, others
            self.file_state_changed.emit(state)

    def is_file(self, path: Path) -> bool:
        """Tell whether this playbook's file is that one, however the two are written."""
        own = self.session.path
        return own is not None and own.resolve() == path.resolve()

    def close(self) -> None:
        """Let go of the services. The checker ends first, so that it tells nobody who is gone."""
        self._is_closed = True
        self._checker.stop()
        self.hearing.close()
        self.follower.close()

    def _hear(self, bridge: EventBridge) -> None:
        self.follower.phase_changed.connect(self._on_phase)
        self.follower.progressed.connect(self._on_news)
        self.follower.refused.connect(self.refused)
        self.breakpoints.changed.connect(self._on_breakpoints)
        self.pins.failed.connect(self.refused)
        self.hearing.connect(self.session.playbook_changed, self._on_playbook)
        self.hearing.connect(self.session.saved, self._on_saved)
        self.hearing.connect(self.session.history_changed, self._on_history)
        self.hearing.connect(self.session.selection_changed, self._on_selection)
        self.hearing.connect(self._checker.problems_changed, partial(bridge.deliver, self._on_problems))

    def _on_playbook(self, change: PlaybookChanged) -> None:
        if change.old.graph is not change.new.graph:
            self.follower.forget()  # the colours of a run that is over tell nothing of another graph
        self._is_checked = False
        self._checker.check_soon(change.new)

    def _on_saved(self, saved: Saved) -> None:
        self.pins.go_along(saved.path, self.playbook.id)

    def _on_history(self, _state: HistoryState) -> None:
        self.pins.follow(self.session.path, self.playbook.id)
        self._tell_lock()
        self.facts_changed.emit(self)

    def _tell_lock(self) -> None:
        if self._told_lock != self.is_locked:
            self._told_lock = self.is_locked
            self.lock_changed.emit()

    @Slot()
    def _on_breakpoints(self) -> None:
        self.follower.set_breakpoints(self.breakpoints.in_playbook(self.playbook))

    def _on_selection(self, _change: SelectionChanged) -> None:
        self.facts_changed.emit(self)

    def _on_problems(self, problems: tuple[Problem, ...]) -> None:
        if self._is_closed:  # it was under way when the tab closed
            return
        self._found = self.problem_places.worded(problems)
        self._is_checked = self._checker.checked is self.playbook
        self.problems_changed.emit(self.problems)
        self.facts_changed.emit(self)

    @Slot(object)
    def _on_phase(self, phase: RunPhase) -> None:
        if phase in {RunPhase.NONE, RunPhase.STARTING}:
            self._news.clear()
            self._told = (0, False)
            is_new = phase is RunPhase.STARTING
            self._subject = RunSubject(self.playbook, self.catalogue, self.follower.person) if is_new else None
        elif phase is RunPhase.ON:
            self._let_go_of_offer()
        self._tell_lock()
        self.facts_changed.emit(self)

    def _let_go_of_offer(self) -> None:
        """A run is on: what it began with is offered no more, unless it only rehearsed with it."""
        begun, self._begins = self._begins, None
        if begun is not None and begun.mode == LIVE and begun.event is self.offered:
            self.offered = None

    @Slot(object)
    def _on_news(self, news: RunNews) -> None:
        self._news.append(news)
        told = (len(self.follower.questions), self.follower.is_paused)
        if told != self._told:
            self._told = told
            self.facts_changed.emit(self)
