"""The page of past runs: found by state and by words, opened by Enter or a double click."""

from __future__ import annotations

from concurrent.futures import Future
from functools import partial
from typing import Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRectF, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QAction, QPainter, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QStackedWidget,
    QStyleOptionViewItem,
    QTreeView,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from tocsin.base.errors import TocsinError
from tocsin.base.texts import _, in_context
from tocsin.engine.events import FINISHED, RunStatus
from tocsin.services.past import ListedRun, PastRun, RunQuery
from tocsin.ui.bridge import EventBridge
from tocsin.ui.history.model import RUN_ROLE, Column, HistoryModel
from tocsin.ui.ports import HistoryPort
from tocsin.ui.run_dock.badge import STATUS_LOOKS, paint_state
from tocsin.ui.theme import Theme
from tocsin.ui.widgets.action_button import ActionButton
from tocsin.ui.widgets.empty_state import EmptyState
from tocsin.ui.widgets.rows_delegate import RowsDelegate
from tocsin.ui.widgets.search_field import SearchField
from tocsin.ui.widgets.segment import Segment

NOT_RUN: Final = _("Not run yet.")
REHEARSE: Final = _("Rehearse")
NO_MATCH: Final = _("No run matches.")
TYPING_MS: Final = 150
BADGE: Final = 13
INSET: Final = 24
SIDE: Final = 14
GAP: Final = 8
LEAST_SEARCH: Final = 100
_STATES: Final = (
    ("all", _("All"), ()),
    ("on", in_context("filter", "Running"), (RunStatus.RUNNING, RunStatus.WAITING)),
    ("succeeded", in_context("filter", "Succeeded"), (RunStatus.SUCCEEDED,)),
    ("failed", in_context("filter", "Failed"), (RunStatus.FAILED,)),
    ("cancelled", in_context("filter", "Cancelled"), (RunStatus.CANCELLED,)),
)


class RunDelegate(RowsDelegate):
    """Sets a run's state before its name."""

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        inset = self.theme.px(INSET) if index.column() == Column.RUN else 0
        return super().sizeHint(option, index) + QSize(inset, 0)

    @override
    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        shifted = QStyleOptionViewItem(option)
        rect = QRectF(option.rect)  # pyright: ignore[reportAttributeAccessIssue]  stubs lack a style option's fields
        run = index.data(RUN_ROLE)
        if index.column() == Column.RUN and isinstance(run, ListedRun):
            self.paint_ground(painter, option, index)
            shifted.rect = rect.adjusted(self.theme.px(INSET), 0, 0, 0).toRect()  # pyright: ignore[reportAttributeAccessIssue]
            centre = QPointF(rect.left() + self.theme.px(INSET) / 2, rect.center().y())
            paint_state(painter, centre, self.theme.px(BADGE), STATUS_LOOKS[run.status], self.theme.tokens)
        super().paint(painter, shifted, index)


