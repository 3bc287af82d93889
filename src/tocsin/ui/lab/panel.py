"""The Lab's panel: scenarios at the left, the products, what a run changed at the right; or all of it under tabs."""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum
from functools import partial
from typing import Final

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QAction, QGuiApplication, QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from tocsin.base.errors import TocsinError
from tocsin.base.json_types import Json
from tocsin.base.texts import _
from tocsin.expressions.indicators import defang
from tocsin.services.lab_desk import LabFault, LabLook, LabScenario
from tocsin.ui.asking import Asking
from tocsin.ui.lab.board import Board, TabbedBoard
from tocsin.ui.lab.card import UNBOUND
from tocsin.ui.lab.card_menu import CardDeed, CardMenu, CardSpot
from tocsin.ui.lab.changes import undo_of
from tocsin.ui.lab.changes_view import ChangesView
from tocsin.ui.lab.products import MAIN
from tocsin.ui.lab.report import Told, report_of
from tocsin.ui.lab.run_line import RunLine
from tocsin.ui.lab.side import LabActs, LabSide
from tocsin.ui.lab.start_over import ask_to_start_over
from tocsin.ui.ports import LabPort
from tocsin.ui.theme import Look, Theme
from tocsin.ui.widgets.action_button import ActionButton
from tocsin.ui.widgets.empty_state import EmptyState
from tocsin.ui.widgets.icon_button import IconButton

POLL_MS: Final = 500
SIDE_WIDTH: Final = 244
CHANGES_WIDTH: Final = 282
WIDE: Final = (1040, 420)
"""Least size, at the text size of 100 %, for everything side by side."""
CARDS: Final = (560, 320)
"""The same for the cards alone."""
FORWARD_SECONDS: Final = 600
FIRST_TABS: Final = len(MAIN)
"""After so many cards come the changes and the scenario."""
NOT_RUNNING: Final = _("The Lab is not running.")
STARTING: Final = _("The Lab starts…")
START: Final = _("Start Lab")


class Arrangement(StrEnum):
    """How the parts lie."""

    WIDE = "wide"
    TABS = "tabs"
    CARDS = "cards"


