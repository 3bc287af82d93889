"""A question that is answered by a text which must be right: a condition, or data. Open it, never execute it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QPlainTextEdit, QPushButton, QWidget

from tocsin.base.texts import _
from tocsin.ui.dialogs.frame import DialogFrame
from tocsin.ui.theme import Theme

WIDTH: Final = 460
LINE: Final = 22


@dataclass(frozen=True, slots=True)
class ValueQuestion:
    """What is asked.

    Attributes:
        name: The dialog's object name.
        title: Of the dialog.
        sentence: What is asked for.
        hint: What it means.
        text: What stands there at first.
        verb: What the button says.
        rows: How many lines are seen at once.
    """

    name: str
    title: str
    sentence: str
    hint: str
    text: str
    verb: str
    rows: int = 1


class ValueDialog(DialogFrame):
    """Takes a text, says what is wrong with it while it is typed, and gives it when it is right.

    Args:
        question: What is asked.
        find_fault: Says what is wrong with a text; "" when nothing is.
        theme: How it looks.
        parent: The window.

    Signals:
        entered: The text.
    """

    entered = Signal(str)

    def __init__(
        self, question: ValueQuestion, find_fault: Callable[[str], str], theme: Theme, parent: QWidget
    ) -> None:
        super().__init__(question.name, question.title, parent)
        self._find_fault = find_fault
        self._input = QPlainTextEdit(question.text, self)
        self._input.setAccessibleName(question.sentence)
        self._input.setProperty("role", "code")
        self._input.setFont(theme.code_font())
        self._input.setTabChangesFocus(True)
        self._input.setMinimumHeight(theme.px(LINE * question.rows + 12))
        if question.rows == 1:
            self._input.setMaximumHeight(theme.px(LINE * 2 + 12))
        self.add_title(question.sentence)
        self.column.addWidget(self._input, 1)
        self._fault = self.add_words("", "fault")
        self.add_words(question.hint, "hint")
        cancel = self.make_button(_("Cancel"), self.reject)
        self._enter = self.make_button(question.verb, self._on_enter, is_primary=True)
        self.add_buttons(cancel, self._enter, safest=cancel)
        self._input.textChanged.connect(self._on_text)
        self._on_text()
        self._input.setFocus()
        self.fit(theme.px(WIDTH))

    @property
    def input(self) -> QPlainTextEdit:
        """Where the text is typed."""
        return self._input

    @property
    def fault(self) -> str:
        """What is wrong with the text as it is; "" when nothing is."""
        return self._fault.text()

    @property
    def enter_button(self) -> QPushButton:
        """Gives the text; off while something is wrong with it."""
        return self._enter

    @Slot()
    def _on_text(self) -> None:
        fault = self._find_fault(self._input.toPlainText())
        self._fault.setText(fault)
        self._enter.setEnabled(not fault)

    @Slot()
    def _on_enter(self) -> None:
        self.entered.emit(self._input.toPlainText())
        self.accept()
