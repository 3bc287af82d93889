"""The page of one run: facts, what may have happened, what waits, the timeline, the scrubber, one step closely."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSplitter, QVBoxLayout, QWidget
from typing_extensions import override

from tocsin.base.texts import _
from tocsin.engine.events import LIVE, static_id
from tocsin.ui.run_dock.facts import facts_of
from tocsin.ui.run_dock.facts_grid import FactsGrid
from tocsin.ui.run_dock.items import Find
from tocsin.ui.run_dock.kept_values import KeptValues, plain_value
from tocsin.ui.run_dock.scrubber import Scrubber
from tocsin.ui.run_dock.step_view import StepView
from tocsin.ui.run_dock.tape import RunTape
from tocsin.ui.run_dock.timeline import Timeline
from tocsin.ui.run_dock.unsure import UnsureChange, unsure_changes
from tocsin.ui.run_dock.unsure_card import UnsureCard
from tocsin.ui.run_dock.waiting_list import WaitingLine, WaitingList, waiting_lines
from tocsin.ui.theme import Theme
from tocsin.ui.widgets.short_scroll import ShortScroll

MOST_CARDS: Final = 2
UPPER: Final = 590
LOWER: Final = 236
WIDE: Final = 1.6
"""Where it is so much wider than high, the step stands beside the timeline instead of under it."""


class RunPage(QWidget):
    """Shows the run on a tape where its playhead is.

    Signals:
        node_chosen: The id of the step that a person chose.
        moment_changed: How many events are seen now.
        answered: Answer, to a question whether a change happened.
        question_chosen: The id of an open question whose card is to be shown.
        undo_requested: The id of the run, whose changes are to be taken back.
    """

    node_chosen = Signal(str)
    moment_changed = Signal(int)
    answered = Signal(object)
    question_chosen = Signal(str)
    undo_requested = Signal(str)

    def __init__(self, theme: Theme, values: KeptValues | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._find: Find = values.find if values is not None else plain_value
        self._tape: RunTape | None = None
        self._cards: dict[str, UnsureCard] = {}
        self._elsewhere: tuple[WaitingLine, ...] = ()
        self._facts = FactsGrid(theme, self)
        self._undo = QPushButton(_("Undo all…"), self)
        self._more = QLabel(self)
        self._more.setProperty("role", "hint")
        self._waiting = WaitingList(theme, self)
        self._timeline = Timeline(theme, self)
        self._scrubber = Scrubber(theme, self)
        self._step = StepView(theme, values, self)
        self._split = QSplitter(Qt.Orientation.Vertical, self)
        self._cards_column = QVBoxLayout()
        self._arrange()
        self._connect()

    @property
    def timeline(self) -> Timeline:
        """Steps over time."""
        return self._timeline

    @property
    def scrubber(self) -> Scrubber:
        """Moves the playhead."""
        return self._scrubber

    @property
    def step(self) -> StepView:
        """The chosen step."""
        return self._step

    @property
    def facts(self) -> FactsGrid:
        """The facts of the run."""
        return self._facts

    @property
    def undo_button(self) -> QPushButton:
        """Takes back what the run changed; hidden while it is on, and where it changed nothing."""
        return self._undo

    @property
    def cards(self) -> tuple[UnsureCard, ...]:
        """What may have happened."""
        return tuple(self._cards.values())

    @property
    def waiting(self) -> WaitingList:
        """The open questions, where there are several."""
        return self._waiting

    def set_tape(self, tape: RunTape) -> None:
        """Show another run."""
        self._tape = tape
        self._timeline.set_subject(tape.subject, self._find)
        self._step.clear()
        self._scrubber.set_playback(tape.playback)

    def refresh(self, now: int) -> None:
        """Show how the run stands where the playhead is; `now` is UTC microseconds."""
        tape = self._tape
        if tape is None:
            return
        moment = tape.moment
        is_live = tape.is_at_end and tape.is_on
        end = max(now, tape.playback.last) if tape.is_on else tape.playback.last
        seen = end if is_live else tape.playback.moment
        self._timeline.show_moment(moment, end=end, playhead=seen)
        self._scrubber.refresh(seen, is_on=tape.is_on)
        found = self._find(moment.details.origin.input)
        self._facts.show_facts(facts_of(tape.subject, moment, found.value if found.is_there else None))
        latest = tape.latest.progress
        can_undo = not tape.is_on and not tape.is_imported and latest.mode == LIVE
        self._undo.setVisible(can_undo and bool(latest.changes))
        self._show_cards(unsure_changes(tape.subject, moment, self._find), now)
        questions = moment.progress.questions.values() if is_live else ()
        asked = [question for question in questions if question.kind != "uncertain"]
        self._waiting.show_lines(waiting_lines(asked, self._elsewhere))
        if self._step.path:
            self._step.show_step(self._step.path, tape.subject, moment)

    def show_node(self, node: str) -> None:
        """Choose a step's row; of a step in a loop that of its worst item."""
        tape = self._tape
        if tape is None or (self._step.path and static_id(self._step.path) == node):
            return
        progress = tape.moment.progress
        paths = progress.paths_of(node) or (node,)
        worst = progress.status_of(node)
        path = next((path for path in paths if progress.status_at(path) == worst), paths[0])
        self._choose(path)

    def set_elsewhere(self, lines: Sequence[WaitingLine]) -> None:
        """Keep what other tabs ask, for the list of open questions; `refresh` shows it."""
        self._elsewhere = tuple(lines)

    def allow_answer(self) -> None:
        """Let the person answer again: what they chose was not taken."""
        for card in self._cards.values():
            card.allow_answer()

    def rename_items(self) -> None:
        """Say more of what was too large for events: it has been loaded."""
        self._timeline.rename_items()

    def _choose(self, path: str) -> None:
        if self._tape is not None:
            self._timeline.choose(path)
            self._step.show_step(path, self._tape.subject, self._tape.moment)

    def _show_cards(self, changes: Sequence[UnsureChange], now: int) -> None:
        wanted = {change.path: change for change in changes[:MOST_CARDS]}
        for path in [path for path in self._cards if path not in wanted]:
            card = self._cards.pop(path)
            self._cards_column.removeWidget(card)
            card.hide()
            card.deleteLater()
        for path, change in wanted.items():
            if path not in self._cards:
                self._cards[path] = self._make_card(change)
            self._cards[path].show_change(change, now=now)
        rest = len(changes) - len(wanted)
        self._more.setText(_("{rest} more may have happened").format(rest=rest) if rest else "")
        self._more.setVisible(bool(rest))

    def _make_card(self, change: UnsureChange) -> UnsureCard:
        card = UnsureCard(self._theme, change, self)
        card.answered.connect(self.answered)
        card.node_requested.connect(self._on_card_node)
        self._cards_column.insertWidget(self._cards_column.count() - 1, card)
        return card

    def _arrange(self) -> None:
        upper, told = QWidget(self), QWidget(self)
        column, words = QVBoxLayout(upper), QVBoxLayout(told)
        for layout in (column, words):
            layout.setContentsMargins(0, 0, 0, 0)
            layout.setSpacing(0)
        self._undo.setProperty("small", True)
        self._undo.setAutoDefault(False)
        self._undo.setToolTip(_("Shows what would be taken back, and asks"))
        head = QHBoxLayout()
        head.setContentsMargins(0, 0, 14, 0)
        head.addWidget(self._facts, 1)
        head.addWidget(self._undo, 0, Qt.AlignmentFlag.AlignBottom)
        words.addLayout(head)
        self._cards_column.setContentsMargins(14, 0, 14, 8)
        self._cards_column.setSpacing(8)
        self._cards_column.addWidget(self._more)
        self._more.hide()
        words.addLayout(self._cards_column)
        words.addWidget(self._waiting)
        column.addWidget(ShortScroll(told, upper))
        for widget in (_line(upper), self._timeline, _line(upper), self._scrubber):
            column.addWidget(widget, 1 if widget is self._timeline else 0)
        self._split.addWidget(upper)
        self._split.addWidget(self._step)
        self._split.setStretchFactor(0, 1)
        self._split.setSizes([UPPER, LOWER])
        self._split.setChildrenCollapsible(False)
        self._split.setHandleWidth(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._split)

    def _connect(self) -> None:
        self._undo.clicked.connect(self._on_undo)
        self._timeline.path_chosen.connect(self._on_path)
        self._timeline.node_chosen.connect(self.node_chosen)
        self._step.path_chosen.connect(self._on_item)
        self._scrubber.index_changed.connect(self.moment_changed)
        self._waiting.question_chosen.connect(self.question_chosen)

    @Slot()
    def _on_undo(self) -> None:
        if self._tape is not None:
            self.undo_requested.emit(self._tape.latest.progress.run)

    @Slot(str)
    def _on_path(self, path: str) -> None:
        if self._tape is not None:
            self._step.show_step(path, self._tape.subject, self._tape.moment)

    @Slot(str)
    def _on_item(self, path: str) -> None:
        self._choose(path)
        self.node_chosen.emit(static_id(path))

    @Slot(str)
    def _on_card_node(self, node: str) -> None:
        self.show_node(node)
        self.node_chosen.emit(node)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._scrubber.handle_key(event):
            super().keyPressEvent(event)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        is_wide = self.width() > WIDE * self.height()
        self._split.setOrientation(Qt.Orientation.Horizontal if is_wide else Qt.Orientation.Vertical)


def _line(parent: QWidget) -> QFrame:
    line = QFrame(parent)
    line.setProperty("role", "line")
    line.setFixedHeight(1)
    return line
