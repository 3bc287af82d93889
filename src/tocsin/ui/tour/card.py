"""The card of the tour: which step it is, what to do, and a way out."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from tocsin.base.texts import _
from tocsin.ui.theme import Theme
from tocsin.ui.tour.steps import STEPS
from tocsin.ui.widgets.floating import Floating
from tocsin.ui.widgets.words import Words

WIDTH: Final = 300
DONE: Final = _("That was the tour")
DONE_WORDS: Final = _("You drew a playbook, rehearsed it, ran it and kept it. Templates show what else there is.")


class TourCard(Floating):
    """Shows one step.

    Signals:
        skip_requested: Go on without this step.
        end_requested: No more of it.
    """

    skip_requested = Signal()
    end_requested = Signal()

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(theme, _("Tour"), parent)
        self.setObjectName("tour-card")
        self._count = self._label("caption")
        self._title = self._label("dialog-title")
        self._words = self._label("hint")
        self._skip = self._button(_("Skip this step"))
        self._end = self._button(_("End the tour"))
        self._skip.clicked.connect(self.skip_requested)
        self._end.clicked.connect(self.end_requested)
        row = QHBoxLayout()
        row.addWidget(self._skip)
        row.addStretch(1)
        row.addWidget(self._end)
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(14, 12, 14, 12)
        column.setSpacing(6)
        for label in (self._count, self._title, self._words):
            column.addWidget(label)
        column.addLayout(row)
        self._theme = theme

    @property
    def text(self) -> str:
        """All that it says."""
        return f"{self._count.text()} {self._title.text()} {self._words.text()}"

    def show_step(self, place: int) -> None:
        """Show the step at a place; the end of the tour after the last one."""
        is_over = place >= len(STEPS)
        self._count.setText("" if is_over else _("Step {place} of {count}").format(place=place + 1, count=len(STEPS)))
        self._count.setHidden(is_over)
        self._title.setText(DONE if is_over else STEPS[place].title)
        self._words.setText(DONE_WORDS if is_over else STEPS[place].words)
        self._skip.setHidden(is_over)
        self._end.setText(_("Close") if is_over else _("End the tour"))
        self.setAccessibleName(_("Tour. {text}").format(text=self.text))
        self.setFixedWidth(self._theme.px(WIDTH))
        self.setFixedHeight(self._column.totalHeightForWidth(self.width()))

    def _label(self, role: str) -> Words:
        label = Words(parent=self)
        label.setProperty("role", role)
        label.setWordWrap(True)
        label.setTextFormat(Qt.TextFormat.PlainText)
        return label

    def _button(self, text: str) -> QPushButton:
        button = QPushButton(text, self)
        button.setProperty("small", True)
        button.setAutoDefault(False)
        return button
