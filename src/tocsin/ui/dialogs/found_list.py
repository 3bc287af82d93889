"""Lists what was found: a row says what it is, which kind of thing, and its key at the right."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QStyleOptionViewItem, QWidget
from typing_extensions import override

from tocsin.ui.actions.search import Findable
from tocsin.ui.theme import Theme, paint_icon
from tocsin.ui.widgets.key_hint import key_hint_width, paint_key_hint
from tocsin.ui.widgets.rows_delegate import RowsDelegate

ROW: Final = 32
PADDING: Final = 10
ICON: Final = 16
FOUND_ROLE: Final = int(Qt.ItemDataRole.UserRole) + 1
ROOT: Final = QModelIndex()
Index = QModelIndex | QPersistentModelIndex


class FoundModel(QAbstractListModel):
    """What was found, as Qt's model."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._found: tuple[Findable, ...] = ()

    @property
    def found(self) -> tuple[Findable, ...]:
        """What is listed."""
        return self._found

    def show(self, found: tuple[Findable, ...]) -> None:
        """List these and no others."""
        self.beginResetModel()
        self._found = found
        self.endResetModel()

    @override
    def rowCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self._found)

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        found = self._found[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return found.title
            case Qt.ItemDataRole.AccessibleTextRole:
                return ", ".join(part for part in (found.title, found.group, found.keys) if part)
            case _:
                return found if role == FOUND_ROLE else None


class FoundDelegate(RowsDelegate):
    """Icon, title, what kind of thing it is, and its key at the right."""

    def __init__(self, theme: Theme, parent: QWidget, *, has_icons: bool = True) -> None:
        super().__init__(theme, ROW, parent)
        self._has_icons = has_icons

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        self.paint_ground(painter, option, index)
        found: object = index.data(FOUND_ROLE)
        if not isinstance(found, Findable):
            return
        theme, tokens, rect = self.theme, self.theme.tokens, QRect(option.rect)
        edge, middle = theme.px(ICON), Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.save()
        left = rect.left() + PADDING
        if self._has_icons:
            left += edge + PADDING
        if found.icon and self._has_icons:
            spot = QRectF(rect.left() + PADDING, rect.center().y() + 1 - edge / 2, edge, edge)
            paint_icon(painter, found.icon, str(getattr(tokens, found.tone)), spot)
        right = rect.right() - PADDING
        if found.keys:
            width = key_hint_width(found.keys, theme)
            paint_key_hint(painter, QRect(right - width, rect.top(), width, rect.height()), found.keys, theme)
            right -= width + PADDING
        words = QRect(left, rect.top(), 0, rect.height())
        words.setRight(right)
        for text, font, colour in (
            (found.title, theme.font(13), tokens.text),
            (found.group, theme.font(12), self.quiet_colour(option)),
        ):
            painter.setFont(font)
            painter.setPen(QColor(colour))
            shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, words.width())
            painter.drawText(words, int(middle), shown)
            words.setLeft(words.left() + painter.fontMetrics().horizontalAdvance(shown) + PADDING)
        painter.restore()
