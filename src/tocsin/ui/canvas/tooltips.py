"""The whole text of what lies under the pointer, where the canvas had no room for it."""

from __future__ import annotations

import html

from tocsin.base.texts import beginning
from tocsin.ui.canvas.edge_paint import chip_rect
from tocsin.ui.canvas.grid import Bounds
from tocsin.ui.canvas.spoken import LOOK_WORDS
from tocsin.ui.canvas.store import Store


def tooltip_at(store: Store, x: float, y: float, zoom: float, now: int = 0) -> str:
    """Return the tooltip for a point of the scene as rich text with everything escaped; "" for nothing to say."""
    hit = store.hit(x, y, reach=0)
    if hit.node is not None:
        entry = store.nodes[hit.node]
        lines = [entry.face.title, entry.subtitle(now), beginning(LOOK_WORDS[entry.look])]
        return _plain(list(dict.fromkeys(line for line in lines if line)))
    point = Bounds(x, y, x, y)
    for edge in store.edges_in(point.grown(2)):
        if edge.chip and chip_rect(edge, zoom).contains(x, y):
            return _plain([store.chip_text(edge)])
    return ""


def _plain(lines: list[str]) -> str:
    first, *others = (html.escape(line) for line in lines)
    return "<br>".join([f"<b>{first}</b>" if others else f"<span>{first}</span>", *others])
