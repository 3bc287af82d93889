"""What hangs at a node's top right: that it is off, or that its output is edited, assumed, or pinned."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter

from tocsin.base.texts import _
from tocsin.ui.canvas.geometry import NEAR, TAG_HEIGHT, TAG_PADDING, TAG_TOP
from tocsin.ui.canvas.pens import colour, pen
from tocsin.ui.canvas.text_cache import advance, line
from tocsin.ui.theme import Tokens, paint_icon

_ICON: Final = 10.0
_ICON_ROOM: Final = 14.0
_FAR: Final = 15.0
"""Screen pixels of a tag that is seen from afar, as high as a badge is there."""


class Tag(StrEnum):
    """The word on a tag."""

    OFF = _("Off")
    EDITED = _("Edited")
    PINNED = _("Pinned")
    ASSUMED = _("Assumed")


_COLOURS: Final = {
    Tag.OFF: ("end_soft", "node_line", "text2"),
    Tag.EDITED: ("accent_soft", "accent", "accent_text"),
    Tag.PINNED: ("accent_soft", "accent", "accent_text"),
    Tag.ASSUMED: ("would_soft", "would", "would"),
}
"""Fill, border and text of each."""
_ICONS: Final = {Tag.OFF: "minus", Tag.EDITED: "pencil", Tag.PINNED: "pin", Tag.ASSUMED: "info"}


def paint_tag(painter: QPainter, right: float, tag: Tag, tokens: Tokens, zoom: float) -> None:
    """Draw a tag that ends at `right`; from afar a picture stands for its word."""
    fill, border, ink = (getattr(tokens, name) for name in _COLOURS[tag])
    painter.setPen(pen(border, 1.0))
    painter.setBrush(colour(fill))
    if zoom < NEAR:
        disc = QRectF(0, 0, _FAR / zoom, _FAR / zoom)
        disc.moveCenter(QPointF(right - disc.width() / 2, TAG_TOP + TAG_HEIGHT / 2))
        painter.drawEllipse(disc)
        paint_icon(painter, _ICONS[tag], ink, _amid(disc, _ICON / zoom))
        return
    icon = _ICON_ROOM if tag is Tag.PINNED else 0.0
    width = round(advance(tag, 11, 600) + 2 * TAG_PADDING + icon)
    rect = QRectF(right - width, TAG_TOP, width, TAG_HEIGHT)
    painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), TAG_HEIGHT / 2, TAG_HEIGHT / 2)
    left = rect.left() + TAG_PADDING
    if icon:
        paint_icon(painter, _ICONS[tag], ink, QRectF(left, rect.center().y() - _ICON / 2, _ICON, _ICON))
    painter.setPen(colour(ink))
    line(tag, 11, 600, width).paint_amid(painter, left + icon, rect.center().y())


def _amid(rect: QRectF, edge: float) -> QRectF:
    place = QRectF(0, 0, edge, edge)
    place.moveCenter(rect.center())
    return place
