"""What a chain of actions costs that is already decided: its events kept as the journal keeps them, and told.

The rule asks for no less: an intent is committed before its attempt leaves, the attempt has a task, its outcome joins
the next intent's commit. What the engine takes beyond this is its deciding: expressions, schemas, edges, folding.
"""

import asyncio
import time
from dataclasses import replace

from tests.bench.floors.engine import Window
from tests.helpers.runs import Driver
from tocsin.engine.outcomes import Answer, Outcome
from tocsin.engine.ports import Batch
from tocsin.engine.preparation import pinned_values
from tocsin.journal import JournalWriter


def batches_of(playbook):
    """Return the commits of a run of a chain of actions: the first with all that is pinned, then one a step."""
    run = Driver(playbook, answers=lambda intent: Answer(Outcome.SUCCEEDED, output={"value": intent.n})).run()
    values = run.values | pinned_values(run.program)
    first = next(place for place, event in enumerate(run.events) if event.type == "attempt.finished")
    starts = [0, *range(first, len(run.events), 2)]
    parts = [run.events[start:end] for start, end in zip(starts, [*starts[1:], None], strict=True)]
    return [Batch(events, {} if place else values, durable=False) for place, events in enumerate(parts)]


def side_by_side(batches, runs):
    """Return the commits of so many such runs of changes that go on together, each safe from power loss."""
    names = [f"run-{number}" for number in range(runs)]
    return [
        Batch([replace(event, run=name) for name in names for event in batch.events], batch.values, durable=True)
        for batch in batches
    ]


async def _answer():
    return {"value": 1}


async def _keep(journal, batches, runs, tell):
    journal.commit(batches[0])
    for batch in batches[1:]:
        await asyncio.gather(*(asyncio.create_task(_answer()) for _ in range(runs)))
        journal.commit(batch)
        tell(batch.events)


def steps_a_second_kept(path, batches, runs=1):
    """Return how many steps a second of the processor are kept and told."""
    with Window() as window:
        journal = JournalWriter(path, path.with_name("blobs"))
        start = time.process_time()
        asyncio.run(_keep(journal, batches, runs, window.tell))
        seconds = time.process_time() - start
        journal.close()
    return runs * (len(batches) - 1) / seconds
