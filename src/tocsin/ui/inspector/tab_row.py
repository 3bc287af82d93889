"""Settings, Output, Notes, and at the right the link that shows text instead of titles."""

from __future__ import annotations

from enum import IntEnum
from typing import Final

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QColor, QIcon, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QTabBar, QWidget
from typing_extensions import override

from tocsin.base.texts import _
from tocsin.ui.forms.form_parts import SIDE
from tocsin.ui.theme import Theme

HEIGHT: Final = 32
"""The line at its lower end included; the bar under the tab that holds covers it and reaches 1 px beyond."""
TAB_MARGIN: Final = 8
"""What the style sheet keeps at each side of a tab."""


class Tab(IntEnum):
    """What of a node is shown."""

    SETTINGS = 0
    OUTPUT = 1
    NOTES = 2


WORDS: Final = {Tab.SETTINGS: _("Settings"), Tab.OUTPUT: _("Output"), Tab.NOTES: _("Notes")}
AS_TEXT: Final = _("Show as text")
AS_TITLES: Final = _("Show as titles")
SHORT: Final = {AS_TEXT: _("As text"), AS_TITLES: _("As titles")}
"""What the link says where there is no room for more."""


class TabRow(QFrame):
    """32 px high.

    Signals:
        chosen: The Tab that is to be shown.
        as_text_changed: Whether fields show ids and braces.
    """

    chosen = Signal(int)
    as_text_changed = Signal(bool)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("inspector-tabs")
        self._theme = theme
        self._has_values = False
        self._bar = QTabBar(self)
        self._bar.setProperty("role", "sections")
        self._bar.setAccessibleName(_("What is shown of the step"))
        self._bar.setDrawBase(False)
        self._bar.setExpanding(False)
        self._bar.setUsesScrollButtons(False)
        for words in WORDS.values():
            self._bar.addTab(words)
        self._link = QPushButton(AS_TEXT, self)
        self._link.setProperty("role", "link")
        self._link.setAutoDefault(False)
        self._link.setCheckable(True)
        self._link.setToolTip(_("Shows ids and braces in place of titles"))
        row = QHBoxLayout(self)
        row.setContentsMargins(SIDE - TAB_MARGIN, 2, SIDE - 4, 0)
        row.addWidget(self._bar, 0, Qt.AlignmentFlag.AlignBottom)
        row.addStretch(1)
        row.addWidget(self._link)
        self._bar.currentChanged.connect(self._on_chosen)
        self._link.toggled.connect(self._on_link)
        theme.changed.connect(self._fit)
        self._fit()

    @property
    def tab(self) -> Tab:
        """What is shown."""
        return Tab(self._bar.currentIndex())

    @property
    def link(self) -> QPushButton:
        """What shows text instead of titles."""
        return self._link

    def set_tab(self, tab: Tab) -> None:
        """Show something else."""
        self._bar.setCurrentIndex(tab)

    def set_has_values(self, has_values: bool) -> None:
        """Offer the link only where some field can read values."""
        self._has_values = has_values
        self._link.setVisible(has_values and self.tab is Tab.SETTINGS)

    @Slot(int)
    def _on_chosen(self, tab: int) -> None:
        self.set_has_values(self._has_values)
        self.chosen.emit(tab)

    @Slot(bool)
    def _on_link(self, is_text: bool) -> None:
        self._fit_link()
        self.as_text_changed.emit(is_text)

    def _fit_link(self) -> None:
        """Say what the link does in words, in fewer words, or by a picture, as there is room."""
        words = AS_TITLES if self._link.isChecked() else AS_TEXT
        room = self.contentsRect().width() - self._bar.sizeHint().width()
        self._link.setIcon(QIcon())
        for shown in (words, SHORT[words], ""):
            self._link.setText(shown)
            if self._link.sizeHint().width() <= room:
                break
        if not self._link.text():
            self._link.setIcon(self._theme.icon("braces"))
        self._link.setAccessibleName(words)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_link()

    def _fit(self) -> None:
        self.setFixedHeight(self._theme.px(HEIGHT) + 1)
        self._fit_link()
        self.update()

    @override
    def paintEvent(self, arg__1: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(0, self.height() - 2, self.width(), 1, QColor(self._theme.tokens.line))
        painter.end()
