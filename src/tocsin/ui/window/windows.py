"""The windows of the program: each has its own tabs, and a file is open in one of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Slot

from tocsin.model.playbook import Playbook
from tocsin.ui.connections.health_watch import HealthWatch
from tocsin.ui.window.document import Document
from tocsin.ui.window.layout_state import read_layout
from tocsin.ui.window.leaving import Then
from tocsin.ui.window.memory import WindowMemory
from tocsin.ui.window.recovery_desk import RecoveryDesk
from tocsin.ui.window.window import MainWindow


class Windows(QObject):
    """Opens windows beside others, moves playbooks between them, and remembers which were open at the end.

    Args:
        make: Makes a window; it is not shown yet.
        memory: What a restart reads.
        watch: Looks at the connections; None where there are none.
    """

    def __init__(
        self,
        make: Callable[[], MainWindow],
        memory: WindowMemory,
        watch: HealthWatch | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._make = make
        self._memory = memory
        self._watch = watch
        self._windows: list[MainWindow] = []
        self._is_quitting = False
        self.add()

    @property
    def all(self) -> tuple[MainWindow, ...]:
        """The windows that are open, the oldest first."""
        return tuple(self._windows)

    @property
    def places(self) -> tuple[str, ...]:
        """Where the playbooks lie that are in front: a file each, "" for one without."""
        return tuple(window.documents.current.place for window in self._windows)

    def add(self) -> MainWindow:
        """Make a window; it is not shown yet."""
        window = self._make()
        self._windows.append(window)
        window.beside_wanted.connect(partial(self._on_beside_wanted, window))
        window.quit_wanted.connect(self.quit)
        window.closed.connect(partial(self._on_closed, window))
        window.desks.files.elsewhere = partial(self._find_in_other, window)
        if window.recovery is not None:
            window.recovery.elsewhere = partial(self._recovery_of_other, window)
        if window.desks.connections is not None:
            window.desks.connections.watch = self._watch
        window.told.everywhere = self._all_documents
        return window

    def restore_others(self) -> None:
        """Open the windows that were open beside the first one, as they were left."""
        for state in self._memory.others:
            window = self.add()
            window.frame.restore(read_layout(state.layout))
            window.show()
            window.restore(state.open_documents)

    @Slot()
    def quit(self) -> None:
        """Close all windows, after asking about what is unsaved in each; nothing is closed where a person cancels."""
        if not any(window.desks.files.leaving.bring_to_front(self) for window in self._windows):
            self._settle({})

    def let_go(self) -> None:
        """Let all windows go of the services and end them."""
        for window in self._windows:
            window.let_go()
            window.deleteLater()

    def _settle(self, answered: Mapping[Document, Playbook]) -> None:
        """Ask window by window until nothing is left that nobody was asked about, and end.

        While one window asks, the others can be worked in, and further ones be opened.

        Args:
            answered: What a person has decided about, as it was then.
        """
        for window in self._windows:
            left = [document for document in window.documents.all if not _is_settled(document, answered)]
            if left:
                asked = {**answered, **{document: document.playbook for document in left}}
                window.desks.files.leaving.when_settled(left, partial(self._settle, asked), asker=self)
                return
        self._is_quitting = True
        states = [window.state for window in self._windows]
        for window in self.all:
            window.close_for_good()
        self._memory.keep(states)

    def _all_documents(self) -> tuple[Document, ...]:
        return tuple(document for window in self._windows for document in window.documents.all)

    def _on_beside_wanted(self, window: MainWindow, document: Document | None) -> None:
        other = self.add()
        other.frame.restore(window.frame.state)
        if document is not None:
            other.documents.take(document)
            window.documents.remove(document)
        other.show()
        other.activateWindow()

    def _on_closed(self, window: MainWindow) -> None:
        """Let one of several windows go; what the program ends with is let go when its services have stopped."""
        if self._is_quitting or len(self._windows) == 1:
            return
        self._windows.remove(window)
        window.let_go()
        window.deleteLater()
        self._memory.keep([one.state for one in self._windows])

    def _find_other(self, window: MainWindow, path: Path) -> tuple[MainWindow, Document] | None:
        found = ((other, other.documents.find(path)) for other in self._windows if other is not window)
        return next(((other, document) for other, document in found if document is not None), None)

    def _find_in_other(self, window: MainWindow, path: Path) -> Then | None:
        """Return what brings a file to the front that another window has; None where none has it."""
        found = self._find_other(window, path)
        return partial(_show, *found) if found is not None else None

    def _recovery_of_other(self, window: MainWindow, path: Path) -> RecoveryDesk | None:
        """Return who recovers work on a file that another window has; None where none has it."""
        found = self._find_other(window, path)
        return found[0].recovery if found is not None else None


def _show(window: MainWindow, document: Document) -> None:
    window.documents.show(document)
    window.raise_()
    window.activateWindow()


def _is_settled(document: Document, answered: Mapping[Document, Playbook]) -> bool:
    """Tell whether a playbook can be closed: nothing of it would be lost but what a person let go of."""
    is_saved = not document.session.is_dirty or answered.get(document) is document.playbook
    return is_saved and (not document.is_running or document in answered)
