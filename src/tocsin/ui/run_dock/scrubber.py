"""The scrubber: back, play, on, speed, and the track. It shows recorded events; nothing is run."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QElapsedTimer, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from tocsin.base.texts import _
from tocsin.ui.run_dock.playback import NORMAL, SPEEDS, Playback
from tocsin.ui.run_dock.track import Track
from tocsin.ui.run_dock.words import clock_words, duration_words
from tocsin.ui.theme import Theme
from tocsin.ui.widgets.icon_button import IconButton

HEIGHT: Final = 36
FRAME_MS: Final = 33
MICROS: Final = 1000
TIMES: Final = "\N{MULTIPLICATION SIGN}"
_PLAIN: Final = (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)


class Scrubber(QWidget):
    """Moves the playhead of one run.

    Signals:
        index_changed: How many events are seen now; told after the playback has moved.
        export_asked: The run shall be kept as a page that plays it.
    """

    index_changed = Signal(int)
    export_asked = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("scrubber")
        self._theme = theme
        self._playback: Playback | None = None
        self._is_on = False
        self._back = IconButton(theme, "skip-back", _("Back to the event before"), ",", self)
        self._play = IconButton(theme, "play", _("Play the run again"), "Space", self)
        self._forth = IconButton(theme, "skip-forward", _("On to the next event"), ".", self)
        self._speed = QPushButton(speed_words(NORMAL), self)
        self._speed.setProperty("role", "link")
        self._speed.setAccessibleName(_("Speed of the replay"))
        self._speed.setToolTip(_("Changes the speed of the replay"))
        self._track = Track(theme, self)
        self._time = QLabel(self)
        self._time.setTextFormat(Qt.TextFormat.PlainText)
        self._time.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._live = QPushButton(_("Live"), self)
        self._live.setObjectName("replay-live")
        self._live.setAutoDefault(False)
        self._live.setCheckable(True)
        self._export = IconButton(theme, "file-output", _("Export the replay as a page"), parent=self)
        self._since = QElapsedTimer()
        self._timer = QTimer(self, interval=FRAME_MS)
        self._timer.timeout.connect(self._on_frame)
        self._connect()
        self._arrange()
        theme.changed.connect(self._arrange_height)

    @property
    def is_playing(self) -> bool:
        """The playhead moves by itself."""
        return self._timer.isActive()

    @property
    def time(self) -> str:
        """How long after the run's beginning what is seen was."""
        return self._time.text()

    @property
    def track(self) -> Track:
        """What the playhead is dragged along."""
        return self._track

    @property
    def export_button(self) -> IconButton:
        """Keeps the run as a page."""
        return self._export

    @property
    def live_button(self) -> QPushButton:
        """Leads back to how the run stands now; down while that is seen."""
        return self._live

    def set_playback(self, playback: Playback) -> None:
        """Show another run."""
        self._pause()
        self._playback = playback
        self._speed.setText(speed_words(playback.speed))
        self._track.set_playback(playback)

    def refresh(self, moment: int, *, is_on: bool) -> None:
        """Show where the playhead is now.

        Args:
            moment: The time that is seen, UTC microseconds; of a run that is followed now.
            is_on: More may happen.
        """
        self._is_on = is_on
        playback = self._playback
        self._track.refresh()
        self._time.setText(duration_words(moment - playback.first) if playback is not None else "")
        self._track.setToolTip(clock_words(moment) if moment else "")
        is_at_end = playback is None or playback.is_at_end
        self._live.setText(_("Live") if is_on else _("End"))
        self._live.setToolTip(_("Shows how the run stands now") if is_on else _("Shows how the run ended"))
        self._live.setChecked(is_at_end)
        self._back.setEnabled(playback is not None and playback.index > 0)
        self._forth.setEnabled(not is_at_end)
        self._export.setEnabled(playback is not None and playback.count > 0)

    @Slot()
    def toggle_play(self) -> None:
        """Play from here, at the end from the beginning; or pause."""
        if self._playback is None or self.is_playing:
            self._pause()
            return
        if self._playback.is_at_end:
            self._move(0)
        self._play.set_icon("pause")
        self._play.set_name(_("Pause the replay"))
        self._since.start()
        self._timer.start()

    @Slot()
    def go_first(self) -> None:
        """Show the run before its first event."""
        self._move(0)

    @Slot()
    def go_last(self) -> None:
        """Show how the run stands now."""
        if self._playback is not None:
            self._move(self._playback.count)

    @Slot()
    def go_back(self) -> None:
        """Show the moment before."""
        self._step(-1)

    @Slot()
    def go_on(self) -> None:
        """Show the next moment."""
        self._step(1)

    def handle_key(self, event: QKeyEvent) -> bool:
        """Do what a key of the replay says; tell whether it was one."""
        acts = {
            Qt.Key.Key_Home: self.go_first,
            Qt.Key.Key_End: self.go_last,
            Qt.Key.Key_Comma: self.go_back,
            Qt.Key.Key_Period: self.go_on,
            Qt.Key.Key_Space: self.toggle_play,
        }
        act = acts.get(Qt.Key(event.key())) if event.modifiers() in _PLAIN else None
        if act is None or self._playback is None:
            return False
        act()
        return True

    def _step(self, by: int) -> None:
        if self._playback is not None:
            self._pause()
            self._playback.step(by)
            self._tell()

    def _move(self, index: int) -> None:
        if self._playback is not None and index != self._playback.index:
            self._playback.go(index)
            self._tell()

    def _tell(self) -> None:
        if self._playback is not None:
            self.refresh(self._playback.moment, is_on=self._is_on)
            self.index_changed.emit(self._playback.index)

    def _pause(self) -> None:
        self._timer.stop()
        self._play.set_icon("play")
        self._play.set_name(_("Play the run again"))

    def _connect(self) -> None:
        self._back.clicked.connect(self.go_back)
        self._play.clicked.connect(self.toggle_play)
        self._forth.clicked.connect(self.go_on)
        self._speed.clicked.connect(self._on_speed)
        self._live.clicked.connect(self._on_live)
        self._export.clicked.connect(self.export_asked)
        self._track.valueChanged.connect(self._on_track)

    def _arrange(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 0, 14, 0)
        row.setSpacing(4)
        for widget in (self._back, self._play, self._forth, self._speed):
            row.addWidget(widget)
        row.addWidget(self._track, 1)
        row.addWidget(self._time)
        row.addSpacing(8)
        row.addWidget(self._live)
        row.addWidget(self._export)
        self._arrange_height()

    @Slot()
    def _arrange_height(self) -> None:
        self.setFixedHeight(self._theme.px(HEIGHT))
        self._time.setMinimumWidth(self._theme.px(48))

    @Slot()
    def _on_frame(self) -> None:
        """Let the playhead run on; the time that is not spent yet is kept for the next event."""
        playback = self._playback
        if playback is None or playback.is_at_end:
            self._pause()
            return
        before = playback.index
        goes_on = playback.advance(self._since.elapsed() * MICROS)
        if playback.index != before:
            self._since.restart()
            self._tell()
        if not goes_on:
            self._pause()

    @Slot()
    def _on_speed(self) -> None:
        if self._playback is not None:
            place = (SPEEDS.index(self._playback.speed) + 1) % len(SPEEDS)
            self._playback.speed = SPEEDS[place]
            self._speed.setText(speed_words(SPEEDS[place]))

    @Slot()
    def _on_live(self) -> None:
        self._pause()
        self._live.setChecked(True)
        self.go_last()

    @Slot(int)
    def _on_track(self, index: int) -> None:
        self._pause()
        self._move(index)


def speed_words(speed: float) -> str:
    """Return a speed as it is shown, with the sign for times."""
    return f"{speed:g}{TIMES}"
