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
        is_imported: It came out of a file: it can be looked at, and neither go on nor be undone.
    """

    def __init__(self, subject: RunSubject, progress: RunProgress) -> None:
        self.subject = subject
        self._events: list[Event] = []
        self.playback = Playback(self._events)
        self.latest = Moment(progress, RunDetails())
        self._rewind = Rewind(self._events)
        self._seen: tuple[int, Moment] | None = None
        self.is_imported = False

    @staticmethod
    def of_past(subject: RunSubject, past: PastRun) -> RunTape:
        """Return the tape of a run that was, at its end."""
        tape = RunTape(subject, past.moment.progress)
        tape.latest = past.moment
        tape.is_imported = past.listed.is_imported
        tape._events.extend(past.events)
        tape.playback.go(len(past.events))
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
    def moment(self) -> Moment:
        """How the run stood where the playhead is."""
        if self.is_at_end:
            return self.latest
        index = self.playback.index
        if self._seen is None or self._seen[0] != index:
            self._seen = (index, self._rewind.at(index))
        return self._seen[1]

    def take(self, events: Sequence[Event]) -> None:
        """Add what happened. A playhead at the end stays there."""
        was_at_end = self.is_at_end
        self._events.extend(events)
        for event in events:
            self.latest.details.apply(event)
        if was_at_end:
            self.playback.go(len(self._events))