class HistoryPanel(QFrame):
    """Lists runs and loads the one that is chosen, or says that its changes are to be taken back.

    Signals:
        opened: PastRun.
        refused: A TocsinError: the journal cannot be read.
        undo_requested: The id of a run whose changes are to be taken back.
        rehearse_requested: There is no run yet, and one is to be rehearsed.
        event_chosen: The PastRun with whose event the playbook in front is to be run.
    """

    opened = Signal(object)
    refused = Signal(object)
    undo_requested = Signal(str)
    rehearse_requested = Signal()
    event_chosen = Signal(object)

    def __init__(self, theme: Theme, history: HistoryPort, bridge: EventBridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("history-panel")
        self.setProperty("role", "panel")
        self._history = history
        self._bridge = bridge
        self._asked = 0
        self._is_asking = False
        self._states = Segment(
            theme, [(name, words) for name, words, _unused in _STATES], _("Which runs are shown"), self
        )
        self._search = SearchField(theme, _("Find a run"), parent=self)
        self._bar = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._open, self._undo = QAction(_("Open"), self), QAction(_("Undo all…"), self)
        self._run_on = QAction(_("Run the playbook in front on its event…"), self)
        self._undo_button = ActionButton(self._undo, theme, parent=self)
        self._model = HistoryModel(self)
        self._view = self._make_view(theme)
        self._empty = EmptyState(theme, "history", NOT_RUN, REHEARSE, self)
        self._stack = QStackedWidget(self)
        self._typing = QTimer(self, singleShot=True, interval=TYPING_MS)
        self._arrange()
        self._connect()

    @property
    def model(self) -> HistoryModel:
        """The runs."""
        return self._model

    @property
    def view(self) -> QTreeView:
        """Where they are listed."""
        return self._view

    @property
    def query(self) -> RunQuery:
        """Which runs are wanted."""
        statuses = next(statuses for name, _unused, statuses in _STATES if name == self._states.choice)
        return RunQuery(statuses=statuses, text=self._search.text().strip())

    @property
    def empty(self) -> EmptyState:
        """What is said where no run is listed."""
        return self._empty

    def set_filter(self, state: str, text: str = "") -> None:
        """Show other runs: all, on, succeeded, failed or cancelled ones, that hold some words."""
        self._states.set_choice(state)
        self._search.setText(text)
        self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Load the list again from its beginning."""
        self._typing.stop()
        self._asked += 1
        self._ask(self.query)

    def open_run(self, run: str) -> None:
        """Load a run; `opened` tells when it is there."""
        self._history.load_past(run).add_done_callback(partial(self._bridge.deliver, self._on_loaded))

    def _ask(self, query: RunQuery) -> None:
        self._is_asking = True
        future = self._history.search(query)
        future.add_done_callback(partial(self._bridge.deliver, partial(self._on_page, query, self._asked)))

    def _on_page(self, query: RunQuery, asked: int, future: Future[tuple[ListedRun, ...]]) -> None:
        """Show a page, unless another list has been asked for since."""
        if asked != self._asked or future.cancelled():
            return
        self._is_asking = False
        error = self._refusal(future)
        runs = future.result() if error is None else ()
        is_whole = len(runs) < query.most
        if query.before is not None:
            self._model.add_runs(runs, is_whole=is_whole)
            return
        self._show_first_page(runs, is_whole=is_whole)

    def _show_first_page(self, runs: tuple[ListedRun, ...], *, is_whole: bool) -> None:
        current = self._view.currentIndex().data(RUN_ROLE)
        self._model.show_runs(runs, is_whole=is_whole)
        row = next((n for n, run in enumerate(runs) if isinstance(current, ListedRun) and run.run == current.run), -1)
        if row >= 0:
            self._view.setCurrentIndex(self._model.index(row, 0))
        is_filtered = self.query != RunQuery()
        self._empty.set_line(NO_MATCH if is_filtered else NOT_RUN)
        self._empty.set_action(_("Show all runs") if is_filtered else REHEARSE)
        self._stack.setCurrentWidget(self._view if runs else self._empty)

    def _on_loaded(self, future: Future[PastRun]) -> None:
        if not future.cancelled() and self._refusal(future) is None:
            self.opened.emit(future.result())

    def _refusal(self, future: Future[tuple[ListedRun, ...]] | Future[PastRun]) -> TocsinError | None:
        """Tell why a look into the journal failed, or None; what is no TocsinError is a bug and is raised."""
        error = future.exception()
        if error is None:
            return None
        if not isinstance(error, TocsinError):
            raise error
        self.refused.emit(error)
        return error

    def _make_view(self, theme: Theme) -> QTreeView:
        view = QTreeView(self)
        view.setObjectName("history-list")
        view.setAccessibleName(_("Runs, newest first"))
        view.setModel(self._model)
        view.setItemDelegate(RunDelegate(theme, parent=view))
        view.setRootIsDecorated(False)
        view.setUniformRowHeights(True)
        view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        view.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        view.addActions([self._open, self._run_on, self._undo])
        header = view.header()
        header.setStretchLastSection(False)
        for column in Column:
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(Column.PLAYBOOK, QHeaderView.ResizeMode.Stretch)
        return view

    def _arrange(self) -> None:
        self._bar.setContentsMargins(SIDE, GAP, SIDE, 0)
        self._bar.setSpacing(GAP)
        self._undo_button.setProperty("small", True)
        rest = QHBoxLayout()
        rest.setSpacing(GAP)
        rest.addWidget(self._search, 1)
        rest.addWidget(self._undo_button)
        self._bar.addWidget(self._states)
        self._bar.addLayout(rest, 1)
        self._stack.addWidget(self._view)
        self._stack.addWidget(self._empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        column.addLayout(self._bar)
        column.addWidget(self._stack, 1)

    def _connect(self) -> None:
        self._states.chosen.connect(self.refresh)
        self._search.textChanged.connect(self._typing.start)
        self._typing.timeout.connect(self.refresh)
        self._model.more_wanted.connect(self._on_more_wanted)
        self._view.activated.connect(self._on_activated)
        self._view.selectionModel().currentRowChanged.connect(self._on_current)
        self._model.modelReset.connect(self._on_current)
        self._open.triggered.connect(self._on_open)
        self._run_on.triggered.connect(self._on_run_on)
        self._undo.triggered.connect(self._on_undo)
        self._on_current()
        self._empty.asked.connect(self._on_empty)

    @Slot()
    def _on_more_wanted(self) -> None:
        if not self._is_asking and self._model.runs:
            self._ask(self._model.runs[-1].after_this(self.query))

    @Slot(QModelIndex)
    def _on_activated(self, index: QModelIndex) -> None:
        run = index.data(RUN_ROLE)
        if isinstance(run, ListedRun):
            self.open_run(run.run)

    @property
    def _chosen(self) -> ListedRun | None:
        run = self._view.currentIndex().data(RUN_ROLE)
        return run if isinstance(run, ListedRun) else None

    @Slot()
    def _on_current(self) -> None:
        run = self._chosen
        self._open.setEnabled(run is not None)
        self._run_on.setEnabled(run is not None)
        for offered in (self._undo, self._undo_button):
            offered.setVisible(run is None or not run.is_imported)
        self._undo.setEnabled(run is not None and run.status in FINISHED and run.changes > 0 and not run.is_imported)

    @Slot()
    def _on_open(self) -> None:
        if self._chosen is not None:
            self.open_run(self._chosen.run)

    @Slot()
    def _on_run_on(self) -> None:
        if self._chosen is not None:
            loading = self._history.load_past(self._chosen.run)
            loading.add_done_callback(partial(self._bridge.deliver, self._on_event_loaded))

    def _on_event_loaded(self, future: Future[PastRun]) -> None:
        if not future.cancelled() and self._refusal(future) is None:
            self.event_chosen.emit(future.result())

    @Slot()
    def _on_undo(self) -> None:
        if self._chosen is not None:
            self.undo_requested.emit(self._chosen.run)

    @Slot()
    def _on_empty(self) -> None:
        if self.query == RunQuery():
            self.rehearse_requested.emit()
        else:
            self.set_filter("all")

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the search under the states where they have no room side by side."""
        super().resizeEvent(event)
        parts = (self._states.sizeHint().width(), LEAST_SEARCH, self._undo_button.sizeHint().width())
        is_wide = self.width() >= sum(parts) + 2 * (SIDE + GAP)
        self._bar.setDirection(QBoxLayout.Direction.LeftToRight if is_wide else QBoxLayout.Direction.TopToBottom)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh()
