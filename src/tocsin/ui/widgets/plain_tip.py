"""Tooltips that show what comes from outside as it is: Qt takes a text that looks so for rich text."""

from __future__ import annotations

from html import escape

from PySide6.QtGui import Qt


def plain_tip(text: str) -> str:
    """Return a tooltip that shows a text letter by letter; one without markup stays as it is."""
    return f"<p style='white-space: pre-wrap'>{escape(text)}</p>" if Qt.mightBeRichText(text) else text
