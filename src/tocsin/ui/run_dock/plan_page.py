"""The page of a rehearsal: what would happen, step by step, and what may be done about it (visual-design.md §9)."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from PySide6.QtCore import QModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from tocsin.base.texts import _
from tocsin.engine.events import REHEARSE, RunStatus
from tocsin.ui.canvas.looks import Look
from tocsin.ui.run_dock.badge import Badge
from tocsin.ui.run_dock.layouts import empty
from tocsin.ui.run_dock.plan import NOTHING, CountKind, Plan, PlanRow, make_plan
from tocsin.ui.run_dock.plan_file import PlanHead
from tocsin.ui.run_dock.plan_rows import ROW_ROLE, PlanModel, make_list
from tocsin.ui.run_dock.tape import RunTape
from tocsin.ui.run_dock.words import clock_words, short_run
from tocsin.ui.theme import Theme, icon
from tocsin.ui.theme.icons import EDGE
from tocsin.ui.widgets.button_icon import show_icon
from tocsin.ui.widgets.chip import Chip, ChipFace, Tone
from tocsin.ui.widgets.elided_label import ElidedLabel
from tocsin.ui.widgets.empty_state import EmptyState
from tocsin.ui.widgets.words import Words

HARMLESS: Final = _("Nothing was changed and nothing was sent out.")
COUNTS: Final = {
    CountKind.READ: (Tone.SUCCEEDED, "check"),
    CountKind.CHANGE: (Tone.WOULD, "play"),
    CountKind.ASSUMED: (Tone.WOULD, "info"),
    CountKind.SKIPPED: (Tone.QUIET, "minus"),
}
SIDE: Final = 14
GAP: Final = 8
SAVE: Final = _("Save plan")
_ENDS: Final = {
    RunStatus.FAILED: _("It failed: what would follow is not known."),
    RunStatus.CANCELLED: _("It was stopped: what would follow is not known."),
}


class PlanPage(QWidget):
    """Shows the plan of the rehearsal on a tape.

    Signals:
        node_chosen: The id of the step that a person chose.
        timeline_requested: The same run is to be shown over time.
        rehearse_requested: It is to be rehearsed once more.
        run_requested: It is to be run for real.
        save_requested: It is to be written to a file.
    """

    node_chosen = Signal(str)
    timeline_requested = Signal()
    rehearse_requested = Signal()
    run_requested = Signal()
    save_requested = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._tape: RunTape | None = None
        self._plan = Plan()
        self._seen = -1
        self._name = ""
        self._badge = Badge(theme, Look.WOULD, self)
        self._title = ElidedLabel(parent=self, role="title")
        self._sentence, self._time = Words(parent=self), QLabel(self)
        self._chips = QHBoxLayout()
        self._model = PlanModel(self)
        self._list = make_list(theme, self._model, self)
        self._empty = EmptyState(theme, "play", NOTHING, _("Run for real…"), self)
        self._stack = QStackedWidget(self)
        self._timeline = self._button(_("Show timeline"), "link")
        self._save = self._button(SAVE)
        self._run = self._button(_("Run for real…"))
        self._again = self._button(_("Rehearse again"), "primary")
        self._save.setAccessibleName(SAVE)
        self._save.setToolTip(_("Writes the plan to a file"))
        self._arrange()
        self._connect()

    @property
    def plan(self) -> Plan:
        """What is shown."""
        return self._plan

    @property
    def model(self) -> PlanModel:
        """Its rows."""
        return self._model

    @property
    def chips(self) -> tuple[str, ...]:
        """What is counted, in words."""
        items = (self._chips.itemAt(place) for place in range(self._chips.count()))
        return tuple(chip.face.text for item in items if item and isinstance(chip := item.widget(), Chip))

    @property
    def text(self) -> str:
        """What stands over the plan."""
        return f"{self._title.text()}\n{self._sentence.text()}"

    @property
    def head(self) -> PlanHead:
        """What the plan is of, for its file."""
        origin = self._tape.latest.details.origin if self._tape is not None else None
        subject = self._tape.subject.playbook if self._tape is not None else None
        playbook = (origin.playbook if origin else "") or (subject.name or subject.id if subject else "")
        return PlanHead(self._name, playbook, origin.environment if origin else "", origin.at if origin else 0)

    def set_tape(self, tape: RunTape) -> None:
        """Show another rehearsal."""
        self._tape = tape
        self._seen = -1
        self._name = tape.subject.name or short_run(tape.latest.progress.run)
        self.refresh()

    def set_name(self, name: str) -> None:
        """Say what the rehearsal is called, “R-220”, once somebody knows."""
        self._name = name
        self._show_head()

    def refresh(self) -> None:
        """Show how far the rehearsal is; nothing where nothing has happened since."""
        tape = self._tape
        if tape is None or tape.latest.progress.mode != REHEARSE or self._seen == len(tape.events):
            return
        self._seen = len(tape.events)
        self._plan = make_plan(tape.subject, tape.events, tape.latest.progress)
        self._model.show_rows(self._plan.rows, tape.subject)
        self._show_head()
        self._show_counts()
        has_ended = not tape.is_on
        is_nothing = has_ended and not self._plan.rows
        self._stack.setCurrentWidget(self._empty if is_nothing else self._list)
        self._run.setHidden(is_nothing)  # it is in the middle then
        for button in (self._save, self._run, self._again):
            button.setEnabled(has_ended)

    def show_node(self, node: str) -> None:
        """Choose a step's row, of several the first."""
        current = self._list.currentIndex().data(ROW_ROLE)
        if isinstance(current, PlanRow) and current.node == node:
            return
        place = next((n for n, row in enumerate(self._model.rows) if row.node == node), -1)
        if place < 0:
            self._list.clearSelection()
            return
        self._list.setCurrentIndex(self._model.index(place, 0))

    def take_focus(self) -> None:
        """Put the focus where nothing is changed by it."""
        self._again.setFocus()

    def _show_head(self) -> None:
        tape = self._tape
        if tape is None:
            return
        progress = tape.latest.progress
        self._title.set_text(_("Rehearsal {name}: what would happen").format(name=self._name))
        end = _ENDS.get(progress.status, "")
        is_said = tape.is_on or self._plan.changes or end or not self._plan.rows
        known = "" if is_said else f" {NOTHING}"
        self._sentence.setText(f"{HARMLESS}{known}{f' {end}' if end else ''}")
        self._time.setText(clock_words(progress.ended_at or progress.started_at) if progress.started_at else "")

    def _show_counts(self) -> None:
        empty(self._chips)
        for kind, number in self._plan.counts:
            tone, picture = COUNTS[kind]
            self._chips.addWidget(Chip(self._theme, ChipFace(f"{number} {kind}", tone, picture), self))

    def _arrange(self) -> None:
        for label, role in ((self._sentence, "quiet"), (self._time, "quiet")):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setProperty("role", role)
        self._sentence.setWordWrap(True)
        self._stack.addWidget(self._list)
        self._stack.addWidget(self._empty)
        self._chips.setSpacing(6)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._head_row())
        column.addLayout(self._count_row())
        column.addWidget(_line(self))
        column.addWidget(self._stack, 1)
        column.addWidget(_line(self))
        column.addLayout(self._foot_row())

    def _head_row(self) -> QHBoxLayout:
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self._title)
        words.addWidget(self._sentence)
        row = QHBoxLayout()
        row.setContentsMargins(SIDE, 10, SIDE, 0)
        row.setSpacing(10)
        row.addWidget(self._badge)
        row.addLayout(words, 1)
        row.addWidget(self._timeline, 0, Qt.AlignmentFlag.AlignTop)
        return row

    def _count_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(SIDE, 8, SIDE, 10)
        row.addLayout(self._chips)
        row.addStretch(1)
        row.addWidget(self._time)
        return row

    def _foot_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(SIDE, 12, SIDE, 12)
        row.setSpacing(GAP)
        row.addWidget(self._save)
        row.addStretch(1)
        row.addWidget(self._run)
        row.addWidget(self._again)
        return row

    def _button(self, text: str, role: str = "") -> QPushButton:
        button = QPushButton(text, self)
        button.setObjectName(f"plan-{text.rstrip('…').lower().replace(' ', '-')}")
        button.setAutoDefault(False)
        if role:
            button.setProperty("role", role)
        return button

    def _connect(self) -> None:
        self._list.clicked.connect(self._on_row)
        self._list.activated.connect(self._on_row)
        self._timeline.clicked.connect(self.timeline_requested)
        self._save.clicked.connect(self.save_requested)
        self._run.clicked.connect(self.run_requested)
        self._empty.asked.connect(self.run_requested)
        self._again.clicked.connect(self.rehearse_requested)
        self._theme.changed.connect(self._on_theme_changed)
        self._on_theme_changed()

    @Slot()
    def _on_theme_changed(self) -> None:
        tokens, edge = self._theme.tokens, self._theme.px(EDGE)
        show_icon(self._save, icon("file-text", tokens, edge), edge)
        show_icon(self._again, icon("play", replace(tokens, text2=tokens.on_accent, ctl=tokens.text3), edge), edge)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let the first button show its picture alone where the three have no room."""
        super().resizeEvent(event)
        self._save.setText(SAVE)
        wanted = sum(button.sizeHint().width() for button in (self._save, self._run, self._again))
        if wanted + 2 * (SIDE + GAP) > self.width():
            self._save.setText("")

    @Slot(QModelIndex)
    def _on_row(self, index: QModelIndex) -> None:
        row = index.data(ROW_ROLE)
        if isinstance(row, PlanRow):
            self.node_chosen.emit(row.node)


def _line(parent: QWidget) -> QFrame:
    line = QFrame(parent)
    line.setProperty("role", "line")
    line.setFixedHeight(1)
    return line
