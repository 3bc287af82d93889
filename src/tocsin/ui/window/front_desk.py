"""Lets title, tabs, footer, dock, file notice and actions tell what is so with the playbooks of a window."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Slot

from tocsin.model.playbook import walk_nodes
from tocsin.ui.run_dock.follower import RunPhase
from tocsin.ui.window.breadcrumbs import PLAYBOOK, Crumb
from tocsin.ui.window.document import Document
from tocsin.ui.window.facts import face_of_tab, facts_of, title_of

if TYPE_CHECKING:
    from tocsin.ui.window.window import MainWindow


class FrontDesk(QObject):
    """Shows facts, changes nothing. What the frame tells while it is being laid out is shown once, when it lies."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._front: Document | None = None
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._refresh)
        documents = window.documents
        documents.facts_changed.connect(self._on_facts)
        documents.current_changed.connect(self._on_current)
        documents.added.connect(self._on_added)
        documents.removed.connect(self._on_facts)
        window.frame.changed.connect(self._soon.start)
        if window.desks.lab is not None:
            window.desks.lab.facts_changed.connect(self._soon.start)
        if window.desks.welcome is not None:
            window.desks.welcome.changed.connect(self._refresh)
        for document in documents.all:
            self._on_added(document)
        self._on_current(documents.current)

    @Slot(object)
    def _on_added(self, document: Document) -> None:
        self._window.commands.attach(self._window, document.canvas.view)
        document.file_state_changed.connect(self._on_facts)
        self._refresh()

    @Slot(object)
    def _on_current(self, document: Document) -> None:
        if self._front is not None:
            self._front.canvas.scene.hint_changed.disconnect(self._window.footer.show_hint)
        self._front = document
        document.canvas.scene.hint_changed.connect(self._window.footer.show_hint)
        self._window.footer.show_hint("")
        self._refresh()

    @Slot(object)
    def _on_facts(self, _document: Document) -> None:
        self._refresh()

    @Slot()
    def _refresh(self) -> None:
        window, documents = self._window, self._window.documents
        document = documents.current
        window.panels.document.show_tabs([face_of_tab(one) for one in documents.all], documents.all.index(document))
        window.setWindowTitle(title_of(document))
        self._show_footer(document)
        titles = {name: node.title or name for name, node in walk_nodes(document.playbook.graph)}
        window.dock.show_problems(document.problems, titles)
        window.dock.show_live(document.is_running)
        window.frame.show_run_on(document.is_running)
        window.panels.file.show_state(
            document.file_name, document.file_state, is_dirty=document.session.is_dirty, is_locked=document.is_running
        )
        window.commands.refresh(facts_of(window))

    def _show_footer(self, document: Document) -> None:
        window, footer = self._window, self._window.footer
        is_welcome = window.desks.welcome is not None and window.desks.welcome.is_shown
        footer.show_document(document.playbook, document.session.path, document.session.selection)
        if is_welcome:
            footer.show_crumbs((Crumb(PLAYBOOK, "Welcome"),))
        footer.show_problems(() if is_welcome else document.problems)
        statuses = document.follower.statuses.values()
        unsure = sum(status.uncertain for status in statuses)
        waiting = len(document.follower.questions) if document.follower.phase is RunPhase.ON else 0
        footer.show_run(uncertain=unsure, waiting=waiting)
