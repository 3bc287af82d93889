"""What moves: one timer for running rings, dots of live edges, fades and seconds that are counted (§7).

Painters say where they drew something that moves. At each tick these places alone are painted anew, and whatever still
moves says so again: so nothing that is out of view is painted, and when nothing moves there is no timer.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QElapsedTimer, QObject, QTimer, Slot

from tocsin.base.clock import Clock
from tocsin.ui.canvas.grid import Bounds

TICK_MS: Final = 33
SECOND_MS: Final = 1000
TURN_MS: Final = 1200
FADE_MS: Final = 120
FLOW: Final = 48.0
"""Dots of a live edge go so many pixels a second."""


class Motion(QObject):
    """Knows how far everything has moved. Where motion is reduced only seconds go on."""

    def __init__(self, update: Callable[[Bounds], None], clock: Clock, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._update = update
        self._now: Callable[[], int] | None = clock.utc_micros
        self._places: dict[str, Bounds] = {}
        self._counts: dict[str, Bounds] = {}
        self._counted = 0
        self._is_reduced = False
        self._elapsed = QElapsedTimer()
        self._elapsed.start()
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._on_tick)

    @property
    def is_reduced(self) -> bool:
        """Nothing turns, flows or fades."""
        return self._is_reduced

    @property
    def is_going(self) -> bool:
        """Something in view moves."""
        return self._timer.isActive()

    @property
    def turn(self) -> float | None:
        """How far a running ring has turned, 0 to 1; None where it stands still."""
        return None if self._is_reduced else (self.elapsed % TURN_MS) / TURN_MS

    @property
    def flow(self) -> float:
        """How far the dots of live edges have gone, in pixels."""
        return 0.0 if self._is_reduced else self.elapsed * FLOW / 1000

    @property
    def elapsed(self) -> int:
        """Milliseconds of a clock that never jumps."""
        return self._elapsed.elapsed()

    @property
    def now(self) -> int:
        """UTC microseconds for what counts seconds; 0 where time stands still."""
        return self._now() if self._now is not None else 0

    def set_reduced(self, is_reduced: bool) -> None:
        """Let nothing turn, flow or fade any more, or let it again."""
        self._is_reduced = is_reduced

    def set_clock(self, now: Callable[[], int] | None) -> None:
        """Take seconds from elsewhere, as in a replay; None lets time stand still."""
        self._now = now

    def moves(self, key: str, place: Bounds) -> None:
        """Say that something was painted that moves; it is painted anew at the next tick."""
        if not self._is_reduced:
            self._places[key] = place
            self._go(TICK_MS)

    def counts(self, key: str, place: Bounds) -> None:
        """Say that seconds were painted; they are painted anew a second later."""
        if self._now is not None:
            self._counts[key] = place
            self._go(SECOND_MS)

    def fade(self, since: int) -> float:
        """Return how far a fade has come that began at `since`, 0 to 1, quick at first."""
        gone = (self.elapsed - since) / FADE_MS
        return 1.0 if self._is_reduced or gone >= 1 else 1 - (1 - max(0.0, gone)) ** 3

    def stop(self) -> None:
        """Forget what moves."""
        self._timer.stop()
        self._places.clear()
        self._counts.clear()

    def _go(self, interval: int) -> None:
        if not self._timer.isActive():
            self._counted = self.elapsed
            self._timer.start(interval)
        elif interval < self._timer.interval():
            self._timer.start(interval)

    @Slot()
    def _on_tick(self) -> None:
        places, self._places = self._places, {}
        is_second = self.elapsed - self._counted >= SECOND_MS - TICK_MS
        counts: dict[str, Bounds] = {}
        if is_second:
            self._counted = self.elapsed
            counts, self._counts = self._counts, {}
        if not places and not counts and not self._counts:
            self._timer.stop()
        elif not places:
            self._timer.setInterval(SECOND_MS)
        for place in (places | counts).values():
            self._update(place)
