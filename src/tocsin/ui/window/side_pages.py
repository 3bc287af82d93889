"""Keeps rail and strip true to what is beside the canvas: node list or outline, settings, output or notes."""

from __future__ import annotations

from PySide6.QtCore import QObject, Slot

from tocsin.ui.inspector.tab_row import Tab, TabRow
from tocsin.ui.window.arrangement import NODES, OUTLINE, Arrangement
from tocsin.ui.window.outline_desk import OutlineDesk


class SidePages(QObject):
    """A button shows its page, and a page that came to the front by itself marks its button."""

    def __init__(self, frame: Arrangement, outline: OutlineDesk, tabs: TabRow) -> None:
        super().__init__(frame)
        self._frame = frame
        self._outline = outline
        self._tabs = tabs
        frame.rail_chosen.connect(self._on_rail)
        frame.strip_chosen.connect(self._on_strip)
        outline.changed.connect(self._on_outline)
        tabs.chosen.connect(self._on_tab)

    @Slot(str)
    def _on_rail(self, page: str) -> None:
        self._outline.show(is_shown=page == OUTLINE)

    @Slot(str)
    def _on_strip(self, page: str) -> None:
        self._tabs.set_tab(Tab[page.upper()])

    @Slot()
    def _on_outline(self) -> None:
        self._frame.mark_pages(left=OUTLINE if self._outline.is_shown else NODES)

    @Slot(int)
    def _on_tab(self, tab: int) -> None:
        self._frame.mark_pages(right=Tab(tab).name.lower())
