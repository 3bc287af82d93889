"""Paints the rows of the outline: a node's tile, title, state and effect marks; a way out in quieter words."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyleOptionViewItem, QWidget
from typing_extensions import override

from tocsin.ui.canvas.faces import Face
from tocsin.ui.canvas.list_rows import paint_row_marks, paint_row_state, paint_tile
from tocsin.ui.canvas.looks import Look
from tocsin.ui.theme import Theme
from tocsin.ui.widgets.rows_delegate import RowHeight, RowsDelegate

Index = QModelIndex | QPersistentModelIndex
FACE_ROLE: Final = int(Qt.ItemDataRole.UserRole) + 3
"""A node's Face; nothing for a way out."""
LOOK_ROLE: Final = FACE_ROLE + 1
"""A node's Look: its badge."""
STATE_ROLE: Final = LOOK_ROLE + 1
"""The same in words, which are shown beside the title where all of them have room."""
LEFT: Final = 4
GAP: Final = 8
RIGHT: Final = 8


class OutlineDelegate(RowsDelegate):
    """Rows of 27 px, as in the node list that stands at the same place."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(theme, RowHeight.PALETTE, parent)

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        self.paint_ground(painter, option, index)
        theme, rect = self.theme, QRectF(option.rect)
        middle, face = rect.center().y(), index.data(FACE_ROLE)
        left, right = rect.left() + theme.px(LEFT), rect.right() - theme.px(RIGHT)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if isinstance(face, Face):
            left = paint_tile(painter, left, middle, (face.icon, str(face.family)), theme) + theme.px(GAP)
            right = paint_row_state(painter, QPointF(right, middle), Look(index.data(LOOK_ROLE)), theme)
            end = QPointF(right, middle)
            right = paint_row_marks(painter, end, face.effect, theme, discloses=face.discloses)
            left = self._words(painter, QRectF(left, rect.top(), right - left, rect.height()), face.title)
            state, room = str(index.data(STATE_ROLE)), right - left - 2 * theme.px(GAP)
            if QFontMetrics(theme.font(12)).horizontalAdvance(state) <= room:
                place = QRectF(left + theme.px(GAP), rect.top(), room, rect.height())
                self._words(painter, place, state, is_quiet=True)
        else:
            words = QRectF(left, rect.top(), right - left, rect.height())
            self._words(painter, words, str(index.data()), is_quiet=True)
        painter.restore()

    def _words(self, painter: QPainter, place: QRectF, text: str, *, is_quiet: bool = False) -> float:
        """Paint words as far as there is room, and return where they end."""
        font: QFont = self.theme.font(12 if is_quiet else 13)
        painter.setFont(font)
        painter.setPen(QColor(self.theme.tokens.text2 if is_quiet else self.theme.tokens.text))
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, max(0, int(place.width())))
        painter.drawText(place, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), shown)
        return place.left() + painter.fontMetrics().horizontalAdvance(shown)
