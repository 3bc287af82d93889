"""Drag the whole canvas."""

from __future__ import annotations

from PySide6.QtWidgets import QAbstractScrollArea
from typing_extensions import override

from tocsin.ui.canvas.gestures.base import Gesture, Pointer


class PanGesture(Gesture):
    """Moves the view; the playbook does not notice."""

    def __init__(self, view: QAbstractScrollArea, start: Pointer) -> None:
        self._view = view
        self._start = start.on_view
        self._from = (view.horizontalScrollBar().value(), view.verticalScrollBar().value())

    @override
    def move(self, pointer: Pointer) -> None:
        way = pointer.on_view - self._start
        self._go_to(way.x(), way.y())

    @override
    def finish(self, pointer: Pointer) -> None:
        self.move(pointer)

    @override
    def cancel(self) -> None:
        self._go_to(0, 0)

    def _go_to(self, dx: int, dy: int) -> None:
        self._view.horizontalScrollBar().setValue(self._from[0] - dx)
        self._view.verticalScrollBar().setValue(self._from[1] - dy)
