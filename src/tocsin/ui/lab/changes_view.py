"""“What this run changed”: each thing with its state before and after, when, and by which product."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QSignalBlocker, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from tocsin.services.lab_desk import LabLook
from tocsin.ui.lab.card import Tile
from tocsin.ui.lab.changes import RunChange, changes_of
from tocsin.ui.lab.state_chip import StateChip
from tocsin.ui.theme import Theme, icon_pixmap
from tocsin.ui.theme.icons import EDGE
from tocsin.ui.widgets.button_icon import show_icon
from tocsin.ui.widgets.empty_state import EmptyState
from tocsin.ui.widgets.words import Words

HEAD: Final = 40
NO_RUN: Final = "No run has changed anything here."
NOTHING: Final = "This run changed nothing."


class ChangeView(QFrame):
    """One change."""

    def __init__(self, theme: Theme, change: RunChange, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "lab-change")
        spoken = f"{change.title}: {change.before.words}, then {change.after.words}. {change.where}, {change.at}"
        self.setAccessibleName(spoken)
        self._theme = theme
        title = Words(change.title, self)
        title.setProperty("role", "lab-change-title")
        title.setWordWrap(True)
        caption = QLabel(f"{change.where} · {change.at}", self)
        caption.setTextFormat(Qt.TextFormat.PlainText)
        caption.setProperty("role", "lab-caption")
        self._then = QLabel(self)
        theme.changed.connect(self._tint)
        self._tint()
        states = QHBoxLayout()
        states.setSpacing(6)
        states.addWidget(StateChip(theme, change.before, self))
        states.addWidget(self._then)
        states.addWidget(StateChip(theme, change.after, self))
        states.addStretch(1)
        column = QVBoxLayout()
        column.setSpacing(4)
        column.addWidget(title)
        column.addLayout(states)
        column.addWidget(caption)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 10, 12, 10)
        row.setSpacing(12)
        row.addWidget(Tile(theme, change.icon, self), 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(column, 1)

    @Slot()
    def _tint(self) -> None:
        edge = self._theme.px(13)
        colour = self._theme.tokens.text2
        self._then.setPixmap(icon_pixmap("chevron-right", colour, edge, self.devicePixelRatioF()))


class ChangesView(QFrame):
    """The changes of one run, which is chosen here.

    Signals:
        run_asked: The id of the run that the person wants to see.
        undo_asked: The id of the run whose changes are to be taken back.
    """

    run_asked = Signal(str)
    undo_asked = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("lab-changes")
        self.setProperty("role", "panel")
        self._theme = theme
        self._look: LabLook | None = None
        self._run: str | None = None
        self._shown: tuple[RunChange, ...] = ()
        self._runs = QComboBox(self)
        self._runs.setAccessibleName("Run whose changes are shown")
        self._runs.currentIndexChanged.connect(self._on_chosen)
        self._open = QPushButton("Open run", self)
        self._open.setAutoDefault(False)
        self._open.clicked.connect(self._on_open)
        self._undo = QPushButton("Undo all…", self)
        self._undo.setObjectName("undo-changes")
        self._undo.setAutoDefault(False)
        self._undo.clicked.connect(self._on_undo)
        self._empty = EmptyState(theme, "list", NO_RUN, parent=self)
        self._scroll = QScrollArea(self)
        self._scroll.setAccessibleName("What this run changed")
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._pages = QStackedWidget(self)
        self._pages.addWidget(self._empty)
        self._pages.addWidget(self._scroll)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._make_head())
        column.addWidget(self._pages, 1)
        foot = QHBoxLayout()
        foot.setContentsMargins(12, 12, 12, 12)
        foot.setSpacing(8)
        foot.addWidget(self._open)
        foot.addWidget(self._undo)
        column.addLayout(foot)
        theme.changed.connect(self._tint)
        self._tint()
        self._fill()

    @property
    def run(self) -> str | None:
        """The run whose changes are shown, or None."""
        return self._run

    @property
    def changes(self) -> tuple[RunChange, ...]:
        """What is shown."""
        return self._shown

    def show_look(self, look: LabLook | None) -> None:
        """Show the Lab as it is now; a run that changed something stays chosen, else it is the last one."""
        self._look = look
        known = [run.run for run in look.runs] if look else []
        if self._run is None and known:
            self._run = known[0]
        self._fill()

    def show_run(self, run: str | None) -> None:
        """Show another run's changes; None is the one that changed something last."""
        self._run = run
        self.show_look(self._look)

    def _make_head(self) -> QWidget:
        head = QFrame(self)
        head.setObjectName("lab-changes-head")
        head.setMinimumHeight(self._theme.px(HEAD))
        head.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        title = QLabel("What this run changed", head)
        title.setProperty("role", "panel-title")
        row = QHBoxLayout(head)
        row.setContentsMargins(12, 4, 12, 4)
        row.setSpacing(8)
        row.addWidget(title, 1)
        row.addWidget(self._runs)
        return head

    def _fill(self) -> None:
        runs = self._look.runs if self._look else ()
        blocker = QSignalBlocker(self._runs)
        self._runs.clear()
        for run in runs:
            self._runs.addItem(run.label, run.run)
        self._runs.setCurrentIndex(self._runs.findData(self._run))
        del blocker
        self._runs.setVisible(bool(runs))
        self._open.setVisible(self._run is not None)
        changes = changes_of(self._look, self._run) if self._look and self._run else ()
        self._empty.set_line(NOTHING if self._run else NO_RUN)
        self._pages.setCurrentWidget(self._scroll if changes else self._empty)
        self._undo.setVisible(bool(changes))
        if changes != self._shown:
            self._shown = changes
            self._scroll.setWidget(self._list_of(changes))

    def _list_of(self, changes: tuple[RunChange, ...]) -> QWidget:
        body = QWidget()
        body.setObjectName("lab-changes-body")
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for change in changes:
            column.addWidget(ChangeView(self._theme, change, body))
        column.addStretch(1)
        return body

    @Slot(int)
    def _on_chosen(self, index: int) -> None:
        self._run = self._runs.itemData(index)
        self._fill()

    @Slot()
    def _on_open(self) -> None:
        if self._run is not None:
            self.run_asked.emit(self._run)

    @Slot()
    def _on_undo(self) -> None:
        if self._run is not None:
            self.undo_asked.emit(self._run)

    @Slot()
    def _tint(self) -> None:
        show_icon(self._undo, self._theme.icon("undo-2"), self._theme.px(EDGE))
