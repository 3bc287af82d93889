"""What a crash left unsaved, listed: recover it, throw it away, or look at it later. Open it, never execute it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from tocsin.base.clock import rfc3339
from tocsin.services.recovery import LeftDraft

COLUMNS: Final = ("Playbook", "Last change", "File")
WIDTHS: Final = (
    QHeaderView.ResizeMode.Stretch,
    QHeaderView.ResizeMode.ResizeToContents,
    QHeaderView.ResizeMode.Stretch,
)
SIZE: Final = (720, 320)


class RecoveryDialog(QDialog):
    """Offers what was left; all of it is ticked. What is not ticked stays for the next start.

    Signals:
        recovered: A tuple of LeftDraft to open.
        thrown_away: A tuple of LeftDraft to remove for good.
    """

    recovered = Signal(object)
    thrown_away = Signal(object)

    def __init__(self, found: Sequence[LeftDraft], parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("recovery")
        self.setWindowTitle("Recover unsaved work")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(*SIZE)
        self._found = tuple(found)
        self._list = self._make_list()
        self._throw = self._button("Throw away", self._on_throw)
        self._later = self._button("Look at it later", self.reject)
        self._recover = self._button("Recover", self._on_recover)
        self._recover.setProperty("role", "primary")
        self._recover.setDefault(True)
        self._arrange()
        self._list.itemChanged.connect(self._refresh)
        self._refresh()
        self._recover.setFocus()

    @property
    def ticked(self) -> tuple[LeftDraft, ...]:
        """What the buttons are about."""
        rows = ((left, self._list.topLevelItem(row)) for row, left in enumerate(self._found))
        return tuple(left for left, item in rows if item and item.checkState(0) is Qt.CheckState.Checked)

    def _make_list(self) -> QTreeWidget:
        rows = QTreeWidget(self)
        rows.setObjectName("recovery-list")
        rows.setAccessibleName("Unsaved work")
        rows.setHeaderLabels(COLUMNS)
        rows.setRootIsDecorated(False)
        rows.setUniformRowHeights(True)
        rows.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        for left in self._found:
            item = QTreeWidgetItem(rows, [left.name or "Without a name", when_words(left.at), where_words(left.path)])
            item.setCheckState(0, Qt.CheckState.Checked)
            for column in range(len(COLUMNS)):
                item.setToolTip(column, item.text(column))
        for column, mode in enumerate(WIDTHS):
            rows.header().setSectionResizeMode(column, mode)
        return rows

    def _arrange(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 18, 20, 16)
        column.setSpacing(12)
        column.addWidget(self._label("Tocsin ended while these playbooks had unsaved changes.", "title"))
        column.addWidget(self._list, 1)
        hint = "Recovering opens them as they were, unsaved; no file is touched. Throwing away cannot be undone."
        column.addWidget(self._label(hint, "hint"))
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self._throw)
        row.addStretch(1)
        row.addWidget(self._later)
        row.addWidget(self._recover)
        column.addLayout(row)

    def _label(self, text: str, role: str) -> QLabel:
        label = QLabel(text, self)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setProperty("role", role)
        label.setWordWrap(True)
        return label

    def _button(self, text: str, slot: Callable[[], None]) -> QPushButton:
        button = QPushButton(text, self)
        button.setObjectName(text.lower().replace(" ", "-"))
        button.setAutoDefault(False)
        button.clicked.connect(slot)
        return button

    @Slot()
    def _refresh(self) -> None:
        count = len(self.ticked)
        for button in (self._recover, self._throw):
            button.setEnabled(count > 0)

    @Slot()
    def _on_recover(self) -> None:
        self.recovered.emit(self.ticked)
        self.accept()

    @Slot()
    def _on_throw(self) -> None:
        self.thrown_away.emit(self.ticked)
        self.accept()


def when_words(at: int) -> str:
    """Return a time in UTC: “24 Nov 2026 03:00:00 UTC”; what is not known is said."""
    return f"{rfc3339(at)[:19].replace('T', ' ')} UTC" if at else "Cannot be read"


def where_words(path: Path | None) -> str:
    """Return where a playbook's file lies."""
    return str(path) if path else "Never saved to a file"
