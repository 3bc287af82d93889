"""The frame of every question: a sentence, what it is about, what it means, and the buttons below."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget
from typing_extensions import override

from tocsin.ui.widgets.reading_order import step_focus
from tocsin.ui.widgets.words import Words

MARGINS: Final = (20, 18, 20, 16)
GAP: Final = 12
BUTTON_GAP: Final = 8


@dataclass(frozen=True, slots=True)
class Option:
    """One answer.

    Attributes:
        text: What its button says; its object name is made of it.
        act: What it does; nothing for None, as in Cancel.
        is_primary: It is what most people want: it is filled, has the focus, and Enter presses it.
    """

    text: str
    act: Callable[[], None] | None = None
    is_primary: bool = False


class DialogFrame(QDialog):
    """Stands over the window and is gone when closed. Open it, never execute it.

    Args:
        name: Its object name.
        title: Of its window.
        parent: The window.

    Attributes:
        column: Takes what is asked about, from top to bottom; the buttons come last.
    """

    def __init__(self, name: str, title: str, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(*MARGINS)
        self.column.setSpacing(GAP)

    def make_label(self, text: str, role: str) -> Words:
        """Return words that wrap, and in which nothing is read as markup."""
        label = Words(text, self)
        label.setProperty("role", role)
        label.setWordWrap(True)
        return label

    def add_title(self, text: str) -> None:
        """Add what is asked or told, in one sentence; it comes first."""
        self.add_words(text, "dialog-title")

    def add_words(self, text: str, role: str) -> QLabel:
        """Add words at the end of the column, and return them."""
        label = self.make_label(text, role)
        self.column.addWidget(label)
        return label

    def make_button(self, text: str, slot: Callable[[], None], *, is_primary: bool = False) -> QPushButton:
        """Return a button that is named after its text and that Enter does not press by itself."""
        button = QPushButton(text, self)
        button.setObjectName(text.lower().rstrip("…").replace(" ", "-"))
        button.setAutoDefault(False)
        button.clicked.connect(slot)
        if is_primary:
            button.setProperty("role", "primary")
        return button

    def add_buttons(self, *buttons: QPushButton, safest: QPushButton, left: QWidget | None = None) -> None:
        """Add the last line: `left` at its left end, the buttons at its right.

        Args:
            buttons: From left to right.
            safest: The one that has the first focus and that Enter presses.
            left: Another button or words, apart from the others.
        """
        row = QHBoxLayout()
        row.setSpacing(BUTTON_GAP)
        if isinstance(left, QLabel):
            row.addWidget(left, 1)
        else:
            if left is not None:
                row.addWidget(left)
            row.addStretch(1)
        for button in buttons:
            row.addWidget(button)
        self.column.addLayout(row)
        safest.setDefault(True)
        safest.setFocus()

    def fit(self, width: int) -> None:
        """Take as much height as everything needs at a width; the last thing to do."""
        self.resize(width, self.column.heightForWidth(width))

    def add_options(self, options: Sequence[Option]) -> None:
        """Add a button for each answer; the safest is the primary one, or else the first.

        An answer closes the dialog before it does what it does: that may ask something else.
        """
        buttons: list[QPushButton] = []
        for option in options:
            close = self.accept if option.act is not None else self.reject
            button = self.make_button(option.text, close, is_primary=option.is_primary)
            if option.act is not None:
                button.clicked.connect(option.act)
            buttons.append(button)
        primary = next((at for at, option in enumerate(options) if option.is_primary), 0)
        self.add_buttons(*buttons, safest=buttons[primary])

    @override
    def focusNextPrevChild(self, next: bool) -> bool:
        return step_focus((self,), is_forward=next)
