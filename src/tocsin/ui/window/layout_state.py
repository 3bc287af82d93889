"""How a person left the window: sizes, what is folded, where the dock is. A small JSON value out and in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from enum import StrEnum
from typing import Final

from tocsin.base.json_types import Json

LEAST_SIZE: Final = (960, 600)
MOST_SIZE: Final = (16_384, 16_384)
NODES_WIDTHS: Final = (180, 320)
INSPECTOR_WIDTHS: Final = (300, 520)
DOCK_WIDTHS: Final = (420, 720)
DOCK_HEIGHTS: Final = (120, 2_000)


class DockSide(StrEnum):
    """Where the dock opens. Folded it always lies under the canvas."""

    BOTTOM = "bottom"
    RIGHT = "right"


@dataclass(frozen=True, slots=True)
class LayoutState:
    """What a person chose; what is folded because there is no room is no choice and is not kept.

    Attributes:
        width: Of the window, when it is not maximised.
        height: Of the window, when it is not maximised.
        is_maximised: The window fills the screen.
        nodes_width: Of the node list.
        is_nodes_open: The node list is open, not the rail.
        inspector_width: Of the inspector.
        is_inspector_open: The inspector is open, not the strip.
        dock_side: Where the dock opens.
        dock_height: Of the dock at the bottom.
        dock_width: Of the dock at the right.
        is_dock_open: The dock is open, not its 33 px.
        page: The id of the dock's page in front.
    """

    width: int = 1440
    height: int = 900
    is_maximised: bool = False
    nodes_width: int = 220
    is_nodes_open: bool = True
    inspector_width: int = 352
    is_inspector_open: bool = True
    dock_side: DockSide = DockSide.RIGHT
    dock_height: int = 220
    dock_width: int = 560
    is_dock_open: bool = False
    page: str = "problems"

    def to_json(self) -> dict[str, Json]:
        """Return the layout as settings keep it."""
        return {**asdict(self), "dock_side": str(self.dock_side)}


_RANGES: Final = {
    "width": (LEAST_SIZE[0], MOST_SIZE[0]),
    "height": (LEAST_SIZE[1], MOST_SIZE[1]),
    "nodes_width": NODES_WIDTHS,
    "inspector_width": INSPECTOR_WIDTHS,
    "dock_height": DOCK_HEIGHTS,
    "dock_width": DOCK_WIDTHS,
}


def read_layout(value: Json) -> LayoutState:
    """Return the layout that a value holds: what is missing or nonsense as in a new window, sizes kept in range."""
    usual = LayoutState()
    if not isinstance(value, Mapping):
        return usual
    names = [field.name for field in fields(usual)]
    return replace(usual, **{name: _read(name, value.get(name), getattr(usual, name)) for name in names})


def _read(name: str, value: object, usual: bool | int | str) -> bool | int | str:
    """Bring one member into its kind and range; `usual` where it is of another kind."""
    if isinstance(usual, DockSide):
        return DockSide(value) if value in list(DockSide) else usual
    if not isinstance(value, bool | int | str) or type(value) is not type(usual):  # True is an int to isinstance
        return usual
    if name in _RANGES and isinstance(value, int):
        least, most = _RANGES[name]
        return min(max(value, least), most)
    return value
