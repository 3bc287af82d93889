"""What an empty canvas says: a playbook starts with a trigger (visual-design.md §13)."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget
from typing_extensions import override

from tocsin.base.texts import _
from tocsin.services.editing import PlaybookChanged
from tocsin.ui.theme import Theme
from tocsin.ui.widgets.empty_state import EmptyState
from tocsin.ui.window.document import Document

LINE: Final = _("Start with a trigger.")
ADD: Final = _("Add trigger")
TEMPLATE: Final = _("Use a template")


class EmptyCanvas(QWidget):
    """Lies in the middle of one document's canvas while nothing is drawn there, and goes with the canvas.

    Signals:
        trigger_wanted: A trigger shall be picked.
        template_wanted: The templates shall be shown.
    """

    trigger_wanted = Signal()
    template_wanted = Signal()

    def __init__(self, document: Document, theme: Theme, *, has_templates: bool) -> None:
        super().__init__(document.canvas.view.viewport())
        self.setObjectName("empty-canvas")
        self._document = document
        self._say = EmptyState(theme, "zap", LINE, ADD, self)
        self._say.asked.connect(self.trigger_wanted)
        self._link = QPushButton(TEMPLATE, self)
        self._link.setProperty("role", "link")
        self._link.setAutoDefault(False)
        self._link.clicked.connect(self.template_wanted)
        self._link.setHidden(not has_templates)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._say)
        column.addWidget(self._link, 0, Qt.AlignmentFlag.AlignHCenter)
        document.canvas.view.viewport().installEventFilter(self)
        document.canvas.view.view_changed.connect(self._place)
        document.lock_changed.connect(self._refresh)
        document.hearing.connect(document.session.playbook_changed, self._on_playbook)
        self._refresh()

    def _on_playbook(self, _change: PlaybookChanged) -> None:
        self._refresh()

    @Slot()
    def _refresh(self) -> None:
        self.setVisible(not self._document.playbook.graph.nodes and not self._document.is_locked)
        self._place()

    @Slot()
    def _place(self) -> None:
        """Stay in the middle: scrolling takes the canvas's children along."""
        if not self.isHidden():
            self.adjustSize()
            room = self._document.canvas.view.viewport().rect()
            self.move((room.width() - self.width()) // 2, (room.height() - self.height()) // 2)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Resize:
            self._place()
        return super().eventFilter(watched, event)
