"""How the timeline is drawn: head, grid, rows, playhead. It knows no widget; what is where is told to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen

from tocsin.base.texts import _
from tocsin.ui.canvas.faces import Face
from tocsin.ui.canvas.looks import STYLES, Look
from tocsin.ui.run_dock.badge import paint_state
from tocsin.ui.run_dock.bars import paint_bar
from tocsin.ui.run_dock.time_axis import Tick
from tocsin.ui.run_dock.timeline_rows import Bar, Row, RowKind
from tocsin.ui.theme import Theme, paint_icon

ROW: Final = 22
HEAD: Final = 24
MARGIN: Final = 14
INDENT: Final = 16
ICON: Final = 14
BADGE: Final = 13
GAP: Final = 6
NAMES: Final = 176
"""Where time begins, in pixels from the left."""
LABELS: Final = 126
"""What is kept free at the right for what bars say."""
ZONE: Final = 52
"""What the zone's name takes at the right of the clock times."""
PLAYHEAD: Final = 2
_CLEAR: Final = 2
"""What is kept free around words that stand on a plate."""
_MIDDLE: Final = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)


@dataclass(frozen=True, slots=True)
class RowSpot:
    """Where a row is.

    Attributes:
        rect: The whole line.
        bar: Its bar, or None where it has none.
        is_current: It is the chosen one.
    """

    rect: QRectF
    bar: QRectF | None
    is_current: bool

    @property
    def quiet(self) -> str:
        """The token of what has not happened; text3 cannot be read on the chosen row."""
        return "text2" if self.is_current else "text3"


class TimelineBrush:
    """Draws in the look of now."""

    def __init__(self, theme: Theme) -> None:
        self._theme = theme

    def paint_head(self, painter: QPainter, size: QSize, ticks: Sequence[Tick], zone: str) -> None:
        """Draw the line of clock times of a zone, over whatever was scrolled under it."""
        theme, tokens = self._theme, self._theme.tokens
        head = QRectF(0, 0, size.width(), theme.px(HEAD))
        painter.fillRect(head, QColor(tokens.panel))
        painter.setPen(QColor(tokens.text2))
        painter.setFont(theme.font(12))
        painter.drawText(head.adjusted(theme.px(MARGIN), 0, 0, 0), _MIDDLE, _("Step"))
        right = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight)
        painter.drawText(head.adjusted(0, 0, -theme.px(MARGIN), 0), right, zone)
        metrics = painter.fontMetrics()
        wider = metrics.horizontalAdvance(zone) - metrics.horizontalAdvance("UTC")
        room = size.width() - theme.px(ZONE) - wider
        painter.setFont(theme.code_font(12))
        for tick in ticks:
            if tick.x + painter.fontMetrics().horizontalAdvance(tick.text) < room:
                painter.drawText(head.adjusted(tick.x, 0, 0, 0), _MIDDLE, tick.text)
        painter.setPen(QPen(QColor(tokens.line), 1))
        painter.drawLine(QPointF(0, head.bottom() - 0.5), QPointF(head.right(), head.bottom() - 0.5))

    def paint_grid(self, painter: QPainter, size: QSize, ticks: Sequence[Tick]) -> None:
        """Draw a line under each clock time."""
        painter.setPen(QPen(QColor(self._theme.tokens.line), 1))
        for tick in ticks:
            x = round(tick.x) + 0.5
            painter.drawLine(QPointF(x, self._theme.px(HEAD)), QPointF(x, size.height()))

    def paint_row(self, painter: QPainter, spot: RowSpot, row: Row, bar: Bar, face: Face | None) -> None:
        """Draw a row. `face` is None for an item, which shows its state's badge instead of an icon."""
        theme, tokens = self._theme, self._theme.tokens
        if spot.is_current:
            painter.fillRect(spot.rect, QColor(tokens.sel))
        left = theme.px(MARGIN) + row.depth * theme.px(INDENT)
        self._paint_sign(painter, QPointF(left + theme.px(ICON) / 2, spot.rect.center().y()), bar, face)
        left += theme.px(ICON + GAP)
        painter.setPen(QColor(tokens.text if bar.start else str(getattr(tokens, spot.quiet))))
        font = theme.code_font(12) if row.kind is RowKind.ITEM else theme.font(12)
        name = QRectF(left, spot.rect.top(), theme.px(NAMES) - left - GAP, spot.rect.height())
        self._paint_text(painter, name, row.title, font)
        if spot.bar is not None:
            paint_bar(painter, spot.bar, bar.look, tokens)
        if bar.label:
            self._paint_label(painter, spot, bar)

    def paint_playhead(self, painter: QPainter, size: QSize, x: float) -> None:
        """Draw the line of the moment that is shown."""
        top = self._theme.px(HEAD) - GAP
        painter.fillRect(QRect(round(x), top, PLAYHEAD, size.height()), QColor(self._theme.tokens.text))

    def _paint_sign(self, painter: QPainter, centre: QPointF, bar: Bar, face: Face | None) -> None:
        tokens = self._theme.tokens
        if face is not None:
            edge = self._theme.px(ICON)
            colour = str(getattr(tokens, face.family.value)) if bar.start else tokens.text3
            paint_icon(painter, face.icon, colour, QRectF(centre.x() - edge / 2, centre.y() - edge / 2, edge, edge))
            return
        paint_state(painter, centre, self._theme.px(BADGE), bar.look, tokens)

    def _paint_label(self, painter: QPainter, spot: RowSpot, bar: Bar) -> None:
        theme = self._theme
        gap = theme.px(GAP)
        left = (spot.bar.right() if spot.bar is not None else theme.px(NAMES)) + gap
        if not bar.end and spot.bar is not None:
            left += gap  # clear of the playhead
        token = "running" if bar.look is Look.RUNNING else STYLES[bar.look].text if bar.start else spot.quiet
        painter.setPen(QColor(str(getattr(theme.tokens, token))))
        room = QRectF(left, spot.rect.top(), spot.rect.right() - gap - left, spot.rect.height())
        ground = theme.tokens.sel if spot.is_current else theme.tokens.panel
        self._paint_text(painter, room, bar.label, theme.font(12), plate=ground)

    def _paint_text(self, painter: QPainter, rect: QRectF, text: str, font: QFont, *, plate: str = "") -> None:
        """Write a line, elided; on a plate no line of the grid runs through it."""
        painter.setFont(font)
        measure = QFontMetricsF(font)
        shown = measure.elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
        if plate:
            width = measure.horizontalAdvance(shown)
            painter.fillRect(rect.adjusted(-_CLEAR, 1, width - rect.width() + _CLEAR, -1), QColor(plate))
        painter.drawText(rect, _MIDDLE, shown)
