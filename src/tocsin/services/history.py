"""Runs that were: lists, and one run's record again from its events."""

from __future__ import annotations

from typing import Any, cast

from tocsin.base.json_types import Json
from tocsin.engine.events import Event
from tocsin.engine.record import RunRecord
from tocsin.journal import History, RunSummary
from tocsin.model.document import from_document
from tocsin.model.playbook import Playbook
from tocsin.services.places import Places


class RunHistory:
    """What the journal keeps, for the faces.

    Args:
        places: Where the journal is.
    """

    def __init__(self, places: Places) -> None:
        self._history = History(places.journal, places.blobs)

    def list_runs(self, *, most: int = 50) -> list[RunSummary]:
        """Return the newest runs first."""
        return self._history.list_runs(most=most)

    def get_run(self, name: str) -> RunSummary:
        """Return the run whose id is, or begins with, this.

        Raises:
            UnknownRunError: There is none, or several.
        """
        return self._history.get_run(name)

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
