"""Asks for the event that a run begins with: fields, sample, the last one, or pasted JSON. Enter runs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from tocsin.base.texts import _
from tocsin.engine.events import LIVE
from tocsin.ui.run_dock.form_answer import FormAnswer
from tocsin.ui.run_dock.start_event import SOURCE_WORDS, Reading, Source, StartEvent
from tocsin.ui.theme import Theme
from tocsin.ui.widgets.segment import Segment
from tocsin.ui.widgets.words import Words

ENTER: Final = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})


@dataclass(frozen=True, slots=True)
class _Words:
    """What the form says: over its fields, and on the button that begins it."""

    title: str
    deed: str
    in_lab: str


_LAB: Final = _("Lab")
_RUN: Final = _Words(_("Run “{title}”"), _("Run in {environment}"), _("Run in Lab"))
_REHEARSE: Final = _Words(_("Rehearse “{title}”"), _("Rehearse in {environment}"), _("Rehearse in Lab"))


class StartForm(QWidget):
    """Asks once; whoever shows it makes a new one for the next run.

    Signals:
        run_requested: The event.
        cancelled: No run is wanted.
    """

    run_requested = Signal(object)
    cancelled = Signal()

    def __init__(
        self, theme: Theme, start: StartEvent, title: str, parent: QWidget | None = None, *, mode: str = LIVE
    ) -> None:
        super().__init__(parent)
        self._words = _RUN if mode == LIVE else _REHEARSE
        self.setObjectName("start-form")
        self.setAccessibleName(_("What “{title}” begins with").format(title=title))
        self._start = start
        self._segment = Segment(
            theme, [(source, SOURCE_WORDS[source]) for source in start.sources], _("Where the event comes from"), self
        )
        self._segment.chosen.connect(self._on_source)
        self._fields = FormAnswer(start.entry.schema, theme, self, values=start.given)
        self._page = QPlainTextEdit(self)
        self._page.setObjectName("start-json")
        self._page.setProperty("code", True)
        self._page.setFont(theme.code_font())
        self._page.setAccessibleName(_("Event as JSON"))
        self._page.setTabChangesFocus(True)
        self._page.installEventFilter(self)
        self._stack = QStackedWidget(self)
        self._fault = self._make_label("problem")
        self._fault.setWordWrap(True)
        self._run, self._cancel = (
            QPushButton(self._words.in_lab, self),
            QPushButton(_("Cancel"), self),
        )
        self._arrange(title)
        self._run.clicked.connect(self.run)
        self._cancel.clicked.connect(self.cancelled)
        self._segment.set_choice(start.source)
        self._show_source(start.source)

    def set_environment(self, title: str) -> None:
        """Say on the button where it would run."""
        self._run.setText(self._words.in_lab if title == _LAB else self._words.deed.format(environment=title))

    @property
    def source(self) -> Source:
        """Where the event comes from."""
        return Source(self._segment.choice)

    @property
    def fault(self) -> str:
        """Why it cannot run with what is entered, or ""."""
        return self._fault.text()

    @property
    def page(self) -> QPlainTextEdit:
        """The event as JSON; only pasted JSON can be changed."""
        return self._page

    @property
    def fields(self) -> FormAnswer:
        """The event as fields."""
        return self._fields

    @Slot()
    def run(self) -> None:
        """Run with what is entered, if it fits."""
        reading = self._read()
        self._fault.setText(reading.fault)
        self._fault.setVisible(bool(reading.fault))
        if not reading.fault:
            self._start.memory.source = self.source
            self.run_requested.emit(reading.event)

    def _read(self) -> Reading:
        if self.source is not Source.FIELDS:
            if self.source is Source.PASTED:
                self._start.memory.pasted = self._page.toPlainText()
            return self._start.read(self._page.toPlainText())
        return self._start.check(self._fields.value) if self._fields.ensure_complete() else Reading(fault=" ")

    def _make_label(self, role: str, text: str = "") -> Words:
        label = Words(text, self)
        label.setProperty("role", role)
        return label

    def _arrange(self, title: str) -> None:
        area = QScrollArea(self)
        area.setAccessibleName(_("What the run begins with"))
        area.setObjectName("start-fields")
        area.setWidgetResizable(True)
        area.setWidget(self._fields)
        self._stack.addWidget(area)
        self._stack.addWidget(self._page)
        self._run.setProperty("role", "primary")
        row = QHBoxLayout()
        row.addWidget(self._cancel)
        row.addStretch(1)
        row.addWidget(self._run)
        for button in (self._run, self._cancel):
            button.setAutoDefault(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 12, 14, 12)
        column.setSpacing(8)
        column.addWidget(self._make_label("title", self._words.title.format(title=title)))
        column.addWidget(self._make_label("caption", _("Event that it begins with")))
        column.addWidget(self._segment)
        column.addWidget(self._stack, 1)
        column.addWidget(self._fault)
        column.addLayout(row)

    def _show_source(self, source: Source) -> None:
        is_fields = source is Source.FIELDS
        self._stack.setCurrentIndex(0 if is_fields else 1)
        self._page.setReadOnly(source is not Source.PASTED)
        if not is_fields:
            self._page.setPlainText(self._start.text(source))
        self._fault.clear()
        self._fault.hide()
        (self._fields if is_fields else self._page if source is Source.PASTED else self._run).setFocus()

    @Slot(str)
    def _on_source(self, source: str) -> None:
        if not self._page.isReadOnly():
            self._start.memory.pasted = self._page.toPlainText()
        self._show_source(Source(source))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in ENTER:
            self.run()
        elif event.key() == Qt.Key.Key_Escape:
            self.cancelled.emit()
        else:
            super().keyPressEvent(event)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """In a page that is written in, Enter is a new line and Ctrl+Enter runs."""
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress and event.key() in ENTER:
            is_run = self._page.isReadOnly() or bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
            if is_run:
                self.run()
            return is_run
        return super().eventFilter(watched, event)
