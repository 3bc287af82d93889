"""Runs that were: lists, and one run's record again from its events."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any, cast

from tocsin.base.json_types import Json
from tocsin.engine.events import Event, RunStatus
from tocsin.engine.outcomes import Changed
from tocsin.engine.progress import RunProgress
from tocsin.engine.record import RunRecord
from tocsin.engine.resumption import StoredRun
from tocsin.engine.undoing import UndoItem, undo_items, undone_paths
from tocsin.engine.values import untag
from tocsin.journal import History, RunSummary, is_held
from tocsin.model.document import from_document
from tocsin.model.playbook import Playbook
from tocsin.services.past import ListedRun, PastRun, RunQuery
from tocsin.services.places import Places


class RunHistory:
    """What the journal keeps, for the faces.

    Args:
        places: Where the journal is.
    """

    def __init__(self, places: Places) -> None:
        self._places = places
        self._history = History(places.journal, places.blobs)

    def list_runs(self, *, most: int = 50) -> list[RunSummary]:
        """Return the newest runs first."""
        return self._history.list_runs(most=most)

    def search(self, query: RunQuery) -> tuple[ListedRun, ...]:
        """Return a page of runs, with how many of their changes nobody knows of."""
        found = self._history.search_runs(
            statuses=query.statuses, text=query.text, before=query.before, most=query.most
        )
        listed = [_listed(summary) for summary in found]
        uncertain = self._history.uncertain_runs([run.run for run in listed if run.changes or run.ended_at is None])
        return tuple(replace(run, unsure=self._unsure(run.run)) if run.run in uncertain else run for run in listed)

    def load_past(self, run: str) -> PastRun:
        """Return a run with its events and the playbook as it was.

        Raises:
            UnknownRunError: There is none of that id.
            UnknownEventError: A newer version wrote it.
            JournalUnusableError: The journal cannot be read, or is damaged.
        """
        summary = self._history.get_run(run)
        events = tuple(self._history.load_events(summary.run))
        listed = replace(_listed(summary), unsure=_count_unsure(events))
        return PastRun(listed, self.load_playbook(summary), events)

    def get_run(self, name: str) -> RunSummary:
        """Return the run whose id is, or begins with, this.

        Raises:
            UnknownRunError: There is none, or several.
        """
        return self._history.get_run(name)

    def list_open(self) -> list[RunSummary]:
        """Return the runs that have not ended, oldest first."""
        return self._history.list_open()

    def recall(self, name: str, /) -> StoredRun:
        """Return a run with all that it needs to go on.

        Raises:
            UnknownRunError: There is none, or several.
        """
        summary = self._history.get_run(name)
        events = self._history.load_events(summary.run)
        started_with = untag(events[0].data["input"], self._history.load_value)
        playbook = self.load_playbook(summary)
        return StoredRun(summary.run, summary.status, summary.owner, playbook, started_with, events)

    def undo_items(self, stored: StoredRun, /) -> tuple[UndoItem, ...]:
        """Return what a run changed and nobody has taken back yet, newest first."""
        already: frozenset[str] = frozenset()
        for run in self._history.list_undoing(stored.run):
            already |= undone_paths(self._history.load_events(run), self._history.load_value)
        return undo_items(stored.events, self._history.load_value, already=already)

    def is_held(self, owner: str, /) -> bool:
        """Tell whether the process of that name still lives."""
        return is_held(self._places.locks, owner)

    def load_events(self, run: str) -> list[Event]:
        """Return the events of a run."""
        return self._history.load_events(run)

    def load_value(self, hash_: str) -> Json:
        """Return the value kept under a hash."""
        return self._history.load_value(hash_)

    def load_playbook(self, summary: RunSummary) -> Playbook:
        """Return the playbook as it was when the run ran it."""
        return from_document(cast("dict[str, Any]", self._history.load_value(summary.playbook_hash)))

    def record(self, summary: RunSummary) -> dict[str, Json]:
        """Return the run's record (definitions.md D6)."""
        record = RunRecord(self.load_playbook(summary), self._history.load_value)
        record.add(self.load_events(summary.run))
        return record.to_json()

    def _unsure(self, run: str) -> int:
        return _count_unsure(self._history.load_events(run))


def _listed(summary: RunSummary) -> ListedRun:
    return ListedRun(
        run=summary.run,
        no=summary.no,
        playbook=summary.name or summary.playbook,
        environment=summary.environment,
        status=RunStatus(summary.status),
        started_at=summary.started_at,
        ended_at=summary.ended_at,
        changes=summary.changes,
        error=summary.error or "",
        waiting=summary.waiting or "",
    )


def _count_unsure(events: Iterable[Event]) -> int:
    progress = RunProgress("")
    for event in events:
        progress.apply(event)
    return sum(change.changed == Changed.UNKNOWN for change in progress.changes)
