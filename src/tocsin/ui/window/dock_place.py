"""Where the dock lies: under the canvas or at its right, open, folded or over all of the middle."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEasingCurve, QObject, Qt, QVariantAnimation, Slot
from PySide6.QtWidgets import QSplitter, QWidget

from tocsin.ui.theme import Theme
from tocsin.ui.window.docks import Dock
from tocsin.ui.window.folding import dock_height_of
from tocsin.ui.window.layout_state import DOCK_HEIGHTS, DOCK_WIDTHS, DockSide

FOLD_MS: Final = 120
UNBOUND: Final = (1 << 24) - 1
"""Qt's QWIDGETSIZE_MAX: as large as it likes."""


class DockPlace(QObject):
    """Moves one dock between the column of the canvas and the row of the window.

    Attributes:
        column: The splitter that holds the canvas's column, and the dock under it.
        height: How high a person wants the dock at the bottom.
    """

    def __init__(self, dock: Dock, centre: QWidget, row: QSplitter, theme: Theme) -> None:
        super().__init__(row)
        self._dock = dock
        self._centre = centre
        self._row = row
        self._theme = theme
        self.height = 0
        self.column = QSplitter(Qt.Orientation.Vertical, row)
        self.column.setChildrenCollapsible(False)
        self.column.addWidget(centre)
        self.column.addWidget(dock)
        self.column.setStretchFactor(0, 1)
        self.column.setStretchFactor(1, 0)
        self.column.splitterMoved.connect(self._on_moved)
        self._glide = QVariantAnimation(self)
        self._glide.setDuration(FOLD_MS)
        self._glide.setEasingCurve(QEasingCurve.Type.OutCubic)
        self._glide.valueChanged.connect(self._on_glided)
        self._glide.finished.connect(self.settle)
        theme.changed.connect(self._on_theme)

    @property
    def is_beside(self) -> bool:
        """The dock takes a place in the window's row."""
        return self._dock.is_open and self._dock.side is DockSide.RIGHT

    def place(self, *, width: int, with_motion: bool) -> None:
        """Put the dock where its state says; with motion it glides there if it opens, folds or has moved.

        Args:
            width: How wide it is to be at the right, in pixels.
            with_motion: Whether it may glide.
        """
        dock = self._dock
        self._glide.stop()
        has_moved = self._move()
        self._centre.setVisible(not dock.is_maximised)
        self.column.setVisible(not (dock.is_maximised and self.is_beside))
        if self.is_beside:
            first, last = 1 if has_moved else dock.width(), width
        else:
            first, last = dock.folded_height if has_moved else dock.height(), self._target()
        can_glide = dock.isVisible() and not dock.is_maximised and not self._theme.is_motion_reduced
        if with_motion and can_glide and first != last:
            dock.set_pages_shown(True)
            self._glide.setStartValue(first)
            self._glide.setEndValue(last)
            self._glide.start()
        else:
            self.settle()

    @Slot()
    def settle(self) -> None:
        """Be as large as the dock is to be, without motion."""
        dock = self._dock
        dock.set_pages_shown(dock.is_open)
        if self.is_beside:
            dock.setMinimumSize(DOCK_WIDTHS[0], 0)
            dock.setMaximumSize(UNBOUND if dock.is_maximised else DOCK_WIDTHS[1], UNBOUND)
            return
        dock.setMinimumSize(0, DOCK_HEIGHTS[0] if dock.is_open else dock.folded_height)
        dock.setMaximumSize(UNBOUND, UNBOUND if dock.is_open else dock.folded_height)
        if not dock.is_maximised:
            target = self._target()
            self.column.setSizes([max(0, self.column.height() - target), target])

    def _move(self) -> bool:
        """Go to the row, or back to the column; tell whether it was elsewhere."""
        home = self._row if self.is_beside else self.column
        if self._dock.parent() is home:
            return False
        self._dock.setMinimumSize(0, 0)
        self._dock.setMaximumSize(UNBOUND, UNBOUND)  # a splitter is never larger than what is in it
        home.addWidget(self._dock)
        return True

    def _target(self) -> int:
        if not self._dock.is_open:
            return self._dock.folded_height
        room = self.column.height() - self.column.handleWidth()
        return dock_height_of(room, self.height, DOCK_HEIGHTS[0])

    @Slot()
    def _on_theme(self) -> None:
        if self._glide.state() is not QVariantAnimation.State.Running:
            self.settle()

    @Slot(object)
    def _on_glided(self, size: object) -> None:
        if isinstance(size, int) and self.is_beside:
            self._dock.setFixedWidth(size)
        elif isinstance(size, int):
            self._dock.setFixedHeight(size)

    @Slot(int, int)
    def _on_moved(self, _position: int, _index: int) -> None:
        if self._dock.is_open and not self._dock.is_maximised:
            self.height = self._dock.height()
