"""How fast the engine runs a chain of steps, each kept in the journal, with live events; the floor beside it.

`action` nodes: an in-process product that answers at once, one commit a step. `set` nodes: nothing needs the outside,
so the whole chain runs to quiescence in one commit. Both are said apart, for they are different things.
"""

import asyncio
import statistics
import tempfile
import time
from itertools import pairwise
from pathlib import Path

from tests.bench.floors.engine import steps_a_second
from tests.helpers.runs import ENVIRONMENT, playbook_of, test_catalogue
from tocsin.base.clock import Clock
from tocsin.engine.outcomes import Answer, Outcome
from tocsin.engine.ports import AllowAll
from tocsin.engine.preparation import Occasion, prepare_program
from tocsin.engine.runner import Runner
from tocsin.journal import JournalWriter

STEPS = 1_000
ROUNDS = 7


class InProcess:
    """A product in this process that answers at once."""

    def try_enter(self):
        return True

    async def enter(self):
        """There is always room."""

    def leave(self):
        """Nothing is kept."""

    def permit(self, _binding):
        return self

    async def perform(self, intent, *, grant):
        del grant
        return Answer(Outcome.SUCCEEDED, output={"value": intent.n})

    async def verify(self, intent):
        raise NotImplementedError


def chain(kind):
    """Return a playbook of STEPS nodes in a row behind a trigger."""
    nodes = {"t": {"kind": "trigger", "event": "manual", "sample": {"n": 1}}}
    for place in range(STEPS):
        inputs = {"x": "{{ t.n }}"}
        action = {"kind": "action", "use": "toy.look", "with": inputs}
        nodes[f"n{place}"] = action if kind == "action" else {"kind": "set", "values": inputs}
    names = list(nodes)
    return playbook_of(nodes, [f"{a} -> {b}" for a, b in pairwise(names)])


async def _seconds(program, folder):
    journal = JournalWriter(folder / "journal.db", folder / "blobs")
    clock = Clock()
    runner = Runner(journal, InProcess(), AllowAll(clock.monotonic), clock)
    heard = []
    runner.subscribe(heard.extend)
    start = time.perf_counter()
    flight = runner.start(program, run=clock.new_run_id(), by="bench")
    status = await flight.done
    seconds = time.perf_counter() - start
    await runner.close()
    journal.close()
    assert status == "succeeded"
    assert len(heard) >= STEPS
    return seconds


def _product(kind):
    program = prepare_program(chain(kind), ENVIRONMENT, test_catalogue(), Occasion())
    found = []
    for _ in range(ROUNDS):
        with tempfile.TemporaryDirectory() as folder:
            found.append(STEPS / asyncio.run(_seconds(program, Path(folder))))
    return statistics.median(found)


def _floor(*, is_heard):
    found = []
    for _ in range(ROUNDS):
        with tempfile.TemporaryDirectory() as folder:
            found.append(steps_a_second(Path(folder) / "floor.db", steps=STEPS, is_heard=is_heard))
    return statistics.median(found)


def run():
    """Return steps a second (medians), and the share of the floor with events."""
    floor = _floor(is_heard=True)
    actions = _product("action")
    return {
        "bench": "engine",
        "steps": STEPS,
        "rounds": ROUNDS,
        "floor_with_events_steps_s": round(floor),
        "floor_without_events_steps_s": round(_floor(is_heard=False)),
        "action_chain_steps_s": round(actions),
        "action_chain_of_floor": round(actions / floor, 2),
        "set_chain_steps_s": round(_product("set")),
    }
