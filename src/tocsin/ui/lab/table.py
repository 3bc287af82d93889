"""A product's table: the model of a card, and the delegate that paints texts, grey states and the chips of runs."""

from __future__ import annotations

from typing import Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem
from typing_extensions import override

from tocsin.ui.lab.cards import Card, Cell, Manner
from tocsin.ui.lab.state_chip import paint_state, state_size
from tocsin.ui.theme import Theme
from tocsin.ui.widgets.chip import ChipFace, Tone, chip_size, paint_chip
from tocsin.ui.widgets.rows_delegate import CHANGED_BAR, CHANGED_ROLE, RowHeight, RowsDelegate

CELL_ROLE: Final = int(Qt.ItemDataRole.UserRole) + 1
PADDING: Final = 12
"""Before the first thing in a cell."""
END: Final = 6
"""After the last thing in a row; between cells the padding is enough."""
GAP: Final = 6
_CODE: Final = frozenset({Manner.CODE, Manner.CODE_QUIET})
_QUIET: Final = frozenset({Manner.QUIET, Manner.CODE_QUIET})

Index = QModelIndex | QPersistentModelIndex


class CardModel(QAbstractTableModel):
    """The rows of one card."""

    def __init__(self, card: Card, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._card = card

    @property
    def card(self) -> Card:
        """What is shown."""
        return self._card

    def show(self, card: Card) -> None:
        """Show the product as it is now. Where the rows are the same ones, what is selected stays."""
        if card == self._card:
            return
        if [row.key for row in card.rows] == [row.key for row in self._card.rows]:
            self._card = card
            self.dataChanged.emit(self.index(0, 0), self.index(len(card.rows) - 1, len(card.columns) - 1))
            return
        self.beginResetModel()
        self._card = card
        self.endResetModel()

    @override
    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._card.rows)

    @override
    def columnCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._card.columns)

    @override
    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = int(Qt.ItemDataRole.DisplayRole)
    ) -> Any:
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self._card.columns[section].title
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None

    @override
    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:
        row = self._card.rows[index.row()]
        cell = row.cells[index.column()]
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.AccessibleTextRole:
                return cell.words
            case _ if role == CELL_ROLE:
                return cell
            case _ if role == CHANGED_ROLE:
                return row.run is not None
            case _:
                return None


class CellDelegate(RowsDelegate):
    """Paints the cells of a card, 28 px high."""

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(theme, RowHeight.ROOMY_TABLE, parent)

    @override
    def paint_ground(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Flat, for a row here is many cells side by side."""
        tokens, rect = self.theme.tokens, QRectF(option.rect)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, QColor(tokens.sel))
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, QColor(tokens.hover))
        if index.row() < index.model().rowCount() - 1:
            painter.fillRect(QRectF(rect.left(), rect.bottom() - 1, rect.width(), 1), QColor(tokens.line))
        if index.data(CHANGED_ROLE) is True and index.column() == 0:
            painter.fillRect(QRectF(rect.left(), rect.top(), CHANGED_BAR, rect.height()), QColor(tokens.sel_line))

    def _font(self, manner: Manner) -> QFont:
        if manner in _CODE:
            return self.theme.code_font(12)
        return self.theme.font(12, 600 if manner is Manner.STRONG else 400)

    def _width(self, cell: Cell) -> int:
        parts: list[float] = []
        if cell.text:
            parts.append(QFontMetricsF(self._font(cell.manner)).horizontalAdvance(cell.text))
        if cell.state:
            parts.append(state_size(cell.state, self.theme).width())
        if cell.run:
            parts.append(chip_size(ChipFace(cell.run.label), self.theme).width())
        if cell.remark:
            parts.append(QFontMetricsF(self.theme.font(12)).horizontalAdvance(cell.remark))
        return round(sum(parts) + self.theme.px(GAP) * max(0, len(parts) - 1) + PADDING) + 1

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        end = END if index.column() == index.model().columnCount() - 1 else 0
        return QSize(self._width(index.data(CELL_ROLE)) + end, self.row_height)

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        self.paint_ground(painter, option, index)
        cell: Cell = index.data(CELL_ROLE)
        rest = QRectF(option.rect).adjusted(PADDING, 0, 0, 0)
        painter.save()
        if cell.text:
            rest = self._paint_text(painter, rest, cell)
        if cell.state:
            size = state_size(cell.state, self.theme)
            spot = _spot(rest, size)
            paint_state(painter, spot, cell.state, self.theme)
            rest.setLeft(spot.right() + self.theme.px(GAP))
        if cell.run:
            face = ChipFace(cell.run.label, Tone.ACCENT)
            spot = _spot(rest, chip_size(face, self.theme))
            paint_chip(painter, spot, face, self.theme)
            rest.setLeft(spot.right() + self.theme.px(GAP))
        if cell.remark:
            self._paint_words(painter, rest, cell.remark, QColor(self.theme.tokens.text2))
        painter.restore()

    def _paint_text(self, painter: QPainter, rest: QRectF, cell: Cell) -> QRectF:
        tokens = self.theme.tokens
        painter.setFont(self._font(cell.manner))
        colour = QColor(tokens.text2 if cell.manner in _QUIET else tokens.text)
        end = self._paint_words(painter, rest, cell.text, colour)
        painter.setFont(self.theme.font(12))
        return QRectF(end + self.theme.px(GAP), rest.top(), rest.right() - end - self.theme.px(GAP), rest.height())

    def _paint_words(self, painter: QPainter, rest: QRectF, words: str, colour: QColor) -> float:
        painter.setPen(colour)
        shown = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, max(0, round(rest.width())))
        painter.drawText(rest, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), shown)
        return rest.left() + painter.fontMetrics().horizontalAdvance(shown)


def _spot(rest: QRectF, size: QSize) -> QRectF:
    """Return where a pill stands: at the left of what is left, in the middle of the row, no wider than there is."""
    top = rest.top() + (rest.height() - 1 - size.height()) / 2
    return QRectF(rest.left(), round(top), max(0.0, min(size.width(), rest.width())), size.height())
