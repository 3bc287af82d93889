"""Paints the rows of the problems list: how bad, what, where, and the code where there is room for a detail."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem, QWidget
from typing_extensions import override

from tocsin.model.problems import Problem, Severity
from tocsin.ui.problems.model import WHERE_ROLE, find_problem
from tocsin.ui.theme import Theme, paint_icon
from tocsin.ui.widgets.rows_delegate import RowHeight, RowsDelegate

Index = QModelIndex | QPersistentModelIndex
ICONS: Final = {
    Severity.ERROR: ("circle-alert", "problem"),
    Severity.WARNING: ("triangle-alert", "waiting_text"),
    Severity.INFO: ("info", "text2"),
}
ICON: Final = 16
CHEVRON: Final = 12
HEADING_AT: Final = 6
ICON_AT: Final = 24
TEXT_AT: Final = 48
GAP: Final = 16
RIGHT: Final = 8
CODE_WIDTH: Final = 66
CODE_FROM: Final = 720
"""In narrower rows the words have the room of the code, which the tooltip and the explanation tell."""
WHERE_SHARE: Final = 0.3
"""The most of a row's width that tells where; the rest is for what."""


class ProblemsDelegate(RowsDelegate):
    """Rows of 28 px."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(theme, RowHeight.ROOMY_TABLE, parent)

    def _paint_heading(self, painter: QPainter, rect: QRectF, index: Index, *, is_open: bool) -> None:
        px, tokens = self.theme.px, self.theme.tokens
        spot = QRectF(rect.left() + px(HEADING_AT), rect.center().y() - px(CHEVRON) / 2, px(CHEVRON), px(CHEVRON))
        paint_icon(painter, "chevron-down" if is_open else "chevron-right", tokens.text2, spot)
        words = rect.adjusted(px(ICON_AT), 0, 0, 0)
        _paint_line(painter, words, str(index.data()), self.theme.font(12, 600), tokens.text2)

    def _paint_problem(self, painter: QPainter, rect: QRectF, problem: Problem, where: str, *, quiet: str) -> None:
        px, tokens, theme = self.theme.px, self.theme.tokens, self.theme
        icon, tone = ICONS[problem.severity]
        spot = QRectF(rect.left() + px(ICON_AT), rect.center().y() - px(ICON) / 2, px(ICON), px(ICON))
        paint_icon(painter, icon, str(getattr(tokens, tone)), spot)
        right = rect.right() - px(RIGHT)
        if rect.width() >= px(CODE_FROM):
            code = QRectF(right - px(CODE_WIDTH), rect.top(), px(CODE_WIDTH), rect.height())
            _paint_line(painter, code, str(problem.code), theme.code_font(11), quiet)
            right = code.left() - px(GAP)
        width = rect.width() * WHERE_SHARE
        place = QRectF(right - width, rect.top(), width, rect.height())
        _paint_line(painter, place, where, theme.font(12), tokens.text2)
        words = QRectF(rect.left() + px(TEXT_AT), rect.top(), 0, rect.height())
        words.setRight(place.left() - px(GAP))
        _paint_line(painter, words, problem.message, theme.font(13), tokens.text)

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        self.paint_ground(painter, option, index)
        rect, problem = QRectF(option.rect), find_problem(index)
        painter.save()
        if problem is None:
            is_open = bool(option.state & QStyle.StateFlag.State_Open)
            self._paint_heading(painter, rect, index, is_open=is_open)
        else:
            where = str(index.data(WHERE_ROLE))
            self._paint_problem(painter, rect, problem, where, quiet=self.quiet_colour(option))
        painter.restore()


def _paint_line(painter: QPainter, place: QRectF, text: str, font: QFont, colour: str) -> None:
    painter.setFont(font)
    painter.setPen(QColor(colour))
    shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, int(place.width()))
    painter.drawText(place, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), shown)
