"""The real engine and the real journal over a product that answers as the test says."""

import asyncio
from collections.abc import Callable
from dataclasses import replace

from tests.helpers.replaying import fold, picture_of
from tests.helpers.runs import ENVIRONMENT, test_catalogue
from typing_extensions import override

from tocsin.base.clock import Clock
from tocsin.checks import check_playbook
from tocsin.engine.outcomes import Answer, Changed, Intent, Outcome, Verdict, Verified
from tocsin.engine.ports import AllowAll, Performer, Permit
from tocsin.engine.runner import Flight, Runner
from tocsin.journal import JournalWriter
from tocsin.model.playbook import Playbook
from tocsin.services.history import RunHistory
from tocsin.services.places import Places
from tocsin.services.runs import Environments, Parts, Runs


class FreePermit(Permit):
    """Never full."""

    @override
    def try_enter(self):
        return True

    @override
    async def enter(self):
        pass

    @override
    def leave(self):
        pass


class ToyPerformer(Performer):
    """Answers at once, or never while `holds` is set."""

    def __init__(self, answer: Callable[[Intent], Answer]) -> None:
        self.answer = answer
        self.intents: list[Intent] = []
        self.holds = False

    @override
    async def perform(self, intent, *, grant):
        self.intents.append(intent)
        if self.holds:
            await asyncio.Event().wait()
        return self.answer(intent)

    @override
    async def verify(self, intent):
        return Verdict(Verified.UNKNOWN)

    @override
    def permit(self, binding):
        return FreePermit()


def done(_):
    return Answer(Outcome.SUCCEEDED, output={}, changed=Changed.TRUE, summary="did it")


class House(Environments):
    """Runs over a toy product, with a journal in a folder. At its end each run's events give its runner's state."""

    def __init__(self, engine, folder, *, owner="") -> None:
        self.engine = engine
        self.performer = ToyPerformer(done)
        self.journal = engine.submit(self._open(folder, owner)).result()
        self.environment = ENVIRONMENT
        catalogue = test_catalogue()
        self.history = RunHistory(Places(*[folder] * 5))

        def check(playbook, shelf):
            return check_playbook(playbook, catalogue, shelf)

        self.shelf: dict[str, Playbook] = {}
        parts = Parts(self, self._make_runner, catalogue, check, lambda _: self.shelf.get, self.history)
        self.runs = Runs(engine, parts)
        self.made_for: list[str] = []
        self._flown: dict[str, Flight] = {}

    @override
    def get(self, name, /, *, connected=True, file=""):
        return self.environment

    @override
    def ensure_ready(self, program, /):
        pass

    def close(self):
        self.runs.refuse_new()
        self.engine.submit(self._close()).result()
        kept = {summary.run for summary in self.history.list_runs(most=1_000) if summary.imported_at is None}
        for run in kept & set(self._flown):
            flight = self._flown[run]
            if _was_refused(flight):
                continue
            state, stored = flight.conductor.state, self.history.recall(run)
            known = replace(stored, events=stored.events[: state.seq])  # another process may have gone on with it
            assert picture_of(fold(known)) == picture_of(state), run

    def _make_runner(self, environment):
        self.made_for.append(environment.id)
        clock = Clock()
        runner = Runner(self.journal, self.performer, AllowAll(clock.monotonic), clock)
        runner.subscribe(lambda events: self._note_flights(runner, events))
        return runner

    def _note_flights(self, runner, events):
        """Remember what runs in this process."""
        flights = {event.run: runner.find_flight(event.run) for event in events}
        self._flown.update((run, flight) for run, flight in flights.items() if flight is not None)

    async def _open(self, folder, owner):
        return JournalWriter(folder / "journal.db", folder / "blobs", owner=owner)

    async def _close(self):
        await self.runs.close()
        self.journal.close()


def _was_refused(flight):
    """Tell whether the journal did not take what a run decided last: then its state is ahead of its events."""
    done = flight.done
    return done.done() and not done.cancelled() and done.exception() is not None
