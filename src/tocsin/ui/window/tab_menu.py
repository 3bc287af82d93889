"""The context menu of the tabs: what can be done with a playbook's file and its tab."""

from __future__ import annotations

from PySide6.QtCore import QObject, Slot

from tocsin.ui.actions.file import TAB_MENU
from tocsin.ui.widgets.round_menu import RoundMenu
from tocsin.ui.window.facts import facts_of
from tocsin.ui.window.house import House
from tocsin.ui.window.tabs import TabMenuRequest


class TabMenu(QObject):
    """One menu for all tabs of a window, filled each time it is wanted."""

    def __init__(self, house: House) -> None:
        super().__init__(house.window)
        self._house = house
        self._menu = RoundMenu(house.window)
        self._menu.setObjectName("tab-menu")

    @Slot(object)
    def show(self, request: TabMenuRequest) -> None:
        """Bring the tab to the front, for that is what actions are about, and show what can be done."""
        house = self._house
        house.documents.show(house.documents.all[request.index])
        house.actions.refresh(facts_of(house))
        self._menu.clear()
        house.actions.offer(self._menu, TAB_MENU)
        if not self._menu.isEmpty():
            self._menu.popup(request.at)
