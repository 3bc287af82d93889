"""Follows one run from the terminal: shows its events, answers its questions, knows when it is over."""

from __future__ import annotations

import queue
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from typing import Protocol

from tocsin.cli.answers import Answers
from tocsin.engine.events import Event, RunStatus
from tocsin.engine.news import Answered
from tocsin.engine.progress import OpenQuestion, RunProgress
from tocsin.services.runs import Runs, StartedRun, StartRequest


class Show(Protocol):
    """How progress is shown."""

    def on_events(self, events: Sequence[Event], progress: RunProgress) -> None:
        """Show a batch, already folded into the progress."""
        ...

    def on_answer(self, question: OpenQuestion, option: str) -> None:
        """Show that a question was answered without asking."""
        ...


class Follower:
    """Runs one playbook to its end, or until only a person can go on.

    Args:
        runs: Starts it.
        answers: Answers given before.
        show: How progress is shown.
        ask: Asks a person at the terminal; None where nobody is.
    """

    def __init__(
        self, runs: Runs, answers: Answers, show: Show, *, ask: Callable[[OpenQuestion], str] | None = None
    ) -> None:
        self._runs = runs
        self._answers = answers
        self._show = show
        self._ask = ask
        self._mail: queue.Queue[Sequence[Event] | Future[RunStatus]] = queue.Queue()
        self.events: list[Event] = []

    def run(self, request: StartRequest) -> tuple[StartedRun, RunStatus]:
        """Start, follow, answer; return the run and its status, WAITING when only a person can go on.

        Raises:
            TocsinError: The run was refused.
        """
        end = self._runs.subscribe(self._mail.put)
        try:
            started = self._runs.start(request).result()
            return started, self._follow(started)
        finally:
            end()

    def _follow(self, started: StartedRun) -> RunStatus:
        progress = RunProgress(started.run)
        started.over.add_done_callback(self._mail.put)
        while True:
            mail = self._mail.get()
            if not isinstance(mail, Future):
                self._take_in(mail, progress)
                continue
            status = mail.result()
            if status is not RunStatus.WAITING or not self._answer_all(progress):
                return status
            self._runs.wait(started.run).add_done_callback(self._mail.put)

    def _take_in(self, events: Sequence[Event], progress: RunProgress) -> None:
        own = [event for event in events if event.run == progress.run]
        for event in own:
            progress.apply(event)
        self.events += own
        self._show.on_events(own, progress)

    def _answer_all(self, progress: RunProgress) -> bool:
        """Answer what is open; False when nobody can."""
        answered = False
        for question in list(progress.questions.values()):
            option = self._answers.find(question.path)
            if option is not None:
                self._show.on_answer(question, option)
            elif self._ask is not None:
                option = self._ask(question)
            if option is not None:
                answer = Answered(question.ask, option, by=self._answers.by, method="terminal")
                self._runs.answer(progress.run, answer).result()
                answered = True
        return answered
