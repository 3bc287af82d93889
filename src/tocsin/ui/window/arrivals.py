"""Runs that go on from stored ones, an undo or a resumed run, each shown in the tab of what it runs."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from functools import partial
from typing import Protocol

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from tocsin.base.errors import TocsinError
from tocsin.base.texts import _, plural
from tocsin.engine.errors import ConnectionChangedError
from tocsin.engine.events import Event
from tocsin.model.playbook import Playbook
from tocsin.services.runs import StartedRun
from tocsin.ui.bridge import EventBridge
from tocsin.ui.dialogs.choice import ChoiceDialog, Question, named
from tocsin.ui.dialogs.frame import Option
from tocsin.ui.ports import HistoryPort, RunsPort
from tocsin.ui.window.document import Document
from tocsin.ui.window.file_desk import FileDesk
from tocsin.ui.window.open_documents import OpenDocuments
from tocsin.vault import VaultLockedError


@dataclass(frozen=True, slots=True)
class StoredPorts:
    """Whom those ask who work with runs that are kept.

    Attributes:
        runs: Starts what goes on from one.
        history: Knows them.
        person: Who sits here, as events name people.
    """

    runs: RunsPort
    history: HistoryPort
    person: str


Unlock = Callable[[Callable[[], None]], None]


class Start(Protocol):
    """Starts one."""

    def __call__(self, *, accepts_changes: bool) -> Future[StartedRun]:
        """Start it; `accepts_changes` says that a person has seen that a connection is another now."""
        ...


class Arrivals(QObject):
    """Starts them, asks once more where a connection is another now, and lets a document follow what has begun.

    Attributes:
        unlock: Sees that the vault is open, asking for its passphrase, and then does something; None where there is
            no vault to be opened.

    Signals:
        failed: A TocsinError: it was not started.
    """

    failed = Signal(object)

    def __init__(self, documents: OpenDocuments, files: FileDesk, bridge: EventBridge, window: QWidget) -> None:
        super().__init__(window)
        self._documents = documents
        self._files = files
        self._bridge = bridge
        self._window = window
        self.unlock: Unlock | None = None
        self._awaited = 0
        self._early: list[Event] = []
        self._is_closed = False

    def start(self, start: Start, *, verb: str) -> None:
        """Start one.

        Args:
            start: Starts it.
            verb: What a person says to do it although a connection is another: “Resume anyway”.
        """
        self._begin(start, verb, accepts_changes=False)

    def close(self) -> None:
        """Expect no answer any more."""
        self._is_closed = True

    def _begin(self, start: Start, verb: str, *, accepts_changes: bool) -> None:
        if not self._awaited:
            self._bridge.batch_arrived.connect(self._on_batch)
        self._awaited += 1
        future = start(accepts_changes=accepts_changes)
        answered = partial(self._on_answer, start, verb, accepts_changes)
        future.add_done_callback(partial(self._bridge.deliver, answered))

    def _on_answer(self, start: Start, verb: str, accepts_changes: bool, future: Future[StartedRun]) -> None:
        early = tuple(self._early)
        self._awaited -= 1
        if not self._awaited:
            self._bridge.batch_arrived.disconnect(self._on_batch)
            self._early.clear()
        if self._is_closed or future.cancelled():
            return
        error = future.exception()
        if isinstance(error, ConnectionChangedError):
            self._ask_again(error, partial(self._begin, start, verb, accepts_changes=True), verb)
        elif isinstance(error, VaultLockedError) and self.unlock is not None:
            self.unlock(partial(self._begin, start, verb, accepts_changes=accepts_changes))
        elif isinstance(error, TocsinError):
            self.failed.emit(error)
        elif error is not None:
            raise error
        else:
            self._show(future.result(), early)

    def _show(self, started: StartedRun, early: tuple[Event, ...]) -> None:
        document = self._document_of(started.program.playbook)
        document.follower.follow(started, early)

    def _document_of(self, playbook: Playbook) -> Document:
        """Return the document in front that shows a playbook: its own tab, or a new one with the snapshot."""
        same = (one for one in self._documents.all if one.playbook.graph == playbook.graph and not one.is_running)
        document = next(same, None)
        if document is None:
            self._files.look_at(playbook)
        else:
            self._documents.show(document)
        return self._documents.current

    def _ask_again(self, error: ConnectionChangedError, go_on: Callable[[], None], verb: str) -> None:
        what, listed = named(error.connections, _("connections"))
        question = Question(
            _("A connection is another now"),
            plural(
                "{what} has other settings than when the run began.",
                "{what} have other settings than when the run began.",
                len(error.connections),
            ).format(what=what),
            _("It would go on with what is there now: another address, other options or another product description."),
            listed,
        )
        ChoiceDialog("connection-changed", question, (Option(_("Cancel")), Option(verb, go_on)), self._window).open()

    @Slot(object)
    def _on_batch(self, batch: tuple[Event, ...]) -> None:
        self._early.extend(batch)
