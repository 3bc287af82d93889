"""Words that wrap without asking for the height they would have in a narrow place."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from tocsin.ui.dialogs.welcome_card import plain_label
from tocsin.ui.widgets.words import Words


def wrapping(text: str, role: str, parent: QWidget) -> Words:
    """Return plain words over several lines; their least height is one line, so that no place scrolls for nothing."""
    label = plain_label(text, role, parent)
    label.setWordWrap(True)
    label.setMinimumHeight(1)
    return label
