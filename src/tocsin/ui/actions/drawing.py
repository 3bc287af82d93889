"""Rows about what is done to several nodes at once: line up, turn off, wrap, swap, add."""

from __future__ import annotations

from typing import Final

from tocsin.base.texts import _
from tocsin.ui.actions.conditions import can_change_nodes, can_edit
from tocsin.ui.actions.context import Facts
from tocsin.ui.actions.spec import ActionSpec, Menu, Scope
from tocsin.ui.canvas.aligning import Axis, Line


def _can_align(facts: Facts) -> bool:
    return facts.selected_nodes > 1 and facts.is_editable


def _can_distribute(facts: Facts) -> bool:
    return facts.selected_nodes > 2 and facts.is_editable


DRAWING_ROWS: Final = (
    ActionSpec(
        "playbook.add_next",
        _("Add a node after this one"),
        Menu.PLAYBOOK,
        lambda c: c.add_node(),
        ("A",),
        can_edit,
        scope=Scope.CANVAS,
        label=lambda f: _("Add a node after this one") if f.selected_nodes == 1 else _("Add a node"),
    ),
    ActionSpec(
        "playbook.connect",
        _("Connect to…"),
        Menu.PLAYBOOK,
        lambda c: c.connect_nodes(),
        when=lambda f: f.selected_nodes == 1 and f.is_editable,
    ),
    ActionSpec(
        "playbook.add_note",
        _("Add a note here"),
        Menu.PLAYBOOK,
        lambda c: c.add_note(),
        ("N",),
        can_edit,
        scope=Scope.CANVAS,
    ),
    ActionSpec(
        "playbook.add_on_line",
        _("Add a node on this line"),
        Menu.PLAYBOOK,
        lambda c: c.add_on_line(),
        when=lambda f: f.selected_lines == 1 and f.selected_nodes == 0 and f.is_editable,
    ),
    ActionSpec(
        "playbook.bend_line",
        _("Bend the line"),
        Menu.PLAYBOOK,
        lambda c: c.bend_line(),
        when=lambda f: f.selected_lines == 1 and f.selected_nodes == 0 and f.is_editable,
    ),
    ActionSpec(
        "playbook.swap_action",
        _("Swap the action…"),
        Menu.PLAYBOOK,
        lambda c: c.swap_action(),
        when=lambda f: f.is_action and f.is_editable,
    ),
    ActionSpec(
        "playbook.switch",
        _("Turn off"),
        Menu.PLAYBOOK,
        lambda c: c.switch_nodes(),
        ("D",),
        can_change_nodes,
        scope=Scope.CANVAS,
        label=lambda f: _("Turn on") if f.is_off else _("Turn off"),
    ),
    ActionSpec(
        "playbook.wrap",
        _("Wrap in For each"),
        Menu.PLAYBOOK,
        lambda c: c.wrap_nodes(),
        ("Ctrl+G",),
        can_change_nodes,
        scope=Scope.CANVAS,
        begins_group=True,
    ),
    ActionSpec(
        "playbook.unwrap",
        _("Unwrap the loop"),
        Menu.PLAYBOOK,
        lambda c: c.unwrap_loop(),
        ("Ctrl+Shift+G",),
        lambda f: f.is_loop and f.is_editable,
        scope=Scope.CANVAS,
    ),
    ActionSpec(
        "playbook.group",
        _("Group the nodes"),
        Menu.PLAYBOOK,
        lambda c: c.group_nodes(),
        ("Ctrl+Alt+G",),
        can_change_nodes,
        scope=Scope.CANVAS,
    ),
    ActionSpec(
        "playbook.align_left",
        _("Align left edges"),
        Menu.PLAYBOOK,
        lambda c: c.align(Line.LEFT),
        when=_can_align,
        begins_group=True,
    ),
    ActionSpec(
        "playbook.align_centre", _("Align centres"), Menu.PLAYBOOK, lambda c: c.align(Line.CENTRE), when=_can_align
    ),
    ActionSpec(
        "playbook.align_right", _("Align right edges"), Menu.PLAYBOOK, lambda c: c.align(Line.RIGHT), when=_can_align
    ),
    ActionSpec("playbook.align_top", _("Align tops"), Menu.PLAYBOOK, lambda c: c.align(Line.TOP), when=_can_align),
    ActionSpec(
        "playbook.align_middle", _("Align middles"), Menu.PLAYBOOK, lambda c: c.align(Line.MIDDLE), when=_can_align
    ),
    ActionSpec(
        "playbook.align_bottom", _("Align bottoms"), Menu.PLAYBOOK, lambda c: c.align(Line.BOTTOM), when=_can_align
    ),
    ActionSpec(
        "playbook.distribute_across",
        _("Distribute across"),
        Menu.PLAYBOOK,
        lambda c: c.distribute(Axis.ACROSS),
        when=_can_distribute,
    ),
    ActionSpec(
        "playbook.distribute_down",
        _("Distribute down"),
        Menu.PLAYBOOK,
        lambda c: c.distribute(Axis.DOWN),
        when=_can_distribute,
    ),
)
