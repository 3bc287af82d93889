"""Drag over the ground: select what a rectangle touches."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF
from typing_extensions import override

from tocsin.ui.canvas.gestures.base import Gesture, Pointer, Preview
from tocsin.ui.canvas.grid import rect_bounds

if TYPE_CHECKING:
    from tocsin.ui.canvas.scene import CanvasScene


class SelectGesture(Gesture):
    """Selects the nodes in a rectangle, besides those selected before when a key adds. A click selects nothing."""

    def __init__(self, scene: CanvasScene, preview: Preview, start: Pointer) -> None:
        self._scene = scene
        self._preview = preview
        self._start = start
        self._before = scene.selection()
        self._kept = self._before if start.adds else frozenset[str]()

    @override
    def move(self, pointer: Pointer) -> None:
        band = QRectF(QPointF(*self._start.at), QPointF(*pointer.at)).normalized()
        self._preview.show_band(band)
        bounds = rect_bounds(band)
        store = self._scene.store
        inside = {
            entry.id
            for entry in store.nodes_in(bounds)
            if (band.contains(entry.rect) if entry.is_frame else entry.bounds.touches(bounds))
        }
        self._scene.set_selection(self._kept | inside)

    @override
    def finish(self, pointer: Pointer) -> None:
        if pointer.on_view == self._start.on_view:
            self._scene.set_selection(self._kept)
        self._preview.show_band(None)

    @override
    def cancel(self) -> None:
        self._preview.show_band(None)
        self._scene.set_selection(self._before)
