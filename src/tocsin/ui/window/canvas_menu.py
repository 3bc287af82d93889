"""The context menu of the canvases: what can be done with what was pointed at."""

from __future__ import annotations

from PySide6.QtCore import QObject, Slot

from tocsin.ui.actions.canvas_menu import CANVAS_MENU
from tocsin.ui.canvas.pointed import MenuRequest
from tocsin.ui.widgets.round_menu import RoundMenu
from tocsin.ui.window.facts import facts_of
from tocsin.ui.window.house import House


class CanvasMenu(QObject):
    """One menu for all canvases of a window, filled each time it is wanted."""

    def __init__(self, house: House) -> None:
        super().__init__(house.window)
        self._house = house
        self._menu = RoundMenu(house.window)
        self._menu.setObjectName("canvas-menu")

    @Slot(object)
    def show(self, request: MenuRequest) -> None:
        """Show what can be done; nothing where nothing can."""
        actions = self._house.actions
        actions.refresh(facts_of(self._house))  # what was pointed at has just been selected
        self._menu.clear()
        actions.offer(self._menu, CANVAS_MENU[request.pointed])
        if not self._menu.isEmpty():
            self._menu.popup(request.at)
