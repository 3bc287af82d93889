"""The facts of a run as a grid: two pairs a line where there is room, addresses with a button that copies them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QGuiApplication, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QWidget
from typing_extensions import override

from tocsin.base.texts import _, going_on
from tocsin.ui.run_dock.data_text import copied_text
from tocsin.ui.run_dock.facts import Fact
from tocsin.ui.run_dock.layouts import empty
from tocsin.ui.theme import Theme
from tocsin.ui.widgets.icon_button import IconButton

PAIRS: Final = 2
LEAST: Final = 360
"""Narrower than this a line holds one pair."""
NAME: Final = 64
LINE: Final = 22
TARGET: Final = 24
INSET: Final = 3


class CopyButton(IconButton):
    """Copies one value, made harmless to click."""

    def __init__(self, theme: Theme, fact: Fact, parent: QWidget) -> None:
        super().__init__(
            theme, "copy", _("Copy the {label}, defanged").format(label=going_on(fact.label)), parent=parent
        )
        self._text = fact.value
        self.setFixedSize(theme.px(TARGET), theme.px(TARGET))
        self.clicked.connect(self._on_clicked)

    @Slot()
    def _on_clicked(self) -> None:
        QGuiApplication.clipboard().setText(copied_text(self._text))


class FactsGrid(QWidget):
    """Shows facts; the same ones again change nothing."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("run-facts")
        self.setAccessibleName(_("Facts of the run"))
        self._theme = theme
        self._facts: tuple[Fact, ...] = ()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(14, 8, 14, 8)
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(0)
        self._pairs = PAIRS
        theme.changed.connect(self._lay_out)

    @property
    def facts(self) -> tuple[Fact, ...]:
        """What is shown."""
        return self._facts

    def show_facts(self, facts: Sequence[Fact]) -> None:
        """Show these facts and no others."""
        if tuple(facts) == self._facts:
            return
        self._facts = tuple(facts)
        self._lay_out()

    @Slot()
    def _lay_out(self) -> None:
        """Make every line anew, in as many pairs as there is room for."""
        empty(self._grid)
        for pair in range(PAIRS):
            is_used = pair < self._pairs
            self._grid.setColumnMinimumWidth(2 * pair, self._theme.px(NAME) if is_used else 0)
            self._grid.setColumnStretch(2 * pair + 1, 1 if is_used else 0)
        for place, fact in enumerate(self._facts):
            row, pair = divmod(place, self._pairs)
            self._grid.setRowMinimumHeight(row, self._theme.px(LINE))
            self._grid.addWidget(self._make_label(fact.label, "quiet"), row, 2 * pair, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(self._make_value(fact), row, 2 * pair + 1, Qt.AlignmentFlag.AlignTop)

    def _make_label(self, text: str, role: str) -> QLabel:
        label = QLabel(text, self)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setProperty("role", role)
        label.setContentsMargins(0, INSET, 0, INSET)
        return label

    def _make_value(self, fact: Fact) -> QWidget:
        value = self._make_label(fact.value, "code" if fact.is_code else "fact")
        value.setWordWrap(not fact.is_code)
        value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        value.setAccessibleName(f"{fact.label}: {fact.value}")
        if not fact.is_code:
            return value
        box = QWidget(self)
        row = QHBoxLayout(box)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2)
        row.addWidget(value)
        row.addWidget(CopyButton(self._theme, fact, box))
        row.addStretch(1)
        return box

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        pairs = PAIRS if self.width() >= self._theme.px(LEAST) else 1
        if pairs != self._pairs:
            self._pairs = pairs
            self._lay_out()
