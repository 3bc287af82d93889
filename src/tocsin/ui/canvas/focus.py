"""Walks over the nodes by keys: along the edges, and to what lies beside."""

from __future__ import annotations

from enum import StrEnum

from tocsin.model.ports import main_port
from tocsin.ui.canvas.flow import flow_order
from tocsin.ui.canvas.store import Store


class Direction(StrEnum):
    """Where an arrow key points."""

    UP = "up"
    DOWN = "down"
    LEFT = "left"
    RIGHT = "right"


def neighbour(store: Store, name: str, direction: Direction) -> str | None:
    """Return the node that an arrow key leads to, or None: down follows the main output, up leads back."""
    if direction in {Direction.LEFT, Direction.RIGHT}:
        return _beside(store, name, 1 if direction is Direction.RIGHT else -1)
    edges = [edge.edge for edge in store.edges_of(name) if edge.edge is not None]
    if direction is Direction.UP:
        sources = [edge.source for edge in edges if edge.target == name]
        return sources[0] if sources else store.nodes[name].frame
    main = main_port(store.nodes[name].node)
    leaving = sorted((edge for edge in edges if edge.source == name), key=lambda edge: edge.port != main)
    if leaving:
        return leaving[0].target
    children = store.nodes[name].children
    return children[0] if children else None


def in_order(store: Store, name: str | None, by: int) -> str | None:
    """Return the next or the previous node in the order of the flow; None beyond the ends."""
    names = [one for one in flow_order(store.playbook.graph) if one in store.nodes]
    place = (names.index(name) if name in store.nodes else -1 if by > 0 else len(names)) + by
    return names[place] if 0 <= place < len(names) else None


def _beside(store: Store, name: str, side: int) -> str | None:
    own = store.nodes[name]
    (x, _), middle = own.anchor, own.rect.center().y()
    others = [
        (abs(entry.rect.center().y() - middle) * 2 + side * (entry.anchor[0] - x), entry.id)
        for entry in store.nodes.values()
        if entry.frame == own.frame and side * (entry.anchor[0] - x) > 1
    ]
    return min(others)[1] if others else None
