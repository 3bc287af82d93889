"""Marks on widgets that the style sheet reads as properties: `problem`, `kind`, `state`."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget


def set_mark(widget: QWidget, name: str, value: object) -> None:
    """Set a property and let the style sheet look at the widget again, if it is another than before."""
    if widget.property(name) != value:
        widget.setProperty(name, value)
        widget.style().unpolish(widget)
        widget.style().polish(widget)
