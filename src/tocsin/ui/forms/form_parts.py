"""How a form is laid out: its sides, the line above what folds, and fields that share a line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from tocsin.ui.forms.field_view import FieldView
from tocsin.ui.widgets.section import Section

SIDE: Final = 14
COLUMN_GAP: Final = 10
HANGING: Final = 6
"""How far a section's chevron stands left of the fields."""


class SectionPlace(QWidget):
    """A section between the form's sides. Its chevron hangs out, so that its fields stand under the others."""

    def __init__(self, section: Section, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(SIDE - HANGING, 0, SIDE, 0)
        column.addWidget(section)


class Divider(QFrame):
    """A line from edge to edge between the settings and the sections that fold."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "divider")


def lines_of(views: Iterable[FieldView]) -> Iterator[QHBoxLayout]:
    """Put two short fields that follow each other side by side."""
    waiting = list(views)
    while waiting:
        taken = waiting[: 2 if len(waiting) > 1 and all(view.field.shares_line for view in waiting[:2]) else 1]
        del waiting[: len(taken)]
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(COLUMN_GAP)
        for view in taken:
            row.addWidget(view, 1, Qt.AlignmentFlag.AlignTop)
        yield row
