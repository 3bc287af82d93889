"""The windows of the program: each has its own tabs, and a file is open in one of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Slot

from tocsin.model.playbook import Playbook
from tocsin.ui.window.document import Document
from tocsin.ui.window.layout_state import read_layout
from tocsin.ui.window.memory import WindowMemory
from tocsin.ui.window.window import MainWindow


class Windows(QObject):
    """Opens windows beside others, moves playbooks between them, and remembers which were open at the end.

    Args:
        make: Makes a window; it is not shown yet.
        memory: What a restart reads.
    """

    def __init__(self, make: Callable[[], MainWindow], memory: WindowMemory, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._make = make
        self._memory = memory
        self._windows: list[MainWindow] = []
        self._is_quitting = False
        self.add()

    @property
    def all(self) -> tuple[MainWindow, ...]:
        """The windows that are open, the oldest first."""
        return tuple(self._windows)

    def add(self) -> MainWindow:
        """Make a window; it is not shown yet."""
        window = self._make()
        self._windows.append(window)
        window.beside_wanted.connect(partial(self._on_beside_wanted, window))
        window.quit_wanted.connect(self.quit)
        window.closed.connect(partial(self._on_closed, window))
        window.desks.files.elsewhere = partial(self._show_in_other, window)
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
                window.desks.files.when_settled(left, partial(self._settle, asked))
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

    def _show_in_other(self, window: MainWindow, path: Path) -> bool:
        """Bring a file to the front that another window has; tell whether one does."""
        for other in self._windows:
            document = other.documents.find(path) if other is not window else None
            if document is not None:
                other.documents.show(document)
                other.raise_()
                other.activateWindow()
                return True
        return False


def _is_settled(document: Document, answered: Mapping[Document, Playbook]) -> bool:
    """Tell whether a playbook can be closed: nothing of it would be lost but what a person let go of."""
    is_saved = not document.session.is_dirty or answered.get(document) is document.playbook
    return is_saved and (not document.is_running or document in answered)
