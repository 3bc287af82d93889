"""The page that is shown while nothing is open: begin, go on, or take a template."""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from tocsin.base.texts import _
from tocsin.services.lab_desk import LabScenario
from tocsin.services.library import FileLook, Fits, ShippedPlaybook
from tocsin.ui.asking import Asking
from tocsin.ui.dialogs.connect_card import ConnectCard
from tocsin.ui.dialogs.gallery import Gallery
from tocsin.ui.dialogs.paste_card import PasteCard
from tocsin.ui.dialogs.template_card import LEAST_CARD_WIDTH
from tocsin.ui.dialogs.tour_card import TourCard
from tocsin.ui.dialogs.welcome_card import ChoiceRow, SoftTile, plain_label
from tocsin.ui.ports import LibraryPort
from tocsin.ui.run_dock.words import date_words
from tocsin.ui.theme import Theme
from tocsin.ui.theme.icons import EDGE
from tocsin.ui.widgets.button_icon import show_icon
from tocsin.ui.widgets.elided_label import ElidedLabel
from tocsin.ui.widgets.plain_tip import plain_tip

LEFT_WIDTH: Final = 416
LOGO: Final = (46, 24)
SIDE_BY_SIDE: Final = 940
"""Narrower pages put everything into one column."""
MARGINS: Final = (24, 86)
"""The least and the most free width at the left."""
TOP: Final = 34
GAP: Final = 40
MOST_RECENT: Final = 6
SCENARIO_COLUMNS: Final = 3
SAFE: Final = _("Simulated products on this computer; nothing real is touched")


