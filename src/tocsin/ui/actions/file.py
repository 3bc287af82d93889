"""Rows about the playbooks' files and tabs."""

from __future__ import annotations

from typing import Final

from tocsin.ui.actions.conditions import has_document
from tocsin.ui.actions.spec import ActionSpec, Menu

FILE_ROWS: Final = (
    ActionSpec("file.new", "New playbook", Menu.FILE, lambda c: c.new_playbook(), ("Ctrl+N",)),
    ActionSpec("file.template", "New from a template…", Menu.FILE, lambda c: c.show_welcome()),
    ActionSpec("file.open", "Open…", Menu.FILE, lambda c: c.open_playbook(), ("Ctrl+O",)),
    ActionSpec("file.paste_alert", "Paste an alert", Menu.FILE, lambda c: c.paste_alert(), ("Ctrl+Shift+V",)),
    ActionSpec("file.save", "Save", Menu.FILE, lambda c: c.save(), ("Ctrl+S",), has_document, begins_group=True),
    ActionSpec("file.save_as", "Save as…", Menu.FILE, lambda c: c.save_as(), ("Ctrl+Shift+S",), has_document),
    ActionSpec(
        "file.export_documentation",
        "Export documentation…",
        Menu.FILE,
        lambda c: c.export_documentation(),
        ("Ctrl+Shift+E",),
        has_document,
    ),
    ActionSpec(
        "file.export_picture",
        "Export picture…",
        Menu.FILE,
        lambda c: c.export_picture(),
        when=lambda f: f.has_document and f.has_nodes,
    ),
    ActionSpec(
        "file.close", "Close tab", Menu.FILE, lambda c: c.close_tab(), ("Ctrl+W",), has_document, begins_group=True
    ),
    ActionSpec("file.quit", "Quit", Menu.FILE, lambda c: c.close_window(), ("Ctrl+Q",)),
)
