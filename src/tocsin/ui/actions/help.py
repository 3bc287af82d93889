"""Rows about Tocsin itself."""

from __future__ import annotations

from typing import Final

from tocsin.base.texts import _
from tocsin.ui.actions.spec import ActionSpec, Menu

HELP_ROWS: Final = (
    ActionSpec("help.here", _("Help"), Menu.HELP, lambda c: c.show_help(), ("F1",)),
    ActionSpec("help.keys", _("Keys"), Menu.HELP, lambda c: c.show_keys(), ("Shift+F1",)),
    ActionSpec("help.welcome", _("Welcome"), Menu.HELP, lambda c: c.show_welcome()),
    ActionSpec("help.tour", _("Take the tour"), Menu.HELP, lambda c: c.take_tour()),
    ActionSpec("help.settings", _("Settings…"), Menu.HELP, lambda c: c.show_settings(), ("Ctrl+,",), begins_group=True),
    ActionSpec("help.about", _("About Tocsin"), Menu.HELP, lambda c: c.show_about(), begins_group=True),
)
