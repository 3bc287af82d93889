"""The events of the run that is shown, and the moment of it that is seen. Without Qt; nothing is run."""

from __future__ import annotations

from collections.abc import Sequence

from tocsin.engine.details import RunDetails
from tocsin.engine.events import FINISHED, Event
from tocsin.engine.moments import Moment, Rewind
from tocsin.engine.progress import RunProgress
from tocsin.services.past import PastRun
from tocsin.ui.run_dock.playback import Playback
from tocsin.ui.run_dock.subject import RunSubject


class RunTape:
    """Holds one run: it grows while the run goes on, and can be looked at anywhere.

    Args:
        subject: What runs.
        progress: How it stands; whoever follows the run folds it on before `take` is told.

    Attributes:
        subject: What runs.
        playback: Where the playhead is.
        latest: How the run stands now.
        rewind: Gives how it stood before, from any thread.
        is_imported: It came out of a file: it can be looked at, and neither go on nor be undone.
    """

    def __init__(self, subject: RunSubject, progress: RunProgress) -> None:
        self.subject = subject
        self._live: list[Event] = []
        self._times: list[int] = []
        self._events: Sequence[Event] = self._live
        self.playback = Playback(self._times)
        self.latest = Moment(progress, RunDetails())
        self.rewind = Rewind(self._events)
        self._seen: tuple[int, Moment] | None = None
        self.is_imported = False

    @staticmethod
    def of_past(subject: RunSubject, past: PastRun) -> RunTape:
        """Return the tape of a run that was, at its end."""
        tape = RunTape(subject, past.moment.progress)
        tape.latest = past.moment
        tape.is_imported = past.listed.is_imported
        tape._events, tape.rewind, tape.playback = past.events, past.rewind, Playback(past.times)
        return tape

    @property
    def events(self) -> Sequence[Event]:
        """Everything that happened."""
        return self._events

    @property
    def is_on(self) -> bool:
        """More may happen."""
        return self.latest.progress.status not in FINISHED

    @property
    def is_at_end(self) -> bool:
        """What is seen is how the run stands now."""
        return self.playback.is_at_end

    @property
    def wanted(self) -> int | None:
        """The number of events whose moment must be looked for beside the window (`show_moment`); None for none.

        To fold as many would hold the window up.
        """
        index = self.playback.index
        is_there = self.is_at_end or (self._seen is not None and self._seen[0] == index) or self.rewind.is_near(index)
        return None if is_there else index

    @property
    def moment(self) -> Moment:
        """How the run stood where the playhead is; while that is `wanted`, what was seen before."""
        if self.is_at_end:
            return self.latest
        index = self.playback.index
        if self.wanted is None and (self._seen is None or self._seen[0] != index):
            self._seen = (index, self.rewind.at(index))
        return self._seen[1] if self._seen is not None else self.latest

    def show_moment(self, index: int, moment: Moment) -> None:
        """See how the run stood after its first `index` events, until the playhead is elsewhere."""
        self._seen = (index, moment)

    def take(self, events: Sequence[Event]) -> None:
        """Add what happened to a run that is on. A playhead at the end stays there."""
        was_at_end = self.is_at_end
        self._live.extend(events)
        self._times.extend(event.at for event in events)
        for event in events:
            self.latest.details.apply(event)
        if was_at_end:
            self.playback.go(len(self._times))
