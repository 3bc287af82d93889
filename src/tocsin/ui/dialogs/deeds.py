"""Asks once before something is done, with a list of what would be done. Open it, never execute it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from tocsin.base.texts import _
from tocsin.ui.canvas.looks import Look
from tocsin.ui.dialogs.frame import MARGINS, DialogFrame, Option
from tocsin.ui.run_dock.badge import Badge
from tocsin.ui.theme import Theme

WIDTH: Final = 560
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
    """

    name: str
    title: str
    sentence: str
    deeds: tuple[Deed, ...]
    hint: str = ""


class DeedsDialog(DialogFrame):
    """Its first focus is the safest button; Escape closes it and does nothing.

    Args:
        what: What is asked.
        options: Its buttons, from left to right.
        theme: The look.
        parent: The window.
    """

    def __init__(self, what: DeedList, options: Sequence[Option], theme: Theme, parent: QWidget) -> None:
        super().__init__(what.name, what.title, parent)
        self._theme = theme
        self.add_title(what.sentence)
        if what.deeds:
            self.column.addWidget(self._list(what), 1)
        if what.hint:
            self.add_words(what.hint, "hint")
        self.add_options(options)
        self.fit(theme.px(WIDTH))

    def _list(self, what: DeedList) -> QScrollArea:
        inside = QWidget(self)
        column = QVBoxLayout(inside)
        column.setContentsMargins(12, 10, 12, 10)
        column.setSpacing(10)
        for deed in what.deeds[:MOST]:
            column.addLayout(self._row(deed))
        if len(what.deeds) > MOST:
            column.addWidget(self.make_label(_("and {count} more").format(count=len(what.deeds) - MOST), "quiet"))
        column.addStretch(1)
        area = QScrollArea(self)
        area.setObjectName("deeds")
        area.setAccessibleName(what.sentence)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(inside)
        whole = column.heightForWidth(self._theme.px(WIDTH) - MARGINS[0] - MARGINS[2]) + 2 * area.frameWidth()
        area.setMinimumHeight(min(self._theme.px(LIST_HEIGHT), whole))
        area.setMaximumHeight(whole)
        return area

    def _row(self, deed: Deed) -> QHBoxLayout:
        words = QVBoxLayout()
        words.setSpacing(1)
        words.addWidget(self.make_label(deed.text, "deed"))
        words.addWidget(self.make_label(deed.aside, "quiet"))
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addWidget(Badge(self._theme, deed.look, self), 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        return row
