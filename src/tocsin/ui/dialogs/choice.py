"""A question with a few answers, each of which calls something. Open it, never execute it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget


@dataclass(frozen=True, slots=True)
class Option:
    """One answer.

    Attributes:
        text: What its button says; its object name is made of it.
        act: What it does; nothing for None, as in Cancel.
        is_primary: It is what most people want.
    """

    text: str
    act: Callable[[], None] | None = None
    is_primary: bool = False


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked.

    Attributes:
        title: Of the dialog.
        sentence: What is so.
        hint: What it means.
        names: What it is about, listed, when that is more than one.
    """

    title: str
    sentence: str
    hint: str
    names: Sequence[str] = ()


class ChoiceDialog(QDialog):
    """Asks once, does one thing, and is gone. Escape does nothing but close it."""

    def __init__(self, name: str, question: Question, options: Sequence[Option], parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setWindowTitle(question.title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(20, 18, 20, 16)
        self._column.setSpacing(12)
        self._add_words(question.sentence, "title")
        for listed in question.names:
            self._add_words(listed, "row")
        self._add_words(question.hint, "hint")
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addStretch(1)
        for option in options:
            row.addWidget(self._button(option))
        self._column.addLayout(row)

    def _add_words(self, text: str, role: str) -> None:
        label = QLabel(text, self)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setProperty("role", role)
        label.setWordWrap(True)
        self._column.addWidget(label)

    def _button(self, option: Option) -> QPushButton:
        button = QPushButton(option.text, self)
        button.setObjectName(option.text.lower().replace(" ", "-"))
        button.setAutoDefault(False)
        button.clicked.connect(self.accept if option.act is not None else self.reject)
        if option.act is not None:
            button.clicked.connect(option.act)
        if option.is_primary:
            button.setProperty("role", "primary")
            button.setDefault(True)
            button.setFocus()
        return button
