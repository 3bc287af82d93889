"""Drag a line: it gets a bend there; drag the handle of a bend: it goes elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication
from typing_extensions import override

from tocsin.edits import BendLine
from tocsin.ui.canvas.bends import Bends, bends_of, moved, with_new_bend, without
from tocsin.ui.canvas.geometry import snap
from tocsin.ui.canvas.gestures.base import Gesture, Pointer

if TYPE_CHECKING:
    from tocsin.ui.canvas.scene import CanvasScene


class BendGesture(Gesture):
    """Leads a line another way. Without a move it was a click: the line, or the handle, is chosen.

    An undo by key can take the line away meanwhile; nothing comes of the drag then.
    """

    def __init__(self, scene: CanvasScene, start: Pointer, line: str, place: int | None = None) -> None:
        """Begin.

        Args:
            scene: Where the line is.
            start: Where it was pressed.
            line: Its text.
            place: Which of its bends was pressed; None for the line itself, which then gets one more.
        """
        self._scene = scene
        self._start = start
        self._line = line
        self._place = place
        self._before: Bends = bends_of(scene.store, line)
        self._first = self._bends = self._before
        self._is_moving = False
        scene.choose_bend(None if place is None else (line, place))

    @override
    def move(self, pointer: Pointer) -> None:
        way = pointer.on_view - self._start.on_view
        if not self._is_moving and way.manhattanLength() < QApplication.startDragDistance():
            return
        store = self._scene.store
        if self._line not in store.edges:
            return
        if self._place is None:
            self._first, self._place = with_new_bend(store, self._line, self._start.at)
        self._is_moving = True
        by = (snap(pointer.at[0] - self._start.at[0]), snap(pointer.at[1] - self._start.at[1]))
        self._bends = moved(store, self._line, self._first, self._place, by)
        self._scene.bend(self._line, self._bends)

    @override
    def finish(self, pointer: Pointer) -> None:
        if self._is_moving and self._bends != self._before and self._line in self._scene.store.edges:
            self._scene.request_edit(BendLine(self._line, self._bends))

    @override
    def cancel(self) -> None:
        if self._is_moving and self._line in self._scene.store.edges:
            self._scene.bend(self._line, self._before)


def add_bend(scene: CanvasScene, line: str, at: tuple[float, float]) -> None:
    """Ask for a bend of a line at a point of the scene."""
    bends, place = with_new_bend(scene.store, line, at)
    scene.request_edit(BendLine(line, bends))
    scene.choose_bend((line, place))


def remove_bend(scene: CanvasScene) -> bool:
    """Ask for the removal of the bend that is chosen; tell whether one is."""
    chosen = scene.chosen_bend
    if chosen is not None:
        line, place = chosen
        scene.choose_bend(None)
        scene.request_edit(BendLine(line, without(bends_of(scene.store, line), place)))
    return chosen is not None


def nudge_bend(scene: CanvasScene, dx: int, dy: int) -> None:
    """Move the bend that is chosen by keys, as one edit."""
    if scene.chosen_bend is None or scene.locked:
        return
    line, place = scene.chosen_bend
    before = bends_of(scene.store, line)
    bends = moved(scene.store, line, before, place, (dx, dy))
    if bends != before:
        scene.request_edit(BendLine(line, bends))
