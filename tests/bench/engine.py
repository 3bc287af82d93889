"""How fast the engine runs a chain of steps, each kept in the journal, with live events; floors beside it.

Live events go to another thread through a queue, as a window gets them: the engine's and the floors' alike. What is
counted is the processor's time, of all threads: others who share the machine do not count.

`action` nodes: an in-process product that answers at once, one commit a step. `set` nodes: nothing needs the outside,
so the whole chain runs to quiescence in one commit. Both are said apart, for they are different things, and so are the
floors: one commits a row a step, the next keeps what a step will do before it does it, as the engine must, and the last
keeps the engine's own events of the chain in its journal: all but the deciding.
"""

import asyncio
import time

from tests.bench.engine_rig import chain, in_a_folder, rounds_of, working_runner
from tests.bench.floors.engine import steps_a_second
from tests.bench.floors.kept import batches_of, steps_a_second_kept
from tests.helpers.runs import ENVIRONMENT, test_catalogue
from tocsin.engine.preparation import Occasion, prepare_program

STEPS = 1_000
ROUNDS = 9


async def _seconds(program):
    async with working_runner() as (runner, clock, heard):
        start = time.process_time()
        flight = runner.start(program, run=clock.new_run_id(), by="bench")
        status = await flight.done
        seconds = time.process_time() - start
    assert status == "succeeded"
    assert sum(map(len, heard)) >= len(program.plan.ids)
    return seconds


def steps_of(kind, steps=STEPS):
    """Return a measure: steps a second of the processor that a chain makes."""
    program = prepare_program(chain(kind, steps), ENVIRONMENT, test_catalogue(), Occasion())
    return lambda: steps / asyncio.run(_seconds(program))


def _floor(**kind):
    return lambda: in_a_folder(lambda path: steps_a_second(path, steps=STEPS, **kind))


def run():
    """Return steps a second (medians of rounds that take turns), and the share of the floors with events."""
    batches = batches_of(chain("action", STEPS))
    found = rounds_of(
        ROUNDS,
        floor=_floor(is_heard=True),
        floor_with_intents=_floor(is_heard=True, is_action=True),
        floor_decided=lambda: in_a_folder(lambda path: steps_a_second_kept(path, batches)),
        floor_without_events=_floor(is_heard=False),
        action_chain=steps_of("action"),
        set_chain=steps_of("set"),
    )
    return {
        "bench": "engine",
        "steps": STEPS,
        "rounds": ROUNDS,
        **{f"{name}_steps_s": round(value) for name, value in found.items()},
        "action_chain_of_floor": round(found["action_chain"] / found["floor"], 2),
        "action_chain_of_floor_with_intents": round(found["action_chain"] / found["floor_with_intents"], 2),
        "action_chain_of_floor_decided": round(found["action_chain"] / found["floor_decided"], 2),
        "set_chain_of_floor": round(found["set_chain"] / found["floor"], 2),
    }
