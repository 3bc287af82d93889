"""The list in the completion popup: its model and how a row is painted (visual-design.md §8, main-light.png)."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem
from typing_extensions import override

from tocsin.ui.expression.completion_rows import FunctionRow, HeaderRow, Row, ValueRow
from tocsin.ui.theme import Theme, paint_icon

ROW_ROLE: Final = Qt.ItemDataRole.UserRole.value + 1
ROW: Final = 24
GROUP_GAP: Final = 3
"""What is free above the line that begins a further group."""
INSET: Final = 13
"""How far words are from the popup's edges."""
KIND_AT: Final = 100
"""Where the column of types begins."""
_GROUND_INSET: Final = 4
_RADIUS: Final = 6
_ICON: Final = 13
_GAP: Final = 8
_LEFT: Final = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_RIGHT: Final = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)

Index = QModelIndex | QPersistentModelIndex


class CompletionModel(QAbstractListModel):
    """The rows. Names of sources cannot be chosen."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[Row, ...] = ()

    @property
    def rows(self) -> tuple[Row, ...]:
        """What is listed."""
        return self._rows

    def set_rows(self, rows: tuple[Row, ...]) -> None:
        """List something else."""
        if rows != self._rows:
            self.beginResetModel()
            self._rows = rows
            self.endResetModel()

    def find_next(self, row: int, step: int) -> int:
        """Return the next row that can be chosen, around the end; -1 when there is none."""
        count = len(self._rows)
        for distance in range(1, count + 1):
            place = (row + step * distance) % count
            if not isinstance(self._rows[place], HeaderRow):
                return place
        return -1

    @override
    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole.value) -> object:
        row = self._rows[index.row()]
        if role == ROW_ROLE:
            return row
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            return _words(row)
        return None

    @override
    def flags(self, index: Index) -> Qt.ItemFlag:
        if isinstance(self._rows[index.row()], HeaderRow):
            return Qt.ItemFlag.ItemIsEnabled
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable


class CompletionDelegate(QStyledItemDelegate):
    """Paints name, type and sample in columns, a source with its icon and a line above."""

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        gap = GROUP_GAP if index.row() and isinstance(index.data(ROW_ROLE), HeaderRow) else 0
        return QSize(0, self._theme.px(ROW) + gap)

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row: Row = index.data(ROW_ROLE)
        whole: QRect = option.rect
        rect = whole.adjusted(INSET, 0, -INSET, 0)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if isinstance(row, HeaderRow):
            gap = GROUP_GAP if index.row() else 0
            if gap:
                line = QRect(whole.left(), whole.top() + gap, whole.width(), 1)
                painter.fillRect(line, QColor(self._theme.tokens.line))
            self._paint_header(painter, rect.adjusted(0, gap, 0, 0), row)
        else:
            self._paint_ground(painter, whole, option)
            self._paint_value(painter, rect, row)
        painter.restore()

    def _paint_ground(self, painter: QPainter, rect: QRect, option: QStyleOptionViewItem) -> None:
        state = option.state
        if state & (QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_MouseOver):
            tokens = self._theme.tokens
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(tokens.sel if state & QStyle.StateFlag.State_Selected else tokens.hover))
            painter.drawRoundedRect(QRectF(rect.adjusted(_GROUND_INSET, 0, -_GROUND_INSET, 0)), _RADIUS, _RADIUS)

    def _paint_header(self, painter: QPainter, rect: QRect, row: HeaderRow) -> None:
        tokens, edge, font = self._theme.tokens, self._theme.px(_ICON), self._theme.font(11, 500)
        spot = QRectF(rect.left(), rect.center().y() + 1 - edge / 2, edge, edge)
        paint_icon(painter, row.face.icon, str(getattr(tokens, row.face.colour)), spot)
        _paint_words(painter, rect, row.aside, (_RIGHT, font, tokens.text2))
        room = rect.adjusted(edge + _GAP, 0, -_width(row.aside, font), 0)
        _paint_words(painter, room, row.face.title, (_LEFT, font, tokens.text2))

    def _paint_value(self, painter: QPainter, rect: QRect, row: ValueRow | FunctionRow) -> None:
        theme = self._theme
        (name, kind, sample), (large, small) = _columns(row), (theme.font(13), theme.font(11))
        column = theme.px(KIND_AT) - INSET
        at = max(column, min(_width(name, large) + _GAP, rect.width() * 2 // 3))
        _paint_words(painter, rect.adjusted(0, 0, at - 4 - rect.width(), 0), name, (_LEFT, large, theme.tokens.text))
        room = rect.adjusted(at, 0, 0, 0)
        _paint_words(painter, room, kind, (_LEFT, small, theme.tokens.text2))
        room.setLeft(room.left() + _width(kind, small) + _GAP)
        _paint_words(painter, room, sample, (_RIGHT, theme.font(12), theme.tokens.text2))


def _paint_words(painter: QPainter, rect: QRect, words: str, manner: tuple[int, QFont, str]) -> None:
    alignment, font, colour = manner
    painter.setFont(font)
    painter.setPen(QColor(colour))
    painter.drawText(rect, alignment, QFontMetrics(font).elidedText(words, Qt.TextElideMode.ElideRight, rect.width()))


def _width(words: str, font: QFont) -> int:
    return QFontMetrics(font).horizontalAdvance(words)


def _columns(row: ValueRow | FunctionRow) -> tuple[str, str, str]:
    if isinstance(row, ValueRow):
        return row.field.title, row.field.kind, row.field.sample
    return row.info.signature, row.kind, ""


def _words(row: Row) -> str:
    """Return a row as it is read aloud."""
    if isinstance(row, HeaderRow):
        return " ".join(part for part in (row.face.title, row.aside) if part)
    return ", ".join(part for part in _columns(row) if part)
