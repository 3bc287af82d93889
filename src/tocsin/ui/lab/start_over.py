"""Asks before the Lab's world is put back: what is in it is gone then."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget


class StartOverDialog(QDialog):
    """Asks once, calls `on_agreed` or nothing, and is gone. Open it, never execute it. Cancel has the focus."""

    def __init__(self, question: str, act: str, *, on_agreed: Callable[[], None], parent: QWidget) -> None:
        """Make the question.

        Args:
            question: What is asked.
            act: What the button says that agrees, a verb and an object.
            on_agreed: Follows when the person agrees.
            parent: What it stands over.
        """
        super().__init__(parent)
        self.setObjectName("lab-start-over")
        self.setWindowTitle(act)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 18, 20, 16)
        column.setSpacing(12)
        hint = "Every product of the Lab goes back to the start of its story. Runs keep their records."
        for text, role in ((question, "dialog-title"), (hint, "quiet")):
            label = QLabel(text, self)
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setProperty("role", role)
            label.setWordWrap(True)
            column.addWidget(label)
        self.cancel = QPushButton("Cancel", self)
        self.agree = QPushButton(act, self)
        row = QHBoxLayout()
        row.addStretch(1)
        for button in (self.cancel, self.agree):
            button.setAutoDefault(False)
            row.addWidget(button)
        column.addLayout(row)
        self.cancel.setDefault(True)
        self.cancel.setFocus()
        self.cancel.clicked.connect(self.reject)
        self.agree.clicked.connect(self.accept)
        self.agree.clicked.connect(on_agreed)