class WelcomePage(QFrame):
    """What to begin with.

    Signals:
        new_requested: Begin an empty playbook.
        open_requested: Ask for a file.
        template_chosen: The id of the shipped playbook to begin a copy of.
        recent_chosen: The Path to open again.
        alert_pasted: A PastedStart: the template, and the event it can start with.
        scenario_chosen: The id of the scenario that the Lab shall play.
        connect_requested: Connect a product.
        tour_requested: Take the tour.
    """

    new_requested = Signal()
    open_requested = Signal()
    template_chosen = Signal(str)
    recent_chosen = Signal(object)
    alert_pasted = Signal(object)
    scenario_chosen = Signal(str)
    connect_requested = Signal()
    tour_requested = Signal()

    def __init__(self, theme: Theme, library: LibraryPort, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("welcome")
        self._theme = theme
        self._library = library
        self._templates: tuple[ShippedPlaybook, ...] = ()
        self._is_filled = False
        self._asking = Asking(self)
        self.paste = PasteCard(theme, self)
        self.paste.text_given.connect(self._on_text)
        self.paste.sample_asked.connect(self._on_sample)
        self.paste.start_chosen.connect(self.alert_pasted)
        self.connecting = ConnectCard(theme, self)
        self.connecting.connect_requested.connect(self.connect_requested)
        self.connecting.hide()
        self.tour = TourCard(theme, self)
        self.tour.tour_requested.connect(self.tour_requested)
        self.gallery = Gallery(theme, self)
        self.gallery.chosen.connect(self.template_chosen)
        self._recent = _Group(_("Recent"), self)
        self._scenarios = _Group(_("Lab scenarios to practise on"), self, gap=16, remark=SAFE)
        self._halves = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._divider = QFrame(self)
        self._divider.setObjectName("welcome-divider")
        self._arrange()
        self.set_recent(())
        self._scenarios.show_rows(())

    @property
    def recent(self) -> list[ChoiceRow]:
        """The files that can be opened again, the last one first."""
        return self._recent.rows

    @property
    def scenarios(self) -> list[ChoiceRow]:
        """The scenarios that can be chosen."""
        return self._scenarios.rows

    def set_recent(self, paths: Iterable[Path]) -> None:
        """List the files that were open, the last one first: at once by their names, and then as they look."""
        shown = list(paths)[:MOST_RECENT]
        rows: list[ChoiceRow] = []
        for path in shown:
            row = ChoiceRow(self._theme, "network", (path.stem, _folder_words(path.parent)), self)
            row.setToolTip(plain_tip(str(path)))
            row.clicked.connect(partial(self.recent_chosen.emit, path))
            rows.append(row)
        self._recent.show_rows(rows)
        if shown:
            self._asking.ask(self._library.looks_of(shown), partial(self._on_looks, rows))

    def _arrange(self) -> None:
        body = QWidget(self)
        body.setObjectName("welcome-body")
        body.setLayout(self._halves)
        left = QWidget(body)
        left.setFixedWidth(LEFT_WIDTH)
        self._fill_left(QVBoxLayout(left))
        right = QWidget(body)
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        column.addWidget(self.gallery)
        column.addSpacing(6)
        column.addWidget(self._scenarios)
        column.addStretch(1)
        self._divider.setFixedWidth(1)
        self._halves.setSpacing(GAP)
        self._halves.addWidget(left, 0, Qt.AlignmentFlag.AlignTop)
        self._halves.addWidget(self._divider)
        self._halves.addWidget(right, 1)
        scroll = QScrollArea(self)
        scroll.setAccessibleName(_("Welcome"))
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(body)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scroll)

    def _fill_left(self, column: QVBoxLayout) -> None:
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(plain_label(_("Welcome to Tocsin"), "welcome-title", self))
        words.addWidget(plain_label(_("Draw it, rehearse it, then run it."), "welcome-words", self))
        head = QHBoxLayout()
        head.setSpacing(14)
        head.addWidget(SoftTile(self._theme, "bell", LOGO, self))
        head.addLayout(words, 1)
        self.new, self.open = QPushButton(_("New playbook"), self), QPushButton(_("Open…"), self)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        for button, asked in ((self.new, self.new_requested), (self.open, self.open_requested)):
            button.setAutoDefault(False)
            button.clicked.connect(asked)
            buttons.addWidget(button, 1)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addLayout(head)
        column.addSpacing(2)
        column.addWidget(self.paste)
        column.addWidget(self.connecting)
        column.addWidget(self.tour)
        column.addLayout(buttons)
        column.addSpacing(8)
        column.addWidget(self._recent)
        column.addStretch(1)
        self._theme.changed.connect(self._tint)
        self._tint()

    @Slot()
    def _tint(self) -> None:
        show_icon(self.new, self._theme.icon("plus"), self._theme.px(EDGE))
        show_icon(self.open, self._theme.icon("folder"), self._theme.px(EDGE))

    def _on_templates(self, templates: tuple[ShippedPlaybook, ...]) -> None:
        self._templates = templates
        self.gallery.show_templates(templates)
        self.paste.sample.setVisible(any(shipped.sample is not None for shipped in templates))

    def _on_scenarios(self, scenarios: tuple[LabScenario, ...]) -> None:
        rows: list[ChoiceRow] = []
        for scenario in scenarios:
            words = scenario.title, _("{hosts} hosts, {users} users").format(hosts=scenario.hosts, users=scenario.users)
            row = ChoiceRow(self._theme, scenario.icon, words, self)
            row.set_framed(True)
            row.clicked.connect(partial(self.scenario_chosen.emit, scenario.id))
            rows.append(row)
        self._scenarios.show_rows(rows)
        self._fit()

    def _on_looks(self, rows: list[ChoiceRow], looks: tuple[FileLook, ...]) -> None:
        if rows == self.recent:
            for row, look in zip(rows, looks, strict=True):
                row.set_words(look.name, _look_words(look))

    def _on_fits(self, fits: Fits) -> None:
        self.paste.show_fits(fits)

    @Slot(str)
    def _on_text(self, text: str) -> None:
        self._asking.ask(self._library.match(text), self._on_fits)

    @Slot()
    def _on_sample(self) -> None:
        sample = next((shipped.sample for shipped in self._templates if shipped.sample is not None), None)
        self.paste.give_text(json.dumps(sample, indent=2, ensure_ascii=False))

    def _fit(self) -> None:
        """Lay everything out for the width there is."""
        is_wide = self.width() >= SIDE_BY_SIDE
        least, most = MARGINS
        left = max(least, min(most, round(self.width() * 0.06))) if is_wide else least
        right = max(least, left // 2)
        self._halves.setDirection(QBoxLayout.Direction.LeftToRight if is_wide else QBoxLayout.Direction.TopToBottom)
        self._halves.setContentsMargins(left, TOP, right, 24)
        self._divider.setVisible(is_wide)
        room = self.width() - left - right - (LEFT_WIDTH + 2 * GAP if is_wide else 0)
        self._scenarios.set_columns(max(1, min(SCENARIO_COLUMNS, room // LEAST_CARD_WIDTH)))

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not self._is_filled:
            self._is_filled = True
            self._asking.ask(self._library.playbooks(), self._on_templates)
            self._asking.ask(self._library.scenarios(), self._on_scenarios)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()


class _Group(QWidget):
    """A heading with rows under it; hidden while there are none."""

    def __init__(self, title: str, parent: QWidget, *, gap: int = 4, remark: str = "") -> None:
        super().__init__(parent)
        self.rows: list[ChoiceRow] = []
        self._columns = 1
        head = QHBoxLayout()
        head.addWidget(plain_label(title, "title", self))
        head.addStretch(1)
        head.addWidget(ElidedLabel(remark, self, role="quiet"))
        self._grid = QGridLayout()
        self._grid.setSpacing(gap)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(head)
        column.addLayout(self._grid)

    def show_rows(self, rows: Iterable[ChoiceRow]) -> None:
        """Show these rows in place of those before."""
        for row in self.rows:
            row.hide()
            row.deleteLater()
        self.rows = list(rows)
        self._lay_out()
        self.setVisible(bool(self.rows))

    def set_columns(self, columns: int) -> None:
        """Put so many rows side by side."""
        if columns != self._columns:
            self._columns = columns
            self._lay_out()

    def _lay_out(self) -> None:
        while self._grid.takeAt(0) is not None:
            pass
        for column in range(SCENARIO_COLUMNS):
            self._grid.setColumnStretch(column, 1 if column < self._columns else 0)
        for place, row in enumerate(self.rows):
            self._grid.addWidget(row, place // self._columns, place % self._columns)


def _look_words(look: FileLook) -> str:
    """Return where a file is and when it was written."""
    folder = _folder_words(look.path.parent)
    if not look.edited:
        return _("{folder}, not there or unreadable").format(folder=folder)
    return _("{folder}, edited {when}").format(folder=folder, when=date_words(look.edited))


def _folder_words(folder: Path) -> str:
    """Name a folder as a person does: their own folder is “~”."""
    home = Path.home()
    return f"~/{folder.relative_to(home).as_posix()}" if folder.is_relative_to(home) else str(folder)
