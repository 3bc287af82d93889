"""Shows the welcome page while nothing is open, and does what is chosen there."""

from __future__ import annotations

from concurrent.futures import Future
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QMainWindow, QStackedWidget

from tocsin.model.playbook import Playbook
from tocsin.ui.asking import Asking
from tocsin.ui.dialogs.paste_card import PastedStart
from tocsin.ui.dialogs.welcome import WelcomePage
from tocsin.ui.ports import LibraryPort
from tocsin.ui.window.document import Document
from tocsin.ui.window.file_desk import FileDesk
from tocsin.ui.window.memory import WindowMemory
from tocsin.ui.window.open_documents import OpenDocuments


class WelcomeDesk(QObject):
    """Puts the page over everything but header and footer while the playbook in front is empty and nobody began it.

    Signals:
        alert_chosen: The event that the playbook in front can run with.
        scenario_chosen: The id of a scenario to play.
        failed: A TocsinError: what was chosen could not be had.
        changed: The page came to the front, or went.
        connect_requested: Connect a product.
        tour_requested: Take the tour.
    """

    alert_chosen = Signal(object)
    scenario_chosen = Signal(str)
    failed = Signal(object)
    changed = Signal()
    connect_requested = Signal()
    tour_requested = Signal()

    def __init__(self, page: WelcomePage, library: LibraryPort, documents: OpenDocuments, files: FileDesk) -> None:
        super().__init__(page)
        self._page = page
        self._library = library
        self._documents = documents
        self._files = files
        self._memory: WindowMemory | None = None
        self._stack: QStackedWidget | None = None
        self._is_wanted = False
        self._asking = Asking(self)
        self._asking.failed.connect(self.failed)
        self._connect()

    @property
    def is_shown(self) -> bool:
        """The page is in front of the playbooks."""
        return self._stack is not None and self._stack.currentWidget() is self._page

    def arrange(self, stack: QStackedWidget, memory: WindowMemory) -> None:
        """Take a place beside the window's body, and learn where the last files are remembered."""
        self._stack, self._memory = stack, memory
        stack.addWidget(self._page)
        self._show()

    def greet(self) -> None:
        """Show the page; a playbook that is in front stays in its tab."""
        self._is_wanted = True
        if not _is_blank(self._documents.current):
            blank = next((one for one in self._documents.all if _is_blank(one)), None) or self._documents.add()
            self._documents.show(blank)
        self._show()

    def paste_alert(self) -> None:
        """Show the page with the alert that the clipboard holds, ready to be looked through."""
        self.greet()
        self._page.paste.take_clipboard()

    def show_connected(self, ready: int, all_: int) -> None:
        """Say how many connections there are, and that a product can be connected."""
        self._page.connecting.show_count(ready, all_)
        self._page.connecting.show()

    @Slot()
    def give_way(self) -> None:
        """Show the empty playbook itself: someone begins it."""
        self._is_wanted = False
        self._show()

    def _connect(self) -> None:
        page = self._page
        page.new_requested.connect(self.give_way)
        page.open_requested.connect(self._files.ask_and_open)
        page.recent_chosen.connect(self._on_recent)
        page.template_chosen.connect(self._on_template)
        page.alert_pasted.connect(self._on_alert)
        page.scenario_chosen.connect(self._on_scenario)
        page.connect_requested.connect(self.connect_requested)
        page.tour_requested.connect(self.tour_requested)
        self._documents.current_changed.connect(self._on_documents)
        self._documents.facts_changed.connect(self._on_documents)
        self._documents.removed.connect(self._on_removed)

    def _show(self) -> None:
        if self._stack is None:
            return
        is_shown = self._is_wanted and _is_blank(self._documents.current)
        if is_shown and self._memory is not None:
            self._page.set_recent(self._memory.recent)
        if is_shown is not self.is_shown:
            self._stack.setCurrentIndex(self._stack.indexOf(self._page) if is_shown else 0)
            self.changed.emit()

    @Slot(object)
    def _on_documents(self, _document: Document) -> None:
        self._show()

    @Slot(object)
    def _on_removed(self, _document: Document) -> None:
        """The last playbook was closed: begin again."""
        if all(_is_blank(document) for document in self._documents.all):
            self._is_wanted = True
        self._show()

    @Slot(object)
    def _on_recent(self, path: Path) -> None:
        self._files.open(path)

    @Slot(str)
    def _on_template(self, name: str) -> None:
        self._asking.ask(self._library.copy_of(name), self._files.begin)

    @Slot(object)
    def _on_alert(self, start: PastedStart) -> None:
        future: Future[Playbook] = self._library.copy_of(start.template)
        self._asking.ask(future, partial(self._begin_with, start))

    def _begin_with(self, start: PastedStart, playbook: Playbook) -> None:
        self._files.begin(playbook)
        self.alert_chosen.emit(start.event)

    @Slot(str)
    def _on_scenario(self, scenario: str) -> None:
        self.give_way()
        self.scenario_chosen.emit(scenario)


def _is_blank(document: Document) -> bool:
    return document.session.is_untouched and not document.playbook.graph.nodes


def stack_of(window: QMainWindow) -> QStackedWidget:
    """Put a stack in the place of a window's body, with the body in front, and return it."""
    stack = QStackedWidget(window)
    body = window.takeCentralWidget()
    if body is not None:
        stack.addWidget(body)
    window.setCentralWidget(stack)
    return stack
