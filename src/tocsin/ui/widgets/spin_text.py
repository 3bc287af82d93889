"""The room before a number: where the style sheet draws a spin box's buttons, its padding no longer moves the text."""

from __future__ import annotations

from typing import Final

from PySide6.QtWidgets import QAbstractSpinBox

INSET: Final = 9


def inset_text(spin: QAbstractSpinBox) -> None:
    """Put a spin box's text as far from its border as a line's is."""
    line = spin.lineEdit()
    line.setTextMargins(INSET, 0, 0, 0)
