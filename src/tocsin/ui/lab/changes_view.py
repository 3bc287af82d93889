"""“What this run changed”: each thing with its state before and after, when, and by which product."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QSignalBlocker, Qt, Signal, Slot
from PySide6.QtGui import QIcon
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

from tocsin.base.texts import _
from tocsin.engine.undoing import UndoItem
from tocsin.services.lab_desk import LabLook, LabRun, LeftAlone
from tocsin.ui.lab.card import Tile
from tocsin.ui.lab.changes import LabUndo, RunChange, UndoState, changes_of, undo_state, undo_words
from tocsin.ui.lab.left_alone import LeftAloneView
from tocsin.ui.lab.state_chip import StateChip
from tocsin.ui.theme import Theme, icon_pixmap
from tocsin.ui.theme.icons import EDGE
from tocsin.ui.widgets.button_icon import show_icon
from tocsin.ui.widgets.empty_state import EmptyState
from tocsin.ui.widgets.folding_row import FoldingRow
from tocsin.ui.widgets.words import Words

HEAD: Final = 40
NO_RUN: Final = _("No run has changed anything here.")
NOTHING: Final = _("This run changed nothing.")
NO_UNDO: Final = _("Nothing of it can be undone any more.")
_REMARKS: Final = {UndoState.FIXED: _("cannot be undone"), UndoState.DONE: _("taken back")}


class ChangeView(QFrame):
    """One change.

    Attributes:
        undo: Takes it back; None where that cannot be, or is not known.

    Signals:
        undo_asked: The RunChange that shall be taken back.
    """

    undo_asked = Signal(object)

    def __init__(self, theme: Theme, change: RunChange, state: UndoState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "lab-change")
        remark = _REMARKS.get(state, "")
        told = f"{change.where} · {change.at}" + (f" · {remark}" if remark else "")
        spoken = _("{title}: {words}, then {words2}. {told}").format(
            title=change.title, words=change.before.words, words2=change.after.words, told=told.replace(" ·", ",")
        )
        self.setAccessibleName(spoken)
        self._theme = theme
        self._change = change
        title = Words(change.title, self)
        title.setProperty("role", "lab-change-title")
        title.setWordWrap(True)
        title.setMinimumWidth(1)  # a word that is too long for the panel ends at its edge, and pushes no button out
        caption = Words(told, self)
        caption.setWordWrap(True)
        caption.setProperty("role", "lab-caption")
        self.undo = self._make_undo() if state is UndoState.OPEN else None
        self._then = QLabel(self)
        theme.changed.connect(self._tint)
        self._tint()
        states = QHBoxLayout()
        states.setSpacing(6)
        states.addWidget(StateChip(theme, change.before, self))
        states.addWidget(self._then)
        states.addWidget(StateChip(theme, change.after, self))
        states.addStretch(1)
        first = QHBoxLayout()
        first.setSpacing(8)
        first.addWidget(title, 1)
        if self.undo is not None:
            first.addWidget(self.undo, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout()
        column.setSpacing(4)
        column.addLayout(first)
        column.addLayout(states)
        column.addWidget(caption)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 10, 12, 10)
        row.setSpacing(12)
        row.addWidget(Tile(theme, change.icon, self), 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(column, 1)

    def _make_undo(self) -> QPushButton:
        undo = QPushButton(_("Undo"), self)
        undo.setProperty("role", "small")
        undo.setAccessibleName(_("Undo: {title}").format(title=self._change.title))
        undo.setAutoDefault(False)
        undo.clicked.connect(self._on_undo)
        return undo

    @Slot()
    def _on_undo(self) -> None:
        self.undo_asked.emit(self._change)

    @Slot()
    def _tint(self) -> None:
        if self.undo is not None:
            show_icon(self.undo, self._theme.icon("undo-2"), self._theme.px(13))
        edge = self._theme.px(13)
        colour = self._theme.tokens.text2
        self._then.setPixmap(icon_pixmap("chevron-right", colour, edge, self.devicePixelRatioF()))


class ChangesView(QFrame):
    """The changes of one run, which is chosen here.

    Signals:
        run_shown: Another run is shown, or what it changed is another now.
        undo_asked: The id of the run whose changes are to be taken back.
        change_undo_asked: The LabUndo of one change.
        report_asked: The report of the run that is shown.
    """

    run_shown = Signal()
    undo_asked = Signal(str)
    change_undo_asked = Signal(object)
    report_asked = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None, *, you: str = "") -> None:
        super().__init__(parent)
        self._you = you
        self.setObjectName("lab-changes")
        self.setProperty("role", "panel")
        self._theme = theme
        self._look: LabLook | None = None
        self._run: str | None = None
        self._shown: tuple[RunChange, ...] = ()
        self._undos: tuple[UndoItem, ...] | None = None
        self._left: tuple[LeftAlone, ...] = ()
        self._listed: tuple[object, ...] | None = None
        self._runs = QComboBox(self)
        self._runs.setAccessibleName(_("Run whose changes are shown"))
        self._runs.currentIndexChanged.connect(self._on_chosen)
        self._report = QPushButton(_("Save report"), self)
        self._report.setObjectName("lab-report")
        self._report.setProperty("role", "primary")
        self._report.setAutoDefault(False)
        self._report.clicked.connect(self.report_asked)
        self._undo = QPushButton(_("Undo all…"), self)
        self._undo.setObjectName("undo-changes")
        self._undo.setAutoDefault(False)
        self._undo.clicked.connect(self._on_undo)
        self._empty = EmptyState(theme, "list", NO_RUN, parent=self)
        self._scroll = QScrollArea(self)
        self._scroll.setAccessibleName(_("What this run changed"))
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
        column.addWidget(self._make_foot())
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

    @property
    def undos(self) -> tuple[UndoItem, ...] | None:
        """What the run that is shown changed and nobody has taken back yet; None while that is not known."""
        return self._undos

    @property
    def lab_run(self) -> LabRun | None:
        """The run that is shown, if it changed something."""
        return next((run for run in self._look.runs if run.run == self._run), None) if self._look else None

    def show_undos(self, run: str, undos: tuple[UndoItem, ...] | None) -> None:
        """Offer what can be taken back of a run; of another one than is shown it is of no interest any more."""
        if run == self._run and undos != self._undos:
            self._undos = undos
            self._fill()

    def show_left_alone(self, run: str, left: tuple[LeftAlone, ...]) -> None:
        """Tell what a run looked at and did not change; of another one than is shown it is of no interest any more."""
        if run == self._run and left != self._left:
            self._left = left
            self._fill()

    def show_look(self, look: LabLook | None) -> None:
        """Show the Lab as it is now; a run that changed something stays chosen, else it is the last one."""
        self._look = look
        known = [run.run for run in look.runs] if look else []
        if self._run is None and known:
            self._run = known[0]
        self._fill()
        self.run_shown.emit()

    def show_run(self, run: str | None) -> None:
        """Show another run's changes; None is the one that changed something last."""
        self._run, self._undos, self._left = run, None, ()
        self.show_look(self._look)

    def _make_head(self) -> QWidget:
        head = QFrame(self)
        head.setObjectName("lab-changes-head")
        head.setMinimumHeight(self._theme.px(HEAD))
        head.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        title = QLabel(_("What this run changed"), head)
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
        changes = changes_of(self._look, self._run) if self._look and self._run else ()
        self._empty.set_line(NOTHING if self._run else NO_RUN)
        self._pages.setCurrentWidget(self._scroll if changes else self._empty)
        self._shown = changes
        listed = (changes, self._left, tuple(undo_state(change, self._undos) for change in changes))
        if listed != self._listed:
            self._listed = listed
            self._scroll.setWidget(self._list_of(changes))
        self._show_foot()

    def _show_foot(self) -> None:
        words = undo_words(self._shown, self._undos) if self._undos is not None else ""
        can_undo = bool(words) or (self._undos is None and bool(self._shown))
        self._foot.setVisible(bool(self._shown))
        self._undo.setEnabled(can_undo)
        self._means.setText(words or (NO_UNDO if not can_undo else ""))
        self._means.setVisible(bool(self._means.text()))

    def _list_of(self, changes: tuple[RunChange, ...]) -> QWidget:
        body = QWidget()
        body.setObjectName("lab-changes-body")
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for change in changes:
            view = ChangeView(self._theme, change, undo_state(change, self._undos), body)
            view.undo_asked.connect(self._on_change_undo)
            column.addWidget(view)
        if self._left:
            column.addWidget(LeftAloneView(self._theme, self._left, self._you, body))
        column.addStretch(1)
        return body

    def _make_foot(self) -> QWidget:
        self._foot = QFrame(self)
        self._foot.setObjectName("lab-changes-foot")
        self._means = Words("", self._foot)
        self._means.setWordWrap(True)
        self._means.setProperty("role", "hint")
        column = QVBoxLayout(self._foot)
        column.setContentsMargins(12, 12, 12, 12)
        column.setSpacing(8)
        column.addWidget(self._means)
        column.addWidget(FoldingRow((self._report, self._undo), self._foot, fills=True))
        return self._foot

    @Slot(int)
    def _on_chosen(self, index: int) -> None:
        self._run, self._undos, self._left = self._runs.itemData(index), None, ()
        self._fill()
        self.run_shown.emit()

    @Slot(object)
    def _on_change_undo(self, change: RunChange) -> None:
        if self._run is not None:
            self.change_undo_asked.emit(LabUndo(self._run, change.paths))

    @Slot()
    def _on_undo(self) -> None:
        if self._run is not None:
            self.undo_asked.emit(self._run)

    @Slot()
    def _tint(self) -> None:
        edge = self._theme.px(EDGE)
        show_icon(self._undo, self._theme.icon("undo-2"), edge)
        ratio = self.devicePixelRatioF()
        show_icon(self._report, QIcon(icon_pixmap("file", self._theme.tokens.on_accent, edge, ratio)), edge)
