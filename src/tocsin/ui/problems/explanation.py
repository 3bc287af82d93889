"""Why something is a problem: what would happen, what to do, and an example that is wrong beside one that is right."""

from __future__ import annotations

from typing import Final

from PySide6.QtWidgets import QGridLayout, QPlainTextEdit, QWidget

from tocsin.base.texts import _
from tocsin.model.problems import CheckInfo, Problem
from tocsin.ui.dialogs.frame import DialogFrame
from tocsin.ui.problems.places import ProblemPlace
from tocsin.ui.theme import Theme

WIDTH: Final = 880
EXAMPLE_HEIGHT: Final = 240


class ExplanationDialog(DialogFrame):
    """Tells, and offers to mend what can be mended in one step.

    Attributes:
        fix: The button that mends; None where a person has to.
    """

    def __init__(
        self, problem: Problem, place: ProblemPlace, info: CheckInfo, theme: Theme, parent: QWidget | None = None
    ) -> None:
        super().__init__("explanation", f"{info.code} {info.title}", parent)
        self.add_title(info.title)
        if place.text:
            self.add_words(place.text, "caption")
        self.add_words(problem.message, "body")
        self.add_words(info.why, "quiet")
        if problem.hint:
            self.add_words(problem.hint, "body")
        self.column.addLayout(self._examples(info, theme), 1)
        close = self.make_button(_("Close"), self.reject)
        self.fix = self.make_button(problem.fix.title.replace("&", "&&"), self.accept) if problem.fix else None
        if self.fix is not None:
            self.fix.setObjectName("fix")
        self.add_buttons(*([self.fix] if self.fix is not None else []), close, safest=close)
        self.fit(theme.px(WIDTH))

    def _examples(self, info: CheckInfo, theme: Theme) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(4)
        for column, (name, text) in enumerate(((_("Wrong"), info.bad), (_("Right"), info.good))):
            grid.addWidget(self.make_label(name, "caption"), 0, column)
            grid.addWidget(self._example(name, text, theme), 1, column)
            grid.setColumnStretch(column, 1)
        return grid

    def _example(self, name: str, text: str, theme: Theme) -> QPlainTextEdit:
        box = QPlainTextEdit(text.strip(), self)
        box.setObjectName(f"example-{name.lower()}")
        box.setAccessibleName(_("{name}: an example").format(name=name))
        box.setProperty("code", "true")
        box.setFont(theme.code_font())
        box.setReadOnly(True)
        box.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        box.setTabChangesFocus(True)
        box.setFixedHeight(theme.px(EXAMPLE_HEIGHT))
        return box
