"""Node bodies as ready pictures: a screenful repeats a few bodies, so each is drawn once and then copied.

A picture belongs to one zoom and one device pixel ratio; another theme clears them all.
"""

from __future__ import annotations

import math
from typing import Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPixmap

from tocsin.ui.canvas.geometry import reach
from tocsin.ui.canvas.node_paint import Body, paint_body
from tocsin.ui.theme import Tokens

_KEPT: Final = 512
_ZOOM_STEP: Final = 1e-4


class Sprites:
    """Pictures of bodies, the oldest thrown away first."""

    def __init__(self, tokens: Tokens) -> None:
        self._tokens = tokens
        self._kept: dict[tuple[Body, int, float], QPixmap] = {}

    def __len__(self) -> int:
        return len(self._kept)

    def picture(self, body: Body, zoom: float, ratio: float) -> QPixmap:
        """Return a body's picture. Its corner is `reach(zoom)` scene pixels left of and above the node's."""
        key = (body, round(zoom / _ZOOM_STEP), ratio)
        known = self._kept.get(key)
        if known is not None:
            return known
        made = self._drawn(body, zoom, ratio)
        self._kept[key] = made
        if len(self._kept) > _KEPT:
            del self._kept[next(iter(self._kept))]
        return made

    def set_tokens(self, tokens: Tokens) -> None:
        """Take another theme."""
        self._tokens = tokens
        self._kept.clear()

    def _drawn(self, body: Body, zoom: float, ratio: float) -> QPixmap:
        around = reach(zoom)
        width, height = ((edge + 2 * around) * zoom * ratio for edge in body.size)
        pixmap = QPixmap(QSize(math.ceil(width) + 1, math.ceil(height) + 1))
        pixmap.fill(Qt.GlobalColor.transparent)
        pixmap.setDevicePixelRatio(ratio)
        painter = QPainter(pixmap)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
        painter.scale(zoom, zoom)
        painter.translate(around, around)
        paint_body(painter, body, self._tokens, zoom)
        painter.end()
        return pixmap
