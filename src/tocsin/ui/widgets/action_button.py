"""A push button that follows an action: words, state, tooltip with its key."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtGui import QAction, QIcon
from PySide6.QtWidgets import QPushButton, QWidget

from tocsin.ui.theme import Theme
from tocsin.ui.theme.icons import EDGE
from tocsin.ui.widgets.button_icon import show_icon


class ActionButton(QPushButton):
    """Does what its action does, and looks as the action is."""

    def __init__(self, action: QAction, theme: Theme, *, role: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._action = action
        self._icon: QIcon | None = None
        self._has_words = True
        self.setAutoDefault(False)
        self.setObjectName(f"button-{action.objectName()}")
        if role:
            self.setProperty("role", role)
        action.changed.connect(self._follow)
        theme.changed.connect(self._follow)
        self.clicked.connect(self._on_clicked)
        self._follow()

    def set_icon(self, icon: QIcon) -> None:
        """Show another icon than the action's, such as one that is seen on the accent."""
        self._icon = icon
        self._follow()

    def show_words(self, is_shown: bool) -> None:
        """Show the words after the icon, or the icon alone where there is no room; the tooltip says them still."""
        if is_shown is not self._has_words:
            self._has_words = is_shown
            self._follow()

    @Slot()
    def _on_clicked(self) -> None:
        self._action.trigger()

    @Slot()
    def _follow(self) -> None:
        self.setText(self._action.text() if self._has_words else "")
        show_icon(self, self._icon or self._action.icon(), self._theme.px(EDGE))
        self.setEnabled(self._action.isEnabled())
        self.setToolTip(self._action.toolTip())
        self.setAccessibleName(self._action.text())
