"""The sizes of everything on the canvas, in scene pixels (visual-design.md §2.5, §4, §5, §6)."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Final

from tocsin.model.layered import Gaps
from tocsin.model.layout import FRAME_SIDE, FRAME_TOP, SNAP
from tocsin.model.playbook import (
    ConditionNode,
    EndNode,
    ForEachNode,
    GroupNode,
    JoinNode,
    Kind,
    Node,
    NoteNode,
    SwitchNode,
    WhileNode,
)
from tocsin.model.ports import ERROR, EXPIRED, UNMET, ports_of
from tocsin.ui.canvas.text_cache import advance, block


class Density(StrEnum):
    """How large nodes are drawn. It changes nothing in the file."""

    COMPACT = "compact"
    COMFORTABLE = "comfortable"


@dataclass(frozen=True, slots=True)
class Measures:
    """What a density decides: width and height of nodes, and the tile at their left with its icon."""

    width: int
    height: int
    condition: int
    tile: int
    tile_x: int
    icon: int


MEASURES: Final[Mapping[Density, Measures]] = {
    Density.COMPACT: Measures(width=200, height=40, condition=216, tile=28, tile_x=8, icon=16),
    Density.COMFORTABLE: Measures(width=224, height=48, condition=240, tile=32, tile_x=10, icon=18),
}
GAPS: Final[Mapping[Density, Gaps]] = {
    Density.COMPACT: Gaps(row=20, labelled=36),
    Density.COMFORTABLE: Gaps(row=26, labelled=42),
}
"""How far apart the layout puts nodes."""
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
NOTE_LEAST: Final = (120, 40)
NOTE_LINE: Final = 15
NOTE_PADDING: Final = (8, 5)

TILE_X_HEXAGON: Final = 16
TILE_RADIUS: Final = 7
SWITCH_TILE: Final = 24
SWITCH_TILE_X: Final = 10
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
BADGE_INSIDE: Final = 14
BADGE_FAR: Final = 15
"""Diameter on the screen under 85 %."""
BADGE_RIGHT: Final = 19
BADGE_RIGHT_HEXAGON: Final = 24
BADGE_TOP: Final = -7
"""The top of a badge; larger ones keep this corner and grow down and left."""
BADGE_RIGHT_PILL: Final = 16
BADGE_RIGHT_INSIDE: Final = 18
PLATE: Final = 2
TAG_HEIGHT: Final = 17
TAG_TOP: Final = -12
TAG_RIGHT: Final = 10
TAG_RIGHT_BADGE: Final = 30
TAG_PADDING: Final = 6
BREAKPOINT: Final = (17, 16)
BREAKPOINT_LEFT: Final = -10
PLUS: Final = 18
PLUS_BELOW: Final = 2
"""The middle of the “+” lies so far under the node, so that it covers the port that it adds to."""

PORT_RADIUS: Final = 4.5
PORT_STROKE: Final = 1.5
PORT_HIT: Final = 14
DIAMOND: Final = 11
SIDE_PORT: Final = 72
SIDE_PORT_CONDITION: Final = 80
SELECTION_GAP: Final = 4.5
"""The ring's outer edge lies so far outside the node."""
SELECTION_WIDTH: Final = 2
HALO_GAP: Final = 2.0
HALO_WIDTH: Final = 3
REACH: Final = 14
"""How far a node's drawing goes beyond its rectangle at 100 %: halo, ring, badge, tag, ports, shadow."""

ARROW_WIDTH: Final = 9
ARROW_HEIGHT: Final = 6
ARROW_TIP: Final = 6
CORNER: Final = 10
RAIL: Final = 48
"""Error lines with one target run this far right of the column that leads there."""
CHIP_HEIGHT: Final = 18
CHIP_PADDING: Final = 7
CHIP_LONGEST: Final = 24
"""So many characters has a chip that tells why; the rest is in the tooltip."""
DOTS: Final = 3
EDGE_HIT: Final = 6

FRAME_HEADER: Final = 24
FRAME_LEAST: Final = 112
FRAME_PROGRESS: Final = 3
FRAME_SEGMENTS: Final = 20
FRAME_RADIUS: Final = 10
LANE: Final = 54
"""So much wider is a frame at the side of a line that runs beside its body."""
LANE_MARGIN: Final = 8
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
LEAST_TEXT: Final = 11
"""No text has fewer pixels on the screen."""
ZOOMS: Final = (0.25, 0.33, 0.5, 0.67, 0.8, 1.0, 1.25, 1.5, 2.0)
LEAST_ZOOM: Final = 0.1
MOST_ZOOM: Final = 2.0


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


def size_of(node: Node, density: Density = Density.COMFORTABLE, *, framed: bool = False) -> tuple[int, int]:
    """Return a node's width and height; of a frame, the least that it may have.

    Args:
        node: The node.
        density: How large nodes are drawn.
        framed: It lies in a loop, where a condition is as wide as other nodes.
    """
    measures = MEASURES[density]
    size = measures.width, measures.height
    match node:
        case ForEachNode() | WhileNode():
            size = measures.width + 2 * FRAME_SIDE, FRAME_LEAST
        case ConditionNode() if not framed:
            size = measures.condition, measures.height
        case JoinNode():
            size = SMALL_WIDTH, JOIN_HEIGHT
        case EndNode():
            size = SMALL_WIDTH, END_HEIGHT
        case SwitchNode():
            size = measures.width, SWITCH_HEAD + SWITCH_ROW * (len(node.cases) + 1)
        case NoteNode():
            size = _note_size(node.text)
        case GroupNode():
            size = 2 * GRID, 2 * GRID
        case _:
            pass
    return size


def port_offsets(
    node: Node, density: Density = Density.COMFORTABLE, *, framed: bool = False
) -> Mapping[str, tuple[float, float]]:
    """Return where each output port lies, from the node's top centre; side ports on the right. Not for frames.

    A second port changes to the left when its target is there: the store mirrors it.
    """
    side = SIDE_PORT_CONDITION if node.kind == Kind.CONDITION and not framed else SIDE_PORT
    return _offsets(node.kind, ports_of(node), size_of(node, density, framed=framed), side)


def reach(zoom: float) -> float:
    """Return how far a node's drawing goes beyond its rectangle: badges keep their size on the screen from afar."""
    return max(float(REACH), 10 / zoom)


def text_pixels(least: int, zoom: float) -> int:
    """Return the size of text in scene pixels that is `least` at 100 % and never under 11 on the screen."""
    return max(least, -int(-LEAST_TEXT // zoom))


@lru_cache(maxsize=256)
def _offsets(
    kind: Kind, ports: tuple[str, ...], size: tuple[int, int], side: float
) -> Mapping[str, tuple[float, float]]:
    width, height = size
    offsets: dict[str, tuple[float, float]] = {}
    own = [port for port in ports if port != ERROR]
    if kind == Kind.SWITCH:
        offsets = {port: (width / 2, SWITCH_HEAD + SWITCH_ROW * (row + 0.5)) for row, port in enumerate(own)}
    else:
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


def _note_size(text: str) -> tuple[int, int]:
    (across, down), (width, height) = NOTE_PADDING, NOTE_LEAST
    room = NOTE_WIDTH - 2 * across
    widths = [advance(line, 12, 400) for line in text.splitlines()] or [0.0]
    count = len(widths) if max(widths) <= room else len(block(text, 12, 400, room).lines)
    return max(width, min(NOTE_WIDTH, math.ceil(max(widths)) + 2 * across + 1)), max(
        height, NOTE_LINE * count + 2 * down
    )
