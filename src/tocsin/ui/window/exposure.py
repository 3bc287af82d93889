"""Tells when a window is really on the screen: what is shown live begins then, not before."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QWindow
from typing_extensions import override


class Exposure(QObject):
    """Watches one window.

    Signals:
        exposed: It is on the screen. Told once.
    """

    exposed = Signal()

    def __init__(self, window: QWindow, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._window = window
        window.installEventFilter(self)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Expose and self._window.isExposed():
            self._window.removeEventFilter(self)
            self.exposed.emit()
        return super().eventFilter(watched, event)
