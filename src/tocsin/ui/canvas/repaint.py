"""Gathers what must be painted anew: facts may come by hundreds, the screen shows sixty pictures a second."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import ClassVar

from PySide6.QtCore import QElapsedTimer, QObject, QTimer, Slot

FRAME_MS = 16


class Repaint(QObject):
    """A set of names, handed over at once when the last time is a frame ago, else when the frame is over.

    Attributes:
        SINGLY: So many are worth painting one by one.
    """

    SINGLY: ClassVar = 8

    def __init__(self, parent: QObject, paint: Callable[[frozenset[str]], None]) -> None:
        super().__init__(parent)
        self._paint = paint
        self._names: set[str] = set()
        self._since = QElapsedTimer()
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self.flush)

    def mark(self, names: Iterable[str]) -> None:
        """Have nodes and edges painted anew: now, or when the frame is over that has begun."""
        self._names.update(names)
        if not self._names or self._timer.isActive():
            return
        gone = self._since.elapsed() if self._since.isValid() else FRAME_MS
        if gone >= FRAME_MS:
            self.flush()
        else:
            self._timer.start(FRAME_MS - gone)

    @Slot()
    def flush(self) -> None:
        """Hand over what is marked, now."""
        self._timer.stop()
        names, self._names = frozenset(self._names), set()
        self._since.start()
        if names:
            self._paint(names)
