"""Pictures before the words of push buttons, with more room between them than Qt's style sheets leave."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QPushButton

GAP: Final = 4
"""Added to Qt's own 4 px, which no style sheet can change."""


def show_icon(button: QPushButton, icon: QIcon, edge: int) -> None:
    """Show a picture `edge` px high at a button's start; an empty icon takes it away."""
    button.setIconSize(QSize(edge + GAP, edge))
    button.setIcon(QIcon() if icon.isNull() else _with_room(icon, edge))


def _with_room(icon: QIcon, edge: int) -> QIcon:
    made = QIcon()
    for mode in (QIcon.Mode.Normal, QIcon.Mode.Disabled):
        for ratio in (1.0, 2.0):
            pixmap = QPixmap(round((edge + GAP) * ratio), round(edge * ratio))
            pixmap.setDevicePixelRatio(ratio)
            pixmap.fill(Qt.GlobalColor.transparent)
            painter = QPainter(pixmap)
            painter.drawPixmap(QPoint(0, 0), icon.pixmap(QSize(edge, edge), ratio, mode))
            painter.end()
            made.addPixmap(pixmap, mode)
    return made
