"""Round corners of what opens over a window: a mask, since not every screen can show through a window's corner."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainterPath, QRegion
from PySide6.QtWidgets import QWidget

RADIUS: Final = 8
"""Of everything that floats (visual-design.md §2.5)."""


def round_corners(widget: QWidget) -> None:
    """Cut a window's corners off, for the size that it has now."""
    path = QPainterPath()
    path.addRoundedRect(QRectF(widget.rect()), RADIUS, RADIUS)
    widget.setMask(QRegion(path.toFillPolygon().toPolygon()))
