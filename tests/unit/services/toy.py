"""The real engine and the real journal over a product that answers as the test says."""

import asyncio
from collections.abc import Callable

from tests.helpers.runs import ENVIRONMENT, test_catalogue
from typing_extensions import override

from tocsin.base.clock import Clock
from tocsin.checks import check_playbook
from tocsin.engine.outcomes import Answer, Changed, Intent, Outcome, Verdict, Verified
from tocsin.engine.ports import AllowAll, Performer, Permit
from tocsin.engine.runner import Runner
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
    """Runs over a toy product, with a journal in a folder."""

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

    @override
    def get(self, name, /, *, connected=True, file=""):
        return self.environment

    @override
    def ensure_ready(self, program, /):
        pass

    def close(self):
        self.runs.refuse_new()
        self.engine.submit(self._close()).result()

    def _make_runner(self, environment):
        self.made_for.append(environment.id)
        clock = Clock()
        return Runner(self.journal, self.performer, AllowAll(clock.monotonic), clock)

    async def _open(self, folder, owner):
        return JournalWriter(folder / "journal.db", folder / "blobs", owner=owner)

    async def _close(self):
        await self.runs.close()
        self.journal.close()
