"""The bar over the canvas while a run is shown: state, name, environment, time, pause, step, stop, follow."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPointF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QAction, QColor, QFontMetrics, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QWidget
from typing_extensions import override

from tocsin.base.clock import Clock
from tocsin.base.texts import _
from tocsin.engine.events import REHEARSE, RunStatus
from tocsin.engine.progress import RunProgress
from tocsin.ui.canvas.looks import EDGE_STYLES, EdgeState, Look
from tocsin.ui.run_dock.badge import STATUS_LOOKS, Badge
from tocsin.ui.run_dock.follower import LOCKED, RunPhase
from tocsin.ui.run_dock.keyed_button import KeyedButton
from tocsin.ui.run_dock.words import STATUS_WORDS, duration_words, short_run
from tocsin.ui.theme import Theme, redraw_with
from tocsin.ui.theme.icons import EDGE
from tocsin.ui.widgets.action_button import ActionButton
from tocsin.ui.widgets.button_icon import show_icon
from tocsin.ui.widgets.elided_label import ElidedLabel
from tocsin.ui.widgets.second_tick import second_tick
from tocsin.ui.widgets.toggle import Toggle

HEIGHT: Final = 40
NARROW: Final = 560
"""Under this width there is no room to say that the canvas follows."""
SIDE: Final = 12
SPACING: Final = 6
GAP: Final = 10
LEAST_TEXT: Final = 110
"""Of the words on how the run stands; with less than this the buttons show their icons alone."""
DASHED: Final = 22
LEGEND: Final = _("would happen")
REHEARSAL_WORDS: Final = {
    RunStatus.RUNNING: _("rehearsing"),
    RunStatus.SUCCEEDED: _("rehearsed"),
    RunStatus.FAILED: _("rehearsal failed"),
    RunStatus.CANCELLED: _("rehearsal stopped"),
}


class RunBar(QFrame):
    """Says in one line how the run stands.

    Signals:
        follow_changed: Whether the canvas shall go along with what runs.
        close_requested: The plan of a rehearsal has been looked at.
    """

    follow_changed = Signal(bool)
    close_requested = Signal()

    def __init__(
        self, theme: Theme, environment: str, parent: QWidget | None = None, *, clock: Clock | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("run-bar")
        self.setProperty("role", "panel")
        self._theme = theme
        self._environment = environment
        self._clock = clock or Clock()
        self._phase = RunPhase.NONE
        self._progress: RunProgress | None = None
        self._run_name = ""
        self._tick = second_tick(self)
        self._tick.timeout.connect(self.refresh)
        self._badge = Badge(theme, Look.QUEUED, self)
        self._name, self._text = QLabel(self), ElidedLabel(parent=self)
        self._name.setProperty("role", "panel-title")
        self._text.setObjectName("run-text")
        self._buttons: list[ActionButton] = []
        self._close = QPushButton(_("Close plan"), self)
        self._close.setAutoDefault(False)
        self._close.clicked.connect(self.close_requested)
        self._legend = Legend(theme, self)
        self._follow = Toggle(theme, _("Follow run"), self)
        self._follow.setToolTip(_("Keeps what runs in view"))
        self._follow.setChecked(True)
        self._follow.toggled.connect(self.follow_changed)
        self._row = self._arrange()
        theme.changed.connect(self._fit)
        self._fit()
        self.hide()

    @property
    def text(self) -> str:
        """What the bar says."""
        return f"{self._name.text()} {self._text.text()}".strip()

    @property
    def is_following(self) -> bool:
        """The canvas goes along with what runs."""
        return self._follow.isChecked()

    @property
    def badge(self) -> Badge:
        """The state as a sign."""
        return self._badge

    def add_action(self, action: QAction, *, has_key: bool = False) -> None:
        """Put a button for an action after the words; it is there while a run is on. `has_key` shows its key too."""
        button = KeyedButton(action, self._theme, self) if has_key else ActionButton(action, self._theme, parent=self)
        self._buttons.append(button)
        self._row.insertWidget(self._row.indexOf(self._close), button)
        self._show_buttons()

    def set_environment(self, title: str) -> None:
        """Say where the next run is."""
        self._environment = title
        self.refresh()

    def set_name(self, name: str) -> None:
        """Say what the run is called, “R-218”, once somebody knows."""
        self._run_name = name
        self.refresh()

    def show_phase(self, phase: RunPhase, progress: RunProgress | None) -> None:
        """Show where the window stands with its run."""
        if self._progress is not progress:
            self._run_name = ""
        self._phase, self._progress = phase, progress
        if phase in LOCKED:
            self._tick.start()
        else:
            self._tick.stop()
        self.setVisible(phase is not RunPhase.NONE)
        self.refresh()

    def _arrange(self) -> QHBoxLayout:
        row = QHBoxLayout(self)
        row.setContentsMargins(SIDE, 0, SIDE, 0)
        row.setSpacing(SPACING)
        self._name.setTextFormat(Qt.TextFormat.PlainText)
        for widget in (self._badge, self._name, self._text):
            row.addWidget(widget)
        row.addSpacing(GAP)
        row.addWidget(self._close)
        row.addStretch(1)
        row.addWidget(self._legend)
        row.addWidget(self._follow)
        return row

    def _show_buttons(self) -> None:
        is_on, is_rehearsal = self._phase in LOCKED, self._is_rehearsal
        is_narrow = self.width() < self._theme.px(NARROW)
        for button in self._buttons:
            button.setVisible(is_on)
            button.show_words(True)
            if isinstance(button, KeyedButton):
                button.show_key(not is_narrow)
        self._follow.setVisible(is_on and not is_narrow)
        self._close.setVisible(is_rehearsal and not is_on)
        self._legend.setVisible(is_rehearsal and not is_on)
        if is_on and is_narrow and not self._has_room_for_words:
            for button in self._buttons:
                button.show_words(False)

    @property
    def _has_room_for_words(self) -> bool:
        parts = (self._badge, self._name, *self._buttons)
        needed = sum(part.sizeHint().width() + SPACING for part in parts)
        return needed + self._theme.px(LEAST_TEXT) + 2 * SIDE + GAP <= self.width()

    @property
    def _is_rehearsal(self) -> bool:
        return self._progress is not None and self._progress.mode == REHEARSE

    @Slot()
    def _fit(self) -> None:
        self.setFixedHeight(self._theme.px(HEIGHT))
        show_icon(self._close, self._theme.icon("x"), self._theme.px(EDGE))

    @Slot()
    def refresh(self) -> None:
        """Say how the run stands now."""
        self._show_buttons()
        progress = self._progress
        if progress is None:
            self._badge.set_look(Look.QUEUED)
            self._name.clear()
            self._text.set_text(_("Starting in {environment}").format(environment=self._environment))
            return
        self._badge.set_look(_look_of(progress))
        self._name.setText(self._run_name or _("Run {short_run}").format(short_run=short_run(progress.run)))
        end = progress.ended_at or self._clock.utc_micros()
        micros = max(end - progress.started_at, 0) if progress.started_at else 0
        where = _("{words_of} in {environment}").format(words_of=_words_of(progress), environment=self._environment)
        reads = _(", reads only") if self._is_rehearsal else ""
        self._text.set_text(f"{where}{reads}, {duration_words(micros)}")

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show_buttons()


class Legend(QWidget):
    """Says what the dashed lines of a rehearsal mean."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setAccessibleName(_("Dashed: {legend}").format(legend=LEGEND))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        redraw_with(theme, self)

    @override
    def sizeHint(self) -> QSize:
        words = QFontMetrics(self._theme.font(12)).horizontalAdvance(LEGEND)
        return QSize(self._theme.px(DASHED + 8) + words + 2, self._theme.px(24))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        style, middle = EDGE_STYLES[EdgeState.WOULD], self.height() / 2
        painter = QPainter(self)
        pen = QPen(QColor(getattr(self._theme.tokens, style.colour)), style.width)
        pen.setDashPattern([dash / style.width for dash in style.dashes])
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        painter.setPen(pen)
        painter.drawLine(QPointF(0, middle), QPointF(self._theme.px(DASHED), middle))
        painter.setPen(QColor(self._theme.tokens.text2))
        painter.setFont(self._theme.font(12))
        words = self.rect().adjusted(self._theme.px(DASHED + 8), 0, 0, 0)
        painter.drawText(words, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), LEGEND)
        painter.end()


def _look_of(progress: RunProgress) -> Look:
    if progress.is_paused:
        return Look.PAUSED
    is_done = progress.status is RunStatus.SUCCEEDED
    return Look.WOULD if is_done and progress.mode == REHEARSE else STATUS_LOOKS[progress.status]


def _words_of(progress: RunProgress) -> str:
    if progress.is_paused:
        return _("paused")
    if progress.mode == REHEARSE:
        return REHEARSAL_WORDS.get(progress.status, STATUS_WORDS[progress.status])
    return STATUS_WORDS[progress.status]
