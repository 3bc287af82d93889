"""The Lab in a window of its own, for a second screen or a projector; it takes the panel and gives it back."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QCloseEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QMainWindow, QPushButton, QWidget
from typing_extensions import override

from tocsin.base.texts import _
from tocsin.ui.lab.panel import LabPanel
from tocsin.ui.lab.words import count_of
from tocsin.ui.lab.world_clock import WorldClock
from tocsin.ui.theme import Theme, icon_pixmap, style_sheet
from tocsin.ui.theme.icons import EDGE
from tocsin.ui.widgets.button_icon import show_icon
from tocsin.ui.widgets.elided_label import ElidedLabel
from tocsin.ui.widgets.reading_order import step_focus
from tocsin.ui.widgets.segment import Segment

HEADER: Final = 48
SIZE: Final = (1440, 900)
LEAST: Final = (560, 320)
ROOM_FOR_PRODUCTS: Final = 800
"""How wide it must be to say how many products there are, beside the scenario's name."""
SIZES: Final = (("150", "150 %"), ("175", "175 %"), ("200", "200 %"))
"""The projector view's, in percent of the window's own text size."""


class LabWindow(QMainWindow):
    """Holds the Lab's panel while it is open. Closing it says `put_back`; the owner then takes the panel.

    Attributes:
        projector: Checked, it shows the cards alone and larger.
        back: Closes the window.

    Signals:
        put_back: The LabPanel, which no window holds any more.
    """

    put_back = Signal(object)

    def __init__(self, theme: Theme, panel: LabPanel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("lab-window")
        self.setWindowTitle("Lab — Tocsin")
        self.resize(*SIZE)
        self.setMinimumSize(*LEAST)
        self._theme = theme
        self._panel: LabPanel | None = panel
        self._mark = QLabel(self)
        self._scenario = ElidedLabel(role="quiet")
        self._clock = WorldClock(theme, self)
        self._products = ElidedLabel(role="quiet")
        self.projector = QPushButton(_("Projector view"), self)
        self.projector.setCheckable(True)
        self.projector.setAutoDefault(False)
        self.projector.toggled.connect(self._on_projector)
        self._sizes = Segment(theme, SIZES, _("Size of the projector view"), self)
        self._sizes.chosen.connect(self._on_size)
        self._sizes.hide()
        self.back = QPushButton(_("Put back into the main window"), self)
        self.back.setAutoDefault(False)
        self.back.clicked.connect(self.close)
        self.setMenuWidget(self._header())
        self.setCentralWidget(panel)
        panel.show()
        panel.tell_clock(False)
        panel.look_changed.connect(self._on_look)
        theme.changed.connect(self._dress)
        self._dress()
        self._on_look()

    def _header(self) -> QWidget:
        header = QFrame(self)
        header.setObjectName("lab-window-header")
        header.setFixedHeight(HEADER)
        title = QLabel(_("Lab"), header)
        title.setProperty("role", "panel-title")
        row = QHBoxLayout(header)
        row.setContentsMargins(16, 0, 12, 0)
        row.setSpacing(12)
        for part in (self._mark, title):
            row.addWidget(part)
        line = QFrame(header)
        line.setObjectName("header-line")
        for part in (self._scenario, line, self._clock):
            row.addWidget(part)
        row.addStretch(1)
        for part in (self._products, self._sizes, self.projector, self.back):
            row.addWidget(part)
        return header

    @Slot()
    def _dress(self) -> None:
        theme, ratio = self._theme, self.devicePixelRatioF()
        self._mark.setPixmap(icon_pixmap("flask-conical", theme.tokens.env_lab, theme.px(20), ratio))
        show_icon(self.projector, theme.icon("eye"), theme.px(EDGE))
        show_icon(self.back, theme.icon("app-window"), theme.px(EDGE))
        self._fit()
        self._zoom()

    def _fit(self) -> None:
        self._products.setVisible(self.width() >= self._theme.px(ROOM_FOR_PRODUCTS))

    def _zoom(self) -> None:
        """Let the panel grow: what it paints by its zoom, its ordinary widgets by a style sheet of their own."""
        if self._panel is None:
            return
        zoom = int(self._sizes.choice) / 100 if self.projector.isChecked() else 1.0
        look = replace(self._theme.look, scale=self._theme.scale * zoom)
        self._panel.setStyleSheet(style_sheet(look) if zoom > 1 else "")
        self._panel.set_zoom(zoom)
        self._panel.set_cards_alone(zoom > 1)

    @Slot(bool)
    def _on_projector(self, is_on: bool) -> None:
        self._sizes.setVisible(is_on)
        self._zoom()

    @Slot(str)
    def _on_size(self, _choice: str) -> None:
        self._zoom()

    @Slot()
    def _on_look(self) -> None:
        look = self._panel.look if self._panel else None
        self._scenario.set_text(self._panel.scenario_title if self._panel and look else _("not running"))
        self._clock.show_clock(look.clock if look else None)
        self._products.set_text(
            _("{count_of} on this computer").format(count_of=count_of(look.products, "simulated product"))
            if look
            else ""
        )

    @override
    def focusNextPrevChild(self, next: bool) -> bool:
        """Tab goes as one reads, from the header to the footer."""
        return step_focus((self.menuWidget(), self.centralWidget(), self.statusBar(), self), is_forward=next)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        """Give the panel back as it came."""
        panel = self._panel
        if panel is not None:
            self.projector.setChecked(False)
            panel.look_changed.disconnect(self._on_look)
            self._panel = None
            panel.tell_clock(True)
            self.takeCentralWidget()
            self.put_back.emit(panel)
        super().closeEvent(event)
