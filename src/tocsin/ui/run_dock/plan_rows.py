"""The rows of a plan as Qt's list: number, tile, words that wrap, sign; what hangs on a guess is hatched."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QListView, QStyle, QStyleOptionViewItem, QWidget
from typing_extensions import override

from tocsin.base.texts import _
from tocsin.model.catalogue import Effect
from tocsin.ui.canvas.faces import Face, Family
from tocsin.ui.canvas.marks import paint_disclosure, paint_effect
from tocsin.ui.run_dock.badge import paint_state
from tocsin.ui.run_dock.bars import paint_hatch
from tocsin.ui.run_dock.plan import PlanRow
from tocsin.ui.run_dock.subject import RunSubject
from tocsin.ui.theme import Theme, paint_icon
from tocsin.ui.widgets.chip import ChipFace, Tone, chip_size, paint_chip
from tocsin.ui.widgets.rows_delegate import RowsDelegate

Index = QModelIndex | QPersistentModelIndex
ROOT: Final = QModelIndex()
ROW_ROLE: Final = int(Qt.ItemDataRole.UserRole) + 1
"""The PlanRow of a row."""
FACE_ROLE: Final = ROW_ROLE + 1
"""The Face of its step."""
HATCH: Final = 5
ASSUMED: Final = ChipFace(_("Assumed"), Tone.WOULD)
NUMBER_AT: Final = 14
TILE_AT: Final = 38
TILE: Final = 24
ICON: Final = 13
MARK: Final = 14
TEXT_AT: Final = 75
SIDE: Final = 14
TOP: Final = 9
GAP: Final = 2
BADGE: Final = 16
_WORDS: Final = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap)
_END: Final = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
_GROUNDED: Final = QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_MouseOver


class PlanModel(QAbstractListModel):
    """Rows of one plan."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[PlanRow, ...] = ()
        self._subject: RunSubject | None = None

    @property
    def rows(self) -> Sequence[PlanRow]:
        """What is listed."""
        return self._rows

    def show_rows(self, rows: Sequence[PlanRow], subject: RunSubject) -> None:
        """List these rows and no others; the same ones again change nothing, and new ones at the end only add."""
        rows, before = tuple(rows), len(self._rows)
        if rows == self._rows and subject is self._subject:
            return
        if subject is self._subject and before and rows[:before] == self._rows:
            self.beginInsertRows(ROOT, before, len(rows) - 1)
            self._rows = rows
            self.endInsertRows()
            return
        self.beginResetModel()
        self._rows, self._subject = rows, subject
        self.endResetModel()

    @override
    def rowCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self._rows)

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = self._rows[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return row.text
            case Qt.ItemDataRole.AccessibleTextRole:
                return row.spoken
            case _ if role == ROW_ROLE:
                return row
            case _ if role == FACE_ROLE and self._subject is not None:
                return self._subject.face(row.node)
            case _:
                return None


@dataclass(frozen=True, slots=True)
class RowPlaces:
    """Where the parts of a row are.

    Attributes:
        text: What would happen.
        aside: By which product.
        end: What it rests on, under its sign.
        height: Of the whole row.
    """

    text: QRectF
    aside: QRectF
    end: QRectF
    height: float


class PlanDelegate(RowsDelegate):
    """Rows as high as their words."""

    def __init__(self, theme: Theme, view: QListView) -> None:
        super().__init__(theme, parent=view)
        self._list = view

    def places(self, row: PlanRow, rect: QRectF) -> RowPlaces:
        """Return where the parts of a row are in its rectangle, of which only the width and the corner count."""
        px, theme = self.theme.px, self.theme
        chip = chip_size(ASSUMED, theme).width() if row.is_assumed else 0
        ground = _width_of(row.ground, theme.font(12))
        end = max(chip, ground, px(BADGE))
        width = max(rect.width() - px(TEXT_AT) - end - px(SIDE) - px(12), px(80))
        left, top = rect.left() + px(TEXT_AT), rect.top() + px(TOP)
        text = QRectF(left, top, width, _height_of(row.text, theme.font(13), width))
        aside = QRectF(left, text.bottom() + px(GAP), width, _height_of(row.aside, theme.font(12), width))
        place = QRectF(rect.right() - px(SIDE) - end, top, end, aside.bottom() - top)
        return RowPlaces(text, aside, place, aside.bottom() - rect.top() + px(TOP))

    def _paint_unsure(self, painter: QPainter, rect: QRectF, *, is_grounded: bool) -> None:
        tokens = self.theme.tokens
        if not is_grounded:
            painter.fillRect(rect, QColor(tokens.would_soft))
        paint_hatch(painter, QRectF(rect.left(), rect.top(), HATCH, rect.height()), tokens)

    def _paint_tile(self, painter: QPainter, rect: QRectF, face: Face) -> None:
        px, tokens = self.theme.px, self.theme.tokens
        tile = QRectF(rect.left() + px(TILE_AT), rect.top() + px(TOP) + 1, px(TILE), px(TILE))
        radius = tile.width() / 2 if face.family is Family.HUMAN else px(5)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(getattr(tokens, f"{face.family}_soft")))
        painter.drawRoundedRect(tile, radius, radius)
        place = QRectF(0, 0, px(ICON), px(ICON))
        place.moveCenter(tile.center())
        paint_icon(painter, face.icon, getattr(tokens, face.family), place)
        if face.effect is not Effect.READ:
            paint_effect(painter, tile.bottomRight() + QPointF(-1, -2), px(MARK), face.effect, tokens)
        if face.discloses:
            paint_disclosure(painter, tile.topRight() + QPointF(-1, 2), px(MARK), tokens)

    def _paint_words(self, painter: QPainter, row: PlanRow, places: RowPlaces, colour: str) -> None:
        theme, tokens = self.theme, self.theme.tokens
        number = QRectF(places.text)
        number.setLeft(places.text.left() - theme.px(TEXT_AT - NUMBER_AT))
        for text, place, font, tone in (
            (str(row.number or ""), number, theme.font(12), colour),
            (row.text, places.text, theme.font(13), tokens.text),
            (row.aside, places.aside, theme.font(12), tokens.text2),
        ):
            painter.setFont(font)
            painter.setPen(QColor(tone))
            painter.drawText(place, _WORDS, text)

    def _paint_end(self, painter: QPainter, row: PlanRow, place: QRectF, colour: str) -> None:
        theme, tokens = self.theme, self.theme.tokens
        top = place.top()
        if row.is_assumed:
            size = chip_size(ASSUMED, theme)
            chip = QRectF(place.right() - size.width(), top, size.width(), size.height())
            paint_chip(painter, chip, ASSUMED, theme)
            painter.setPen(QPen(QColor(tokens.would), 1))  # its fill is the row's ground
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(chip.adjusted(0.5, 0.5, -0.5, -0.5), chip.height() / 2, chip.height() / 2)
            top += size.height() + theme.px(GAP)
        elif not row.ground:
            half = theme.px(BADGE) / 2
            paint_state(painter, QPointF(place.right() - half, top + half), theme.px(BADGE), row.look, tokens)
        if row.ground:
            painter.setFont(theme.font(12))
            painter.setPen(QColor(colour))
            painter.drawText(QRectF(place.left(), top, place.width(), place.bottom() - top), _END, row.ground)

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        row = index.data(ROW_ROLE)
        width = self._list.viewport().width()
        if not isinstance(row, PlanRow):
            return super().sizeHint(option, index)
        return QSize(width, round(self.places(row, QRectF(0, 0, width, 0)).height))

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row, face, rect = index.data(ROW_ROLE), index.data(FACE_ROLE), QRectF(option.rect)
        if not isinstance(row, PlanRow) or not isinstance(face, Face):
            return
        is_grounded = bool(option.state & _GROUNDED)
        colour = self.theme.tokens.text2 if row.is_unsure else self.quiet_colour(option)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if row.is_unsure:
            self._paint_unsure(painter, rect, is_grounded=is_grounded)
        self.paint_ground(painter, option, index)
        places = self.places(row, rect)
        self._paint_tile(painter, rect, face)
        self._paint_words(painter, row, places, colour)
        self._paint_end(painter, row, places.end, colour)
        painter.setPen(QPen(QColor(self.theme.tokens.line), 1))
        painter.drawLine(rect.bottomLeft() + QPointF(0, -0.5), rect.bottomRight() + QPointF(0, -0.5))
        painter.restore()


def make_list(theme: Theme, model: PlanModel, parent: QWidget) -> QListView:
    """Return the list of a plan."""
    view = QListView(parent)
    view.setObjectName("plan-list")
    view.setAccessibleName(_("What would happen"))
    view.setModel(model)
    view.setResizeMode(QListView.ResizeMode.Adjust)
    view.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
    view.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
    view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    view.setMouseTracking(True)
    view.setItemDelegate(PlanDelegate(theme, view))
    return view


def _width_of(text: str, font: QFont) -> float:
    return QFontMetricsF(font).horizontalAdvance(text) + 1 if text else 0.0


def _height_of(text: str, font: QFont, width: float) -> float:
    return QFontMetricsF(font).boundingRect(QRectF(0, 0, width, 10_000), _WORDS, text).height()
