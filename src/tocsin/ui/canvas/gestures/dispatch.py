"""Decides which gesture a press begins, and keeps the one that is going on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QAbstractScrollArea

from tocsin.ui.canvas.bends import can_bend, handle_at
from tocsin.ui.canvas.geometry import FAR
from tocsin.ui.canvas.gestures.base import Gesture, Pointer, Preview
from tocsin.ui.canvas.gestures.bend import BendGesture
from tocsin.ui.canvas.gestures.connect import ConnectGesture
from tocsin.ui.canvas.gestures.knife import KnifeGesture
from tocsin.ui.canvas.gestures.move import MoveGesture
from tocsin.ui.canvas.gestures.pan import PanGesture
from tocsin.ui.canvas.gestures.select import SelectGesture
from tocsin.ui.canvas.store import Hit

if TYPE_CHECKING:
    from tocsin.ui.canvas.scene import CanvasScene


class Dispatcher:
    """At most one gesture at a time."""

    def __init__(self, scene: CanvasScene, view: QAbstractScrollArea, preview: Preview) -> None:
        self._scene = scene
        self._view = view
        self._preview = preview
        self._gesture: Gesture | None = None

    @property
    def is_busy(self) -> bool:
        """A gesture is going on."""
        return self._gesture is not None

    def begin_pan(self, pointer: Pointer) -> None:
        """Begin to drag the canvas."""
        self.cancel()
        self._gesture = PanGesture(self._view, pointer)

    def begin_cut(self, pointer: Pointer) -> None:
        """Begin to cut lines; not while the playbook is locked."""
        self.cancel()
        if not self._scene.locked:
            self._gesture = KnifeGesture(self._scene, self._preview, pointer)

    def press(self, pointer: Pointer, zoom: float) -> None:
        """Begin what a press of the first button means where it is. From far there are no ports to press."""
        self.cancel()
        scene = self._scene
        handle = None if scene.locked else handle_at(scene, pointer.at, zoom)
        if handle is not None:
            self._gesture = BendGesture(scene, pointer, *handle)
            return
        hit = scene.store.hit(*pointer.at) if zoom >= FAR else scene.store.hit(*pointer.at, reach=0)
        if hit.node is not None and hit.port is not None and not scene.locked:
            self._gesture = ConnectGesture(scene, self._preview, pointer, (hit.node, hit.port))
        elif hit.node is not None:
            self._press_node(hit.node, pointer)
        elif hit.edge is not None:
            self._choose(hit, pointer)
        else:
            self._gesture = SelectGesture(scene, self._preview, pointer)

    def move(self, pointer: Pointer) -> None:
        """Follow the pointer."""
        if self._gesture is not None:
            self._gesture.move(pointer)

    def release(self, pointer: Pointer) -> None:
        """End the gesture where the pointer is."""
        gesture, self._gesture = self._gesture, None
        if gesture is not None:
            gesture.finish(pointer)

    def cancel(self) -> bool:
        """Take back what is going on; tell whether there was anything."""
        gesture, self._gesture = self._gesture, None
        if gesture is not None:
            gesture.cancel()
        return gesture is not None

    def cancel_edit(self) -> None:
        """Take back what is going on, unless it only moves the view."""
        if not isinstance(self._gesture, PanGesture):
            self.cancel()

    def _press_node(self, node: str, pointer: Pointer) -> None:
        chosen = self._scene.selection()
        if pointer.adds:
            self._scene.set_selection(chosen ^ {node})
        elif node not in chosen:
            self._scene.set_selection([node])
        if node in self._scene.selection():
            self._gesture = MoveGesture(self._scene, self._preview, pointer, node)

    def _choose(self, hit: Hit, pointer: Pointer) -> None:
        chosen = self._scene.selection()
        line = hit.edge or ""
        self._scene.set_selection(chosen ^ {line} if pointer.adds else [line])
        if not (pointer.adds or self._scene.locked) and can_bend(self._scene.store.edges.get(line)):
            self._gesture = BendGesture(self._scene, pointer, line)
