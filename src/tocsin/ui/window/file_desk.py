"""Opens and saves: asks for files, asks about unsaved changes, says what went wrong."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from tocsin.base.errors import TocsinError
from tocsin.ui.dialogs.file_choice import FileChoice
from tocsin.ui.dialogs.save_changes import SaveChangesDialog
from tocsin.ui.window.document import Document


class FileDesk(QObject):
    """Everything about the document's file. Nothing here waits: each answer calls what comes next.

    Signals:
        opened: Another document is here.
        failed: A TocsinError: a file could not be read or written. The document is as it was.
    """

    opened = Signal()
    failed = Signal(object)

    def __init__(self, document: Document, choice: FileChoice, window: QWidget) -> None:
        super().__init__(window)
        self._document = document
        self._session = document.session
        self._choice = choice
        self._window = window

    def new(self) -> None:
        """Begin an empty playbook, after asking about unsaved changes."""
        self.when_settled(self._new)

    def ask_and_open(self) -> None:
        """Ask for a file and show it, after asking about unsaved changes."""
        ask = partial(self._choice.ask_open, self._window, self._folder(), self.open)
        self.when_settled(ask)

    def open(self, path: Path) -> None:
        """Show a file's playbook; when it has none, say why and keep the document."""
        try:
            self._session.open(path)
        except TocsinError as error:
            self.failed.emit(error)
            return
        self.opened.emit()

    def save(self, then: Callable[[], None] | None = None) -> None:
        """Write the document, to a file that is asked for when it has none; `then` follows when it is written."""
        if self._session.path is None:
            self.save_as(then)
        else:
            self._write(then, None)

    def save_as(self, then: Callable[[], None] | None = None) -> None:
        """Ask for a file and write the document to it."""
        proposal = self._folder() / self._document.file_name
        self._choice.ask_save(self._window, proposal, partial(self._write, then))

    def when_settled(self, then: Callable[[], None]) -> None:
        """Do `then` at once, or when the person has saved or discarded the changes; never when they cancel."""
        if not self._session.is_dirty:
            then()
            return
        dialog = SaveChangesDialog(
            self._document.name, on_save=partial(self.save, then), on_discard=then, parent=self._window
        )
        dialog.open()

    def _new(self) -> None:
        self._session.new()
        self.opened.emit()

    def _write(self, then: Callable[[], None] | None, path: Path | None) -> None:
        try:
            self._session.save(path)
        except TocsinError as error:
            self.failed.emit(error)
            return
        if then is not None:
            then()

    def _folder(self) -> Path:
        path = self._session.path
        return path.parent if path else Path.home()
