"""The list of nodes as Qt's model: headings, entries, and what a drag carries."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import QByteArray, QMimeData, QModelIndex, QObject, QPointF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap, QStandardItem, QStandardItemModel
from typing_extensions import override

from tocsin.model.catalogue import Effect
from tocsin.ui.canvas.drop import MIME_TYPE
from tocsin.ui.canvas.marks import paint_disclosure, paint_effect
from tocsin.ui.node_list.entries import Entry, Section
from tocsin.ui.theme import Theme, icon_pixmap, ui_font

PAYLOAD_ROLE = Qt.ItemDataRole.UserRole + 1
ICON_SIZE: Final = 16
MARK_SIZE: Final = 14
MARK_ROOM: Final = 18


class NodeListModel(QStandardItemModel):
    """Sections at the top, entries below them. The second column has the count, or the signs of the effect."""

    def __init__(self, sections: Sequence[Section], theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.setColumnCount(2)
        for section in sections:
            heading = QStandardItem(section.title)
            count = QStandardItem(str(len(section.entries)))
            for item, weight in ((heading, 600), (count, 400)):
                item.setFlags(Qt.ItemFlag.ItemIsEnabled)
                item.setFont(ui_font(12, weight))
                item.setForeground(QColor(theme.tokens.text2 if item is heading else theme.tokens.text3))
            count.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            for entry in section.entries:
                heading.appendRow(_row(entry, theme))
            self.appendRow([heading, count])

    @override
    def mimeTypes(self) -> list[str]:
        return [MIME_TYPE]

    @override
    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        data = QMimeData()
        payloads = [payload_of(index) for index in indexes if index.column() == 0]
        data.setData(MIME_TYPE, QByteArray(payloads[0].encode() if payloads else b""))
        return data


def payload_of(index: QModelIndex) -> str:
    """Return what the row of an index would put on the canvas, or "" for a heading."""
    payload: object = index.siblingAtColumn(0).data(PAYLOAD_ROLE)
    return payload if isinstance(payload, str) else ""


def _marks(entry: Entry, theme: Theme) -> QPixmap | None:
    """The signs of what an action does to the world (visual-design.md §2.4), one after the other."""
    signs = [partial(paint_effect, effect=entry.effect)] if entry.effect is not Effect.READ else []
    signs += [paint_disclosure] if entry.discloses else []
    if not signs:
        return None
    pixmap = QPixmap(2 * MARK_ROOM * len(signs), 2 * MARK_ROOM)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.scale(2, 2)
    for place, sign in enumerate(signs):
        sign(painter, QPointF(MARK_ROOM * (place + 0.5), MARK_ROOM / 2), MARK_SIZE, tokens=theme.tokens)
    painter.end()
    pixmap.setDevicePixelRatio(2)
    return pixmap


def _row(entry: Entry, theme: Theme) -> list[QStandardItem]:
    flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsDragEnabled
    pixmap = icon_pixmap(entry.icon, getattr(theme.tokens, entry.tone), ICON_SIZE, 2.0)
    name, effect = QStandardItem(QIcon(pixmap), entry.title), QStandardItem()
    name.setData(entry.payload, PAYLOAD_ROLE)
    for item in (name, effect):
        item.setFlags(flags)
        item.setToolTip(entry.tip)
    name.setAccessibleText(f"{entry.title}, {entry.words}" if entry.words else entry.title)
    effect.setAccessibleText(entry.words)
    effect.setData(_marks(entry, theme), Qt.ItemDataRole.DecorationRole)
    return [name, effect]
