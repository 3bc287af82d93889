"""Long runs, opened without folding all of them: how they stood after some of their events is kept in the journal.

The journal keeps such a moment every `SPACING` events, later farther apart, for each holds all that happened before:
so all of them together stay a fixed multiple of the last. Whoever opens a run, or ends it, adds those that are missing.
"""

from __future__ import annotations

import logging
from array import array
from collections.abc import Sequence
from functools import partial
from itertools import islice
from typing import Final

from tocsin.engine.details import RunDetails
from tocsin.engine.events import Event, RunStatus
from tocsin.engine.kept_moments import MOMENT_VERSION, pack_moment, unpack_moment
from tocsin.engine.moments import Moment, Rewind
from tocsin.engine.progress import RunProgress
from tocsin.journal import (
    History,
    JournalUnusableError,
    Snapshot,
    Store,
    StoredEvents,
    collector_rests,
    keep_snapshots,
    list_snapshots,
    load_snapshot,
)
from tocsin.services.past import LongRun

LONG: Final = 4_000
"""Runs of fewer events are folded at once."""
SPACING: Final = 2_000
WIDENING: Final = 8
"""A moment is kept when the run has grown by this part of itself."""
FEW: Final = 500
"""So many are folded at each opening sooner than that the end of a run is kept."""

_log = logging.getLogger("tocsin.journal")


class LongRuns:
    """Opens long runs.

    Args:
        history: Gives their events.
        store: Keeps how they stood.
    """

    def __init__(self, history: History, store: Store) -> None:
        self._history = history
        self._store = store

    def find(self, run: str) -> LongRun | None:
        """Return a run; None for one that is short, or has events of others among its own.

        Raises:
            UnknownEventError: A newer version wrote it.
            JournalUnusableError: The journal cannot be read, or is damaged.
        """
        count = self._history.count_events(run)
        if count < LONG:
            return None
        kept = list_snapshots(self._store, run, MOMENT_VERSION)
        with collector_rests():
            folding = self._take_up(run, kept)
            while folding.reached < count:
                page = self._history.load_span(run, folding.reached + 1, min(folding.reached + SPACING, count))
                if not page or page[-1].seq != folding.reached + len(page):
                    return None
                folding.take(page)
            folding.rest()
        if folding.new:
            self._keep(run, folding.new)
        places = [seq for seq, _ in kept[: folding.taken_up]] + [each.seq for each in folding.new]
        events = StoredEvents(partial(self._history.load_span, run), count)
        rewind = Rewind(events, {place: partial(self._load, run, place) for place in places}, _begin(run))
        return LongRun(events, folding.times, folding.moment, rewind)

    def _take_up(self, run: str, kept: Sequence[tuple[int, array[int]]]) -> _Folding:
        """Begin after the last moment that can be read; the times are those up to there."""
        for number in range(len(kept), 0, -1):
            moment = self._load(run, kept[number - 1][0])
            if moment is not None:
                times = array("q")
                for _, own in islice(kept, number):
                    times.extend(own)
                return _Folding(moment, times, number)
        return _Folding(_begin(run), array("q"), 0)

    def _load(self, run: str, place: int) -> Moment | None:
        data = load_snapshot(self._store, run, place, MOMENT_VERSION)
        return unpack_moment(data) if data is not None else None

    def _keep(self, run: str, new: Sequence[Snapshot]) -> None:
        try:
            keep_snapshots(self._store, run, MOMENT_VERSION, new)
        except JournalUnusableError as error:
            _log.info("run=%s how it stood is not kept: %s", run, error)  # it opens as well without, only later


def _begin(run: str) -> Moment:
    return Moment(RunProgress(run), RunDetails())


class _Folding:
    """A run that is being folded, and what is to be kept of it on the way.

    Attributes:
        moment: How it stands.
        times: When each event until here was.
        taken_up: How many moments that are kept already lie before.
        new: Those that are not.
    """

    def __init__(self, moment: Moment, times: array[int], taken_up: int) -> None:
        self.moment = moment
        self.times = times
        self.taken_up = taken_up
        self.new: list[Snapshot] = []
        self._last = len(times)

    @property
    def reached(self) -> int:
        """How many events it has taken."""
        return len(self.times)

    def take(self, page: Sequence[Event]) -> None:
        """Take events."""
        self.moment.apply_all(page)
        self.times.extend(event.at for event in page)
        grown = self.reached - self._last
        if grown >= SPACING and grown * WIDENING >= self.reached:
            self._remember()

    def rest(self) -> None:
        """It goes no further, and perhaps never will."""
        progress = self.moment.progress
        is_on = progress.status is RunStatus.RUNNING and not progress.is_paused
        if self.reached - self._last >= FEW and not is_on:
            self._remember()

    def _remember(self) -> None:
        self.new.append(Snapshot(self.reached, self.times[self._last :], pack_moment(self.moment)))
        self._last = self.reached
