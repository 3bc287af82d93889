"""Asks about runs and unsaved changes before playbooks, windows or the program go: one question at a time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QDialog, QWidget

from tocsin.ui.dialogs.frame import DialogFrame
from tocsin.ui.dialogs.save_changes import ask_to_save, ask_to_stop
from tocsin.ui.window.document import Document
from tocsin.ui.window.open_documents import OpenDocuments

Then = Callable[[], None]
Save = Callable[[Document, Then], None]


class Leaving(QObject):
    """Nothing here waits: each answer calls what comes next, and nothing is called where a person cancels.

    Args:
        documents: Those of the window.
        save: Writes a document, to a file that is asked for when it has none, and does what comes next.
        window: What the questions stand over.
    """

    def __init__(self, documents: OpenDocuments, save: Save, window: QWidget) -> None:
        super().__init__(window)
        self._documents = documents
        self._save = save
        self._window = window
        self._then: Then | None = None
        self._asker: object = None
        self._question: DialogFrame | None = None

    def when_settled(self, documents: Sequence[Document], then: Then, *, asker: object = None) -> None:
        """Do `then` when nothing would be lost with these documents. What was being asked is asked no more.

        Args:
            documents: Those of the window that are to go.
            then: What comes next.
            asker: On whose behalf; None for the window's own.
        """
        if self._question is not None:
            self._question.reject()
        self._then, self._asker = then, asker
        running = [document.name for document in documents if document.is_running]
        if running:
            stop = partial(self._stop, documents, then)
            self._follow(ask_to_stop(running, on_stop=stop, parent=self._window))
        else:
            self._when_saved(documents, then)

    def bring_to_front(self, asker: object = None) -> bool:
        """Bring to the front what a person is asked, on somebody's behalf or anybody's; tell whether anything is."""
        shown = [dialog for dialog in self._window.findChildren(QDialog) if dialog.isVisible()]
        if not shown or self._then is None or (asker is not None and asker is not self._asker):
            return False
        shown[-1].raise_()
        shown[-1].activateWindow()
        return True

    def _when_saved(self, documents: Sequence[Document], then: Then) -> None:
        dirty = [document for document in documents if document.session.is_dirty]
        if not dirty:
            self._end(then)
            return
        names = [document.name for document in dirty]
        save, discard = partial(self._save_each, dirty, then), partial(self._end, then)
        self._follow(ask_to_save(names, on_save=save, on_discard=discard, parent=self._window))

    def _stop(self, documents: Sequence[Document], then: Then) -> None:
        for document in documents:
            document.follower.stop()
        self._when_saved(documents, then)

    def _save_each(self, documents: Sequence[Document], then: Then) -> None:
        if not documents:
            self._end(then)
            return
        self._documents.show(documents[0])  # so that a person sees what is asked for
        self._save(documents[0], partial(self._save_each, documents[1:], then))

    def _end(self, then: Then) -> None:
        """Do what comes next, unless something else was asked since: a late answer is none to that."""
        if then is self._then:
            self._then = None
            then()

    def _follow(self, question: DialogFrame) -> None:
        self._question = question
        question.finished.connect(self._on_answered)
        question.rejected.connect(self._on_cancelled)

    @Slot()
    def _on_answered(self) -> None:
        self._question = None

    @Slot()
    def _on_cancelled(self) -> None:
        self._then = None
