"""Icons: Lucide's drawings (`resources/icons`, ISC), stroked at 1.75 of 24 units and tinted with a token's colour."""

from __future__ import annotations

import math
from functools import lru_cache
from typing import Final

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from tocsin.base.resources import resource_path
from tocsin.ui.theme.tokens import Tokens

EDGE: Final = 16
"""How large an icon is in the window, as designed."""


def icon_pixmap(name: str, colour: str, size: int = 16, ratio: float = 1.0) -> QPixmap:
    """Return an icon as a picture.

    Args:
        name: The file's name without `.svg`.
        colour: #RRGGBB.
        size: Edge in pixels of the widget.
        ratio: The screen's device pixel ratio; part of every cache key.
    """
    return _pixmap(name, colour, size, ratio)


def icon(name: str, tokens: Tokens, *sizes: int) -> QIcon:
    """Return an icon for buttons, of 16 px or these sizes: in `text2`, disabled in `ctl`, sharp at 1x and 2x."""
    made = QIcon()
    for mode, colour in ((QIcon.Mode.Normal, tokens.text2), (QIcon.Mode.Disabled, tokens.ctl)):
        for size in sizes or (EDGE,):
            for ratio in (1.0, 2.0):
                made.addPixmap(icon_pixmap(name, colour, size, ratio), mode)
    return made


def paint_icon(painter: QPainter, name: str, colour: str, rect: QRectF) -> None:
    """Draw an icon as lines, in whatever the painter draws to."""
    _renderer(name, colour).render(painter, rect)


@lru_cache(maxsize=512)
def _pixmap(name: str, colour: str, size: int, ratio: float) -> QPixmap:
    edge = math.ceil(size * ratio)
    pixmap = QPixmap(QSize(edge, edge))
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    paint_icon(painter, name, colour, QRectF(0, 0, edge, edge))
    painter.end()
    pixmap.setDevicePixelRatio(ratio)
    return pixmap


@lru_cache(maxsize=256)
def _renderer(name: str, colour: str) -> QSvgRenderer:
    drawing = resource_path("icons", f"{name}.svg").read_text(encoding="utf-8")
    tinted = drawing.replace("currentColor", colour).replace('stroke-width="2"', 'stroke-width="1.75"')
    return QSvgRenderer(QByteArray(tinted.encode()))
