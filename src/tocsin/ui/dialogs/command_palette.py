"""The command palette: type a few letters, go to a node or do an action."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPoint, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QListView, QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from tocsin.base.texts import _
from tocsin.ui.actions.search import Findable, rank
from tocsin.ui.dialogs.found_list import FOUND_ROLE, PADDING, FoundDelegate, FoundModel, Index
from tocsin.ui.theme import Theme
from tocsin.ui.theme.rounded import round_corners
from tocsin.ui.widgets.empty_state import EmptyState
from tocsin.ui.widgets.search_field import SearchField

WIDTH: Final = 560
HEIGHT: Final = 396
FROM_TOP: Final = 72
_PASSED_ON: Final = frozenset({Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown})
_ENTER: Final = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})


class CommandPalette(QFrame):
    """A popup in the upper middle of its window. It goes when something is chosen, at Escape, or at a press elsewhere.

    Signals:
        chosen: The id of the entry that was chosen.
    """

    chosen = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup | Qt.WindowType.FramelessWindowHint)
        self._theme = theme
        self._over = parent
        self._entries: tuple[Findable, ...] = ()
        self.setObjectName("command-palette")
        self.setAccessibleName(_("Command palette"))
        self._search = SearchField(theme, _("Search nodes and commands"), parent=self)
        self._search.installEventFilter(self)
        self._found = FoundModel(self)
        self._list = QListView(self)
        self._list.setObjectName("palette-list")
        self._list.setAccessibleName(_("Found"))
        self._list.setModel(self._found)
        self._list.setItemDelegate(FoundDelegate(theme, self._list))
        self._list.setUniformItemSizes(True)
        self._list.setMouseTracking(True)
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._none = EmptyState(theme, "search", "", parent=self)
        self._pages = QStackedWidget(self)
        for page in (self._list, self._none):
            self._pages.addWidget(page)
        column = QVBoxLayout(self)
        column.setContentsMargins(PADDING, PADDING, PADDING, PADDING)
        column.setSpacing(8)
        column.addWidget(self._search)
        column.addWidget(self._pages, 1)
        self._search.textChanged.connect(self._on_text)
        self._list.clicked.connect(self._on_clicked)

    @property
    def found(self) -> tuple[Findable, ...]:
        """What is listed, best first."""
        return self._found.found

    def set_hint(self, words: str) -> None:
        """Say in the empty field what is searched."""
        self._search.set_hint(words)

    def open_with(self, entries: Sequence[Findable]) -> None:
        """Show itself over its window, with these to find."""
        self._entries = tuple(entries)
        self._search.clear()
        self._on_text("")
        self.place()
        self.show()
        self._search.setFocus(Qt.FocusReason.PopupFocusReason)

    def place(self) -> None:
        """Go to the upper middle of the window."""
        window = self._over.window()
        width = min(self._theme.px(WIDTH), window.width() - 2 * PADDING)
        self.resize(width, min(self._theme.px(HEIGHT), window.height() - FROM_TOP - PADDING))
        self.move(window.mapToGlobal(QPoint((window.width() - width) // 2, FROM_TOP)))

    def _choose(self, index: Index) -> None:
        found: object = index.data(FOUND_ROLE)
        if isinstance(found, Findable):
            self.close()  # first, so that what follows may take the focus
            self.chosen.emit(found.id)

    @Slot(str)
    def _on_text(self, text: str) -> None:
        found = rank(text, self._entries)
        self._found.show(found)
        self._none.set_line(_("Nothing matches “{text}”.").format(text=text.strip()))
        self._pages.setCurrentWidget(self._list if found else self._none)
        self._list.setCurrentIndex(self._found.index(0, 0))

    @Slot(QModelIndex)
    def _on_clicked(self, index: QModelIndex) -> None:
        self._choose(index)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keys that move in the list and choose go past the field."""
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            key = Qt.Key(event.key())
            if key in _PASSED_ON:
                self._list.keyPressEvent(event)
                return True
            if key in _ENTER:
                self._choose(self._list.currentIndex())
                return True
        return super().eventFilter(watched, event)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Cut the corners round: a popup has no ground of its own to be round on."""
        super().resizeEvent(event)
        round_corners(self)
