"""The bends of a line: where its upright runs lie, the handles that move them, and how these look."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor, QPainter, QPen

from tocsin.ui.canvas.edge_entry import EdgeEntry
from tocsin.ui.canvas.geometry import snap
from tocsin.ui.canvas.routes import BEND_ROOM, Point, fitted

if TYPE_CHECKING:
    from tocsin.ui.canvas.scene import CanvasScene
    from tocsin.ui.canvas.store import Store

Bends = tuple[tuple[int, int], ...]
"""Pairs in the line's own graph: top and bottom of each upright run."""
HALF_RUN: Final = 4
"""Half of the run that a new bend has."""
HANDLE: Final = 4.5
REACH: Final = 9.0
"""A handle is pressed so near its middle, in pixels of the screen."""


def can_bend(edge: EdgeEntry | None) -> bool:
    """Tell whether a line can be led another way: one that is short or leads upwards has no room for that."""
    if edge is None or edge.edge is None or not edge.points:
        return False
    return edge.points[-1][1] - edge.points[0][1] >= BEND_ROOM


def bends_of(store: Store, line: str) -> Bends:
    """Return a line's bends as they are shown: between its ends, wherever these have gone since it was bent."""
    points, (_, top) = store.edges[line].points, store.origin_of(store.edges[line].source.frame)
    if not points:
        return ()
    shown = fitted(store.bends_of(line), points[0][1] - top, points[-1][1] - top)
    return tuple((round(x), round(y)) for x, y in shown)


def handles_of(store: Store, line: str) -> list[Point]:
    """Return where a line's handles lie on the scene: amid each run."""
    bends, (left, top) = bends_of(store, line), store.origin_of(store.edges[line].source.frame)
    return [(left + x, top + (y + below) / 2) for (x, y), (_, below) in zip(bends[::2], bends[1::2], strict=False)]


def handle_at(scene: CanvasScene, at: Point, zoom: float) -> tuple[str, int] | None:
    """Return the selected line whose handle lies at a point, and which of its handles that is."""
    line = line_with_handles(scene)
    if line is None:
        return None
    reach = REACH / zoom
    near = [max(abs(x - at[0]), abs(y - at[1])) for x, y in handles_of(scene.store, line)]
    best = min(range(len(near)), key=near.__getitem__, default=None)
    return (line, best) if best is not None and near[best] <= reach else None


def line_with_handles(scene: CanvasScene) -> str | None:
    """Return the one line that is selected, where it has bends: its handles are shown."""
    chosen = scene.selection()
    line = next(iter(chosen)) if len(chosen) == 1 else ""
    return line if line in scene.store.edges and bends_of(scene.store, line) else None


def with_new_bend(store: Store, line: str, at: Point) -> tuple[Bends, int]:
    """Return a line's bends with one more at a point of the scene, and its place among them."""
    bends = bends_of(store, line)
    left, top = store.origin_of(store.edges[line].source.frame)
    x, y = snap(at[0] - left), snap(at[1] - top)
    place = sum(upper < y for _, upper in bends[::2])
    added = (*bends[: 2 * place], (x, y - HALF_RUN), (x, y + HALF_RUN), *bends[2 * place :])
    return moved(store, line, added, place, (0, 0)), place


def moved(store: Store, line: str, bends: Bends, place: int, way: tuple[int, int]) -> Bends:
    """Return bends with one of them elsewhere, as far as the line still leads downwards."""
    edge = store.edges[line]
    _, top = store.origin_of(edge.source.frame)
    (x, upper), (_, lower) = bends[2 * place : 2 * place + 2]
    highest = bends[2 * place - 1][1] if place else round(edge.points[0][1] - top)
    lowest = bends[2 * place + 2][1] if 2 * place + 2 < len(bends) else round(edge.points[-1][1] - top - HALF_RUN)
    down = max(highest - upper, min(way[1], lowest - lower))
    run = ((x + way[0], upper + down), (x + way[0], lower + down))
    return (*bends[: 2 * place], *run, *bends[2 * place + 2 :])


def without(bends: Bends, place: int) -> Bends:
    """Return bends without one of them."""
    return (*bends[: 2 * place], *bends[2 * place + 2 :])


def paint_handles(painter: QPainter, scene: CanvasScene, zoom: float) -> None:
    """Draw the handles of the selected line, the chosen one filled; always as large on the screen."""
    line = line_with_handles(scene)
    if line is None:
        return
    colour = QColor(scene.tokens.sel_line)
    painter.setPen(QPen(colour, 1.5 / zoom))
    for place, point in enumerate(handles_of(scene.store, line)):
        painter.setBrush(colour if scene.chosen_bend == (line, place) else QColor(scene.tokens.canvas))
        painter.drawEllipse(QPointF(*point), HANDLE / zoom, HANDLE / zoom)
