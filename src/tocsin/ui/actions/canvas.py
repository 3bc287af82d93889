"""Rows about how the canvas shows the playbook, and where its nodes lie."""

from __future__ import annotations

from typing import Final

from tocsin.base.texts import _
from tocsin.ui.actions.conditions import can_edit, has_document, has_nodes, has_selection
from tocsin.ui.actions.spec import ActionSpec, Menu, Scope

CANVAS_ROWS: Final = (
    ActionSpec(
        "view.zoom_in", _("Zoom in"), Menu.VIEW, lambda c: c.zoom_in(), ("Ctrl+=", "Ctrl++"), has_document, icon="plus"
    ),
    ActionSpec(
        "view.zoom_out", _("Zoom out"), Menu.VIEW, lambda c: c.zoom_out(), ("Ctrl+-",), has_document, icon="minus"
    ),
    ActionSpec("view.reset_zoom", _("Zoom to 100 %"), Menu.VIEW, lambda c: c.reset_zoom(), ("Ctrl+0",), has_document),
    ActionSpec(
        "view.fit",
        _("Fit all"),
        Menu.VIEW,
        lambda c: c.fit_all(),
        ("F",),
        has_nodes,
        icon="maximize",
        scope=Scope.CANVAS,
    ),
    ActionSpec(
        "view.fit_selection",
        _("Fit selection"),
        Menu.VIEW,
        lambda c: c.fit_selection(),
        ("Shift+F",),
        has_selection,
        scope=Scope.CANVAS,
    ),
    ActionSpec(
        "view.compact",
        _("Compact"),
        Menu.VIEW,
        lambda c: c.set_compact(True),
        begins_group=True,
        is_checked=lambda f: f.is_compact,
    ),
    ActionSpec(
        "view.comfortable",
        _("Comfortable"),
        Menu.VIEW,
        lambda c: c.set_compact(False),
        is_checked=lambda f: not f.is_compact,
    ),
    ActionSpec(
        "view.minimap",
        _("Minimap"),
        Menu.VIEW,
        lambda c: c.toggle_minimap(),
        icon="picture-in-picture-2",
        is_checked=lambda f: f.is_minimap_wanted,
    ),
    ActionSpec(
        "playbook.find",
        _("Find a node or action to add"),
        Menu.PLAYBOOK,
        lambda c: c.find_node_to_add(),
        ("/",),
        can_edit,
        icon="search",
        scope=Scope.CANVAS,
    ),
    ActionSpec(
        "playbook.tidy",
        _("Tidy the layout"),
        Menu.PLAYBOOK,
        lambda c: c.tidy_layout(),
        ("Ctrl+L",),
        lambda f: f.has_nodes and f.is_editable,
        label=lambda f: _("Tidy the selection") if f.selected_nodes > 1 else _("Tidy the layout"),
    ),
)
