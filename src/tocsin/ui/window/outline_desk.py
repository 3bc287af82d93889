"""Lets the outline take the node list's place, and keeps it true to the playbook in front while it is seen."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QApplication, QStackedWidget, QWidget

from tocsin.services.editing import PlaybookChanged, SelectionChanged
from tocsin.ui.canvas.gestures.move import nudge
from tocsin.ui.canvas.scene import CanvasScene
from tocsin.ui.hearing import Hearing
from tocsin.ui.outline.panel import OutlinePanel
from tocsin.ui.outline.rows import NodeWords, outline_of
from tocsin.ui.run_dock.follower import RunNews
from tocsin.ui.theme import Theme
from tocsin.ui.widgets.reading_order import find_stop
from tocsin.ui.window.document import Document
from tocsin.ui.window.open_documents import OpenDocuments


class OutlineDesk(QObject):
    """One outline for all tabs.

    Attributes:
        side: The node list and the outline, one at a time: what stands at the window's left.
        panel: The outline.

    Signals:
        changed: The outline came to the node list's place, or went from there.
        connect_wanted: A line is to be drawn from the selected node.
    """

    changed = Signal()
    connect_wanted = Signal()

    def __init__(self, documents: OpenDocuments, nodes: QWidget, theme: Theme, window: QWidget) -> None:
        super().__init__(window)
        self._documents = documents
        self._hearing = Hearing()
        self._is_shown = False
        self._heard: Document | None = None
        self.panel = OutlinePanel(theme, window)
        self.side = QStackedWidget(window)
        self.side.addWidget(nodes)
        self.side.addWidget(self.panel)
        self.panel.chosen.connect(self._on_chosen)
        self.panel.opened.connect(self._on_opened)
        self.panel.tree.connect_wanted.connect(self.connect_wanted)
        self.panel.tree.move_wanted.connect(self._on_move)
        documents.current_changed.connect(self._on_current)

    @property
    def is_shown(self) -> bool:
        """The outline stands where the node list was."""
        return self._is_shown

    def toggle(self) -> None:
        """Show the outline and go there; give the place and the focus back where it is shown."""
        self.show(is_shown=not self._is_shown)
        target = self.panel.tree if self._is_shown else self._documents.current.canvas.view
        target.setFocus()

    def show(self, *, is_shown: bool) -> None:
        """Show the outline, or the node list."""
        self._is_shown = is_shown
        focus = QApplication.focusWidget()
        if focus is not None and self.side.isAncestorOf(focus):
            self.side.setFocus()  # what is hidden gives the focus away, and a drawer that it leaves closes
        self.side.setCurrentIndex(1 if is_shown else 0)
        if self.side.hasFocus():
            self._focus_page()
        self._listen(self._documents.current)
        self.changed.emit()

    def close(self) -> None:
        """Let go of the services."""
        self._hearing.close()

    def _focus_page(self) -> None:
        page = self.side.currentWidget()
        first = find_stop(page) if page is not None else None
        if first is not None:
            first.setFocus()

    def _listen(self, document: Document) -> None:
        self._hearing.close()
        self._leave()
        if self._is_shown:
            self._heard = document
            document.follower.progressed.connect(self._on_news)
            for changed in (document.follower.phase_changed, document.problems_changed, document.looked_back):
                changed.connect(self._on_state)
            self._hearing.connect(document.session.playbook_changed, self._on_playbook)
            self._hearing.connect(document.session.selection_changed, self._on_selection)
            self._show(document)

    def _leave(self) -> None:
        heard, self._heard = self._heard, None
        if heard is not None:
            heard.follower.progressed.disconnect(self._on_news)
            for changed in (heard.follower.phase_changed, heard.problems_changed, heard.looked_back):
                changed.disconnect(self._on_state)

    def _show(self, document: Document) -> None:
        scene = document.canvas.scene
        rows = outline_of(document.playbook, partial(_words_of, scene))
        self.panel.show_rows(rows, document.session.selection)

    def _on_playbook(self, _change: PlaybookChanged) -> None:
        self._show(self._documents.current)

    def _on_selection(self, change: SelectionChanged) -> None:
        self.panel.show_selection(change.selection)

    @Slot(object)
    def _on_news(self, news: RunNews) -> None:
        self._say_again(news.changed)

    @Slot()
    def _on_state(self) -> None:
        self._say_again(self._documents.current.canvas.scene.store.nodes)

    def _say_again(self, names: Iterable[str]) -> None:
        scene = self._documents.current.canvas.scene
        self.panel.show_words({name: _words_of(scene, name) for name in names})

    @Slot(object)
    def _on_current(self, document: Document) -> None:
        self._listen(document)

    @Slot(object)
    def _on_chosen(self, names: frozenset[str]) -> None:
        document = self._documents.current
        document.session.select(names)
        if len(names) == 1:
            document.canvas.view.show_node(next(iter(names)))

    @Slot(object)
    def _on_move(self, by: tuple[int, int]) -> None:
        nudge(self._documents.current.canvas.scene, *by)

    @Slot(str)
    def _on_opened(self, name: str) -> None:
        self._documents.current.open_node(name)


def _words_of(scene: CanvasScene, name: str) -> NodeWords:
    entry = scene.store.nodes.get(name)
    if entry is None:
        return NodeWords(name, name)
    return NodeWords(entry.face.title, scene.accessible_name(name), scene.state_words(name), entry.face, entry.look)
