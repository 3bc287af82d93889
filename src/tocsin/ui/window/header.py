"""The bar at the top: menus, undo and redo, the environment, stop and run."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QMenuBar, QToolButton, QWidget

from tocsin.ui.actions.build import ActionSet
from tocsin.ui.theme import Theme, icon, icon_pixmap
from tocsin.ui.widgets.action_button import ActionButton

HEIGHT = 48


class Header(QWidget):
    """Everything that works on the whole playbook."""

    def __init__(self, actions: ActionSet, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("header")
        self.setFixedHeight(HEIGHT)
        menus = QMenuBar(self)
        menus.setNativeMenuBar(False)
        menus.setAccessibleName("Menus")
        actions.fill(menus)
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 0, 8, 0)
        row.setSpacing(8)
        row.addWidget(menus, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self._tool_button(actions, "edit.undo", "Undo"))
        row.addWidget(self._tool_button(actions, "edit.redo", "Redo"))
        row.addStretch(1)
        row.addWidget(_environment(theme, self), 0, Qt.AlignmentFlag.AlignVCenter)
        run = ActionButton(actions.get("run.run"), role="primary", parent=self)
        run.set_icon(icon("play", replace(theme.tokens, text2=theme.tokens.on_accent, ctl=theme.tokens.text3)))
        row.addWidget(run)

    def _tool_button(self, actions: ActionSet, action_id: str, name: str) -> QToolButton:
        button = QToolButton(self)
        button.setObjectName(f"button-{action_id}")
        button.setDefaultAction(actions.get(action_id))
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
        button.setAccessibleName(name)
        return button


def _environment(theme: Theme, parent: QWidget) -> QFrame:
    frame = QFrame(parent)
    frame.setObjectName("environment")
    frame.setProperty("role", "card")
    frame.setAccessibleName("Environment: Lab")
    frame.setToolTip("Runs go to the Lab: simulated products on this computer. Nothing real is touched.")
    picture, text = QLabel(frame), QLabel("Lab", frame)
    picture.setPixmap(icon_pixmap("flask-conical", theme.tokens.env_lab, 16, parent.devicePixelRatioF()))
    row = QHBoxLayout(frame)
    row.setContentsMargins(9, 4, 9, 4)
    row.setSpacing(6)
    row.addWidget(picture)
    row.addWidget(text)
    return frame
