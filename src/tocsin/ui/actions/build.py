"""The table of actions → Qt's actions and menus."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenuBar, QWidget

from tocsin.ui.actions.context import Commands, Facts
from tocsin.ui.actions.table import ACTIONS, ActionSpec, Menu, Scope
from tocsin.ui.theme import Theme


class ActionSet(QObject):
    """One QAction for each row of the table, kept true to the facts."""

    def __init__(self, commands: Commands, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._actions = {spec.id: self._make(spec, commands, theme) for spec in ACTIONS}
        self.refresh(Facts())

    def get(self, action_id: str) -> QAction:
        """Return the action of a row.

        Raises:
            KeyError: No row has that id.
        """
        return self._actions[action_id]

    def refresh(self, facts: Facts) -> None:
        """Enable what can be done now, and let titles read as they should."""
        for spec in ACTIONS:
            action = self._actions[spec.id]
            action.setEnabled(spec.when(facts))
            title = spec.title_for(facts)
            action.setText(title.replace("&", "&&"))
            action.setToolTip(f"{title} ({_shown_key(spec)})" if spec.keys else title)

    def attach(self, window: QWidget, canvas: QWidget) -> None:
        """Let keys work: everywhere in the window, or on the canvas alone."""
        for spec in ACTIONS:
            (window if spec.scope is Scope.WINDOW else canvas).addAction(self._actions[spec.id])

    def fill(self, bar: QMenuBar) -> None:
        """Make the menus."""
        for menu in Menu:
            shown = bar.addMenu(str(menu))
            shown.setObjectName(f"menu-{menu.name.lower()}")
            for spec in ACTIONS:
                if spec.menu is menu:
                    if spec.begins_group:
                        shown.addSeparator()
                    shown.addAction(self._actions[spec.id])

    def _make(self, spec: ActionSpec, commands: Commands, theme: Theme) -> QAction:
        action = QAction(spec.title, self)
        action.setObjectName(spec.id)
        action.setShortcuts([QKeySequence(key) for key in spec.keys])
        on_canvas = spec.scope is Scope.CANVAS
        action.setShortcutContext(
            Qt.ShortcutContext.WidgetWithChildrenShortcut if on_canvas else Qt.ShortcutContext.WindowShortcut
        )
        if spec.icon:
            action.setIcon(theme.icon(spec.icon))
        action.triggered.connect(lambda: spec.handler(commands))  # the action is ours and goes with us
        return action


def _shown_key(spec: ActionSpec) -> str:
    return QKeySequence(spec.keys[0]).toString(QKeySequence.SequenceFormat.NativeText)
