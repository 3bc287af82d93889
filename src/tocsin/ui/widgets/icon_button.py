"""A button that is only an icon: it has a name for those who hear it and a tooltip with its key."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QToolButton, QWidget

from tocsin.ui.theme import Theme
from tocsin.ui.widgets.keys import key_of, with_key

ICON: Final = 16
TARGET: Final = 26
"""The edge of what can be hit; the design's least is 24."""


class IconButton(QToolButton):
    """Tinted from the theme, 26 px square."""

    def __init__(self, theme: Theme, icon: str, name: str, key: str = "", parent: QWidget | None = None) -> None:
        """Make a button.

        Args:
            theme: The look.
            icon: The icon's name.
            name: What it does, a verb and an object.
            key: Its key in portable text (“Space”) where that is always the same; `show_key` tells another.
            parent: The widget around it.
        """
        super().__init__(parent)
        self._theme = theme
        self._icon_name = icon
        self._name = self._key = ""
        self.setProperty("role", "icon")
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.set_name(name)
        self.show_key(key)
        theme.changed.connect(self._tint)
        self._tint()

    def set_icon(self, icon: str) -> None:
        """Show another icon."""
        if icon != self._icon_name:
            self._icon_name = icon
            self._tint()

    def set_name(self, name: str) -> None:
        """Say what the button does now; its key stays."""
        if name != self._name:
            self._name = name
            self.setAccessibleName(name)
            self._say()

    def show_key(self, key: str) -> None:
        """Say in the tooltip which key does the same, in portable text; "" for none."""
        if key != self._key:
            self._key = key
            self._say()

    def _say(self) -> None:
        self.setToolTip(with_key(self._name, self._key))

    def follow(self, action: QAction) -> None:
        """Do what an action does, and be off, ticked and named as it is. The icon stays this button's own."""
        action.changed.connect(self._on_action_changed)
        self.clicked.connect(self._do_action)
        self._action = action
        self.setCheckable(action.isCheckable())
        self._on_action_changed()

    @Slot()
    def _do_action(self) -> None:
        self._action.trigger()

    def _on_action_changed(self) -> None:
        self.set_name(self._action.text().replace("&", ""))
        self.show_key(key_of(self._action))
        self.setEnabled(self._action.isEnabled())
        self.setChecked(self._action.isChecked())

    def _tint(self) -> None:
        edge, target = self._theme.px(ICON), self._theme.px(TARGET)
        self.setIcon(self._theme.icon(self._icon_name, edge))
        self.setIconSize(QSize(edge, edge))
        self.setFixedSize(target, target)
