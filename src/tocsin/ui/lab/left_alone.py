"""“Looked at, not changed”: what a person rejected in a run, and what was so already."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from tocsin.base.plain_text import one_line
from tocsin.base.texts import _
from tocsin.services.lab_desk import LeftAlone
from tocsin.ui.run_dock.words import person_words
from tocsin.ui.theme import Theme, icon_pixmap
from tocsin.ui.widgets.words import Words

LONGEST: Final = 120
"""More characters of what is told are left out; the run has all of it."""
_MARK: Final = 15


def left_words(left: LeftAlone, you: str) -> str:
    """Return one thing in a line: “Isolate ws-03: rejected by you”. Of a question, what stands before its mark."""
    asked = one_line(left.what.partition("?")[0], most=LONGEST)
    if not left.by:
        return _("{what}: was so already").format(what=asked)
    return _("{what}: rejected by {who}").format(what=asked, who=person_words(left.by, you))


class LeftAloneView(QFrame):
    """The list, under the changes."""

    def __init__(self, theme: Theme, left: Sequence[LeftAlone], you: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("lab-left-alone")
        self._theme = theme
        self._marks: list[QLabel] = []
        title = QLabel(_("Looked at, not changed"), self)
        title.setProperty("role", "lab-left-title")
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 10)
        column.setSpacing(8)
        column.addWidget(title)
        for one in left:
            column.addLayout(self._row(left_words(one, you)))
        theme.changed.connect(self._tint)
        self._tint()

    def _row(self, told: str) -> QHBoxLayout:
        mark, words = QLabel(self), Words(told, self)
        self._marks.append(mark)
        words.setWordWrap(True)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(words, 1)
        return row

    @Slot()
    def _tint(self) -> None:
        pixmap = icon_pixmap("circle-minus", self._theme.tokens.text2, self._theme.px(_MARK), self.devicePixelRatioF())
        for mark in self._marks:
            mark.setPixmap(pixmap)
