"""A button that shows its action's key after its words, such as Pause F8 in the run bar."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtGui import QAction, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QLabel, QWidget
from typing_extensions import override

from tocsin.ui.theme import Theme
from tocsin.ui.widgets.action_button import ActionButton
from tocsin.ui.widgets.marks import set_mark

ROOM: Final = 32
"""What the style sheet keeps free at the right."""
SIDE: Final = 9
GAP: Final = 4


class KeyedButton(ActionButton):
    """Follows its action; the key is seen only, since a tooltip and the action's name say it already."""

    def __init__(self, action: QAction, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(action, theme, parent=parent)
        self._told = action
        self._key = QLabel(self)
        self._key.setProperty("role", "key")
        self._key.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        set_mark(self, "keyed", True)
        action.changed.connect(self._on_changed)
        self._on_changed()

    @property
    def key(self) -> str:
        """The key, as this machine writes it."""
        return self._key.text()

    def show_key(self, is_shown: bool) -> None:
        """Show the key after the words, or the words alone where there is no room."""
        if is_shown is not self._key.isVisibleTo(self):
            self._key.setVisible(is_shown)
            set_mark(self, "keyed", is_shown)
            self.updateGeometry()

    @Slot()
    def _on_changed(self) -> None:
        self._key.setText(self._told.shortcut().toString(QKeySequence.SequenceFormat.NativeText))
        self.updateGeometry()
        self._place()

    def _place(self) -> None:
        size = self._key.sizeHint()
        left = self.width() - self._theme.px(SIDE) - size.width()
        self._key.setGeometry(left, (self.height() - size.height()) // 2, size.width(), size.height())

    @override
    def sizeHint(self) -> QSize:
        if not self._key.isVisibleTo(self):
            return super().sizeHint()
        wanted = self._key.sizeHint().width() + self._theme.px(SIDE + GAP)
        return super().sizeHint() + QSize(max(wanted - self._theme.px(ROOM), 0), 0)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()
