"""Where there is room for another node: nothing that is added covers what is there."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from tocsin.ui.canvas.drop import PlaceRequest
from tocsin.ui.canvas.geometry import MEASURES, Silhouette, snap
from tocsin.ui.canvas.grid import Bounds
from tocsin.ui.canvas.store import Store

COLUMN: Final = 256
"""From a node to the next one beside it."""
BELOW: Final = 48
"""From a node to what is drawn after it."""
_COLUMNS: Final = (0, 1, -1, 2, -2, 3, -3)
GAP: Final = 24
"""From a node to the next one below it."""
_BEHIND: Final = frozenset({Silhouette.GROUP, Silhouette.NOTE})
"""What nodes may lie on."""


def place_after(store: Store, before: str) -> tuple[int, int]:
    """Return where a node goes that follows another: below it, else beside what is there already."""
    entry = store.nodes[before]
    left, top = store.origin_of(entry.frame)
    x, y = entry.at[0], snap(entry.bounds.bottom - top + BELOW)
    size = MEASURES[store.density]
    for column in _COLUMNS:
        place = Bounds(left + x + column * COLUMN - size.width / 2, top + y, 0, top + y + size.height)
        place = place._replace(right=place.left + size.width)
        if not _covered(store, place, entry.frame):
            return x + column * COLUMN, y
    return free_place(store, PlaceRequest(entry.frame, (x, y))).at


def free_place(store: Store, wanted: PlaceRequest) -> PlaceRequest:
    """Return the place itself where a usual node covers no other of that graph, else the next one below those."""
    left, top = store.origin_of(wanted.frame)
    size = MEASURES[store.density]
    x, y = wanted.at
    while True:
        place = Bounds(left + x - size.width / 2, top + y, left + x + size.width / 2, top + y + size.height)
        covered = _covered(store, place, wanted.frame)
        if not covered:
            return replace(wanted, at=(x, y))
        y = max(snap(max(one.bottom for one in covered) - top + GAP), y + 1)


def _covered(store: Store, place: Bounds, frame: str | None) -> list[Bounds]:
    """Return what a node in that graph would cover there."""
    return [
        entry.bounds
        for entry in store.nodes_in(place)
        if entry.frame == frame and entry.face.silhouette not in _BEHIND and entry.bounds.touches(place)
    ]
