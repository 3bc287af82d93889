"""The panel of a run: how it stands, what settled, and what the chosen step gave."""

from __future__ import annotations

import json
from typing import Final

from PySide6.QtCore import QModelIndex, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QLabel,
    QPlainTextEdit,
    QSplitter,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from tocsin.base.json_types import Json
from tocsin.engine.events import static_id
from tocsin.engine.progress import RunProgress
from tocsin.ui.run_dock.follower import RunNews
from tocsin.ui.run_dock.model import COLUMNS, SettledModel
from tocsin.ui.run_dock.settled import STATUS_WORDS, SettledRow, row_of, settled_paths
from tocsin.ui.theme import Theme

NOT_RUN: Final = "Not run yet."
MOST_CHARACTERS: Final = 100_000


class RunPanel(QFrame):
    """Shows a run; it changes nothing.

    Signals:
        node_chosen: The id of the node whose row is current now.
    """

    node_chosen = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("run-panel")
        self.setProperty("role", "panel")
        self._progress: RunProgress | None = None
        self._status = QLabel(NOT_RUN, self)
        self._status.setObjectName("run-status")
        self._status.setTextFormat(Qt.TextFormat.PlainText)
        self._status.setWordWrap(True)
        self._model = SettledModel(theme, self)
        self._list = self._make_list()
        self._output = QPlainTextEdit(self)
        self._output.setObjectName("run-output")
        self._output.setAccessibleName("Output of the chosen step")
        self._output.setPlaceholderText("Choose a step to see what it gave.")
        self._output.setReadOnly(True)
        self._output.setProperty("code", True)
        self._arrange()

    @property
    def rows(self) -> tuple[SettledRow, ...]:
        """What settled so far."""
        return self._model.rows

    @property
    def output(self) -> str:
        """The text of the output that is shown."""
        return self._output.toPlainText()

    @property
    def status(self) -> str:
        """The line that says how the run stands."""
        return self._status.text()

    def show_run(self, progress: RunProgress | None) -> None:
        """Begin with another run, or with none."""
        self._progress = progress
        self._model.clear()
        self._output.clear()
        self._refresh_status()

    def show_news(self, news: RunNews) -> None:
        """Add what a batch of events settled."""
        if self._progress is None:
            return
        paths = dict.fromkeys(path for event in news.events for path in settled_paths(event))
        self._model.add([row_of(path, static_id(path), self._progress) for path in paths])
        if paths and not self._list.currentIndex().isValid():
            self._list.scrollToBottom()
        self._refresh_status()

    def show_node(self, node: str) -> None:
        """Make the newest row of a node the current one, if it has settled."""
        row = self._model.find_last(node)
        if row is not None and self._current_node() != node:
            self._list.setCurrentIndex(self._model.index(row, 0))

    def _current_node(self) -> str:
        row = self._list.currentIndex().row()
        return self.rows[row].node if row >= 0 else ""

    def _refresh_status(self) -> None:
        self._status.setText(_status_line(self._progress))

    def _make_list(self) -> QTreeView:
        view = QTreeView(self)
        view.setObjectName("run-list")
        view.setAccessibleName("Steps that settled, newest last")
        view.setModel(self._model)
        view.setRootIsDecorated(False)
        view.setUniformRowHeights(True)
        view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        header = view.header()
        header.setStretchLastSection(False)
        for column in range(len(COLUMNS)):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(2, QHeaderView.ResizeMode.Stretch)
        view.selectionModel().currentRowChanged.connect(self._on_row)
        return view

    def _arrange(self) -> None:
        split = QSplitter(Qt.Orientation.Horizontal, self)
        split.addWidget(self._list)
        split.addWidget(self._output)
        split.setStretchFactor(0, 3)
        split.setStretchFactor(1, 2)
        split.setChildrenCollapsible(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 6, 8, 8)
        column.setSpacing(6)
        column.addWidget(self._status)
        column.addWidget(split, 1)

    @Slot(QModelIndex, QModelIndex)
    def _on_row(self, current: QModelIndex, _previous: QModelIndex) -> None:
        if not current.isValid() or self._progress is None:
            return
        row = self.rows[current.row()]
        self._output.setPlainText(as_text(self._progress.output_of(row.path)))
        self.node_chosen.emit(row.node)


def as_text(value: Json) -> str:
    """Return JSON for reading, at most 100,000 characters of it."""
    text = json.dumps(value, ensure_ascii=False, indent=2)
    return (
        text if len(text) <= MOST_CHARACTERS else f"{text[:MOST_CHARACTERS]}\n… and {len(text) - MOST_CHARACTERS} more"
    )


def _status_line(progress: RunProgress | None) -> str:
    if progress is None:
        return NOT_RUN
    words = STATUS_WORDS[progress.status]
    changes = len(progress.changes)
    made = "changed nothing" if not changes else "1 change" if changes == 1 else f"{changes} changes"
    line = f"{words} · run {progress.run[:8]} · {made}"
    message = progress.error["message"] if progress.error else ""
    return f"{line} · {message}" if message else line
