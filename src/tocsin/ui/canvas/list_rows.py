"""A node in a row of a list: its tile at the left; what it does to the world, and its state, at the right."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter

from tocsin.model.catalogue import Effect
from tocsin.ui.canvas.looks import STYLES, Glyph, Look
from tocsin.ui.canvas.marks import BadgePlace, paint_badge, paint_disclosure, paint_effect, paint_turning
from tocsin.ui.theme import Theme, paint_icon

TILE: Final = 20
TILE_ICON: Final = 13
TILE_RADIUS: Final = 5
MARK: Final = 14
MARK_GAP: Final = 6
ROUND: Final = "human"
"""A person's tile is a circle (visual-design.md §2.2)."""


def paint_tile(painter: QPainter, left: float, middle: float, face: tuple[str, str], theme: Theme) -> float:
    """Paint a tile, and return where it ends.

    Args:
        painter: Smooth already; its pen and brush are others afterwards.
        left: Where the tile begins.
        middle: The middle of the row's height.
        face: The icon, and the token of the kind's colour.
        theme: The look.
    """
    icon, tone = face
    edge = theme.px(TILE)
    spot = QRectF(left, middle - edge / 2, edge, edge)
    radius = edge / 2 if tone == ROUND else TILE_RADIUS
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(str(getattr(theme.tokens, f"{tone}_soft"))))
    painter.drawRoundedRect(spot, radius, radius)
    inset = (edge - theme.px(TILE_ICON)) / 2
    paint_icon(painter, icon, str(getattr(theme.tokens, tone)), spot.adjusted(inset, inset, -inset, -inset))
    return spot.right()


def paint_row_marks(painter: QPainter, end: QPointF, effect: Effect, theme: Theme, *, discloses: bool) -> float:
    """Paint the effect marks (visual-design.md §2.4) leftwards from the middle of an end; return where they begin."""
    right, edge = end.x(), theme.px(MARK)
    if discloses:
        paint_disclosure(painter, QPointF(right - edge / 2, end.y()), edge, theme.tokens)
        right -= edge + theme.px(MARK_GAP)
    if effect is not Effect.READ:
        paint_effect(painter, QPointF(right - edge / 2, end.y()), edge, effect, theme.tokens)
        right -= edge + theme.px(MARK_GAP)
    return right


def paint_row_state(painter: QPainter, end: QPointF, look: Look, theme: Theme) -> float:
    """Paint a state's badge at the middle of a row's end, if it has one; return where it begins. Nothing turns here."""
    if STYLES[look].glyph is Glyph.NONE:
        return end.x()
    edge = theme.px(MARK)
    place = BadgePlace(QPointF(end.x() - edge / 2, end.y()), edge, on_border=False)
    paint_badge(painter, place, look, theme.tokens)
    if look is Look.RUNNING:
        paint_turning(painter, place, theme.tokens, None)
    return end.x() - edge - theme.px(MARK_GAP)
