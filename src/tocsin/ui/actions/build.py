"""The table of actions → Qt's actions and menus."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtGui import QAction, QIcon, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar, QWidget

from tocsin.ui.actions.context import Commands, Facts
from tocsin.ui.actions.shortcuts import OwnKeys, keys_of
from tocsin.ui.actions.spec import ActionSpec, Menu, Scope
from tocsin.ui.actions.table import ACTIONS
from tocsin.ui.theme import Theme
from tocsin.ui.widgets.keys import key_of, with_key
from tocsin.ui.widgets.round_menu import RoundMenu


class ActionSet(QObject):
    """One QAction for each row of the table, kept true to the facts, to the look and to a person's own keys."""

    def __init__(self, commands: Commands, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._facts = Facts()
        self._actions = {spec.id: self._make(spec, commands) for spec in ACTIONS}
        theme.changed.connect(self._on_theme_changed)
        self.set_keys({})

    def get(self, action_id: str) -> QAction:
        """Return the action of a row.

        Raises:
            KeyError: No row has that id.
        """
        return self._actions[action_id]

    def refresh(self, facts: Facts) -> None:
        """Enable and tick what is so now, and let titles read as they should."""
        if facts != self._facts:
            self._facts = facts
            self._tell()

    def _tell(self) -> None:
        facts = self._facts
        for spec in ACTIONS:
            action = self._actions[spec.id]
            action.setEnabled(spec.when(facts))
            title = spec.title_for(facts)
            action.setText(title.replace("&", "&&"))
            action.setToolTip(with_key(title, key_of(action)))
            if spec.is_checked is not None:
                action.setChecked(spec.is_checked(facts))

    def set_keys(self, own: OwnKeys) -> None:
        """Let actions answer to a person's own keys."""
        for spec in ACTIONS:
            self._actions[spec.id].setShortcuts([QKeySequence(key) for key in keys_of(spec, own)])
        self._tell()

    def attach(self, window: QWidget, *canvases: QWidget) -> None:
        """Let keys work: everywhere in the window, or on the canvases alone. A canvas may be attached later."""
        for spec in ACTIONS:
            for widget in (window,) if spec.scope is Scope.WINDOW else canvases:
                widget.addAction(self._actions[spec.id])

    def fill(self, bar: QMenuBar | QMenu) -> None:
        """Make the menus, side by side in a bar or one below the other in a menu."""
        for menu in Menu:
            shown = RoundMenu(str(menu), bar)
            bar.addMenu(shown)
            shown.setObjectName(f"menu-{menu.name.lower()}")
            for spec in ACTIONS:
                if spec.menu is menu:
                    if spec.begins_group:
                        shown.addSeparator()
                    shown.addAction(self._actions[spec.id])

    def offer(self, menu: QMenu, groups: Iterable[Iterable[str]]) -> None:
        """Put those of these rows into a menu that can be done now, with a line between groups."""
        for group in groups:
            possible = [action for action in map(self.get, group) if action.isEnabled()]
            if possible and not menu.isEmpty():
                menu.addSeparator()
            menu.addActions(possible)

    def _make(self, spec: ActionSpec, commands: Commands) -> QAction:
        action = QAction(self._theme.icon(spec.icon) if spec.icon else QIcon(), spec.title, self)
        action.setObjectName(spec.id)
        action.setIconVisibleInMenu(False)  # it would take the place of the tick
        action.setCheckable(spec.is_checked is not None)
        on_canvas = spec.scope is Scope.CANVAS
        action.setShortcutContext(
            Qt.ShortcutContext.WidgetWithChildrenShortcut if on_canvas else Qt.ShortcutContext.WindowShortcut
        )
        action.triggered.connect(lambda: self._do(spec, commands))  # the action is ours and goes with us
        return action

    def _do(self, spec: ActionSpec, commands: Commands) -> None:
        """Do it; the tick follows the facts, not the click."""
        if spec.is_checked is not None:
            self._actions[spec.id].setChecked(spec.is_checked(self._facts))
        spec.handler(commands)

    @Slot()
    def _on_theme_changed(self) -> None:
        for spec in ACTIONS:
            if spec.icon:
                self._actions[spec.id].setIcon(self._theme.icon(spec.icon))
