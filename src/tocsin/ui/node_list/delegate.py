"""Paints the rows of the node list: chevrons, tiles, names, counts, effect marks and the “+” under the pointer."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QAbstractItemModel, QEvent, QModelIndex, QPersistentModelIndex, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem, QWidget
from typing_extensions import override

from tocsin.ui.canvas.list_rows import MARK_GAP, paint_row_marks, paint_tile
from tocsin.ui.node_list.entries import Entry
from tocsin.ui.node_list.model import COUNT_ROLE, ICON_ROLE, ROW_ROLE, Row, find_entry
from tocsin.ui.theme import Theme, paint_icon
from tocsin.ui.widgets.rows_delegate import RowHeight, RowsDelegate

Index = QModelIndex | QPersistentModelIndex
CHEVRON: Final = 12
CHEVRON_AT: Final = {Row.HEADING: 6, Row.CATEGORY: 8}
TILE_AT: Final = {Row.CATEGORY: 26, Row.ENTRY: 8}
TEXT_WITHOUT_TILE: Final = 24
TEXT_AFTER_TILE: Final = {Row.CATEGORY: 6, Row.ENTRY: 8}
PLUS: Final = 16
RIGHT: Final = 8
COUNT_ROOM: Final = 24
LOCKED: Final = 0.5


class NodeListDelegate(RowsDelegate):
    """Rows of 27 px. Places are measured from the row's left edge.

    Signals:
        plus_pressed: The payload of the entry whose “+” was pressed.
    """

    plus_pressed = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(theme, RowHeight.PALETTE, parent)

    def plus_rect(self, row: QRectF) -> QRectF:
        """Return where the “+” of a row is."""
        edge = self.theme.px(PLUS)
        return QRectF(row.right() - self.theme.px(RIGHT) - edge, row.center().y() - edge / 2, edge, edge)

    def _paint_chevron(self, painter: QPainter, rect: QRectF, row: Row, *, is_open: bool) -> None:
        edge = self.theme.px(CHEVRON)
        spot = QRectF(rect.left() + self.theme.px(CHEVRON_AT[row]), rect.center().y() - edge / 2, edge, edge)
        paint_icon(painter, "chevron-down" if is_open else "chevron-right", self.theme.tokens.text2, spot)

    def _paint_tile(self, painter: QPainter, rect: QRectF, index: Index, row: Row) -> float:
        """Paint the tile, if the row has one, and return where the words begin."""
        px, icon = self.theme.px, str(index.data(ICON_ROLE))
        if not icon:
            return rect.left() + px(TEXT_WITHOUT_TILE)
        entry = find_entry(index)
        left, face = rect.left() + px(TILE_AT[row]), (icon, entry.tone if entry else "action")
        return paint_tile(painter, left, rect.center().y(), face, self.theme) + px(TEXT_AFTER_TILE[row])

    def _paint_end(self, painter: QPainter, rect: QRectF, entry: Entry, *, is_over: bool) -> float:
        """Paint, from the right, the “+” and the marks of an action; return where they begin."""
        px = self.theme.px
        right = rect.right() - px(RIGHT)
        if is_over:
            paint_icon(painter, "plus", self.theme.tokens.text2, self.plus_rect(rect))
            right -= px(PLUS) + px(MARK_GAP)
        end = QPointF(right, rect.center().y())
        return paint_row_marks(painter, end, entry.effect, self.theme, discloses=entry.discloses)

    def _paint_words(self, painter: QPainter, place: QRectF, index: Index, row: Row, *, quiet: str) -> None:
        tokens, font = self.theme.tokens, self.theme.font
        middle = Qt.AlignmentFlag.AlignVCenter
        if row is Row.CATEGORY:
            painter.setPen(QColor(quiet))
            painter.setFont(font(12))
            painter.drawText(place, int(Qt.AlignmentFlag.AlignRight | middle), str(index.data(COUNT_ROLE)))
            place = place.adjusted(0, 0, -self.theme.px(COUNT_ROOM), 0)
        painter.setPen(QColor(tokens.text2 if row is Row.HEADING else tokens.text))
        painter.setFont(font(12, 600) if row is Row.HEADING else font(13))
        shown = painter.fontMetrics().elidedText(str(index.data()), Qt.TextElideMode.ElideRight, int(place.width()))
        painter.drawText(place, int(Qt.AlignmentFlag.AlignLeft | middle), shown)

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        self.paint_ground(painter, option, index)
        rect, row, entry, state = QRectF(option.rect), Row(index.data(ROW_ROLE)), find_entry(index), option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if not state & QStyle.StateFlag.State_Enabled:
            painter.setOpacity(LOCKED)
        left, right = self._paint_tile(painter, rect, index, row), rect.right() - self.theme.px(RIGHT)
        if entry is not None:
            right = self._paint_end(painter, rect, entry, is_over=bool(state & QStyle.StateFlag.State_MouseOver))
        else:
            self._paint_chevron(painter, rect, row, is_open=bool(state & QStyle.StateFlag.State_Open))
        words = QRectF(left, rect.top(), right - left, rect.height())
        self._paint_words(painter, words, index, row, quiet=self.quiet_colour(option))
        painter.restore()

    @override
    def editorEvent(self, event: QEvent, model: QAbstractItemModel, option: QStyleOptionViewItem, index: Index) -> bool:
        """Hear the “+”; a second press on it is not a double click on the row."""
        entry = find_entry(index)
        if entry is None or not isinstance(event, QMouseEvent) or event.button() is not Qt.MouseButton.LeftButton:
            return super().editorEvent(event, model, option, index)
        if not self.plus_rect(QRectF(option.rect)).contains(event.position()):
            return super().editorEvent(event, model, option, index)
        if event.type() is QEvent.Type.MouseButtonRelease:
            self.plus_pressed.emit(entry.payload)
        return True
