"""The world's own time: it goes with the computer's, and whoever plays can put it forward."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from tocsin.base.clock import Clock, rfc3339

MINUTE: Final = 60_000_000
MOST_SECONDS: Final = 7 * 24 * 3600
"""The farthest that it is put forward at once."""


class StoryClock:
    """Tells how long the story has gone on. It never goes back while a story goes on."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._ahead = 0
        self._begun = clock.utc_micros()

    @property
    def now(self) -> str:
        """The present moment, RFC 3339."""
        return rfc3339(self._micros())

    @property
    def begun(self) -> str:
        """When the story began, RFC 3339."""
        return rfc3339(self._begun)

    @property
    def minutes(self) -> int:
        """The whole minutes since the story began."""
        return max((self._micros() - self._begun) // MINUTE, 0)

    def begin(self) -> None:
        """Begin the story now; a new story is told in the computer's time."""
        self._ahead = 0
        self._begun = self._clock.utc_micros()

    def go_on_after(self, minutes: int) -> None:
        """Go on with a story that has gone on for so long, as after a restart."""
        self.begin()
        self._ahead = minutes * MINUTE

    def put_forward(self, seconds: int) -> None:
        """Let time go by at once."""
        self._ahead += seconds * 1_000_000

    def time_of(self, minute: int) -> str:
        """Return when a minute of the story was over, RFC 3339."""
        return rfc3339(self._begun + minute * MINUTE)

    @staticmethod
    def minutes_between(earlier: str, later: str) -> float:
        """Return how many minutes lie between two RFC 3339 times."""
        return (datetime.fromisoformat(later) - datetime.fromisoformat(earlier)).total_seconds() / 60

    def _micros(self) -> int:
        return self._clock.utc_micros() + self._ahead
