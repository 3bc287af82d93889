"""Where nodes go when a layout is tidied: all of them, or some; those that are pinned to their places stay."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tocsin.edits import excerpt_of
from tocsin.model.layout import layout_playbook
from tocsin.model.playbook import Playbook
from tocsin.ui.canvas.geometry import GAPS, Density, size_of, snap

Place = tuple[int, int]


def tidied(playbook: Playbook, density: Density) -> dict[str, Place]:
    """Return a place for every node that is not pinned, in its own graph."""
    spots = playbook.layout.nodes
    laid = _laid_out(playbook, density)
    return {name: at for name, at in laid.items() if name not in spots or not spots[name].pinned}


def tidied_part(
    playbook: Playbook, names: Sequence[str], places: Mapping[str, Place], density: Density
) -> dict[str, Place]:
    """Return places for some nodes of one graph, and for what lies in them: their top and their middle stay.

    Args:
        playbook: Where they are.
        names: Which.
        places: Where every node lies now, in its own graph.
        density: How large they are.
    """
    part = excerpt_of(playbook, list(names), {name: places[name] for name in names})
    laid = {name: at for name, at in tidied(part, density).items() if name in places}
    own = [name for name in names if name in laid]
    if not own:
        return laid
    dx = snap(sum(places[name][0] - laid[name][0] for name in own) / len(own))
    dy = min(places[name][1] for name in own) - min(laid[name][1] for name in own)
    return laid | {name: (laid[name][0] + dx, laid[name][1] + dy) for name in own}


def _laid_out(playbook: Playbook, density: Density) -> dict[str, Place]:
    placed = layout_playbook(playbook, lambda _name, node: size_of(node, density), GAPS[density])
    return {name: spot.at for name, spot in placed.nodes.items()}
