"""Drag a node: it and all that is selected with it go along, on the grid."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication
from typing_extensions import override

from tocsin.edits import MoveNodes
from tocsin.ui.canvas.geometry import BODY_TOP, snap
from tocsin.ui.canvas.gestures.base import Gesture, Pointer

if TYPE_CHECKING:
    from tocsin.ui.canvas.scene import CanvasScene


class MoveGesture(Gesture):
    """Moves the selected nodes. Within a frame nothing goes above its head. Without a move it was a click."""

    def __init__(self, scene: CanvasScene, start: Pointer, clicked: str) -> None:
        self._scene = scene
        self._start = start
        self._clicked = clicked
        self._roots = scene.store.roots(scene.selected_nodes())
        self._shift = (0, 0)
        self._moving = False

    @override
    def move(self, pointer: Pointer) -> None:
        if self._scene.locked:
            return
        way = pointer.on_view - self._start.on_view
        self._moving = self._moving or way.manhattanLength() >= QApplication.startDragDistance()
        if self._moving:
            dx, dy = pointer.at[0] - self._start.at[0], pointer.at[1] - self._start.at[1]
            self._go_to(*allowed(self._scene, self._roots, self._shift, (snap(dx), snap(dy))))

    @override
    def finish(self, pointer: Pointer) -> None:
        if self._shift != (0, 0):
            store = self._scene.store
            self._scene.request_edit(MoveNodes({name: store.nodes[name].at for name in self._roots}))
        elif not self._moving and not pointer.adds:
            self._scene.set_selection([self._clicked])

    @override
    def cancel(self) -> None:
        self._go_to(0, 0)

    def _go_to(self, dx: int, dy: int) -> None:
        if (dx, dy) != self._shift:
            self._scene.shift(self._roots, dx - self._shift[0], dy - self._shift[1])
            self._shift = (dx, dy)


def allowed(scene: CanvasScene, roots: list[str], done: tuple[int, int], wanted: tuple[int, int]) -> tuple[int, int]:
    """Return how far nodes may go from where they were before `done`: bodies stay below their frame's head."""
    entries = [scene.store.nodes[name] for name in roots]
    least = max((BODY_TOP - (entry.at[1] - done[1]) for entry in entries if entry.frame is not None), default=None)
    return wanted if least is None else (wanted[0], max(wanted[1], min(0, least)))


def nudge(scene: CanvasScene, dx: int, dy: int) -> None:
    """Move the selected nodes by keys, as one edit."""
    roots = scene.store.roots(scene.selected_nodes())
    dx, dy = allowed(scene, roots, (0, 0), (dx, dy))
    if scene.locked or not roots or (dx, dy) == (0, 0):
        return
    places = {name: scene.store.nodes[name].at for name in roots}
    scene.request_edit(MoveNodes({name: (x + dx, y + dy) for name, (x, y) in places.items()}))
