"""The page of the settings about the look: theme, text size, motion, contrast, density; language and times."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import Enum
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from tocsin.base.texts import LANGUAGES, _
from tocsin.services.settings import (
    Contrast,
    Density,
    LanguageChoice,
    Motion,
    Settings,
    TextSize,
    ThemeChoice,
    TimesChoice,
)
from tocsin.ui.theme import Theme
from tocsin.ui.widgets.segment import Segment

BESIDE: Final = ("language", "times")
"""What stands in the settings beside the appearance."""


@dataclass(frozen=True, slots=True)
class Question:
    """One thing to choose.

    Attributes:
        field: Of the appearance, or of the settings themselves.
        title: What is chosen.
        words: Each value and how it is said, in order.
        hint: What it does, where the title does not say it.
    """

    field: str
    title: str
    words: Mapping[Enum, str]
    hint: str = ""


QUESTIONS: Final = (
    Question(
        "theme",
        _("Theme"),
        {ThemeChoice.SYSTEM: _("As the desktop"), ThemeChoice.LIGHT: _("Light"), ThemeChoice.DARK: _("Dark")},
    ),
    Question(
        "text_size",
        _("Text size"),
        {TextSize.NORMAL: "100 %", TextSize.LARGE: "115 %", TextSize.LARGEST: "130 %"},
    ),
    Question(
        "motion",
        _("Motion"),
        {Motion.SYSTEM: _("As the desktop"), Motion.FULL: _("Full"), Motion.REDUCED: _("Reduced")},
        _("Reduced: nothing turns or glides."),
    ),
    Question(
        "contrast",
        _("Contrast"),
        {Contrast.SYSTEM: _("As the desktop"), Contrast.NORMAL: _("Normal"), Contrast.HIGH: _("High")},
        _("High: strong lines, no soft fills, no shadows."),
    ),
    Question(
        "density",
        _("Density of the canvas"),
        {Density.AUTO: _("Automatic"), Density.COMPACT: _("Compact"), Density.COMFORTABLE: _("Comfortable")},
        _("Automatic: compact while the window is lower than 1000 pixels. It changes nothing in a file."),
    ),
    Question(
        "language",
        _("Language"),
        {
            LanguageChoice.SYSTEM: _("As the desktop"),
            LanguageChoice.ENGLISH: LANGUAGES["en"],
            LanguageChoice.GERMAN: LANGUAGES["de"],
        },
        _("Another language holds from the next start on."),
    ),
    Question(
        "times",
        _("Times"),
        {TimesChoice.UTC: "UTC", TimesChoice.LOCAL: _("As the clock here")},
        _("Each says its zone. Another choice holds from the next start on; what programs read stays in UTC."),
    ),
)


class AppearancePage(QWidget):
    """Shows settings and says what a person chose; it keeps nothing.

    Signals:
        chosen: The Settings with another appearance.
    """

    chosen = Signal(object)

    def __init__(self, theme: Theme, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        self._segments: dict[str, Segment] = {}
        grid = QGridLayout(self)
        grid.setContentsMargins(4, 4, 4, 4)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(12)
        for question in QUESTIONS:
            self._add_question(grid, question, theme)
        grid.setColumnStretch(1, 1)
        grid.setRowStretch(grid.rowCount(), 1)
        self.show_settings(settings)

    def segment(self, field: str) -> Segment:
        """Return where a field of the appearance is chosen."""
        return self._segments[field]

    def show_settings(self, settings: Settings) -> None:
        """Show what is set; says nothing."""
        self._settings = settings
        for question in QUESTIONS:
            holder = settings if question.field in BESIDE else settings.appearance
            value: Enum = getattr(holder, question.field)
            self._segments[question.field].set_choice(value.name)

    def _add_question(self, grid: QGridLayout, question: Question, theme: Theme) -> None:
        row, answer = grid.rowCount(), QVBoxLayout()
        answer.setSpacing(2)
        choices = [(value.name, words) for value, words in question.words.items()]
        segment = self._segments[question.field] = Segment(theme, choices, question.title, self)
        segment.setObjectName(f"settings-{question.field}")
        segment.chosen.connect(self._on_chosen)
        title = _label(question.title, "caption", self)
        title.setContentsMargins(0, 4, 0, 0)
        grid.addWidget(title, row, 0, Qt.AlignmentFlag.AlignTop)
        grid.addLayout(answer, row, 1)
        answer.addWidget(segment, 0, Qt.AlignmentFlag.AlignLeft)
        if question.hint:
            hint = _label(question.hint, "hint", self)
            hint.setWordWrap(True)
            answer.addWidget(hint)

    def _on_chosen(self) -> None:
        chosen = {
            question.field: next(v for v in question.words if v.name == self._segments[question.field].choice)
            for question in QUESTIONS
        }
        beside = {field: chosen.pop(field) for field in BESIDE}
        appearance = replace(self._settings.appearance, **chosen)
        self.chosen.emit(replace(self._settings, appearance=appearance, **beside))


def _label(text: str, role: str, parent: QWidget) -> QLabel:
    label = QLabel(text, parent)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setProperty("role", role)
    return label
