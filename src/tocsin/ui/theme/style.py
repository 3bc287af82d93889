"""What the style sheet cannot draw: the marks of checks and choices, and the ring of what has the keyboard in a widget.

Only `drawPrimitive` is overridden: a `pixelMetric` in Python doubles the time of every paint.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QProxyStyle, QStyle, QStyleOption, QTabBar, QWidget
from typing_extensions import override

from tocsin.ui.theme.look import Theme

BOX_RADIUS: Final = 4
DOT: Final = 6 / 16
"""The dot of a choice, as a part of its circle."""
TICK: Final = (QPointF(4.2, 8.4), QPointF(6.9, 11.1), QPointF(11.8, 5.4))
"""A check in a box of 16 px."""
RING: Final = 2
OWN_ROWS: Final = "rows"
"""The property of a view whose delegate paints the ground of its rows."""
TICKED: Final = QStyle.StateFlag.State_On
PARTLY: Final = QStyle.StateFlag.State_NoChange
CHECKS: Final = (QStyle.PrimitiveElement.PE_IndicatorCheckBox, QStyle.PrimitiveElement.PE_IndicatorItemViewItemCheck)


class TocsinStyle(QProxyStyle):
    """Fusion with Tocsin's own marks, in the colours of now."""

    def __init__(self, theme: Theme) -> None:
        super().__init__("Fusion")
        self._theme = theme

    def _draw_check(self, painter: QPainter, option: QStyleOption, box: QRectF) -> None:
        painter.drawRoundedRect(box, BOX_RADIUS, BOX_RADIUS)
        painter.setPen(self._mark_pen(box))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        unit = box.width() / 15
        if option.state & PARTLY:
            reach = QPointF(3.5 * unit, 0)
            painter.drawLine(box.center() - reach, box.center() + reach)
        elif option.state & TICKED:
            painter.drawPolyline([box.topLeft() + (point - QPointF(0.5, 0.5)) * unit for point in TICK])

    def _draw_radio(self, painter: QPainter, option: QStyleOption, box: QRectF) -> None:
        painter.drawEllipse(box)
        if option.state & TICKED:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._mark_pen(box).color())
            painter.drawEllipse(box.center(), box.width() * DOT / 2, box.width() * DOT / 2)

    def _draw_ring(self, painter: QPainter, tabs: QTabBar) -> None:
        """Around the tab that holds; Qt's own rectangle is the text's alone."""
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(self._theme.tokens.sel_line), RING))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(
            QRectF(tabs.tabRect(tabs.currentIndex())).adjusted(2, 3, -2, -3), BOX_RADIUS, BOX_RADIUS
        )
        painter.restore()

    def _draw(
        self, painter: QPainter, option: QStyleOption, how: Callable[[QPainter, QStyleOption, QRectF], None]
    ) -> None:
        """Draw with the fill and border of a mark; `how` gets the line's middle of its square or rectangle."""
        tokens = self._theme.tokens
        is_set, is_on = bool(option.state & (TICKED | PARTLY)), bool(option.state & QStyle.StateFlag.State_Enabled)
        fill = (tokens.sel_line if is_on else tokens.ctl) if is_set else (tokens.surface if is_on else tokens.panel)
        border = fill if is_set else (tokens.ctl if is_on else tokens.line)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(border), 1))
        painter.setBrush(QColor(fill))
        how(painter, option, QRectF(option.rect).adjusted(0.5, 0.5, -0.5, -0.5))
        painter.restore()

    def _mark_pen(self, box: QRectF) -> QPen:
        line = QPen(QColor(self._theme.tokens.surface), 1.75 * box.width() / 15)
        line.setCapStyle(Qt.PenCapStyle.RoundCap)
        line.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        return line

    @override
    def drawPrimitive(
        self,
        element: QStyle.PrimitiveElement,
        option: QStyleOption,
        painter: QPainter,
        widget: QWidget | None = None,
    ) -> None:
        if element in CHECKS:
            self._draw(painter, option, self._draw_check)
        elif element is QStyle.PrimitiveElement.PE_IndicatorRadioButton:
            self._draw(painter, option, self._draw_radio)
        elif element is QStyle.PrimitiveElement.PE_FrameFocusRect:
            if isinstance(widget, QTabBar):  # around a whole widget the ring is `focus_ring`'s
                self._draw_ring(painter, widget)
        elif element is not QStyle.PrimitiveElement.PE_PanelItemViewRow or not _has_own_rows(widget):
            super().drawPrimitive(element, option, painter, widget)


def _has_own_rows(widget: QWidget | None) -> bool:
    return widget is not None and bool(widget.property(OWN_ROWS))
