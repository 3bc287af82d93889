"""Keys in words: what a tooltip says of the key that does the same."""

from __future__ import annotations

from PySide6.QtGui import QAction, QKeySequence

from tocsin.ui.widgets.plain_tip import plain_tip


def key_of(action: QAction) -> str:
    """Return an action's first key in portable text (“Ctrl+E”); "" when it has none."""
    return action.shortcut().toString(QKeySequence.SequenceFormat.PortableText)


def native_key(key: str) -> str:
    """Return a key as this machine writes it."""
    return QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)


def with_key(words: str, key: str) -> str:
    """Return a tooltip: “Zoom out (Ctrl+-)”, or the words alone where there is no key."""
    return plain_tip(f"{words} ({native_key(key)})" if key else words)
