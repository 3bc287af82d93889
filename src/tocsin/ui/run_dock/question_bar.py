"""What a run asks, and its options as equal buttons. There is no default: the safest has the focus, nothing is hasty.

The question's text holds data of the run. It is inserted as plain text: nothing in it can be a link, a picture or a
tag, and data is set off from the author's words.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from tocsin.base.clock import rfc3339
from tocsin.base.json_types import Json
from tocsin.engine.progress import OpenQuestion, QuestionOption
from tocsin.ui.run_dock.form_answer import FormAnswer
from tocsin.ui.run_dock.question_text import Piece
from tocsin.ui.theme import Theme
from tocsin.ui.widgets.pieces_view import PiecesView

SAFE: Final = frozenset({"rejected", "reject", "no", "leave", "skip"})
OPTION_WIDTH: Final = 148


@dataclass(frozen=True, slots=True)
class Answer:
    """What a person chose. `form` is None unless a form was asked for."""

    question: str
    option: str
    form: Json = None


@dataclass(frozen=True, slots=True)
class ShownQuestion:
    """A question as the bar shows it.

    Attributes:
        question: It.
        title: The title of the node that asks.
        pieces: Its text, data apart.
        count: How many questions are open, this one included.
    """

    question: OpenQuestion
    title: str
    pieces: tuple[Piece, ...]
    count: int


class OptionButton(QPushButton):
    """One option. All look alike and none is the default.

    Signals:
        chosen: The option's id.
    """

    chosen = Signal(str)

    def __init__(self, option: QuestionOption, parent: QWidget | None = None) -> None:
        super().__init__(option.title.replace("&", "&&"), parent)
        self._id = option.id
        self.setObjectName(f"answer-{option.id}")
        self.setAccessibleName(option.title)
        self.setToolTip(f"Answers “{option.title}”")
        self.setAutoDefault(False)
        self.setMinimumWidth(OPTION_WIDTH)
        self.clicked.connect(self._on_clicked)

    @Slot()
    def _on_clicked(self) -> None:
        self.chosen.emit(self._id)


class QuestionBar(QFrame):
    """Shows the oldest open question; the others are counted.

    Signals:
        answered: Answer.
        node_requested: The id of the node that asks.
    """

    answered = Signal(object)
    node_requested = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("question-bar")
        self.setProperty("role", "question")
        self.setAccessibleName("Question of the run")
        self._shown: ShownQuestion | None = None
        self._form: FormAnswer | None = None
        self._buttons: dict[str, OptionButton] = {}
        self._head = QLabel(self)
        self._head.setProperty("role", "title")
        self._head.setTextFormat(Qt.TextFormat.PlainText)
        self._count = QLabel(self)
        self._count.setProperty("role", "hint")
        self._count.setTextFormat(Qt.TextFormat.PlainText)
        self._text = PiecesView(theme, self)
        self._text.setObjectName("question-text")
        self._text.setAccessibleName("What is asked")
        self._row = QHBoxLayout()
        self._column = QVBoxLayout(self)
        self._arrange()
        self.hide()

    @property
    def shown(self) -> ShownQuestion | None:
        """The question that is shown, or None."""
        return self._shown

    @property
    def text(self) -> str:
        """What is asked, as it is read."""
        return self._text.toPlainText()

    def find_button(self, option: str) -> OptionButton | None:
        """Return the button of an option, or None."""
        return self._buttons.get(option)

    def show_question(self, shown: ShownQuestion | None) -> None:
        """Show a question, or none. The same one again only changes the count."""
        is_same = shown is not None and self._shown is not None and shown.question.ask == self._shown.question.ask
        self._shown = shown
        self.setVisible(shown is not None)
        if shown is None:
            self._clear()
            return
        self._head.setText(shown.title)
        self._count.setText(_aside(shown))
        if not is_same:
            self._clear()
            self._fill(shown)

    def allow_answer(self) -> None:
        """Let the person answer again: what they chose was not taken."""
        for button in self._buttons.values():
            button.setEnabled(True)

    def _fill(self, shown: ShownQuestion) -> None:
        self._text.show_pieces((piece.text, piece.is_data) for piece in shown.pieces)
        if shown.question.form is not None:
            self._form = FormAnswer(shown.question.form, self)
            self._column.insertWidget(2, self._form)
        for option in shown.question.options:
            button = OptionButton(option, self)
            button.chosen.connect(self._on_chosen)
            self._buttons[option.id] = button
            self._row.insertWidget(self._row.count() - 1, button)  # before the stretch
        safest = _safest(shown.question.options)
        if safest is not None:
            self._buttons[safest].setFocus(Qt.FocusReason.OtherFocusReason)

    def _clear(self) -> None:
        self._text.clear()
        for button in self._buttons.values():
            self._row.removeWidget(button)
            button.deleteLater()
        self._buttons = {}
        if self._form is not None:
            self._column.removeWidget(self._form)
            self._form.deleteLater()
            self._form = None

    def _arrange(self) -> None:
        top = QHBoxLayout()
        top.addWidget(self._head)
        top.addWidget(self._count)
        top.addStretch(1)
        show = QPushButton("Show step", self)
        show.setObjectName("show-asking-node")
        show.setAutoDefault(False)
        show.setToolTip("Shows the step that asks on the canvas")
        show.clicked.connect(self._on_show)
        top.addWidget(show)
        self._row.setSpacing(8)
        self._row.addStretch(1)
        self._column.setContentsMargins(14, 10, 14, 12)
        self._column.setSpacing(8)
        self._column.addLayout(top)
        self._column.addWidget(self._text)
        self._column.addLayout(self._row)

    @Slot()
    def _on_show(self) -> None:
        if self._shown is not None:
            self.node_requested.emit(self._shown.question.node)

    @Slot(str)
    def _on_chosen(self, option: str) -> None:
        if self._shown is None or (self._form is not None and not self._form.ensure_complete()):
            return
        for button in self._buttons.values():
            button.setEnabled(False)
        form = self._form.value if self._form is not None else None
        self.answered.emit(Answer(self._shown.question.ask, option, form))


def _safest(options: Sequence[QuestionOption]) -> str | None:
    """The option that does least: one that says no, else the last that is not marked as dangerous."""
    known = [option.id for option in options if option.id in SAFE]
    plain = [option.id for option in options if option.style != "danger"]
    return next(iter([*known, *reversed(plain)]), options[0].id if options else None)


def _aside(shown: ShownQuestion) -> str:
    parts = [shown.question.path] if "/" in shown.question.path else []
    if shown.question.expires is not None:
        parts.append(f"until {rfc3339(shown.question.expires)[11:16]} UTC, then expired")
    if shown.count > 1:
        parts.append(f"1 of {shown.count} questions")
    return " · ".join(parts)
