"""Rows about what the window shows: panels, the dock, tabs, and the next thing to look at."""

from __future__ import annotations

from typing import Final

from tocsin.base.texts import _
from tocsin.ui.actions.conditions import has_document
from tocsin.ui.actions.context import Facts
from tocsin.ui.actions.spec import ActionSpec, Menu


def _has_tabs(facts: Facts) -> bool:
    return facts.tab_count > 1


def _has_problems(facts: Facts) -> bool:
    return facts.has_problems


def _has_findings(facts: Facts) -> bool:
    return facts.has_findings


VIEW_ROWS: Final = (
    ActionSpec(
        "view.node_list",
        _("Node list"),
        Menu.VIEW,
        lambda c: c.toggle_node_list(),
        ("Ctrl+B",),
        begins_group=True,
        is_checked=lambda f: f.is_node_list_shown,
    ),
    ActionSpec(
        "view.outline",
        _("Outline"),
        Menu.VIEW,
        lambda c: c.toggle_outline(),
        ("F3",),
        has_document,
        is_checked=lambda f: f.is_outline_shown,
    ),
    ActionSpec(
        "view.inspector",
        _("Inspector"),
        Menu.VIEW,
        lambda c: c.toggle_inspector(),
        ("Ctrl+I",),
        is_checked=lambda f: f.is_inspector_shown,
    ),
    ActionSpec("view.problems", _("Problems"), Menu.VIEW, lambda c: c.show_problems(), ("Ctrl+1",), begins_group=True),
    ActionSpec("view.run", _("Run"), Menu.VIEW, lambda c: c.show_run(), ("Ctrl+2",)),
    ActionSpec("view.history", _("History"), Menu.VIEW, lambda c: c.show_history(), ("Ctrl+3",)),
    ActionSpec("view.lab", _("Lab"), Menu.VIEW, lambda c: c.show_lab(), ("Ctrl+4",)),
    ActionSpec(
        "view.dock_right",
        _("Dock at the right"),
        Menu.VIEW,
        lambda c: c.move_dock(),
        ("Ctrl+Shift+R",),
        begins_group=True,
        is_checked=lambda f: f.is_dock_right,
    ),
    ActionSpec(
        "view.maximise_dock",
        _("Maximise the dock"),
        Menu.VIEW,
        lambda c: c.maximise_dock(),
        ("Shift+Esc",),
        is_checked=lambda f: f.is_dock_maximised,
    ),
    ActionSpec(
        "view.next_tab", _("Next tab"), Menu.VIEW, lambda c: c.go_to_tab(1), ("Ctrl+Tab",), _has_tabs, begins_group=True
    ),
    ActionSpec(
        "view.previous_tab", _("Previous tab"), Menu.VIEW, lambda c: c.go_to_tab(-1), ("Ctrl+Shift+Tab",), _has_tabs
    ),
    ActionSpec(
        "view.palette",
        _("Command palette…"),
        Menu.VIEW,
        lambda c: c.open_palette(),
        ("Ctrl+K",),
        icon="search",
        begins_group=True,
    ),
    ActionSpec(
        "view.next_problem",
        _("Next problem"),
        Menu.PLAYBOOK,
        lambda c: c.go_to_problem(1),
        ("F4",),
        _has_problems,
        begins_group=True,
    ),
    ActionSpec(
        "view.previous_problem",
        _("Previous problem"),
        Menu.PLAYBOOK,
        lambda c: c.go_to_problem(-1),
        ("Shift+F4",),
        _has_problems,
    ),
    ActionSpec(
        "view.fix_problem",
        _("Fix the problem"),
        Menu.PLAYBOOK,
        lambda c: c.fix_problem(),
        ("Ctrl+.",),
        lambda f: f.has_problems and f.is_editable,
    ),
    ActionSpec(
        "view.next_finding",
        _("Next that is not sure, failed or waits"),
        Menu.PLAYBOOK,
        lambda c: c.go_to_finding(1),
        ("F7",),
        _has_findings,
    ),
    ActionSpec(
        "view.previous_finding",
        _("Previous that is not sure, failed or waits"),
        Menu.PLAYBOOK,
        lambda c: c.go_to_finding(-1),
        ("Shift+F7",),
        _has_findings,
    ),
)
