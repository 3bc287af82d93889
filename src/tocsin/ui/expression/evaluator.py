"""Asks the samples for what editors show, and tells the answers in Qt's thread."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Signal

from tocsin.services.samples import Answers, Outcome, ReadPoint, ValueGroup
from tocsin.ui.ports import SamplesPort

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True, eq=False)
class Trial:
    """The question what a text gives. Each is itself: editors know theirs again by identity."""

    point: ReadPoint
    text: str
    is_template: bool


@dataclass(frozen=True, slots=True, eq=False)
class Listing:
    """The question what may be read at a point."""

    point: ReadPoint


@dataclass(frozen=True, slots=True)
class Tried:
    """What a text gives."""

    trial: Trial
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class Listed:
    """What may be read."""

    listing: Listing
    groups: tuple[ValueGroup, ...]


class Evaluator(QObject):
    """One for a window; every editor hears all answers and takes its own.

    Signals:
        tried: A Tried.
        listed: A Listed.
        samples_changed: There is a newer run: all that was shown may be another value now.
        run_wanted: A person has no values to choose from, and asks for a run in the Lab.
    """

    tried = Signal(object)
    listed = Signal(object)
    samples_changed = Signal()
    run_wanted = Signal()

    def __init__(
        self,
        samples: SamplesPort,
        deliver: Callable[[Callable[[Any], None], Any], None],
        parent: QObject | None = None,
    ) -> None:
        """Begin to ask.

        Args:
            samples: Who answers, in futures that end on another thread.
            deliver: Calls a function with a value in Qt's thread: `EventBridge.deliver`.
            parent: The window.
        """
        super().__init__(parent)
        self._samples = samples
        self._deliver = deliver
        self._is_closed = False

    def try_text(self, trial: Trial) -> None:
        """Ask what a text gives."""
        if not self._is_closed:
            future = self._samples.evaluate(trial.point, trial.text, is_template=trial.is_template)
            self._hear(future, lambda outcome: self.tried.emit(Tried(trial, outcome)))

    def list_values(self, listing: Listing) -> None:
        """Ask what may be read at a point."""
        if not self._is_closed:
            future = self._samples.groups(listing.point)
            self._hear(future, lambda groups: self.listed.emit(Listed(listing, groups)))

    def look_again(self, playbook: str) -> None:
        """Look for a newer run of a playbook; call it when one has ended."""
        if not self._is_closed:
            self._hear(self._samples.look_again(playbook), self._on_looked)

    def close(self) -> None:
        """Ask nothing more, and tell nothing more."""
        self._is_closed = True

    def _hear(self, future: Future[Any], told: Callable[[Any], None]) -> None:
        future.add_done_callback(partial(self._deliver, partial(self._on_done, told)))

    def _on_done(self, told: Callable[[Any], None], future: Future[Any]) -> None:
        if not self._is_closed and not future.cancelled():
            told(future.result())

    def _on_looked(self, is_newer: bool) -> None:
        if is_newer:
            self.samples_changed.emit()


class AnswersInPlace:
    """Answers at once and in the caller's thread: for editors that stand alone, as in tests."""

    def __init__(self, answers: Answers) -> None:
        self._answers = answers

    def groups(self, point: ReadPoint) -> Future[tuple[ValueGroup, ...]]:
        """List what may be read at a point."""
        return _ended(self._answers.groups(point))

    def evaluate(self, point: ReadPoint, text: str, *, is_template: bool) -> Future[Outcome]:
        """Try a text at a point."""
        return _ended(self._answers.evaluate(point, text, is_template=is_template))

    def look_again(self, playbook: str) -> Future[bool]:
        """Look for a newer run of a playbook."""
        return _ended(self._answers.look_again(playbook))


def evaluator_in_place(answers: Answers, parent: QObject | None = None) -> Evaluator:
    """Return an evaluator that needs no thread and no bridge."""
    return Evaluator(AnswersInPlace(answers), lambda call, value: call(value), parent)


def _ended(value: Value) -> Future[Value]:
    future: Future[Value] = Future()
    future.set_result(value)
    return future