class LabPanel(QFrame):
    """Shows the one Lab of this process. Looks at it only while it can be seen, and starts it only when asked.

    Signals:
        alert_injected: The event that a run starts with, as the SIEM tells the alert that came in.
        run_chosen: The id of a run that the person wants to see.
        undo_requested: The id of a run whose changes are to be taken back.
        change_undo_requested: The LabUndo of one change of a run.
        report_requested: The LabReport that shall be kept.
        look_changed: The LabLook that is shown now, or None when no Lab runs.
        failed: The TocsinError that came of something the person asked for.
    """

    alert_injected = Signal(object)
    run_chosen = Signal(str)
    undo_requested = Signal(str)
    change_undo_requested = Signal(object)
    report_requested = Signal(object)
    look_changed = Signal(object)
    failed = Signal(object)

    def __init__(self, theme: Theme, lab: LabPort, parent: QWidget | None = None, *, you: str = "") -> None:
        super().__init__(parent)
        self._you = you
        self.setObjectName("lab-panel")
        self.setProperty("role", "panel")
        self._followed, self._zoom = theme, 1.0
        self._theme = Theme(theme.look, self)
        theme.changed.connect(self._follow)
        self._lab = lab
        self._look: LabLook | None = None
        self._scenarios: tuple[LabScenario, ...] = ()
        self._is_asking = self._is_busy = self._are_cards_alone = False
        self._undos_of: tuple[object, ...] = ()
        self._asking = Asking(self)
        self._asking.failed.connect(self._on_failed)
        self._poll = QTimer(self, interval=POLL_MS)
        self._poll.timeout.connect(self._ask_for_look)
        self._make_actions()
        self._make_parts()
        self._arrangement = Arrangement.TABS
        self._lie(Arrangement.WIDE)
        self._show_state()

    @property
    def look(self) -> LabLook | None:
        """What is shown, or None when no Lab runs."""
        return self._look

    @property
    def arrangement(self) -> Arrangement:
        """How the parts lie now."""
        return self._arrangement

    @property
    def scenario_title(self) -> str:
        """The title of what is played, or ""."""
        playing = self._look.scenario if self._look else ""
        return next((one.title for one in self._scenarios if one.id == playing), playing)

    def tell_clock(self, is_told: bool) -> None:
        """Tell the world's time over the cards; not where a header does."""
        self._line.clock.setVisible(is_told)

    def show_run(self, run: str | None) -> None:
        """Show what a run changed; None is the one that changed something last."""
        self._changes.show_run(run)

    def set_zoom(self, zoom: float) -> None:
        """Draw everything so much larger than at the window's text size."""
        self._zoom = zoom
        self._follow()

    def set_cards_alone(self, are_alone: bool) -> None:
        """Show the products and nothing beside them, as for a projector."""
        self._are_cards_alone = are_alone
        self._fit()

    @Slot()
    def start(self) -> None:
        """Start the Lab where none runs."""
        self._ask_to_play(None)

    @Slot()
    def inject(self) -> None:
        """Let the scenario's alert come in; `alert_injected` tells it."""
        self._set_busy(True)
        self._asking.ask(self._lab.inject(), self._on_injected)

    @Slot()
    def go_forward(self) -> None:
        """Let ten minutes go by in the world."""
        self._set_busy(True)
        self._asking.ask(self._lab.put_forward(FORWARD_SECONDS), self._on_answer)

    @Slot()
    def ask_reset(self) -> None:
        """Put the world back, after asking."""
        question = _("Put “{scenario_title}” back to its start?").format(scenario_title=self.scenario_title)
        ask_to_start_over(question, _("Reset Lab"), on_agreed=self._reset, parent=self)

    def play(self, scenario: str) -> None:
        """Let the Lab play a scenario: started with it, or, after asking, put to its start."""
        if self._look is None or self._look.scenario == scenario:
            self._ask_to_play(scenario)
            return
        title = next((one.title for one in self._scenarios if one.id == scenario), scenario)
        agreed = partial(self._ask_to_play, scenario)
        ask_to_start_over(_("Begin “{title}”?").format(title=title), _("Begin scenario"), on_agreed=agreed, parent=self)

    def _make_actions(self) -> None:
        self._inject = QAction(_("Inject alert"), self)
        self._inject.setObjectName("lab-inject")
        self._inject.triggered.connect(self.inject)
        self._forward = QAction(_("Skip 10 min"), self)
        self._forward.setObjectName("lab-forward")
        self._forward.triggered.connect(self.go_forward)
        self._reset_action = QAction(_("Reset Lab…"), self)
        self._reset_action.setObjectName("lab-reset")
        self._reset_action.triggered.connect(self.ask_reset)

    def _make_parts(self) -> None:
        theme = self._theme
        self._empty = EmptyState(theme, "flask-conical", NOT_RUNNING, START, self)
        self._empty.asked.connect(self.start)
        self._line = RunLine(theme, self._you, self)
        self._line.run_asked.connect(self.run_chosen)
        self._side = LabSide(theme, LabActs(self._inject, self._forward, self._reset_action), self)
        self._side.scenario_asked.connect(self._on_scenario)
        self._side.failures.plant_asked.connect(self._on_plant)
        self._side.failures.lift_asked.connect(self._on_lift)
        self._board = Board(theme, self)
        self._board.inject_asked.connect(self.inject)
        self._board.menu_asked.connect(self._on_menu_asked)
        self._board.cards_added.connect(self._on_cards_added)
        self._board.requests.search_asked.connect(self._ask_for_requests)
        self._changes = ChangesView(theme, self, you=self._you)
        self._changes.run_shown.connect(self._on_run_shown)
        self._changes.undo_asked.connect(self.undo_requested)
        self._changes.change_undo_asked.connect(self.change_undo_requested)
        self._changes.report_asked.connect(self._on_report)
        self._tabs = TabbedBoard(self)
        self._tabs.head.addWidget(ActionButton(self._inject, self._theme, role="primary", parent=self._tabs))
        reset = IconButton(theme, "rotate-cw", _("Reset Lab"), parent=self._tabs)
        reset.follow(self._reset_action)
        self._tabs.head.addWidget(reset)
        self._row = QHBoxLayout()
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(0)
        wide = QWidget(self)
        wide.setLayout(self._row)
        self._pages = QStackedWidget(self)
        for page in (self._empty, wide, self._tabs):
            self._pages.addWidget(page)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._line)
        column.addWidget(self._pages, 1)

    @Slot()
    def _follow(self) -> None:
        look: Look = self._followed.look
        self._theme.set_look(replace(look, scale=look.scale * self._zoom))
        self._fit()

    def _fit(self) -> None:
        width, height = CARDS if self._are_cards_alone else WIDE
        has_room = self.width() >= self._theme.px(width) and self.height() >= self._theme.px(height)
        if not has_room:
            self._lie(Arrangement.TABS)
        else:
            self._lie(Arrangement.CARDS if self._are_cards_alone else Arrangement.WIDE)
        for part, width in ((self._side, SIDE_WIDTH), (self._changes, CHANGES_WIDTH)):
            part.setMinimumWidth(self._theme.px(width) if has_room else 0)
            part.setMaximumWidth(self._theme.px(width) if has_room else UNBOUND)

    def _lie(self, arrangement: Arrangement) -> None:
        if arrangement is self._arrangement:
            return
        self._arrangement = arrangement
        self._tabs.let_all_go()
        if arrangement is Arrangement.TABS:
            self._fill_tabs()
        else:
            self._board.take_back()
            for part, stretch in ((self._side, 0), (self._board, 1), (self._changes, 0)):
                self._row.addWidget(part, stretch)
                part.setVisible(part is self._board or arrangement is Arrangement.WIDE)
        self._show_page()

    def _fill_tabs(self) -> None:
        for title, card in self._board.give_away():
            self._tabs.take(title, card)
        self._tabs.take(_("Changes"), self._changes, at=FIRST_TABS)
        self._tabs.take(_("Scenario"), self._side, at=FIRST_TABS + 1)

    @Slot()
    def _on_cards_added(self) -> None:
        if self._arrangement is Arrangement.TABS:
            self._tabs.let_all_go()
            self._fill_tabs()

    def _show_page(self) -> None:
        page = 0 if self._look is None else 2 if self._arrangement is Arrangement.TABS else 1
        self._pages.setCurrentIndex(page)
        self._line.setVisible(self._look is not None and self._arrangement is not Arrangement.CARDS)

    def _show_state(self) -> None:
        """Let the actions and the empty state tell what is so."""
        for action in (self._inject, self._forward, self._reset_action):
            action.setEnabled(self._look is not None and not self._is_busy)
        self._empty.set_line(STARTING if self._is_busy else NOT_RUNNING)
        self._empty.set_action("" if self._is_busy else START)
        self._show_page()

    def _set_busy(self, is_busy: bool) -> None:
        self._is_busy = is_busy
        self._show_state()

    @Slot()
    def _ask_for_look(self) -> None:
        if not self._is_asking:
            self._is_asking = True
            self._asking.ask(self._lab.look(), self._on_look)

    def _ask_to_play(self, scenario: str | None) -> None:
        self._set_busy(True)
        self._asking.ask(self._lab.start(scenario), self._on_answer)

    def _reset(self) -> None:
        self._set_busy(True)
        self._asking.ask(self._lab.reset(), self._on_answer)

    def _on_look(self, look: LabLook | None) -> None:
        self._is_asking = False
        if look is self._look:
            return
        was_off, self._look = self._look is None, look
        if look is not None:
            self._side.show_look(look)
            self._board.show_look(look)
            self._ask_for_requests()
        if look is not None and was_off:
            self._asking.ask(self._lab.failing(), self._side.failures.show_products)
        self._changes.show_look(look)
        self._show_state()
        self.look_changed.emit(look)

    def _on_answer(self, look: LabLook | None) -> None:
        self._is_busy = False
        self._on_look(look)
        self._show_state()

    def _on_injected(self, event: Json) -> None:
        self._set_busy(False)
        self._ask_for_look()
        self.alert_injected.emit(event)

    def _on_scenarios(self, scenarios: tuple[LabScenario, ...]) -> None:
        self._scenarios = scenarios
        self._side.show_scenarios(scenarios)
        if self._look is not None:
            self._side.show_look(self._look)
        self.look_changed.emit(self._look)

    @Slot()
    def _on_run_shown(self) -> None:
        """Tell of the run that is shown, and look whether it can be taken back, when that may be another now."""
        look, run = self._look, self._changes.lab_run
        self._line.show_run(look, run, self._changes.changes)
        standing = look.standings.get(run.run) if look is not None and run is not None else None
        if look is None or run is None or standing is None or not standing.is_over:
            return
        wanted = (run.run, standing, look.changes)
        if wanted != self._undos_of:
            self._undos_of = wanted
            self._asking.ask(self._lab.undos(run.run), partial(self._changes.show_undos, run.run))
            self._asking.ask(self._lab.left_alone(run.run), partial(self._changes.show_left_alone, run.run))

    @Slot()
    def _on_report(self) -> None:
        run = self._changes.lab_run
        if self._look is not None and run is not None:
            told = Told(self._look, run, self.scenario_title, self._changes.undos, self._you)
            self.report_requested.emit(report_of(told))

    @Slot()
    def _ask_for_requests(self) -> None:
        requests = self._board.requests
        self._asking.ask(self._lab.requests(requests.wanted), requests.show_requests)

    @Slot(object)
    def _on_menu_asked(self, spot: CardSpot) -> None:
        undo = undo_of(self._look, spot.row) if self._look is not None and spot.row is not None else None
        menu = CardMenu(self._theme, spot, undo, self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.triggered.connect(partial(self._on_deed, menu))
        if undo is not None:
            Asking(menu).ask(self._lab.undos(undo.run), menu.show_undos)
        menu.popup(spot.at)

    def _on_deed(self, menu: CardMenu, action: QAction) -> None:
        match action.data():
            case CardDeed.COPY:
                QGuiApplication.clipboard().setText(defang(menu.spot.text))
            case CardDeed.UNDO:
                self.change_undo_requested.emit(menu.undo)
            case CardDeed.FAIL:
                self._tabs.show_page(self._side)
                self._side.show_failures_of(menu.spot.product)
            case _:
                self._tabs.show_page(self._board.requests)
                self._board.show_requests_of(menu.spot.product)

    @Slot(object)
    def _on_plant(self, fault: LabFault) -> None:
        self._asking.ask(self._lab.plant(fault), self._on_answer)

    @Slot(object)
    def _on_lift(self, fault: LabFault) -> None:
        self._asking.ask(self._lab.lift(fault), self._on_answer)

    @Slot(object)
    def _on_scenario(self, scenario: LabScenario) -> None:
        self.play(scenario.id)

    @Slot(object)
    def _on_failed(self, error: TocsinError) -> None:
        self._is_asking = False
        self._set_busy(False)
        self.failed.emit(error)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not self._scenarios:
            self._asking.ask(self._lab.scenarios(), self._on_scenarios)
        self._ask_for_look()
        self._poll.start()

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._poll.stop()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()
