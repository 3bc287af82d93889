"""What a canvas is asked about when its context menu is wanted."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QPoint, QPointF

from tocsin.ui.canvas.scene import CanvasScene


class Pointed(StrEnum):
    """What lies there. It is selected by then."""

    NODE = "node"
    EDGE = "edge"
    GROUND = "ground"


@dataclass(frozen=True, slots=True)
class MenuRequest:
    """A context menu is wanted.

    Attributes:
        pointed: What for.
        at: Where its corner goes, on the screen.
    """

    pointed: Pointed
    at: QPoint


def choose_at(scene: CanvasScene, at: QPointF) -> Pointed:
    """Select what lies at a point, unless it is selected already, maybe with others; nothing on the ground."""
    hit = scene.store.hit(at.x(), at.y(), reach=0)
    name = hit.node or hit.edge
    if name is None:
        scene.set_selection(())
        return Pointed.GROUND
    if name not in scene.selection():
        scene.set_selection([name])
    return Pointed.EDGE if hit.node is None else Pointed.NODE


def find_chosen(scene: CanvasScene) -> tuple[Pointed, QPointF | None]:
    """Return what is selected, and where that is; None for nowhere."""
    nodes = scene.selected_nodes()
    if nodes:
        return Pointed.NODE, scene.place_of(nodes[0]).center()
    lines = (edge.points for text, edge in scene.store.edges.items() if text in scene.selection())
    points = next(filter(None, lines), None)
    return (Pointed.GROUND, None) if points is None else (Pointed.EDGE, QPointF(*points[0]))
