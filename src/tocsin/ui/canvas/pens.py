"""Colours and pens made once: a picture uses the same few hundreds of times. They are shared: never change one."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPen


@lru_cache(maxsize=256)
def colour(name: str) -> QColor:
    """Return the colour of #RRGGBB."""
    return QColor(name)


@lru_cache(maxsize=256)
def pen(name: str, width: float, dashes: tuple[float, ...] = ()) -> QPen:
    """Return a pen with flat caps; dashes are given in pixels, Qt counts them in pen widths."""
    made = QPen(colour(name), width)
    made.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    if dashes:
        made.setDashPattern([length / width for length in dashes])
    made.setCapStyle(Qt.PenCapStyle.FlatCap)
    return made
