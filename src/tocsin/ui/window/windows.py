"""The windows of the program: each has its own tabs, and a file is open in one of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Slot

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
        self._settle(self.all)

    def let_go(self) -> None:
        """Let all windows go of the services and end them."""
        for window in self._windows:
            window.let_go()
            window.deleteLater()

    def _settle(self, windows: Sequence[MainWindow]) -> None:
        if windows:
            files = windows[0].desks.files
            files.when_settled(windows[0].documents.all, partial(self._settle, windows[1:]))
            return
        self._is_quitting = True
        states = [window.state for window in self._windows]
        for window in self.all:
            window.close_for_good()
        self._memory.keep(states)

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
