"""Rows about the playbooks' files and tabs."""

from __future__ import annotations

from typing import Final

from tocsin.base.texts import _
from tocsin.ui.actions.conditions import has_document
from tocsin.ui.actions.context import Facts
from tocsin.ui.actions.spec import ActionSpec, Menu


def _has_file(facts: Facts) -> bool:
    return facts.has_document and facts.has_file


FILE_ROWS: Final = (
    ActionSpec("file.new", _("New playbook"), Menu.FILE, lambda c: c.new_playbook(), ("Ctrl+N",)),
    ActionSpec("file.new_window", _("New window"), Menu.FILE, lambda c: c.open_window(), ("Ctrl+Shift+N",)),
    ActionSpec("file.template", _("New from a template…"), Menu.FILE, lambda c: c.show_welcome()),
    ActionSpec("file.open", _("Open…"), Menu.FILE, lambda c: c.open_playbook(), ("Ctrl+O",)),
    ActionSpec("file.paste_alert", _("Paste an alert"), Menu.FILE, lambda c: c.paste_alert(), ("Ctrl+Shift+V",)),
    ActionSpec("file.save", _("Save"), Menu.FILE, lambda c: c.save(), ("Ctrl+S",), has_document, begins_group=True),
    ActionSpec("file.save_as", _("Save as…"), Menu.FILE, lambda c: c.save_as(), ("Ctrl+Shift+S",), has_document),
    ActionSpec(
        "file.export_documentation",
        _("Export documentation…"),
        Menu.FILE,
        lambda c: c.export_documentation(),
        ("Ctrl+Shift+E",),
        has_document,
    ),
    ActionSpec(
        "file.export_picture",
        _("Export picture…"),
        Menu.FILE,
        lambda c: c.export_picture(),
        when=lambda f: f.has_document and f.has_nodes,
    ),
    ActionSpec(
        "file.copy_path",
        _("Copy the file's path"),
        Menu.FILE,
        lambda c: c.copy_path(),
        when=_has_file,
        begins_group=True,
    ),
    ActionSpec("file.open_folder", _("Open the file's folder"), Menu.FILE, lambda c: c.open_folder(), when=_has_file),
    ActionSpec(
        "file.close", _("Close tab"), Menu.FILE, lambda c: c.close_tab(), ("Ctrl+W",), has_document, begins_group=True
    ),
    ActionSpec(
        "file.close_others",
        _("Close other tabs"),
        Menu.FILE,
        lambda c: c.close_other_tabs(),
        when=lambda f: f.has_document and f.tab_count > 1,
    ),
    ActionSpec(
        "file.move_to_window",
        _("Move the tab to a new window"),
        Menu.FILE,
        lambda c: c.move_to_window(),
        when=lambda f: f.tab_count > 1 and not f.is_running,
    ),
    ActionSpec("file.close_window", _("Close window"), Menu.FILE, lambda c: c.close_window(), ("Ctrl+Shift+W",)),
    ActionSpec("file.quit", _("Quit"), Menu.FILE, lambda c: c.quit(), ("Ctrl+Q",)),
)
TAB_MENU: Final = (
    ("file.save", "file.save_as"),
    ("file.copy_path", "file.open_folder"),
    ("file.move_to_window",),
    ("file.close", "file.close_others"),
)
"""What the context menu of a tab offers, group by group."""
