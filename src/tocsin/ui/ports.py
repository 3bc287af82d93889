"""What the window needs from outside, in one frozen value that bootstrap fills."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from tocsin.base.json_types import Json
from tocsin.engine.events import Event
from tocsin.engine.news import Answered
from tocsin.model.catalogue import Catalogue
from tocsin.services.editing import EditorSession
from tocsin.services.problems import Problems
from tocsin.services.runs import StartedRun, StartRequest


class RunsPort(Protocol):
    """What the window asks of `services.runs`. Futures end on another thread."""

    def subscribe(self, listener: Callable[[Sequence[Event]], None], /) -> Callable[[], None]:
        """Call the listener with every batch, on the engine's thread; the returned function ends that."""
        ...

    def start(self, request: StartRequest, /) -> Future[StartedRun]:
        """Start a run; a TocsinError in the future says why it was refused."""
        ...

    def stop(self, run: str, /) -> Future[bool]:
        """Ask a run to stop."""
        ...

    def answer(self, run: str, answer: Answered, /) -> Future[bool]:
        """Answer a question of a run."""
        ...


@dataclass(frozen=True, slots=True)
class DemoRequest:
    """What the demonstration shows.

    Attributes:
        path: The playbook to open.
        event: Gives the event that the run starts with. Called once, on a thread of its own: it may ask the Lab.
    """

    path: Path
    event: Callable[[], Json]


@dataclass(frozen=True, slots=True)
class WindowServices:
    """Everything that a window is given.

    Attributes:
        runs: Starts runs and tells what happens in them.
        catalogue: Every product and the common vocabulary.
        make_session: A new editing session, one for each window.
        make_problems: A new checker, one for each window.
        person: Who answers questions here, as events name people: `user:…`.
        demo: What to show at once, or None.
    """

    runs: RunsPort
    catalogue: Catalogue
    make_session: Callable[[], EditorSession]
    make_problems: Callable[[], Problems]
    person: str = "user:local"
    demo: DemoRequest | None = None
