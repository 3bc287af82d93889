"""Which buttons stand for which actions: each says the present key of its action, whatever a person made it."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from tocsin.ui.actions.build import ActionSet
from tocsin.ui.canvas.view import CanvasView
from tocsin.ui.widgets.keys import key_of
from tocsin.ui.window.footer import Footer
from tocsin.ui.window.house import House
from tocsin.ui.window.rail import Rail


class ShowsKey(Protocol):
    """A widget that tells a key."""

    def show_key(self, key: str) -> None:
        """Say which key does the same, in portable text; "" for none."""
        ...


class KeyTip(QObject):
    """Lets one widget tell the key of one action as it is now; goes with the widget."""

    def __init__(self, action: QAction, shown: ShowsKey, owner: QWidget) -> None:
        super().__init__(owner)
        self._action = action
        self._shown = shown
        action.changed.connect(self._follow)
        self._follow()

    @Slot()
    def _follow(self) -> None:
        self._shown.show_key(key_of(self._action))


def tell_keys(house: House) -> None:
    """Let the window's own buttons tell their keys."""
    panels, actions = house.panels, house.actions
    move, new, search = house.dock.strip.move_button, panels.document.new_button, panels.nodes.search
    KeyTip(actions.get("view.dock_right"), move, move)
    KeyTip(actions.get("file.new"), new, new)
    KeyTip(actions.get("playbook.find"), search, search)
    environment = house.frame.header.environment
    KeyTip(actions.get("run.environment"), environment, environment)
    for rail in house.frame.body.findChildren(Rail):
        for action, button in rail.keyed.items():
            KeyTip(actions.get(action), button, button)
    tell_stop_key(house.footer, actions)


def tell_stop_key(footer: Footer, actions: ActionSet) -> None:
    """Let a footer's STOP tell its key: it is in every window."""
    KeyTip(actions.get("run.stop_everything"), footer.stop_button, footer.stop_button)


def tell_canvas_keys(view: CanvasView, actions: ActionSet) -> None:
    """Let the buttons over a canvas tell their keys."""
    bar = view.floats.zoom_bar
    for button, action in (
        (bar.smaller, "view.zoom_out"),
        (bar.level, "view.reset_zoom"),
        (bar.larger, "view.zoom_in"),
        (bar.all, "view.fit"),
        (bar.minimap, "view.minimap"),
    ):
        KeyTip(actions.get(action), button, button)
