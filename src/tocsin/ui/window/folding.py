"""What is folded in a window of a size (visual-design.md §3). Values only, no widget."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from tocsin.ui.window.layout_state import DOCK_WIDTHS, DockSide

NARROW: Final = 1200
LOW: Final = 760
RAIL: Final = 44
STRIP: Final = 40
LEAST_CENTRE: Final = 480
"""How narrow the canvas may be beside a dock at the right before a panel gives way."""
LEAST_CANVAS: Final = 400
TABS: Final = 36


@dataclass(frozen=True, slots=True)
class Wishes:
    """What would be open if there were room.

    Attributes:
        nodes: Width of the node list, 0 when it is to be a rail.
        inspector: Width of the inspector, 0 when it is to be a strip.
        dock: Where the open dock is, None when it is folded.
        dock_width: How wide it is at the right.
        is_run_on: A run is on: the dock at the right has what the inspector would say.
    """

    nodes: int
    inspector: int
    dock: DockSide | None
    dock_width: int
    is_run_on: bool = False


@dataclass(frozen=True, slots=True)
class Folds:
    """What is folded.

    Attributes:
        header: The menus are one button, the search field another.
        nodes: The node list is a rail.
        inspector: The inspector is a strip.
        strip: The strip is there at all; a run beside the dock at the right needs the room.
        dock_width: How wide the dock at the right may be.
    """

    header: bool
    nodes: bool
    inspector: bool
    strip: bool
    dock_width: int


def folds_of(width: int, wishes: Wishes) -> Folds:
    """Return what is folded in a window that wide.

    Under 1200 px node list and inspector fold. Beside a dock at the right the inspector gives way first, then the node
    list, then the dock itself becomes narrower; in a run both give way at once.
    """
    is_narrow = width < NARROW
    nodes, inspector = (0 if is_narrow else wishes.nodes), (0 if is_narrow else wishes.inspector)
    is_beside = wishes.dock is DockSide.RIGHT
    has_strip = not (is_beside and wishes.is_run_on)
    if is_beside:
        room = width - wishes.dock_width
        if wishes.is_run_on or room - (nodes or RAIL) - (inspector or STRIP) < LEAST_CENTRE:
            inspector = 0
        if wishes.is_run_on or room - (nodes or RAIL) - (inspector or STRIP) < LEAST_CENTRE:
            nodes = 0
    rest = width - (nodes or RAIL) - (inspector or (STRIP if has_strip else 0)) - LEAST_CENTRE
    least, most = DOCK_WIDTHS
    return Folds(
        header=is_narrow,
        nodes=nodes == 0,
        inspector=inspector == 0,
        strip=has_strip,
        dock_width=max(least, min(most, wishes.dock_width, rest)),
    )


def dock_height_of(room: int, wished: int, least: int) -> int:
    """Return how high the dock at the bottom is, of the room that tabs, canvas and dock share.

    The canvas keeps 400 px where that leaves the dock its least height; a lower window is shared as it can be.
    """
    return max(least, min(wished, room - TABS - LEAST_CANVAS))
