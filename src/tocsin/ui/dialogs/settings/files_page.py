"""The page of the settings about files: how soon unsaved work is kept for a crash; and that nothing updates itself."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QGridLayout, QSpinBox, QWidget

from tocsin.base.texts import _
from tocsin.services.settings import AUTOSAVE, Settings
from tocsin.ui.widgets.spin_text import inset_text
from tocsin.ui.widgets.words import Words

KEPT: Final = _("A copy of unsaved work, for the next start after a crash. Your own files change only when you save.")
UPDATES: Final = _(
    "Tocsin looks for none and fetches nothing by itself. A new version comes the way you installed this one."
)


class FilesPage(QWidget):
    """Shows settings and says what a person chose; it keeps nothing.

    Signals:
        chosen: The Settings with another period.
    """

    chosen = Signal(object)

    def __init__(self, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        self.period = QSpinBox(self)
        self.period.setObjectName("autosave-seconds")
        self.period.setAccessibleName(_("Keep unsaved work every so many seconds"))
        self.period.setRange(AUTOSAVE.start, AUTOSAVE.stop - 1)
        self.period.setSuffix(" s")
        self.period.setKeyboardTracking(False)
        inset_text(self.period)
        grid = QGridLayout(self)
        grid.setContentsMargins(4, 4, 4, 4)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(8)
        grid.addWidget(self._words(_("Keep unsaved work every"), "caption"), 0, 0)
        grid.addWidget(self.period, 0, 1, Qt.AlignmentFlag.AlignLeft)
        grid.addWidget(self._words(KEPT, "hint"), 1, 1)
        grid.addWidget(self._words(_("Updates"), "caption"), 2, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(self._words(UPDATES, "hint"), 2, 1)
        grid.setColumnStretch(1, 1)
        grid.setRowStretch(3, 1)
        self.show_settings(settings)
        self.period.valueChanged.connect(self._on_period)

    def show_settings(self, settings: Settings) -> None:
        """Show what is set."""
        self._settings = settings
        self.period.setValue(settings.autosave_seconds)

    def _words(self, text: str, role: str) -> Words:
        words = Words(text, self)
        words.setProperty("role", role)
        words.setWordWrap(role == "hint")
        return words

    @Slot(int)
    def _on_period(self, seconds: int) -> None:
        if seconds != self._settings.autosave_seconds:
            self.chosen.emit(replace(self._settings, autosave_seconds=seconds))
