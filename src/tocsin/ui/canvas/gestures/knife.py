"""Drag a cut across lines: those that it crosses go, as one edit."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from typing_extensions import override

from tocsin.base.texts import _
from tocsin.edits import Batch, Disconnect
from tocsin.model.playbook import Edge
from tocsin.ui.canvas.gestures.base import Gesture, Pointer, Preview
from tocsin.ui.canvas.grid import Bounds
from tocsin.ui.canvas.routes import Point

if TYPE_CHECKING:
    from tocsin.ui.canvas.scene import CanvasScene


class KnifeGesture(Gesture):
    """Cuts along the way of the pointer. What would be cut is selected while it lasts."""

    def __init__(self, scene: CanvasScene, preview: Preview, start: Pointer) -> None:
        self._scene = scene
        self._preview = preview
        self._way = [start.at]
        self._crossed: dict[str, Edge] = {}
        self._before = scene.selection()

    @override
    def move(self, pointer: Pointer) -> None:
        self._crossed |= self._between(self._way[-1], pointer.at)
        self._way.append(pointer.at)
        self._preview.show_cut(self._way)
        self._scene.set_selection(self._crossed)

    @override
    def finish(self, pointer: Pointer) -> None:
        edges = self._scene.store.edges
        cuts = tuple(Disconnect(edges[text].source.frame, edge) for text, edge in self._crossed.items())
        self.cancel()
        if cuts:
            self._scene.request_edit(
                cuts[0] if len(cuts) == 1 else Batch(cuts, _("Cut {count} lines").format(count=len(cuts)))
            )

    @override
    def cancel(self) -> None:
        self._preview.show_cut(())
        self._scene.set_selection(self._before)

    def _between(self, start: Point, end: Point) -> dict[str, Edge]:
        """Return the edges that a straight cut goes through, by their texts."""
        (x, y), (other_x, other_y) = start, end
        area = Bounds(min(x, other_x), min(y, other_y), max(x, other_x), max(y, other_y))
        return {
            entry.text: entry.edge
            for entry in self._scene.store.edges_in(area)
            if entry.edge is not None and any(_cross((start, end), leg) for leg in pairwise(entry.points))
        }


def _cross(cut: tuple[Point, Point], leg: tuple[Point, Point]) -> bool:
    """Tell whether two straight pieces cross: the ends of each lie on different sides of the other."""
    return _side(cut, leg[0]) * _side(cut, leg[1]) <= 0 and _side(leg, cut[0]) * _side(leg, cut[1]) < 0


def _side(line: tuple[Point, Point], point: Point) -> float:
    (x, y), (to_x, to_y) = line
    return (to_x - x) * (point[1] - y) - (to_y - y) * (point[0] - x)
