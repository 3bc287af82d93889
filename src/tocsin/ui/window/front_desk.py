"""Lets title, tabs, footer, file notice and actions tell what is so with the playbooks of a window."""

from __future__ import annotations

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QWidget

from tocsin.ui.actions.build import ActionSet
from tocsin.ui.window.document import Document
from tocsin.ui.window.facts import face_of_tab, facts_of, title_of
from tocsin.ui.window.footer import Footer
from tocsin.ui.window.open_documents import OpenDocuments
from tocsin.ui.window.panels import Panels


class FrontDesk(QObject):
    """Shows facts, changes nothing."""

    def __init__(
        self, documents: OpenDocuments, panels: Panels, footer: Footer, commands: ActionSet, window: QWidget
    ) -> None:
        super().__init__(window)
        self._documents = documents
        self._panels = panels
        self._footer = footer
        self._commands = commands
        self._window = window
        self._front: Document | None = None
        documents.facts_changed.connect(self._on_facts)
        documents.current_changed.connect(self._on_current)
        documents.added.connect(self._on_added)
        documents.removed.connect(self._on_facts)
        for document in documents.all:
            self._on_added(document)
        self._on_current(documents.current)

    @Slot(object)
    def _on_added(self, document: Document) -> None:
        self._commands.attach(self._window, document.canvas.view)
        document.file_state_changed.connect(self._refresh)
        self._refresh()

    @Slot(object)
    def _on_current(self, document: Document) -> None:
        if self._front is not None:
            self._front.canvas.scene.hint_changed.disconnect(self._footer.show_hint)
        self._front = document
        document.canvas.scene.hint_changed.connect(self._footer.show_hint)
        self._footer.show_hint("")
        self._refresh()

    @Slot(object)
    def _on_facts(self, document: Document) -> None:
        if document is self._documents.current:
            self._refresh()
        else:
            self._show_tabs()

    @Slot()
    def _refresh(self) -> None:
        document = self._documents.current
        self._show_tabs()
        self._window.setWindowTitle(title_of(document))
        self._footer.show_document(document.playbook, document.session.path, document.session.selection)
        self._footer.show_problems(document.problems)
        self._panels.file.show_state(
            document.file_name,
            document.file_state,
            is_dirty=document.session.is_dirty,
            is_locked=document.is_running,
        )
        self._commands.refresh(facts_of(document, tab_count=len(self._documents.all)))

    def _show_tabs(self) -> None:
        documents = self._documents.all
        self._panels.document.show_tabs(
            [face_of_tab(document) for document in documents], documents.index(self._documents.current)
        )
