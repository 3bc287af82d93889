"""The sizes of everything on the canvas, in scene pixels (visual-design.md §2.5, §4, §5; density comfortable)."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from functools import lru_cache
from typing import Final

from tocsin.model.layout import FRAME_SIDE, FRAME_TOP, SNAP
from tocsin.model.playbook import ForEachNode, GroupNode, JoinNode, Kind, Node, NoteNode, SwitchNode, WhileNode
from tocsin.model.ports import ERROR, EXPIRED, UNMET, ports_of

NODE_WIDTH: Final = 224
NODE_HEIGHT: Final = 48
CONDITION_WIDTH: Final = 240
HEXAGON_DEPTH: Final = 14
SMALL_WIDTH: Final = 128
JOIN_HEIGHT: Final = 24
END_HEIGHT: Final = 26
SWITCH_HEAD: Final = 34
SWITCH_ROW: Final = 25
NODE_RADIUS: Final = 10
ROUND_RADIUS: Final = 24
NOTE_RADIUS: Final = 6
NOTE_WIDTH: Final = 176
NOTE_LINE: Final = 15

TILE: Final = 32
TILE_X: Final = 10
TILE_X_HEXAGON: Final = 16
TILE_RADIUS: Final = 7
ICON: Final = 18
SMALL_TILE: Final = 18
SMALL_TILE_X: Final = 9
SMALL_TILE_RADIUS: Final = 5
SMALL_ICON: Final = 12
MARK: Final = 15
TEXT_GAP: Final = 9
TEXT_GAP_MARK: Final = 11
TEXT_RIGHT: Final = 9

BADGE: Final = 18
BADGE_LARGE: Final = 20
BADGE_SMALL: Final = 15
BADGE_RIGHT: Final = 19
BADGE_RIGHT_HEXAGON: Final = 24
PLATE: Final = 2
TAG_HEIGHT: Final = 17
TAG_TOP: Final = -12

PORT_RADIUS: Final = 4.5
PORT_STROKE: Final = 1.5
PORT_HIT: Final = 14
DIAMOND: Final = 11
SIDE_PORT: Final = 72
SIDE_PORT_CONDITION: Final = 80
SELECTION_GAP: Final = 4.5
SELECTION_WIDTH: Final = 2
REACH: Final = 14
"""How far a node's drawing goes beyond its rectangle: halo, ring, badge, ports, shadow."""

ARROW_WIDTH: Final = 9
ARROW_HEIGHT: Final = 6
ARROW_TIP: Final = 6
CORNER: Final = 10
RAIL: Final = 48
"""Error lines with one target run this far right of the column that leads there."""
CHIP_HEIGHT: Final = 18
CHIP_PADDING: Final = 7
EDGE_HIT: Final = 6

FRAME_HEADER: Final = 24
FRAME_LEAST: Final = (256, 112)
FRAME_RADIUS: Final = 10
LANE_MARGIN: Final = 4
BODY_TOP: Final = FRAME_TOP
BODY_SIDE: Final = FRAME_SIDE

GRID: Final = 16
GRID_FAR: Final = 32
GRID_FAR_BELOW: Final = 0.6
STEP: Final = SNAP
BIG_STEP: Final = 64

FAR: Final = 0.45
"""Under this zoom nodes are blocks."""
BATCHED: Final = 0.7
"""Under this zoom the view paints from the store and Qt's scene is not asked."""
NEAR: Final = 0.85
"""From this zoom on subtitles are drawn."""
ZOOMS: Final = (0.1, 0.17, 0.25, 0.33, 0.5, 0.67, 0.8, 1.0, 1.25, 1.5, 2.0)


class Silhouette(StrEnum):
    """The outline of a node; it says the kind without colour."""

    PLAIN = "plain"
    TRIGGER = "trigger"
    HEXAGON = "hexagon"
    PILL = "pill"
    SWITCH = "switch"
    NOTE = "note"
    FRAME = "frame"
    GROUP = "group"


_SILHOUETTES: Final = {
    Kind.TRIGGER: Silhouette.TRIGGER,
    Kind.CONDITION: Silhouette.HEXAGON,
    Kind.SWITCH: Silhouette.SWITCH,
    Kind.JOIN: Silhouette.PILL,
    Kind.END: Silhouette.PILL,
    Kind.FOR_EACH: Silhouette.FRAME,
    Kind.WHILE: Silhouette.FRAME,
    Kind.NOTE: Silhouette.NOTE,
    Kind.GROUP: Silhouette.GROUP,
}
QUIET_PORTS: Final = frozenset({EXPIRED, UNMET})
"""Ports that show themselves only when they are wired, or the node is selected or under the pointer."""


def silhouette_of(node: Node) -> Silhouette:
    """Return a node's outline."""
    return _SILHOUETTES.get(node.kind, Silhouette.PLAIN)


def size_of(node: Node) -> tuple[int, int]:
    """Return a node's width and height; of a frame, the least that it may have."""
    match node:
        case ForEachNode() | WhileNode():
            return FRAME_LEAST
        case JoinNode():
            return SMALL_WIDTH, JOIN_HEIGHT
        case SwitchNode():
            return NODE_WIDTH, SWITCH_HEAD + SWITCH_ROW * (len(node.cases) + 1)
        case NoteNode():
            return NOTE_WIDTH, max(40, NOTE_LINE * _lines(node.text) + 2 * NOTE_LINE // 2)
        case GroupNode():
            return 2 * GRID, 2 * GRID
        case _:
            return _PLAIN_SIZES.get(node.kind, (NODE_WIDTH, NODE_HEIGHT))


_PLAIN_SIZES: Final = {Kind.CONDITION: (CONDITION_WIDTH, NODE_HEIGHT), Kind.END: (SMALL_WIDTH, END_HEIGHT)}


def port_offsets(node: Node) -> Mapping[str, tuple[float, float]]:
    """Return where each output port lies, from the node's top centre; side ports on the right. Not for frames.

    A second port changes to the left when its target is there: the store mirrors it.
    """
    return _offsets(node.kind, ports_of(node), size_of(node))


@lru_cache(maxsize=256)
def _offsets(kind: Kind, ports: tuple[str, ...], size: tuple[int, int]) -> Mapping[str, tuple[float, float]]:
    width, height = size
    offsets: dict[str, tuple[float, float]] = {}
    own = [port for port in ports if port != ERROR]
    if kind == Kind.SWITCH:
        offsets = {port: (width / 2, SWITCH_HEAD + SWITCH_ROW * (row + 0.5)) for row, port in enumerate(own)}
    else:
        side = SIDE_PORT_CONDITION if kind == Kind.CONDITION else SIDE_PORT
        pairs = max(1, len(own) // 2)
        step = side if pairs == 1 else (width / 2 - 2 * GRID) / pairs
        side = min(step, width / 2 - GRID)
        for index, port in enumerate(own):
            offsets[port] = ((side if index % 2 else -side) * ((index + 1) // 2), height)
    if ERROR in ports:
        offsets[ERROR] = (width / 2, SWITCH_HEAD / 2 if kind == Kind.SWITCH else height / 2)
    return offsets


def snap(value: float, step: int = STEP) -> int:
    """Return the nearest point of the grid."""
    return round(value / step) * step


def _lines(text: str) -> int:
    per_line = (NOTE_WIDTH - 20) // 6
    return sum(max(1, -(-len(line) // per_line)) for line in text.splitlines() or [""])
