"""The world's time, ticking while it can be seen."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Final

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget
from typing_extensions import override

from tocsin.base.texts import _
from tocsin.base.times import in_zone, zone_mark
from tocsin.services.lab_desk import LabClock
from tocsin.ui.theme import Theme, icon_pixmap
from tocsin.ui.theme.icons import EDGE
from tocsin.ui.widgets.elided_label import ElidedLabel

TICK_MS: Final = 1000


def utc_now() -> datetime:
    """Return the computer's time."""
    return datetime.now(UTC)


class WorldClock(QWidget):
    """“World 10:44:20 UTC”, the day beside it, and how far it was put forward.

    Args:
        now: Gives the computer's time.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None, *, now: Callable[[], datetime] = utc_now) -> None:
        super().__init__(parent)
        self.setObjectName("lab-clock")
        self._theme = theme
        self._now = now
        self._clock: LabClock | None = None
        self._mark = QLabel(self)
        self._time = QLabel(self)
        self._time.setProperty("role", "lab-change-title")
        self._time.setTextFormat(Qt.TextFormat.PlainText)
        self._day = ElidedLabel("", self, role="quiet")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(self._mark)
        row.addWidget(self._time)
        row.addWidget(self._day, 1)
        self._timer = QTimer(self, interval=TICK_MS)
        self._timer.timeout.connect(self._tell)
        theme.changed.connect(self._tint)
        self._tint()
        self._tell()

    @property
    def text(self) -> str:
        """What it says."""
        return f"{self._time.text()} {self._day.text()}".strip()

    def show_day(self, is_shown: bool) -> None:
        """Tell the day too, or the time alone where there is no room."""
        self._day.setVisible(is_shown)

    def show_clock(self, clock: LabClock | None) -> None:
        """Tell the time of a world; None for no world."""
        self._clock = clock
        self._tell()

    @Slot()
    def _tell(self) -> None:
        clock = self._clock
        self._mark.setVisible(clock is not None)
        if clock is None:
            self._time.clear()
            self._day.set_text("")
            return
        moment = in_zone(self._now() + timedelta(seconds=clock.ahead))
        forward = _(", {span} ahead").format(span=_span(clock.ahead)) if clock.ahead >= 60 else ""
        self._time.setText(_("World {time}").format(time=f"{moment:%H:%M:%S} {zone_mark(moment)}"))
        self._day.set_text(f"{moment.day} {moment:%b %Y}{forward}")
        self.setAccessibleName(self.text)

    @Slot()
    def _tint(self) -> None:
        edge = self._theme.px(EDGE)
        self._mark.setPixmap(icon_pixmap("clock", self._theme.tokens.text2, edge, self.devicePixelRatioF()))

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._tell()
        self._timer.start()

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._timer.stop()


def _span(seconds: int) -> str:
    minutes = seconds // 60
    hours, rest = divmod(minutes, 60)
    days, hours_left = divmod(hours, 24)
    if days:
        return f"{days} d {hours_left} h"
    return (
        _("{hours} h {rest} min").format(hours=hours, rest=rest)
        if hours
        else _("{minutes} min").format(minutes=minutes)
    )
