"""Rows of lists, trees and tables: the design's heights, the selection's ground, the bar of a changed row."""

from __future__ import annotations

from enum import IntEnum
from typing import Final

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRectF, QSize, Qt, Slot
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTableView
from typing_extensions import override

from tocsin.ui.theme import Theme
from tocsin.ui.theme.style import OWN_ROWS
from tocsin.ui.widgets.marks import set_mark

CHANGED_ROLE: Final = int(Qt.ItemDataRole.UserRole) + 0x0C0A
"""True for a row that the run on show changed."""
CHANGED_BAR: Final = 4
RADIUS: Final = 6
RING: Final = 2


class RowHeight(IntEnum):
    """How high a row is, at the text size of 100 %."""

    TABLE = 26
    PALETTE = 27
    ROOMY_TABLE = 28


class RowsDelegate(QStyledItemDelegate):
    """Paints the ground of a row, then what the model says as any list does.

    A delegate that paints all by itself calls `paint_ground` first. A view that is its parent leaves the ground to it,
    and takes the height over.
    """

    def __init__(self, theme: Theme, height: int = RowHeight.TABLE, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self._height = height
        self._view = parent if isinstance(parent, QAbstractItemView) else None
        if self._view is not None:
            set_mark(self._view, OWN_ROWS, True)
            theme.changed.connect(self._fit)
            self._fit()

    @property
    def row_height(self) -> int:
        """The height of a row in the text size of now."""
        return self.theme.px(self._height)

    def paint_ground(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Paint what is behind a row: selected or under the pointer, where the keyboard is, changed."""
        tokens, rect = self.theme.tokens, QRectF(option.rect)
        state = option.state
        is_selected = bool(state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        if is_selected or state & QStyle.StateFlag.State_MouseOver:
            painter.setBrush(QColor(tokens.sel if is_selected else tokens.hover))
            painter.drawRoundedRect(rect, RADIUS, RADIUS)
        if index.data(CHANGED_ROLE) is True and index.column() == 0:
            painter.fillRect(QRectF(rect.left(), rect.top(), CHANGED_BAR, rect.height()), QColor(tokens.sel_line))
        if state & QStyle.StateFlag.State_HasFocus and not is_selected:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(tokens.sel_line), RING))
            painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), RADIUS - 1, RADIUS - 1)
        painter.restore()

    def quiet_colour(self, option: QStyleOptionViewItem) -> str:
        """Return the colour of a hint in a row: text3, but text2 where the ground is such that text3 cannot be read."""
        on_ground = QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_MouseOver
        return self.theme.tokens.text2 if option.state & on_ground else self.theme.tokens.text3

    @Slot()
    def _fit(self) -> None:
        if isinstance(self._view, QTableView):
            self._view.verticalHeader().setMinimumSectionSize(self.row_height)
            self._view.verticalHeader().setDefaultSectionSize(self.row_height)
        elif self._view is not None:
            self._view.scheduleDelayedItemsLayout()

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(super().sizeHint(option, index).width(), self.row_height)

    @override
    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        self.paint_ground(painter, option, index)
        plain = QStyleOptionViewItem(option)
        ground = QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_MouseOver | QStyle.StateFlag.State_HasFocus
        plain.state = option.state & ~ground
        super().paint(painter, plain, index)
