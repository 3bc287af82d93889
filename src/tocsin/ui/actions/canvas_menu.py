"""Which rows of the table the canvas's context menu offers, group by group; those that cannot be done are left out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from tocsin.ui.canvas.pointed import Pointed

Groups = tuple[tuple[str, ...], ...]
CANVAS_MENU: Final[Mapping[Pointed, Groups]] = {
    Pointed.NODE: (
        ("playbook.add_next", "edit.rename", "playbook.swap_action", "playbook.connect"),
        ("edit.cut", "edit.copy", "edit.duplicate", "edit.delete"),
        ("playbook.switch", "playbook.wrap", "playbook.unwrap", "playbook.group"),
        (
            "playbook.tidy",
            "playbook.align_left",
            "playbook.align_centre",
            "playbook.align_right",
            "playbook.align_top",
            "playbook.align_middle",
            "playbook.align_bottom",
            "playbook.distribute_across",
            "playbook.distribute_down",
        ),
        ("run.from_here", "run.node", "run.edit_data"),
        ("run.breakpoint", "run.condition", "run.pin", "run.pin_value"),
        ("view.fit_selection",),
    ),
    Pointed.EDGE: (("playbook.add_on_line", "playbook.bend_line"), ("edit.delete",)),
    Pointed.GROUND: (
        ("playbook.add_next", "edit.paste"),
        ("edit.undo", "edit.redo", "edit.select_all"),
        ("playbook.tidy", "view.fit", "view.reset_zoom"),
        ("run.run", "run.rehearse"),
    ),
}
