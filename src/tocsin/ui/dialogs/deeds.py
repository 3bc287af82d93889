"""Asks once before something is done, with a list of what would be done. Open it, never execute it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from tocsin.ui.canvas.looks import Look
from tocsin.ui.dialogs.choice import Option
from tocsin.ui.run_dock.badge import Badge
from tocsin.ui.theme import Theme

WIDTH: Final = 560
SIDE: Final = 20
MOST: Final = 200
LIST_HEIGHT: Final = 320


@dataclass(frozen=True, slots=True)
class Deed:
    """One thing that would be done, or that cannot be.

    Attributes:
        text: In words.
        aside: By which product, and what is afterwards.
        look: Its sign.
    """

    text: str
    aside: str
    look: Look


@dataclass(frozen=True, slots=True)
class DeedList:
    """What is asked.

    Attributes:
        name: The dialog's object name.
        title: Of the dialog.
        sentence: What would be done.
        deeds: One by one.
        hint: What it means.
        safest: The text of the button that has the focus and that Enter presses.
    """

    name: str
    title: str
    sentence: str
    deeds: tuple[Deed, ...]
    hint: str = ""
    safest: str = "Cancel"


class DeedsDialog(QDialog):
    """Its first focus is the safest button; Escape closes it and does nothing.

    Args:
        what: What is asked.
        options: Its buttons, from left to right.
        theme: The look.
        parent: The window.
    """

    def __init__(self, what: DeedList, options: Sequence[Option], theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName(what.name)
        self.setWindowTitle(what.title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._theme = theme
        column = QVBoxLayout(self)
        column.setContentsMargins(SIDE, 18, SIDE, 16)
        column.setSpacing(12)
        column.addWidget(self._label(what.sentence, "title"))
        if what.deeds:
            column.addWidget(self._list(what), 1)
        if what.hint:
            column.addWidget(self._label(what.hint, "hint"))
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addStretch(1)
        for option in options:
            button = self._button(option)
            row.addWidget(button)
            if option.text == what.safest:
                button.setDefault(True)
                button.setFocus()
        column.addLayout(row)
        width = theme.px(WIDTH)
        self.resize(width, column.heightForWidth(width))

    def _list(self, what: DeedList) -> QScrollArea:
        inside = QWidget(self)
        column = QVBoxLayout(inside)
        column.setContentsMargins(12, 10, 12, 10)
        column.setSpacing(10)
        for deed in what.deeds[:MOST]:
            column.addLayout(self._row(deed))
        if len(what.deeds) > MOST:
            column.addWidget(self._label(f"and {len(what.deeds) - MOST} more", "quiet"))
        column.addStretch(1)
        area = QScrollArea(self)
        area.setObjectName("deeds")
        area.setAccessibleName(what.sentence)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(inside)
        whole = column.heightForWidth(self._theme.px(WIDTH) - 2 * SIDE) + 2 * area.frameWidth()
        area.setMinimumHeight(min(self._theme.px(LIST_HEIGHT), whole))
        area.setMaximumHeight(whole)
        return area

    def _row(self, deed: Deed) -> QHBoxLayout:
        words = QVBoxLayout()
        words.setSpacing(1)
        words.addWidget(self._label(deed.text, "deed"))
        words.addWidget(self._label(deed.aside, "quiet"))
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addWidget(Badge(self._theme, deed.look, self), 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        return row

    def _label(self, text: str, role: str) -> QLabel:
        label = QLabel(text, self)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setProperty("role", role)
        label.setWordWrap(True)
        return label

    def _button(self, option: Option) -> QPushButton:
        button = QPushButton(option.text, self)
        button.setObjectName(option.text.lower().rstrip("…").replace(" ", "-"))
        button.setAutoDefault(False)
        button.clicked.connect(self.accept if option.act is not None else self.reject)
        if option.act is not None:
            button.clicked.connect(option.act)
        if option.is_primary:
            button.setProperty("role", "primary")
        return button
