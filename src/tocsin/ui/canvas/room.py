"""Where there is room for another node: nothing that is added covers what is there."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from tocsin.ui.canvas.drop import PlaceRequest
from tocsin.ui.canvas.geometry import MEASURES, Silhouette, snap
from tocsin.ui.canvas.grid import Bounds
from tocsin.ui.canvas.store import Store

GAP: Final = 24
"""From a node to the next one below it."""
_BEHIND: Final = frozenset({Silhouette.GROUP, Silhouette.NOTE})
"""What nodes may lie on."""


def free_place(store: Store, wanted: PlaceRequest) -> PlaceRequest:
    """Return the place itself where a usual node covers no other of that graph, else the next one below those."""
    left, top = store.origin_of(wanted.frame)
    size = MEASURES[store.density]
    x, y = wanted.at
    while True:
        place = Bounds(left + x - size.width / 2, top + y, left + x + size.width / 2, top + y + size.height)
        covered = [
            entry.bounds.bottom
            for entry in store.nodes_in(place)
            if entry.frame == wanted.frame and entry.face.silhouette not in _BEHIND and entry.bounds.touches(place)
        ]
        if not covered:
            return replace(wanted, at=(x, y))
        y = max(snap(max(covered) - top + GAP), y + 1)
