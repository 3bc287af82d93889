"""A list of things each of which can be ticked; all of them are at first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTreeWidget, QTreeWidgetItem, QWidget

from tocsin.ui.widgets.plain_tip import plain_tip

TICK: Final = 48
"""What a tick and the space around words take."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column.

    Attributes:
        title: In the head.
        is_wide: It takes the room that there is; the others are as wide as their words.
    """

    title: str
    is_wide: bool = False


class TickList(QTreeWidget):
    """Rows of words; the first column has the ticks, and a tooltip says what is cut off.

    Args:
        name: The object name.
        spoken: What a screen reader calls it.
        columns: From left to right.
        rows: The words of each row.
        parent: The dialog.
    """

    def __init__(
        self, name: str, spoken: str, columns: Sequence[Column], rows: Sequence[Sequence[str]], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setAccessibleName(spoken)
        self.setHeaderLabels([column.title for column in columns])
        self.setRootIsDecorated(False)
        self.setUniformRowHeights(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        for words in rows:
            item = QTreeWidgetItem(self, list(words))
            item.setCheckState(0, Qt.CheckState.Checked)
            for place, text in enumerate(words):
                item.setToolTip(place, plain_tip(text))
        modes = QHeaderView.ResizeMode
        for place, column in enumerate(columns):
            self.header().setSectionResizeMode(place, modes.Stretch if column.is_wide else modes.ResizeToContents)
        if not columns[0].is_wide:  # Qt forgets the ticks when it measures: the style sheet has their size
            self.ensurePolished()
            widest = max((self.fontMetrics().horizontalAdvance(words[0]) for words in rows), default=0)
            self.header().setSectionResizeMode(0, modes.Interactive)
            self.header().resizeSection(0, widest + TICK)

    @property
    def ticked(self) -> tuple[int, ...]:
        """The places of the rows that are ticked, from the top."""
        items = ((row, self.topLevelItem(row)) for row in range(self.topLevelItemCount()))
        return tuple(row for row, item in items if item and item.checkState(0) is Qt.CheckState.Checked)
