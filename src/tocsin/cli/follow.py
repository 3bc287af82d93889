"""Follows one run from the terminal: shows its events, answers its questions, knows when it is over."""

from __future__ import annotations

import sys
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from typing import Protocol

from tocsin.base.errors import TocsinError
from tocsin.cli.answers import Answers
from tocsin.cli.interruption import Interruption, Stop
from tocsin.cli.steering import CLI
from tocsin.cli.typed import ReadLine, read_line
from tocsin.cli.waker import Waker
from tocsin.engine.events import Event, RunStatus
from tocsin.engine.news import Answered
from tocsin.engine.progress import OpenQuestion, RunProgress
from tocsin.services.runs import Runs, StartedRun


class Show(Protocol):
    """How progress is shown."""

    def on_events(self, events: Sequence[Event], progress: RunProgress) -> None:
        """Show a batch, already folded into the progress."""
        ...

    def on_answer(self, question: OpenQuestion, option: str) -> None:
        """Show that a question was answered without asking."""
        ...


_Mail = Sequence[Event] | Future[RunStatus] | Stop
Ask = Callable[[OpenQuestion, ReadLine], str | None]
"""Asks a person, who types with the given reader, and returns the option; None when it is left open."""


class Follower:
    """Runs one playbook to its end, or until only a person can go on. Use it once.

    Args:
        runs: Starts it.
        answers: Answers given before.
        show: How progress is shown.
        ask: Asks a person at the terminal; None where nobody is.

    Attributes:
        events: What happened so far.
        interruption: Whether somebody pressed Ctrl+C.
    """

    def __init__(self, runs: Runs, answers: Answers, show: Show, *, ask: Ask | None = None) -> None:
        self._runs = runs
        self._answers = answers
        self._show = show
        self._ask = ask
        self._mail: deque[_Mail] = deque()
        self._waker = Waker()
        self.interruption = Interruption(self._post)
        self._answered: set[str] = set()
        self._end_hearing: Callable[[], None] | None = None
        self.events: list[Event] = []

    def start(self, begin: Callable[[Runs], Future[StartedRun]]) -> StartedRun:
        """Start, or resume.

        Raises:
            TocsinError: The run was refused; nothing was done.
        """
        self._end_hearing = self._runs.subscribe(self._post)
        try:
            return begin(self._runs).result()
        except TocsinError:
            self._end_hearing()
            raise

    def follow(self, started: StartedRun) -> RunStatus:
        """Show, answer, and return the status: WAITING when only a person can go on.

        Raises:
            TocsinError: What the run does can no longer be recorded. What it did until then is in `events`.
        """
        progress = RunProgress(started.run)
        for event in started.before:
            progress.apply(event)
        self.events += started.before
        started.over.add_done_callback(self._post)
        try:
            with self._waker, self.interruption:
                return self._read_mail(started.run, progress)
        finally:
            if self._end_hearing is not None:
                self._end_hearing()

    def _read_mail(self, run: str, progress: RunProgress) -> RunStatus:
        """Take in what comes, until the run is over or only a person can go on."""
        while True:
            mail = self._take_mail()
            if isinstance(mail, Stop):
                self._runs.stop(run, by=CLI, reason="interrupted", force=mail.force).result()
                print(mail.said, file=sys.stderr, flush=True)
                continue
            if not isinstance(mail, Future):
                self._take_in(mail, progress)
                continue
            status = mail.result()
            if status is not RunStatus.WAITING or not (self._answer_all(progress) or self.interruption.is_heard):
                return status
            self._runs.wait(run).add_done_callback(self._post)

    def _post(self, mail: _Mail) -> None:
        """Take a letter, from any thread and from a signal's handler; one that ends the run is read first."""
        if isinstance(mail, Stop):
            self._mail.appendleft(mail)
        else:
            self._mail.append(mail)
        self._waker.wake()

    def _take_mail(self) -> _Mail:
        while not self._mail:
            self._waker.wait()
        return self._mail.popleft()

    def _take_in(self, events: Sequence[Event], progress: RunProgress) -> None:
        own = [event for event in events if event.run == progress.run]
        for event in own:
            progress.apply(event)
        self.events += own
        self._show.on_events(own, progress)

    def _answer_all(self, progress: RunProgress) -> bool:
        """Answer what is open; False when nobody here can.

        Nothing is answered twice: a question that is still open wants another person, or more than an option.
        """
        is_answered = False
        for question in list(progress.questions.values()):
            if self.interruption.is_heard:
                break
            option = None if question.ask in self._answered else self._find_answer(question)
            if option is None:
                continue
            self._answered.add(question.ask)
            seen = question.intents_hash
            answer = Answered(question.ask, option, by=self._answers.by, method="terminal", intents_hash=seen)
            self._runs.answer(progress.run, answer).result()
            is_answered = True
        return is_answered

    def _find_answer(self, question: OpenQuestion) -> str | None:
        option = self._answers.find(question.path)
        if option in {offered.id for offered in question.options}:
            self._show.on_answer(question, option)
            return option
        if self._ask is None:
            return None
        return self._ask(question, self._read_line)

    def _read_line(self, prompt: str) -> str | None:
        return read_line(prompt, self._waker, lambda: self.interruption.is_heard)
