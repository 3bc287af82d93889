"""The table of actions: every row, in the order of the menus. A new one is a row in the module of its topic."""

from __future__ import annotations

from typing import Final

from tocsin.ui.actions.canvas import CANVAS_ROWS
from tocsin.ui.actions.connections import CONNECTION_ROWS
from tocsin.ui.actions.drawing import DRAWING_ROWS
from tocsin.ui.actions.edit import EDIT_ROWS
from tocsin.ui.actions.file import FILE_ROWS
from tocsin.ui.actions.help import HELP_ROWS
from tocsin.ui.actions.lab import LAB_ROWS
from tocsin.ui.actions.run import RUN_ROWS
from tocsin.ui.actions.spec import ActionSpec
from tocsin.ui.actions.view import VIEW_ROWS

ACTIONS: Final[tuple[ActionSpec, ...]] = (
    *FILE_ROWS,
    *EDIT_ROWS,
    *CANVAS_ROWS,
    *DRAWING_ROWS,
    *VIEW_ROWS,
    *RUN_ROWS,
    *CONNECTION_ROWS,
    *LAB_ROWS,
    *HELP_ROWS,
)
"""Those of visual-design.md §12 that can be done now; the keys of the canvas alone are in `canvas_keys`."""
