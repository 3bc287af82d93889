"""Runs that were: lists, and one run's record again from its events."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, cast

from tocsin.base.json_types import Json
from tocsin.engine.earlier import earlier_run
from tocsin.engine.events import LIVE, Event, RunStatus
from tocsin.engine.ordering import in_order
from tocsin.engine.outcomes import Changed
from tocsin.engine.partial import EarlierRun
from tocsin.engine.pins import read_pins
from tocsin.engine.program import Program
from tocsin.engine.progress import RunProgress
from tocsin.engine.record import RunRecord
from tocsin.engine.resumption import StoredRun
from tocsin.engine.undoing import UndoItem, undo_items, undone_paths
from tocsin.engine.values import untag
from tocsin.journal import History, ImportedRunError, RunSummary, Store, collector_rests, is_held
from tocsin.model.catalogue import Effect
from tocsin.model.closure import Closure
from tocsin.model.document import from_document
from tocsin.model.playbook import Playbook
from tocsin.services.long_runs import LongRuns
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
        self._long = LongRuns(self._history, Store(places.journal, places.blobs))
        self._doubts: dict[str, int] = {}

    def list_runs(self, *, most: int = 50) -> list[RunSummary]:
        """Return the newest runs first."""
        return self._history.list_runs(most=most)

    def search(self, query: RunQuery) -> tuple[ListedRun, ...]:
        """Return a page of runs, with how many of their changes nobody knows of."""
        found = self._history.search_runs(
            statuses=query.statuses, text=query.text, before=query.before, most=query.most
        )
        return self._with_doubts([_listed(summary) for summary in found])

    def load_past(self, run: str) -> PastRun:
        """Return a run with its events and the playbook as it was.

        Raises:
            UnknownRunError: There is none of that id.
            UnknownEventError: A newer version wrote it.
            JournalUnusableError: The journal cannot be read, or is damaged.
        """
        summary = self._history.get_run(run)
        listed, playbook = _listed(summary), self.load_playbook(summary)
        long = self._long.find(summary.run) if summary.mode == LIVE else None
        if long is not None:
            past = PastRun(listed, playbook, long.events, long)
        else:
            with collector_rests():
                past = PastRun(listed, playbook, tuple(self._history.load_events(summary.run)))
        return replace(past, listed=replace(listed, unsure=_unsure(past.moment.progress)))

    def remember(self, run: str, /) -> None:
        """Keep how a long run stands, so that it opens quickly; nothing for a short one."""
        self._long.find(run)

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
            ImportedRunError: It came out of a file.
        """
        summary = self._history.get_run(name)
        if summary.imported_at is not None:
            raise ImportedRunError(summary.run)
        events = self._history.load_events(summary.run)
        started_with = untag(events[0].data["input"], self._history.load_value)
        created = events[0].data
        playbook = in_order(self.load_playbook(summary), created.get("order", ()))
        pinned: Any = untag(created["pins"], self._history.load_value) if "pins" in created else {}
        return StoredRun(
            summary.run,
            summary.status,
            summary.owner,
            playbook,
            started_with,
            events,
            self._load_closure(created),
            read_pins(pinned),
        )

    def data_of(self, name: str, /) -> EarlierRun:
        """Return the data of a run that has ended, for another one to take over.

        Raises:
            UnknownRunError: There is none of that id or number, or several.
            ImportedRunError: It came out of a file.
            RunNotOverError: It has not ended.
        """
        return earlier_run(self.recall(name), self._history.load_value)

    def undo_items(self, stored: StoredRun, /) -> tuple[UndoItem, ...]:
        """Return what a run changed and nobody has taken back yet, newest first."""
        already: frozenset[str] = frozenset()
        for run in self._history.list_undoing(stored.run):
            already |= undone_paths(self._history.load_events(run), self._history.load_value)
        return undo_items(stored.events, self._history.load_value, already=already)

    def open_with_key(self, program: Program, /, *, before: str | None = None) -> tuple[str, ...]:
        """Return the runs of a program's playbook, environment and key that are not over, oldest first.

        Of those, only the ones that were created before the run `before`, where it is given.
        """
        last = self._history.get_run(before).no if before is not None else None
        own = (program.playbook.id, program.environment.id, program.mode)
        alike = [each for each in self._history.list_open() if (each.playbook, each.environment, each.mode) == own]
        earlier = [each.run for each in alike if last is None or each.no < last]
        return tuple(run for run in earlier if self._key_of(run) == program.key)

    def _key_of(self, run: str) -> Json:
        tagged = self._history.load_span(run, 1, 1)[0].data.get("key")
        return tagged["v"] if tagged is not None else None

    def changes_of(self, run: str, /) -> tuple[UndoItem, ...]:
        """Return what the run of this id changed and nobody has taken back yet, newest first."""
        return self.undo_items(self.recall(run))

    def list_left(self) -> tuple[ListedRun, ...]:
        """Return the runs that have not ended and that no living process has, oldest first."""
        left = [_listed(summary) for summary in self._history.list_open() if not self.is_held(summary.owner)]
        paused = self._history.paused_runs([run.run for run in left]) if left else ()
        return self._with_doubts([replace(run, is_paused=run.run in paused) for run in left])

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
        return self._load_snapshot(summary.playbook_hash)

    def record(
        self, summary: RunSummary, effect_of: Callable[[str], Effect | None] = lambda _: None
    ) -> dict[str, Json]:
        """Return the run's record (definitions.md D6); `effect_of` says what an action does to the world."""
        record = RunRecord(self.load_playbook(summary), self._history.load_value, effect_of)
        record.add(self.load_events(summary.run))
        return record.to_json()

    def _load_closure(self, created: Mapping[str, Any]) -> Closure:
        handler: Mapping[str, Any] | None = created.get("handler")
        callees = self._load_callees(created["closure"])
        if handler is None:
            return Closure(callees)
        return Closure(callees, self._load_pinned(handler), self._load_callees(handler["closure"]))

    def _load_callees(self, closure: Iterable[Mapping[str, Any]]) -> dict[str, Playbook]:
        return {pinned["id"]: self._load_pinned(pinned) for pinned in closure}

    def _load_pinned(self, pinned: Mapping[str, Any]) -> Playbook:
        return in_order(self._load_snapshot(pinned["hash"]), pinned.get("order", ()))

    def _load_snapshot(self, hash_: str) -> Playbook:
        return from_document(cast("dict[str, Any]", self._history.load_value(hash_)))

    def _with_doubts(self, listed: Sequence[ListedRun]) -> tuple[ListedRun, ...]:
        """Return these runs, with how many of their changes nobody knows of."""
        uncertain = self._history.uncertain_runs([run.run for run in listed if run.changes or run.ended_at is None])
        return tuple(replace(run, unsure=self._count_unsure(run)) if run.run in uncertain else run for run in listed)

    def _count_unsure(self, run: ListedRun) -> int:
        """Count what nobody knows of a run; once it is over that stays so."""
        if run.run not in self._doubts or run.ended_at is None:
            progress = RunProgress(run.run)
            progress.apply_all(self._history.load_events(run.run))
            self._doubts[run.run] = _unsure(progress)
        return self._doubts[run.run]


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
        is_imported=summary.imported_at is not None,
    )


def _unsure(progress: RunProgress) -> int:
    return sum(change.changed == Changed.UNKNOWN for change in progress.changes)
