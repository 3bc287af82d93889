"""A menu with round corners, whatever size it opens in."""

from __future__ import annotations

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QMenu
from typing_extensions import override

from tocsin.ui.theme.rounded import round_corners


class RoundMenu(QMenu):
    """Tocsin's menus. No style cuts these: one written in Python would be asked about widgets that are half made."""

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        round_corners(self)
