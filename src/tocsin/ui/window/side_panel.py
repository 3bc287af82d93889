"""A panel beside the canvas: in its place where there is room, else behind a narrow rail of buttons, as a drawer."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtWidgets import QSplitter, QWidget

from tocsin.ui.window.drawer import Drawer
from tocsin.ui.window.rail import Rail

LEFT: Final = Qt.Edge.LeftEdge


class SidePanel(QObject):
    """One panel, its rail and its drawer.

    Attributes:
        panel: The panel.
        rail: What is there while it is folded.

    Signals:
        changed: Its drawer opened or closed.
    """

    changed = Signal()

    def __init__(self, edge: Qt.Edge, panel: QWidget, rail: Rail, row: QSplitter) -> None:
        """Put the panel into its place.

        Args:
            edge: Left or right.
            panel: The panel.
            rail: Stands in for it; the first button's drawer is this panel.
            row: Where its place is: the first on the left, the one after the canvas's column on the right.
        """
        super().__init__(row)
        self.panel = panel
        self.rail = rail
        self._edge = edge
        self._row = row
        self._drawer = Drawer(edge, row, rail)
        self._item = rail.first
        self._drawer.open_changed.connect(self._on_drawer)

    @property
    def item(self) -> str:
        """The button whose page the panel shows, also while it cannot be seen."""
        return self._item

    @property
    def is_shown(self) -> bool:
        """The panel can be seen, in its place or in its drawer."""
        return self._drawer.is_open or self.is_in_place

    @property
    def is_in_place(self) -> bool:
        """The panel has room of its own."""
        return self.panel.parent() is self._row

    def fold(self, is_folded: bool, width: int, *, has_rail: bool = True) -> None:
        """Go behind the rail, or back into the row; folded and open it is as wide as in the row."""
        self.rail.setVisible(is_folded and has_rail)
        if is_folded and self.is_in_place:
            self._drawer.hold(self.panel, width)
        elif not is_folded and not self.is_in_place:
            self._drawer.let_go()
            self._row.insertWidget(0 if self._edge is LEFT else 2, self.panel)
            self.panel.show()

    def toggle(self, item: str) -> bool:
        """Open the folded panel as a drawer, or close it if a button's own page is open; tell whether it is open."""
        if self._drawer.is_open and item == self._item:
            self._drawer.close_again()
            return False
        self._item = item
        self._drawer.open()
        self.rail.show_current(item)
        return True

    def reveal(self) -> None:
        """Let the panel be seen; folded it opens as a drawer."""
        if not self.is_shown:
            self.toggle(self._item)

    def mark(self, item: str) -> None:
        """Say whose page the panel shows: another one came to its front."""
        self._item = item
        self.rail.show_current(item if self._drawer.is_open else "")

    @Slot(bool)
    def _on_drawer(self, is_open: bool) -> None:
        self.rail.show_current(self._item if is_open else "")
        self.changed.emit()
