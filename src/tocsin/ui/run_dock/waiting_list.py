"""The open questions, where there are several, also of other tabs: one line each, and how many more."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from tocsin.base.plain_text import one_line
from tocsin.base.texts import _, plural
from tocsin.engine.progress import OpenQuestion
from tocsin.ui.run_dock.layouts import empty
from tocsin.ui.theme import Theme

MOST: Final = 4
FEWEST: Final = 2
"""One question is said by its card alone."""


@dataclass(frozen=True, slots=True)
class WaitingLine:
    """One open question.

    Attributes:
        ask: Its id.
        text: What is asked.
        run: Its run's id where another tab shows that; "" for the run that is shown.
        place: What that tab is called.
    """

    ask: str
    text: str
    run: str = ""
    place: str = ""


def waiting_lines(questions: Sequence[OpenQuestion], elsewhere: Sequence[WaitingLine] = ()) -> tuple[WaitingLine, ...]:
    """Return the lines of the list, oldest first, other tabs' last; none where a card says it all."""
    if not elsewhere and len(questions) < FEWEST:
        return ()
    return (*(line_of(question) for question in questions), *elsewhere)


def line_of(question: OpenQuestion, run: str = "", place: str = "") -> WaitingLine:
    """Return what the list says of a question."""
    return WaitingLine(question.ask, one_line(question.text, most=80), run, place)


class WaitingList(QWidget):
    """Lists open questions.

    Signals:
        question_chosen: The id of a question whose card is to be shown.
        elsewhere_chosen: The WaitingLine of a question that another tab asks.
    """

    question_chosen = Signal(str)
    elsewhere_chosen = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("waiting-list")
        self.setAccessibleName(_("Questions that wait for you"))
        self._theme = theme
        self._lines: tuple[WaitingLine, ...] = ()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(14, 0, 14, 6)
        self._column.setSpacing(2)
        self.hide()

    @property
    def lines(self) -> tuple[WaitingLine, ...]:
        """What waits."""
        return self._lines

    def show_lines(self, lines: Sequence[WaitingLine]) -> None:
        """Show these questions and no others."""
        if tuple(lines) == self._lines:
            return
        self._lines = tuple(lines)
        empty(self._column)
        head = QLabel(
            plural("{n} question waits for you", "{n} questions wait for you", len(self._lines)).format(
                n=len(self._lines)
            ),
            self,
        )
        head.setProperty("role", "waiting")
        head.setTextFormat(Qt.TextFormat.PlainText)
        self._column.addWidget(head)
        for line in self._lines[:MOST]:
            self._column.addWidget(self._make_link(line), 0, Qt.AlignmentFlag.AlignLeft)
        if len(self._lines) > MOST:
            more = QLabel(_("and {count} more").format(count=len(self._lines) - MOST), self)
            more.setProperty("role", "hint")
            self._column.addWidget(more)
        self.setVisible(bool(self._lines))

    def _make_link(self, line: WaitingLine) -> QPushButton:
        text = f"{line.place}: {line.text}" if line.run else line.text
        link = QPushButton(text.replace("&", "&&"), self)
        link.setProperty("role", "link")
        link.setAutoDefault(False)
        link.setObjectName(f"waiting-{line.ask}")
        link.clicked.connect(partial(self._choose, line))
        return link

    def _choose(self, line: WaitingLine) -> None:
        if line.run:
            self.elsewhere_chosen.emit(line)
        else:
            self.question_chosen.emit(line.ask)
