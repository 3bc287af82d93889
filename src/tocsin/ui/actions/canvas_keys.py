"""The keys of the canvas that are gestures, not actions: `canvas.keys` reads them, the keys sheet lists them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class CanvasKey:
    """One gesture by keys.

    Attributes:
        shown: As the keys sheet writes it.
        does: What it does.
        keys: The keys that no action may have while the canvas has the focus.
    """

    shown: str
    does: str
    keys: tuple[str, ...] = ()


CANVAS_KEYS: Final = (
    CanvasKey("Tab / Shift+Tab", "Next or previous node in the order of the flow", ("Tab", "Shift+Tab")),
    CanvasKey("Arrows", "Next node along the edges", ("Up", "Down", "Left", "Right")),
    CanvasKey("Alt+arrows", "Move 8 px", ("Alt+Up", "Alt+Down", "Alt+Left", "Alt+Right")),
    CanvasKey(
        "Alt+Shift+arrows",
        "Move 64 px",
        ("Alt+Shift+Up", "Alt+Shift+Down", "Alt+Shift+Left", "Alt+Shift+Right"),
    ),
    CanvasKey("Enter", "Open the inspector", ("Return",)),
    CanvasKey("C", "Connect: pick a port, then a target, then Enter", ("C",)),
    CanvasKey("Menu, right click", "What can be done there", ("Menu",)),
    CanvasKey("Esc", "Select none; stops a drag", ("Esc",)),
    CanvasKey("Ctrl+right drag", "Cut the lines that it crosses"),
    CanvasKey("Double click on the ground", "Add a node there"),
    CanvasKey("Drag or double click a line", "Bend it there; Delete takes the bend that is chosen away"),
    CanvasKey("Alt while dragging", "Keep to the grid, not in line with others"),
    CanvasKey("Space+drag, middle drag", "Pan; the wheel scrolls, Ctrl+wheel zooms", ("Space",)),
)
