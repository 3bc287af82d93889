"""Drag a node: it and all that is selected with it go along, on the grid or in line with what lies near."""

from __future__ import annotations

from functools import reduce
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from typing_extensions import override

from tocsin.edits import MoveNodes, spliced
from tocsin.model.playbook import Edge
from tocsin.ui.canvas.geometry import BODY_TOP, snap
from tocsin.ui.canvas.gestures.base import Gesture, Pointer, Preview
from tocsin.ui.canvas.grid import Bounds
from tocsin.ui.canvas.guides import Meeting, find_meeting, sight_of
from tocsin.ui.canvas.routes import distance

if TYPE_CHECKING:
    from tocsin.ui.canvas.scene import CanvasScene

ON_A_LINE = 12.0
"""A node let go so near a line comes into it."""


class MoveGesture(Gesture):
    """Moves the selected nodes. Within a frame nothing goes above its head. Without a move it was a click.

    Where an edge or the middle of them comes near that of another node in the frame, they go there, and guides show it;
    with Alt held they keep to the grid alone.
    """

    def __init__(self, scene: CanvasScene, preview: Preview, start: Pointer, clicked: str) -> None:
        self._scene = scene
        self._preview = preview
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
            way = allowed(self._scene, self._roots, self._shift, (snap(dx), snap(dy)))
            is_free = bool(pointer.modifiers & Qt.KeyboardModifier.AltModifier)
            meeting = Meeting() if is_free else self._meeting(way)
            further = (way[0] + meeting.shift[0], way[1] + meeting.shift[1])
            fits = allowed(self._scene, self._roots, self._shift, further) == further
            self._go_to(*(further if fits else way))
            self._preview.show_guides(meeting.guides if fits else ())

    @override
    def finish(self, pointer: Pointer) -> None:
        self._preview.show_guides(())
        if self._shift != (0, 0):
            store = self._scene.store
            moving = MoveNodes({name: store.nodes[name].at for name in self._roots})
            line = self._line_under(pointer)
            entry = store.nodes[self._roots[0]]
            into = spliced(moving, entry.id, entry.node, entry.frame, line) if line is not None else moving
            self._scene.request_edit(into)
        elif not self._moving and not pointer.adds:
            self._scene.set_selection([self._clicked])

    @override
    def cancel(self) -> None:
        self._preview.show_guides(())
        self._go_to(0, 0)

    def _line_under(self, pointer: Pointer) -> Edge | None:
        """Return the line that one node without lines of its own is let go on: it comes into it."""
        store = self._scene.store
        if len(self._roots) != 1 or any(entry.edge is not None for entry in store.edges_of(self._roots[0])):
            return None
        frame, (x, y) = store.nodes[self._roots[0]].frame, pointer.at
        near = store.edges_in(Bounds(x, y, x, y).grown(ON_A_LINE))
        lines = [one for one in near if one.edge is not None and one.points and one.source.frame == frame]
        nearest = min(lines, key=lambda one: distance(one.points, x, y), default=None)
        is_on = nearest is not None and distance(nearest.points, x, y) <= ON_A_LINE
        return nearest.edge if nearest is not None and is_on else None

    def _meeting(self, way: tuple[int, int]) -> Meeting:
        """Return what the nodes would meet that far from where they began."""
        store = self._scene.store
        entries = [store.nodes[name] for name in self._roots]
        dx, dy = way[0] - self._shift[0], way[1] - self._shift[1]
        around = reduce(Bounds.united, (entry.bounds for entry in entries))
        box = Bounds(around.left + dx, around.top + dy, around.right + dx, around.bottom + dy)
        frame, moving = entries[0].frame, set(self._roots)
        seen = {entry.id: entry for area in sight_of(box) for entry in store.nodes_in(area)}
        return find_meeting(box, [one.bounds for one in seen.values() if one.frame == frame and one.id not in moving])

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
