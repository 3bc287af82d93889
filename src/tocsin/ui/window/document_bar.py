"""The strip over the canvas: the open playbooks, a way to begin another, and why this one cannot be changed now."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget
from typing_extensions import override

from tocsin.base.texts import _
from tocsin.ui.theme import Theme, icon_pixmap
from tocsin.ui.widgets.icon_button import IconButton
from tocsin.ui.window.tabs import HEIGHT, DocumentTabs, TabFace

LOCK: Final = 14


class DocumentBar(QWidget):
    """Tabs at the left, a line at the right end.

    Signals:
        chosen: The index of the tab that was pressed or walked to.
        close_requested: The index of the tab that shall be closed.
        new_requested: Another playbook shall be begun.
    """

    chosen = Signal(int)
    close_requested = Signal(int)
    new_requested = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setObjectName("document-bar")
        self.tabs = DocumentTabs(theme, self)
        self._new = IconButton(theme, "plus", _("New playbook"), parent=self)
        self._new.setObjectName("new-playbook")
        self._lock, self._lock_text = QLabel(self), QLabel(self)
        self._lock_text.setObjectName("lock-text")
        self._lock_text.setTextFormat(Qt.TextFormat.PlainText)
        self.tabs.chosen.connect(self.chosen)
        self.tabs.close_requested.connect(self.close_requested)
        self._new.clicked.connect(self.new_requested)
        theme.changed.connect(self._on_theme_changed)
        self._arrange()
        self._on_theme_changed()
        self.show_lock("")

    @property
    def new_button(self) -> IconButton:
        """Begins another playbook."""
        return self._new

    @property
    def text(self) -> str:
        """What the tab in front says."""
        return self.tabs.faces[self.tabs.currentIndex()].name

    @property
    def lock_text(self) -> str:
        """Why the playbook cannot be changed; "" when it can."""
        return self._lock_text.text()

    def show_tabs(self, faces: Sequence[TabFace], current: int) -> None:
        """Show the open playbooks, the one at `current` in front."""
        self.tabs.show_faces(faces, current)

    def show_lock(self, text: str) -> None:
        """Say why the playbook cannot be changed; "" when it can."""
        self._lock_text.setText(text)
        self._lock_text.setVisible(bool(text))
        self._lock.setVisible(bool(text))

    def _arrange(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 12, 0)
        row.setSpacing(0)
        row.addWidget(self.tabs)
        row.addSpacing(4)
        row.addWidget(self._new)
        row.addStretch(1)
        row.addSpacing(12)
        row.addWidget(self._lock)
        row.addSpacing(6)
        row.addWidget(self._lock_text)

    @Slot()
    def _on_theme_changed(self) -> None:
        colour, edge = self._theme.tokens.text2, self._theme.px(LOCK)
        self._lock.setPixmap(icon_pixmap("lock", colour, edge, self.devicePixelRatioF()))
        self.setFixedHeight(max(HEIGHT, self._theme.px(HEIGHT)))
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = self._theme.tokens
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(tokens.win))
        painter.fillRect(0, self.height() - 1, self.width(), 1, QColor(tokens.line))
        painter.end()
