"""The keys of the canvas that are gestures, not actions: `canvas.keys` reads them, the keys sheet lists them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from tocsin.base.texts import _


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
    CanvasKey("Tab / Shift+Tab", _("Next or previous node in the order of the flow"), ("Tab", "Shift+Tab")),
    CanvasKey(_("Arrows"), _("Next node along the edges"), ("Up", "Down", "Left", "Right")),
    CanvasKey(_("Alt+arrows"), _("Move 8 px"), ("Alt+Up", "Alt+Down", "Alt+Left", "Alt+Right")),
    CanvasKey(
        _("Alt+Shift+arrows"),
        _("Move 64 px"),
        ("Alt+Shift+Up", "Alt+Shift+Down", "Alt+Shift+Left", "Alt+Shift+Right"),
    ),
    CanvasKey("Enter", _("Open the inspector"), ("Return",)),
    CanvasKey("C", _("Connect: pick a port, then a target, then Enter"), ("C",)),
    CanvasKey(_("Menu, right click"), _("What can be done there"), ("Menu",)),
    CanvasKey("Esc", _("Select none; stops a drag"), ("Esc",)),
    CanvasKey(_("Ctrl+right drag"), _("Cut the lines that it crosses")),
    CanvasKey(_("Double click on the ground"), _("Add a node there")),
    CanvasKey(_("Drag or double click a line"), _("Bend it there; Delete takes the bend that is chosen away")),
    CanvasKey(_("Alt while dragging"), _("Keep to the grid, not in line with others")),
    CanvasKey(_("Space+drag, middle drag"), _("Pan; the wheel scrolls, Ctrl+wheel zooms"), ("Space",)),
)
