"""Opens, saves and closes: asks for files, asks about unsaved changes, says what went wrong."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from tocsin.base.errors import TocsinError
from tocsin.formats import load_playbook
from tocsin.model.comparison import compare
from tocsin.model.playbook import Playbook
from tocsin.services.editing import CannotOpenError, FilesGoneError, FileState
from tocsin.ui.dialogs.compare import show_differences
from tocsin.ui.dialogs.file_choice import FileChoice
from tocsin.ui.dialogs.save_changes import tell_open
from tocsin.ui.window.canvas_stack import CanvasStack
from tocsin.ui.window.document import Document
from tocsin.ui.window.leaving import Leaving, Then
from tocsin.ui.window.open_documents import OpenDocuments
from tocsin.ui.window.open_state import OpenState


class FileDesk(QObject):
    """Everything about the documents' files. Nothing here waits: each answer calls what comes next.

    Signals:
        settled: A file was opened or written: what was said of it before is over.
        used: The Path of a file that was opened or written.
        failed: A TocsinError: a file could not be read or written. All documents are as they were.

    Attributes:
        leaving: Asks about what would be lost.
        elsewhere: Finds a file that another window has and gives what brings it to the front; None where none has it.
    """

    settled = Signal()
    used = Signal(object)
    failed = Signal(object)

    def __init__(self, documents: OpenDocuments, canvases: CanvasStack, choice: FileChoice, window: QWidget) -> None:
        super().__init__(window)
        self._documents = documents
        self._canvases = canvases
        self._choice = choice
        self._window = window
        self.leaving = Leaving(documents, self._save, window)
        self.elsewhere: Callable[[Path], Then | None] = lambda _path: None

    @Slot()
    def new(self) -> None:
        """Begin an empty playbook in a tab of its own."""
        self._documents.show(self._documents.add())

    def begin(self, playbook: Playbook) -> None:
        """Show a playbook that is in no file yet, such as a copy of a template; it is not saved."""
        document = self._documents.find_untouched() or self._documents.add()
        document.session.recover(playbook, None, None)
        self._bring(document)

    def look_at(self, playbook: Playbook, run: str = "") -> None:
        """Show a playbook to be looked at alone: what a run ran, “R-218”, which no tab shows as it was then."""
        document = self._documents.find_untouched() or self._documents.add()
        document.snapshot_of = run
        document.session.look_at(playbook)
        self._bring(document)

    def _bring(self, document: Document) -> None:
        self._canvases.set_outlook(document.canvas, None)
        self._documents.show(document)
        self.settled.emit()

    def ask_and_open(self) -> None:
        """Ask for a file and show it."""
        self._choice.ask_open(self._window, self._folder(), self.open)

    def open(self, path: Path) -> None:
        """Show a file's playbook in a tab, its own if it has one; when it holds none, say why."""
        document = self._open(path)
        if document is not None:
            self._documents.show(document)

    @Slot(object)
    def open_all(self, paths: Sequence[Path]) -> None:
        """Show several files, each in a tab."""
        for path in paths:
            self.open(path)

    def restore(self, state: OpenState) -> None:
        """Open what was open before; files that have gone are left out, and that is said."""
        gone = [file.path for file in state.files if not file.path.exists()]
        for file in state.files:
            document = self._open(file.path) if file.path not in gone else None
            if document is not None:
                self._canvases.set_outlook(document.canvas, file.outlook)
        shown = self._documents.find(state.current) if state.current is not None else None
        if shown is not None:
            self._documents.show(shown)
        if gone:
            self.failed.emit(FilesGoneError(gone))

    def save(self) -> None:
        """Write the document that is shown, to a file that is asked for when it has none."""
        self._save(self._documents.current, None)

    def save_as(self) -> None:
        """Ask for a file and write the document that is shown to it."""
        self._save_as(self._documents.current, None)

    @Slot()
    def reload(self) -> None:
        """Show what the file of the document that is shown holds now; its unsaved changes are dropped."""
        document = self._documents.current
        if document.session.path is not None:
            outlook = self._canvases.outlook_of(document.canvas)
            self._load(document, document.session.path)
            self._canvases.set_outlook(document.canvas, outlook)

    @Slot()
    def compare(self) -> None:
        """Show what differs between the document that is shown and its file, or the copy that a sync tool kept."""
        document = self._documents.current
        is_copy = document.file_state is FileState.SAME and document.conflict_copy is not None
        path = document.conflict_copy if is_copy else document.session.path
        if path is None:
            return
        try:
            file = load_playbook(path)
        except TocsinError as error:
            self.failed.emit(error)
            return
        if file.playbook is None:
            self.failed.emit(CannotOpenError(path.name, file.problems))
            return
        found = compare(document.playbook, file.playbook)
        take = partial(self._take, document, file.playbook)
        reload, keep = (take, _do_nothing) if is_copy else (self.reload, self.keep_mine)
        show_differences(path.name, found, on_reload=reload, on_keep=keep, parent=self._window)

    def _take(self, document: Document, playbook: Playbook) -> None:
        """Show what a copy of the document's file holds; it is not saved yet."""
        document.session.recover(playbook, document.session.path, document.session.base)

    @Slot()
    def keep_mine(self) -> None:
        """Let the document that is shown stand, whatever its file holds."""
        self._documents.current.session.keep_mine()
        self._documents.current.look_at_file()

    def close_tab(self, document: Document) -> None:
        """Close a document, after asking about its run and its changes; the last empty one takes the window along."""
        if len(self._documents.all) == 1 and document.session.is_untouched:
            self._window.close()
            return
        self.leaving.when_settled([document], partial(self._close, document))

    def close_others(self, document: Document) -> None:
        """Close all documents but one, after asking about their runs and their changes."""
        others = [one for one in self._documents.all if one is not document]
        self.leaving.when_settled(others, partial(self._close_each, others))

    def _close_each(self, documents: Sequence[Document]) -> None:
        for document in documents:
            self._close(document)

    def _close(self, document: Document) -> None:
        if document in self._documents.all:
            self._documents.remove(document)

    def _open(self, path: Path) -> Document | None:
        """Return the document of a file, in front or behind; None for one in another window, or without a playbook."""
        known = self._documents.find(path)
        show = self.elsewhere(path) if known is None else None
        if show is not None:
            show()
        if known is not None or show is not None:
            return known
        document = self._documents.find_untouched() or self._documents.add()
        if self._load(document, path):
            return document
        if document is not self._documents.current:
            self._documents.remove(document)
        return None

    def _load(self, document: Document, path: Path) -> bool:
        try:
            document.session.open(path)
        except TocsinError as error:
            self.failed.emit(error)
            return False
        document.look_at_file()
        self._canvases.set_outlook(document.canvas, None)
        self.used.emit(path)
        self.settled.emit()
        return True

    def _save(self, document: Document, then: Then | None) -> None:
        if document.session.path is None or document.file_state is FileState.PROTECTED:
            self._save_as(document, then)
        else:
            self._write(document, then, None)

    def _save_as(self, document: Document, then: Then | None) -> None:
        proposal = self._folder() / document.file_name
        self._choice.ask_save(self._window, proposal, partial(self._write_as, document, then))

    def _write_as(self, document: Document, then: Then | None, path: Path) -> None:
        """Write to a file that was chosen, unless another tab or window shows it: a file is open once."""
        known = self._documents.find(path)
        show = partial(self._documents.show, known) if known is not None else self.elsewhere(path)
        if known is document or show is None:
            self._write(document, then, path)
            return
        again = partial(self._save_as, document, then)
        tell_open(path.name, on_show=show, on_again=again, parent=self._window)

    def _write(self, document: Document, then: Then | None, path: Path | None) -> None:
        try:
            document.session.save(path)
        except TocsinError as error:
            document.look_at_file()
            self.failed.emit(error)
            return
        document.look_at_file()
        self.used.emit(document.session.path)
        self.settled.emit()
        if then is not None:
            then()

    def _folder(self) -> Path:
        path = self._documents.current.session.path
        return path.parent if path else Path.home()


def _do_nothing() -> None:
    """What is drawn stands."""
