"""What the benches of the engine share: a product in this process, a runner with its journal, rounds beside a floor."""

import statistics
import tempfile
from contextlib import asynccontextmanager
from itertools import pairwise
from pathlib import Path

from tests.bench.floors.engine import Window
from tests.helpers.runs import playbook_of
from tocsin.base.clock import Clock
from tocsin.engine.outcomes import Answer, Changed, Outcome
from tocsin.engine.ports import AllowAll
from tocsin.engine.runner import Runner
from tocsin.journal import JournalWriter


class InProcess:
    """A product in this process that answers at once; as its own permit, it always has room."""

    def try_enter(self):
        return True

    async def enter(self):
        """There is always room."""

    def leave(self):
        """Nothing is kept."""

    def permit(self, _binding):
        return self

    def perform(self, intent, *, grant):
        del grant
        return Answer(Outcome.SUCCEEDED, changed=Changed.TRUE, output={"value": intent.n})

    async def verify(self, intent):
        raise NotImplementedError


def chain(kind, steps, *, use="toy.look"):
    """Return a playbook of so many nodes in a row behind a trigger."""
    nodes = {"t": {"kind": "trigger", "event": "manual", "sample": {"n": 1}}}
    for place in range(steps):
        inputs = {"x": "{{ t.n }}"}
        action = {"kind": "action", "use": use, "with": inputs}
        nodes[f"n{place}"] = action if kind == "action" else {"kind": "set", "values": inputs}
    return playbook_of(nodes, [f"{a} -> {b}" for a, b in pairwise(nodes)])


@asynccontextmanager
async def working_runner(performer=None):
    """Give a runner on a journal of its own, and what a window on another thread hears of it, batch by batch."""
    with tempfile.TemporaryDirectory() as folder, Window() as window:
        journal = JournalWriter(Path(folder) / "journal.db", Path(folder) / "blobs")
        clock = Clock()
        runner = Runner(journal, performer or InProcess(), AllowAll(clock.monotonic), clock)
        runner.subscribe(window.tell)
        try:
            yield runner, clock, window.heard
        finally:
            await runner.close()
            journal.close()


def in_a_folder(measure):
    """Return what a measure that needs an empty file's path gives."""
    with tempfile.TemporaryDirectory() as folder:
        return measure(Path(folder) / "floor.db")


def rounds_of(rounds, **measures):
    """Return the median of each measure. They take turns, so that what else the machine does meets all alike."""
    found = {name: [] for name in measures}
    for _ in range(rounds):
        for name, measure in measures.items():
            found[name].append(measure())
    return {name: statistics.median(values) for name, values in found.items()}
