"""Follows one run: starts it, folds its events, stops it, answers it. Widgets only show what this says."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Signal, Slot

from tocsin.base.errors import TocsinError
from tocsin.base.json_types import Json
from tocsin.engine.events import FINISHED, Event
from tocsin.engine.news import Answered
from tocsin.engine.progress import NodeStatus, OpenQuestion, RunProgress
from tocsin.services.runs import StartedRun, StartRequest
from tocsin.ui.bridge import EventBridge
from tocsin.ui.ports import RunsPort

Result = TypeVar("Result")


class RunPhase(StrEnum):
    """Where the window stands with its run."""

    NONE = "none"
    STARTING = "starting"
    ON = "on"
    OVER = "over"


LOCKED = frozenset({RunPhase.STARTING, RunPhase.ON})
"""While the run is in one of these the playbook may not be changed."""


@dataclass(frozen=True, slots=True)
class RunNews:
    """What a batch of events brought.

    Attributes:
        events: The run's own events, in order.
        changed: Ids of nodes whose status is another now.
    """

    events: tuple[Event, ...]
    changed: frozenset[str]


class RunFollower(QObject):
    """The run that a window shows; none at first, the last one after it ended.

    Signals:
        phase_changed: The new RunPhase.
        progressed: RunNews.
        refused: A TocsinError: the run did not start, or an answer or a stop was not taken.
    """

    phase_changed = Signal(object)
    progressed = Signal(object)
    refused = Signal(object)

    def __init__(self, runs: RunsPort, bridge: EventBridge, *, person: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._runs = runs
        self._bridge = bridge
        self._person = person
        self._phase = RunPhase.NONE
        self._is_stop_due = False
        self._progress: RunProgress | None = None
        self._early: list[Event] = []
        self._is_closed = False
        bridge.batch_arrived.connect(self._on_batch)

    @property
    def phase(self) -> RunPhase:
        """Where the window stands with its run."""
        return self._phase

    @property
    def person(self) -> str:
        """Who starts and answers here, as events name people."""
        return self._person

    @property
    def progress(self) -> RunProgress | None:
        """How the run stands, or None when there is none."""
        return self._progress

    @property
    def is_paused(self) -> bool:
        """Nothing new starts in the run before somebody says so."""
        return self._phase is RunPhase.ON and self._progress is not None and self._progress.is_paused

    @property
    def questions(self) -> tuple[OpenQuestion, ...]:
        """What the run asks just now, oldest first."""
        return tuple(self._progress.questions.values()) if self._progress else ()

    @property
    def statuses(self) -> Mapping[str, NodeStatus]:
        """The status of every node that was heard of, by id."""
        return self._progress.statuses if self._progress else {}

    def start(self, request: StartRequest) -> None:
        """Start a run; what becomes of it is told by the signals. Nothing while another is on."""
        if self._phase in LOCKED:
            return
        self._progress = None
        self._early = []
        self._is_stop_due = False
        self._set_phase(RunPhase.STARTING)
        self._await(self._runs.start(request), self._on_started)

    def follow(self, started: StartedRun, since: Sequence[Event]) -> None:
        """Follow a run that somebody else started.

        Args:
            started: It.
            since: Its events that came while nobody followed it, with those of other runs among them.
        """
        self._is_stop_due = False
        self._set_phase(RunPhase.STARTING)
        self._take_on(started, since)

    def pause(self) -> None:
        """Let nothing new start in the run."""
        if self._progress is not None and self._phase is RunPhase.ON:
            self._await(self._runs.pause(self._progress.run, by=self._person), self._on_done)

    def go_on(self, *, one_step: bool = False) -> None:
        """Let the paused run go on, or let one step of it start."""
        if self._progress is not None and self.is_paused:
            self._await(self._runs.go_on(self._progress.run, by=self._person, one_step=one_step), self._on_done)

    def set_breakpoints(self, conditions: Mapping[str, str]) -> None:
        """Let the run pause before these nodes from now on: id → condition in CEL, "" for always."""
        if self._progress is not None and self._phase is RunPhase.ON:
            self._await(self._runs.set_breakpoints(self._progress.run, conditions), self._on_done)

    def edit_data(self, path: str, value: Json) -> None:
        """Let a step of the run have given something else; `refused` says why it cannot."""
        if self._progress is not None and self._phase is RunPhase.ON:
            self._await(self._runs.edit_data(self._progress.run, path, value, by=self._person), self._on_done)

    def stop(self) -> None:
        """Ask the run to stop; one that is only starting stops as soon as it is there."""
        self._is_stop_due = self._phase is RunPhase.STARTING
        if self._progress is not None and self._phase is RunPhase.ON:
            self._await(self._runs.stop(self._progress.run), self._on_done)

    def answer(self, question: str, option: str, *, form: Json = None, reason: str = "") -> None:
        """Answer a question of the run; where it is about acts, those that were shown."""
        if self._progress is not None:
            asked = self._progress.questions.get(question)
            seen = asked.intents_hash if asked is not None else ""
            answer = Answered(
                question, option, form, by=self._person, method="window", reason=reason, intents_hash=seen
            )
            self._await(self._runs.answer(self._progress.run, answer), self._on_done)

    def forget(self) -> None:
        """Show no run any more; another playbook is here."""
        if self._phase is RunPhase.OVER:
            self._progress = None
            self._set_phase(RunPhase.NONE)

    def close(self) -> None:
        """Expect no answer any more: the engine has stopped, and what it had not begun fails."""
        self._is_closed = True

    def _await(self, future: Future[Result], slot: Callable[[Future[Result]], None]) -> None:
        future.add_done_callback(partial(self._bridge.deliver, slot))

    def _on_started(self, future: Future[StartedRun]) -> None:
        if self._is_closed:
            return
        error = _fault_of(future)
        if error is not None:
            self._set_phase(RunPhase.NONE)
            self.refused.emit(error)
            return
        early, self._early = tuple(self._early), []
        self._take_on(future.result(), early)

    def _take_on(self, started: StartedRun, since: Sequence[Event]) -> None:
        self._progress = RunProgress(started.run)
        self._set_phase(RunPhase.ON)
        self._on_batch((*started.before, *since))
        if self._is_stop_due:
            self.stop()

    def _on_done(self, future: Future[Any]) -> None:
        error = None if self._is_closed else _fault_of(future)
        if error is not None:
            self.refused.emit(error)

    @Slot(object)
    def _on_batch(self, batch: tuple[Event, ...]) -> None:
        if self._phase is RunPhase.STARTING:
            self._early.extend(batch)
        if self._progress is None:
            return
        events = tuple(event for event in batch if event.run == self._progress.run)
        changed: set[str] = set()
        for event in events:
            changed |= self._progress.apply(event)
        if events:
            self.progressed.emit(RunNews(events, frozenset(changed)))
        if self._phase is RunPhase.ON and self._progress.status in FINISHED:
            self._set_phase(RunPhase.OVER)

    def _set_phase(self, phase: RunPhase) -> None:
        if phase is not self._phase:
            self._phase = phase
            self.phase_changed.emit(phase)


def _fault_of(future: Future[Any]) -> TocsinError | None:
    """Return why a future failed, or None when it did not; what is no TocsinError is a bug and is raised."""
    error = future.exception()
    if error is None or isinstance(error, TocsinError):
        return error
    raise error
