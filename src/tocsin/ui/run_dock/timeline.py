"""The timeline: a row for each step and item, its bar over clock time, the playhead. It paints only what is seen."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QToolTip, QWidget
from typing_extensions import override

from tocsin.base.texts import _
from tocsin.engine.events import static_id
from tocsin.engine.moments import Moment
from tocsin.ui.canvas.faces import Face
from tocsin.ui.canvas.looks import Look
from tocsin.ui.run_dock.bars import HEIGHT, LEAST
from tocsin.ui.run_dock.items import Find
from tocsin.ui.run_dock.kept_values import plain_value
from tocsin.ui.run_dock.subject import RunSubject
from tocsin.ui.run_dock.time_axis import TimeAxis, make_axis
from tocsin.ui.run_dock.timeline_paint import HEAD, LABELS, NAMES, ROW, RowSpot, TimelineBrush
from tocsin.ui.run_dock.timeline_rows import Bar, Row, RowKind, TimelineRows, bar_of, telling_path
from tocsin.ui.run_dock.words import clock_words, tooltip
from tocsin.ui.theme import Theme


class Timeline(QAbstractScrollArea):
    """Shows one run at one moment.

    Signals:
        node_chosen: The id of the step that a person chose.
        path_chosen: Its path, of an item that of the step in it that tells most.
    """

    node_chosen = Signal(str)
    path_chosen = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._subject: RunSubject | None = None
        self._moment: Moment | None = None
        self._rows: TimelineRows | None = None
        self._axis: TimeAxis | None = None
        self._end = 0
        self._playhead = 0
        self._current = ""
        self._brush = TimelineBrush(theme)
        self.setObjectName("timeline")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAccessibleName(_("Steps over time"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        theme.changed.connect(self._on_theme)

    @property
    def rows(self) -> Sequence[Row]:
        """The rows that can be scrolled to."""
        return self._rows.at(self._moment) if self._rows is not None and self._moment is not None else ()

    @property
    def axis(self) -> TimeAxis | None:
        """The stretch of time that is shown, or None before a run has begun."""
        return self._axis

    @property
    def current_path(self) -> str:
        """The path of the row that is chosen, or ""."""
        return self._current

    @property
    def row_height(self) -> int:
        """The height of a row in the text size of now."""
        return self._theme.px(ROW)

    def bar(self, row: Row) -> Bar:
        """Return what a row shows just now."""
        if self._subject is None or self._moment is None:
            return Bar(Look.QUEUED)
        return bar_of(row, self._subject, self._moment)

    def set_subject(self, subject: RunSubject, find: Find = plain_value) -> None:
        """Show another run; `find` gives values that are too large for events, for the names of items."""
        self._subject = subject
        self._rows = TimelineRows(subject, find)
        self._moment = None
        self._current = ""
        self.verticalScrollBar().setValue(0)
        self._refresh()

    def show_moment(self, moment: Moment, *, end: int, playhead: int) -> None:
        """Show how the run stands.

        Args:
            moment: It.
            end: What time the axis must reach at least, UTC microseconds: now, or the run's end.
            playhead: Where the playhead stands, UTC microseconds.
        """
        self._moment, self._end, self._playhead = moment, end, playhead
        self._refresh()

    def rename_items(self) -> None:
        """Ask again what items are called: more of them is known."""
        if self._rows is not None:
            self._rows.rename()
            self._refresh()

    def choose(self, path: str) -> None:
        """Make the row of a path the current one, opening what it lies in; tells nothing."""
        if self._rows is None or self._moment is None or path == self._current:
            return
        self._rows.reveal(path)
        if self._rows.find(path, self._moment) is not None:
            self._current = path
            self._refresh()
            self._scroll_to_current()

    def row_rect(self, place: int) -> QRect:
        """Return where a row is in the viewport; outside of it when it is scrolled away."""
        top = self._head() + place * self.row_height - self.verticalScrollBar().value()
        return QRect(0, top, self.viewport().width(), self.row_height)

    def bar_rect(self, place: int) -> QRectF | None:
        """Return where the bar of a row is, or None where it has none."""
        bar = self.bar(self.rows[place])
        if self._axis is None or not bar.start:
            return None
        left = self._axis.x_of(bar.start)
        right = self._axis.x_of(bar.end or self._playhead)
        height = self._theme.px(HEIGHT)
        middle = self.row_rect(place).center().y() + 0.5
        return QRectF(left, middle - height / 2, max(right - left, LEAST), height)

    def _face(self, row: Row) -> Face | None:
        return self._subject.face(row.node) if self._subject is not None and row.kind is not RowKind.ITEM else None

    def _head(self) -> int:
        return self._theme.px(HEAD)

    def _refresh(self) -> None:
        self._fit()
        self.viewport().update()

    def _fit(self) -> None:
        """Let axis and scroll bar follow what there is to show."""
        height = self.viewport().height() - self._head()
        bar = self.verticalScrollBar()
        bar.setPageStep(max(height, 0))
        bar.setSingleStep(self.row_height)
        bar.setRange(0, max(len(self.rows) * self.row_height - height, 0))
        start = self._moment.progress.started_at if self._moment is not None else 0
        left, right = self._theme.px(NAMES), self.viewport().width() - self._theme.px(LABELS)
        known = max(self._end, start)
        self._axis = make_axis(start, known, left, right, scale=self._theme.scale) if start else None

    def _move_to(self, place: int) -> None:
        rows = self.rows
        if not rows:
            return
        row = rows[min(max(place, 0), len(rows) - 1)]
        if row.path != self._current:
            self._current = row.path
            self._scroll_to_current()
            self.viewport().update()
            self._tell_chosen(row)

    def _tell_chosen(self, row: Row) -> None:
        bar = self.bar(row)
        self.setAccessibleDescription(f"{row.title}, {bar.label or bar.look.value}")
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.DescriptionChanged))
        if self._subject is not None and self._moment is not None:
            path = telling_path(row, self._subject, self._moment)
            self.path_chosen.emit(path)
            self.node_chosen.emit(static_id(path))

    def _place(self) -> int | None:
        return self._rows.find(self._current, self._moment) if self._rows and self._moment is not None else None

    def _scroll_to_current(self) -> None:
        place = self._place()
        if place is None:
            return
        bar, top = self.verticalScrollBar(), place * self.row_height
        lowest = top + self.row_height - bar.pageStep()
        bar.setValue(min(max(bar.value(), lowest), top))

    def _set_open(self, *, is_open: bool) -> None:
        place = self._place()
        if place is None or self._rows is None:
            return
        row = self.rows[place]
        if row.is_open is is_open or row.is_open is None:
            self._step_level(place, row, is_in=is_open)
            return
        self._rows.set_open(row, is_open=is_open)
        self._refresh()

    def _step_level(self, place: int, row: Row, *, is_in: bool) -> None:
        """A row that is open already leads to what is in it; one that is closed to what it is in."""
        if is_in:
            if row.is_open:
                self._move_to(place + 1)
            return
        above = (other for other in range(place, -1, -1) if self.rows[other].depth < row.depth)
        self._move_to(next(above, place))

    @Slot()
    def _on_theme(self) -> None:
        self._refresh()

    @override
    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(532), self._head() + 13 * self.row_height)

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.px(320), self._head() + 3 * self.row_height)

    @override
    def resizeEvent(self, arg__1: QResizeEvent) -> None:
        super().resizeEvent(arg__1)
        self._fit()

    @override
    def scrollContentsBy(self, dx: int, dy: int) -> None:
        self.viewport().update()

    @override
    def paintEvent(self, arg__1: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        size, rows = self.viewport().size(), self.rows
        ticks = self._axis.ticks() if self._axis is not None else ()
        self._brush.paint_grid(painter, size, ticks)
        first = self.verticalScrollBar().value() // self.row_height
        last = first + (size.height() - self._head()) // self.row_height + 2
        painter.setClipRect(QRect(0, self._head(), size.width(), size.height()))
        for place in range(first, min(last, len(rows))):
            spot = RowSpot(QRectF(self.row_rect(place)), self.bar_rect(place), rows[place].path == self._current)
            self._brush.paint_row(painter, spot, rows[place], self.bar(rows[place]), self._face(rows[place]))
        painter.setClipping(False)
        self._brush.paint_head(painter, size, ticks, self._axis.zone if self._axis is not None else "")
        if self._axis is not None:
            self._brush.paint_playhead(painter, size, self._axis.x_of(self._playhead))
        painter.end()

    @override
    def mousePressEvent(self, arg__1: QMouseEvent) -> None:
        spot = arg__1.position().toPoint()
        place = self._place_at(spot)
        if place is None or arg__1.button() is not Qt.MouseButton.LeftButton:
            super().mousePressEvent(arg__1)
            return
        row = self.rows[place]
        is_again = row.path == self._current
        self._move_to(place)
        if is_again and row.is_open is not None and spot.x() < self._theme.px(NAMES):
            self._set_open(is_open=not row.is_open)

    def _place_at(self, spot: QPoint) -> int | None:
        if spot.y() < self._head():
            return None
        place = (spot.y() - self._head() + self.verticalScrollBar().value()) // self.row_height
        return place if place < len(self.rows) else None

    @override
    def keyPressEvent(self, arg__1: QKeyEvent) -> None:
        key, place = arg__1.key(), self._place()
        page = max(self.verticalScrollBar().pageStep() // self.row_height, 1)
        moves = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: page, Qt.Key.Key_PageUp: -page}
        if key in moves:
            self._move_to((-1 if place is None else place) + moves[Qt.Key(key)])
        elif key in {Qt.Key.Key_Right, Qt.Key.Key_Left}:
            self._set_open(is_open=key == Qt.Key.Key_Right)
        else:
            super().keyPressEvent(arg__1)

    @override
    def viewportEvent(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() is QEvent.Type.ToolTip:
            place = self._place_at(event.pos())
            QToolTip.showText(event.globalPos(), self._tooltip(place) if place is not None else "", self)
            return True
        return super().viewportEvent(event)

    def _tooltip(self, place: int) -> str:
        row = self.rows[place]
        bar = self.bar(row)
        times = [clock_words(micros) for micros in (bar.start, bar.end) if micros]
        return tooltip(*(part for part in (row.title, bar.label, " to ".join(times)) if part))
