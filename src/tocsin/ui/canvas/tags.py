"""What hangs at a node's top right: that it is off, that its output is pinned, that it is only assumed."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from tocsin.ui.canvas.geometry import TAG_HEIGHT, TAG_PADDING, TAG_TOP
from tocsin.ui.canvas.pens import colour, pen
from tocsin.ui.canvas.text_cache import advance, line
from tocsin.ui.theme import Tokens, paint_icon

_ICON: Final = 10.0
_ICON_ROOM: Final = 14.0


class Tag(StrEnum):
    """The word on a tag."""

    OFF = "Off"
    PINNED = "Pinned"
    ASSUMED = "Assumed"


_COLOURS: Final = {
    Tag.OFF: ("end_soft", "node_line", "text2"),
    Tag.PINNED: ("accent_soft", "accent", "accent_text"),
    Tag.ASSUMED: ("would_soft", "would", "would"),
}
"""Fill, border and text of each."""


def paint_tag(painter: QPainter, right: float, tag: Tag, tokens: Tokens, *, with_words: bool) -> None:
    """Draw a tag that ends at `right`; from afar it has no words."""
    fill, border, ink = (getattr(tokens, name) for name in _COLOURS[tag])
    icon = _ICON_ROOM if tag is Tag.PINNED else 0.0
    width = round(advance(tag, 11, 600) + 2 * TAG_PADDING + icon)
    rect = QRectF(right - width, TAG_TOP, width, TAG_HEIGHT)
    painter.setPen(pen(border, 1.0))
    painter.setBrush(colour(fill))
    painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), TAG_HEIGHT / 2, TAG_HEIGHT / 2)
    if not with_words:
        return
    left = rect.left() + TAG_PADDING
    if icon:
        paint_icon(painter, "pin", ink, QRectF(left, rect.center().y() - _ICON / 2, _ICON, _ICON))
    painter.setPen(colour(ink))
    line(tag, 11, 600, width).paint_amid(painter, left + icon, rect.center().y())
