"""The card of a change that may have happened: the loudest thing a run can say (visual-design.md §9)."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QRectF, Signal, Slot
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget
from typing_extensions import override

from tocsin.base.texts import _
from tocsin.ui.canvas.looks import Look
from tocsin.ui.run_dock.answers import Answer, OptionButton
from tocsin.ui.run_dock.badge import Badge
from tocsin.ui.run_dock.bars import paint_tape
from tocsin.ui.run_dock.unsure import UnsureChange
from tocsin.ui.theme import Theme, redraw_with
from tocsin.ui.widgets.words import Words

TAPE: Final = 6
RADIUS: Final = 8


class UnsureCard(QFrame):
    """Shows one change that nobody knows of, and what can be answered about it.

    Signals:
        answered: Answer.
        node_requested: The id of the step.
    """

    answered = Signal(object)
    node_requested = Signal(str)

    def __init__(self, theme: Theme, change: UnsureChange, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("unsure-card")
        self.setProperty("role", "card")
        self._theme = theme
        self._change = change
        self._title, self._aside, self._sentence = (self._make_label(role) for role in ("panel-title", "hint", "fact"))
        self._sentence.setWordWrap(True)
        self._title.setWordWrap(True)
        self._buttons = QHBoxLayout()
        self._options: list[OptionButton] = []
        self._arrange()
        redraw_with(theme, self)
        self.show_change(change, now=change.sent_at)

    @property
    def change(self) -> UnsureChange:
        """What is shown."""
        return self._change

    @property
    def text(self) -> str:
        """What the card says."""
        return f"{self._title.text()}\n{self._aside.text()}\n{self._sentence.text()}"

    @property
    def options(self) -> tuple[OptionButton, ...]:
        """The answers that can be given now."""
        return tuple(self._options)

    def show_change(self, change: UnsureChange, *, now: int) -> None:
        """Say how it stands now; `now` is UTC microseconds."""
        is_asked = bool(self._options)
        self._change = change
        self._title.setText(change.title)
        self._aside.setText(change.aside(now))
        self._sentence.setText(change.sentence)
        self.setAccessibleName(f"{change.title}. {change.sentence}")
        if is_asked is not (change.question is not None):
            self._fill_options()

    def allow_answer(self) -> None:
        """Let the person answer again: what they chose was not taken."""
        for button in self._options:
            button.setEnabled(True)

    def _fill_options(self) -> None:
        for button in self._options:
            self._buttons.removeWidget(button)
            button.hide()
            button.deleteLater()
        self._options = []
        question = self._change.question
        for place, option in enumerate(question.options if question is not None else ()):
            button = OptionButton(option, self._theme, self)
            button.setProperty("small", True)
            button.chosen.connect(self._on_chosen)
            self._options.append(button)
            self._buttons.insertWidget(place, button)

    def _make_label(self, role: str) -> Words:
        label = Words(parent=self)
        label.setProperty("role", role)
        return label

    def _arrange(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(Badge(self._theme, Look.UNCERTAIN, self))
        head.addWidget(self._title, 1)
        head.addWidget(self._aside)
        show = QPushButton(_("Show step"), self)
        show.setProperty("role", "link")
        show.setAutoDefault(False)
        show.clicked.connect(self._on_show)
        self._buttons.setSpacing(8)
        self._buttons.addStretch(1)
        self._buttons.addWidget(show)
        column = QVBoxLayout(self)
        column.setContentsMargins(TAPE + 12, 8, 12, 8)
        column.setSpacing(6)
        column.addLayout(head)
        column.addWidget(self._sentence)
        column.addLayout(self._buttons)

    @Slot()
    def _on_show(self) -> None:
        self.node_requested.emit(self._change.node)

    @Slot(str)
    def _on_chosen(self, option: str) -> None:
        if self._change.question is not None:
            for button in self._options:
                button.setEnabled(False)
            self.answered.emit(Answer(self._change.question.ask, option))

    @override
    def paintEvent(self, arg__1: QPaintEvent) -> None:
        super().paintEvent(arg__1)
        painter = QPainter(self)
        inside = QPainterPath()
        inside.addRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), RADIUS - 1, RADIUS - 1)
        painter.setClipPath(inside)
        paint_tape(painter, QRectF(1, 1, TAPE, self.height() - 2), self._theme.tokens)
        painter.end()
