"""The playbooks that are open in one window, in the order of their tabs, and which of them is shown."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from tocsin.services.editing import EditorSession
from tocsin.ui.window.canvas_stack import CanvasStack
from tocsin.ui.window.document import Document
from tocsin.ui.window.open_state import OpenFile, OpenState


class OpenDocuments(QObject):
    """At least one document at any time: where nothing is open there is an empty one.

    Args:
        make: Makes a document of a session.
        make_session: Makes a session with an empty playbook.
        canvases: Where their canvases are shown.

    Signals:
        added: A Document; it is not shown yet.
        removed: A Document; it ends after this.
        current_changed: The Document that is shown now.
        facts_changed: The Document of which something is another now.
    """

    added = Signal(object)
    removed = Signal(object)
    current_changed = Signal(object)
    facts_changed = Signal(object)

    def __init__(
        self,
        make: Callable[[EditorSession], Document],
        make_session: Callable[[], EditorSession],
        canvases: CanvasStack,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._make = make
        self._make_session = make_session
        self._canvases = canvases
        self._documents: list[Document] = []
        self._current = self.add()

    @property
    def all(self) -> tuple[Document, ...]:
        """The documents, in the order of their tabs."""
        return tuple(self._documents)

    @property
    def current(self) -> Document:
        """The document that is shown."""
        return self._current

    @property
    def state(self) -> OpenState:
        """What shall come back after a restart; what was never saved to a file has nothing to come back from."""
        files = [
            OpenFile(document.session.path.absolute(), self._canvases.outlook_of(document.canvas))
            for document in self._documents
            if document.session.path is not None
        ]
        shown = self._current.session.path
        return OpenState(tuple(files), shown.absolute() if shown is not None else None)

    def find(self, path: Path) -> Document | None:
        """Return the document of a file, or None."""
        return next((document for document in self._documents if document.is_file(path)), None)

    def find_untouched(self) -> Document | None:
        """Return a document in which nothing would be lost, the one that is shown before others, or None."""
        ordered = (self._current, *self._documents)
        return next((document for document in ordered if document.session.is_untouched), None)

    def add(self) -> Document:
        """Open an empty document behind all others; it is not shown yet."""
        return self._add(self._make_session())

    def take(self, other: Document) -> None:
        """Show a document of another window, which closes it after, with its history and all that is unsaved in it."""
        untouched = self.find_untouched()
        document = self._add(other.session)
        document.take_marks(other)
        document.look_at_file()
        self.show(document)
        if untouched is not None:
            self.remove(untouched)

    def _add(self, session: EditorSession) -> Document:
        document = self._make(session)
        self._documents.append(document)
        self._canvases.add(document.canvas)
        document.facts_changed.connect(self.facts_changed)
        self.added.emit(document)
        return document

    def show(self, document: Document) -> None:
        """Bring a document to the front."""
        if document is not self._current:
            self._current = document
            self._canvases.show_canvas(document.canvas)
            self.current_changed.emit(document)

    def show_next(self, step: int) -> None:
        """Show the next document (1) or the one before (-1); round the end."""
        place = self._documents.index(self._current)
        self.show(self._documents[(place + step) % len(self._documents)])

    def remove(self, document: Document) -> None:
        """Close a document, whatever is unsaved in it: ask first. The last one leaves an empty one behind."""
        place = self._documents.index(document)
        if len(self._documents) == 1:
            self.add()
        if document is self._current:
            self.show(self._documents[place + 1 if place + 1 < len(self._documents) else place - 1])
        self._documents.remove(document)
        self.removed.emit(document)
        self._canvases.remove(document.canvas)
        document.close()
        document.deleteLater()

    def close(self) -> None:
        """Let all documents go of the services."""
        for document in self._documents:
            document.close()
