"""What shall become of unsaved changes: a question before a playbook goes."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget


class SaveChangesDialog(QDialog):
    """Asks once, calls one of two, and is gone; Cancel calls neither. Open it, never execute it."""

    def __init__(
        self, name: str, *, on_save: Callable[[], None], on_discard: Callable[[], None], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.setObjectName("save-changes")
        self.setWindowTitle("Unsaved changes")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(20, 18, 20, 16)
        self._column.setSpacing(12)
        self._add_words(name)
        row = QHBoxLayout()
        row.addStretch(1)
        cancel = self._button("Cancel", row)
        discard = self._button("Discard changes", row)
        save = self._button("Save changes", row)
        save.setProperty("role", "primary")
        save.setDefault(True)
        save.setFocus()
        cancel.clicked.connect(self.reject)
        discard.clicked.connect(self.accept)
        discard.clicked.connect(on_discard)
        save.clicked.connect(self.accept)
        save.clicked.connect(on_save)
        self._column.addLayout(row)

    def _add_words(self, name: str) -> None:
        words = ((f"“{name}” has changes that are not saved.", "title"), ("Discarding them cannot be undone.", "hint"))
        for text, role in words:
            label = QLabel(text, self)
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setProperty("role", role)
            label.setWordWrap(True)
            self._column.addWidget(label)

    def _button(self, text: str, row: QHBoxLayout) -> QPushButton:
        button = QPushButton(text, self)
        button.setObjectName(text.lower().replace(" ", "-"))
        button.setAutoDefault(False)
        row.addWidget(button)
        return button
