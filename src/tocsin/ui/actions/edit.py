"""Rows about changing the playbook: back and forth, and what is selected."""

from __future__ import annotations

from typing import Final

from tocsin.base.texts import _
from tocsin.ui.actions.conditions import can_change_nodes, can_change_selection, can_edit, has_nodes, has_selection
from tocsin.ui.actions.context import Facts
from tocsin.ui.actions.spec import ActionSpec, Menu, Scope


def _undo_label(facts: Facts) -> str:
    return _("Undo: {undo_label}").format(undo_label=facts.undo_label) if facts.undo_label else _("Undo")


def _redo_label(facts: Facts) -> str:
    return _("Redo: {redo_label}").format(redo_label=facts.redo_label) if facts.redo_label else _("Redo")


def _has_selected_nodes(facts: Facts) -> bool:
    return facts.selected_nodes > 0


EDIT_ROWS: Final = (
    ActionSpec(
        "edit.undo",
        _("Undo"),
        Menu.EDIT,
        lambda c: c.undo(),
        ("Ctrl+Z",),
        lambda f: f.undo_label is not None and f.is_editable,
        icon="undo-2",
        label=_undo_label,
    ),
    ActionSpec(
        "edit.redo",
        _("Redo"),
        Menu.EDIT,
        lambda c: c.redo(),
        ("Ctrl+Shift+Z", "Ctrl+Y"),
        lambda f: f.redo_label is not None and f.is_editable,
        icon="redo-2",
        label=_redo_label,
    ),
    ActionSpec(
        "edit.cut",
        _("Cut"),
        Menu.EDIT,
        lambda c: c.cut(),
        ("Ctrl+X",),
        can_change_nodes,
        scope=Scope.CANVAS,
        begins_group=True,
    ),
    ActionSpec(
        "edit.copy", _("Copy"), Menu.EDIT, lambda c: c.copy(), ("Ctrl+C",), _has_selected_nodes, scope=Scope.CANVAS
    ),
    ActionSpec(
        "edit.paste",
        _("Paste"),
        Menu.EDIT,
        lambda c: c.paste(),
        ("Ctrl+V",),
        can_edit,
        scope=Scope.CANVAS,
    ),
    ActionSpec(
        "edit.duplicate",
        _("Duplicate"),
        Menu.EDIT,
        lambda c: c.duplicate(),
        ("Ctrl+D",),
        can_change_nodes,
        scope=Scope.CANVAS,
    ),
    ActionSpec(
        "edit.delete",
        _("Delete"),
        Menu.EDIT,
        lambda c: c.delete_selection(),
        ("Del", "Backspace"),
        can_change_selection,
        scope=Scope.CANVAS,
    ),
    ActionSpec("edit.rename", _("Rename"), Menu.EDIT, lambda c: c.rename_node(), ("F2",), can_change_selection),
    ActionSpec(
        "edit.select_all",
        _("Select all"),
        Menu.EDIT,
        lambda c: c.select_all(),
        ("Ctrl+A",),
        has_nodes,
        scope=Scope.CANVAS,
        begins_group=True,
    ),
    ActionSpec(
        "edit.select_none",
        _("Select none"),
        Menu.EDIT,
        lambda c: c.select_none(),
        ("Ctrl+Shift+A",),
        has_selection,
        scope=Scope.CANVAS,
    ),
    ActionSpec(
        "edit.find",
        _("Find in this playbook…"),
        Menu.EDIT,
        lambda c: c.find_in_playbook(),
        ("Ctrl+F",),
        has_nodes,
        icon="search",
        begins_group=True,
    ),
)
