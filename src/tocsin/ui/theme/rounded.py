"""Round corners of what opens over a window: a mask, since not every screen can show through a window's corner."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QObject, QRectF
from PySide6.QtGui import QPainterPath, QRegion
from PySide6.QtWidgets import QMenu, QWidget
from typing_extensions import override

RADIUS: Final = 8
"""Of everything that floats (visual-design.md §2.5)."""
_FITS: Final = frozenset({QEvent.Type.Resize, QEvent.Type.Show})


def round_corners(widget: QWidget) -> None:
    """Cut a window's corners off, for the size that it has now."""
    path = QPainterPath()
    path.addRoundedRect(QRectF(widget.rect()), RADIUS, RADIUS)
    widget.setMask(QRegion(path.toFillPolygon().toPolygon()))


class MenuCorners(QObject):
    """Keeps the corners of menus round, whatever size they open in."""

    def follow(self, menu: QMenu) -> None:
        """Look after a menu; twice is as once."""
        menu.removeEventFilter(self)
        menu.installEventFilter(self)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _FITS and isinstance(watched, QMenu):
            round_corners(watched)
        return super().eventFilter(watched, event)
