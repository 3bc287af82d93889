"""Rows about the Lab."""

from __future__ import annotations

from typing import Final

from tocsin.base.texts import _
from tocsin.ui.actions.context import Facts
from tocsin.ui.actions.spec import ActionSpec, Menu


def _has_lab(facts: Facts) -> bool:
    return facts.has_lab


LAB_ROWS: Final = (
    ActionSpec("lab.inject_alert", _("Inject alert"), Menu.LAB, lambda c: c.inject_alert(), when=_has_lab),
    ActionSpec("lab.reset", _("Reset the Lab…"), Menu.LAB, lambda c: c.reset_lab(), when=_has_lab),
    ActionSpec(
        "lab.window",
        _("Lab as a window"),
        Menu.LAB,
        lambda c: c.open_lab_window(),
        ("Ctrl+Shift+L",),
        _has_lab,
        icon="picture-in-picture-2",
        begins_group=True,
    ),
)
