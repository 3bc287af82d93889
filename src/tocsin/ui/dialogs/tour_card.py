"""The card of the welcome page that leads to the guided tour."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from tocsin.base.texts import _
from tocsin.ui.dialogs.welcome_card import WelcomeCard
from tocsin.ui.theme import Theme
from tocsin.ui.theme.icons import EDGE
from tocsin.ui.widgets.button_icon import show_icon

WORDS: Final = _("Six steps in the Lab: begin, add, fill in, rehearse, run, keep. Each looks whether you did it.")


class TourCard(WelcomeCard):
    """Offers the tour.

    Signals:
        tour_requested: Take it.
    """

    tour_requested = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, "compass", (_("Take the tour"), WORDS), parent)
        self.button = QPushButton(_("Start the tour"), self)
        self.button.setProperty("small", True)
        self.button.setAutoDefault(False)
        self.button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.button.clicked.connect(self.tour_requested)
        self.column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)
        theme.changed.connect(self._tint)
        self._tint()

    @Slot()
    def _tint(self) -> None:
        show_icon(self.button, self.theme.icon("play"), self.theme.px(EDGE))
