"""The help for a step: what it does, what it is given, what it gives."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QScrollArea, QWidget

from tocsin.base.texts import _
from tocsin.ui.dialogs.frame import DialogFrame
from tocsin.ui.help.lines import HelpLine, StepHelp
from tocsin.ui.theme import Theme

WIDTH: Final = 560
HEIGHT: Final = 460
TITLES: Final = 180


class HelpSheet(DialogFrame):
    """Tells of one step.

    Signals:
        keys_requested: A person wants to see all keys instead; the sheet is gone then.
    """

    keys_requested = Signal()

    def __init__(self, told: StepHelp, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__("help-sheet", _("Help: {title}").format(title=told.title), parent)
        self._theme = theme
        self.add_title(told.title)
        self.add_words(told.subtitle, "caption")
        self.add_words(told.about, "body")
        page = QWidget(self)
        self._grid = QGridLayout(page)
        self._grid.setContentsMargins(0, 0, 12, 0)
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(8)
        self._grid.setColumnMinimumWidth(0, theme.px(TITLES))
        self._grid.setColumnStretch(1, 1)
        self._add_lines(_("What it is given"), told.given)
        self._add_lines(_("What it gives"), told.gives)
        self._grid.setRowStretch(self._grid.rowCount(), 1)
        area = QScrollArea(self)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setAccessibleName(_("Settings and results"))
        area.setWidget(page)
        self.column.addWidget(area, 1)
        keys = self.make_button(_("Show all keys"), self.accept)
        keys.clicked.connect(self.keys_requested)
        close = self.make_button(_("Close"), self.reject)
        self.add_buttons(close, safest=close, left=keys)
        self.resize(theme.px(WIDTH), theme.px(HEIGHT))

    def _add_lines(self, heading: str, lines: Sequence[HelpLine]) -> None:
        if not lines:
            return
        self._grid.addWidget(self.make_label(heading, "panel-title"), self._grid.rowCount(), 0, 1, 2)
        for line in lines:
            row = self._grid.rowCount()
            title = self.make_label(line.title, "caption")
            title.setContentsMargins(0, 2, 0, 0)  # its letters stand in one line with the larger ones beside them
            self._grid.addWidget(title, row, 0, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(self.make_label(line.text, "body"), row, 1)
