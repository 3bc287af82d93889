"""How fast 50 runs go on at once when every step is a change: its intent is safe from power loss before it leaves.

All runs of a turn share its commit. One floor commits a hundred rows of 50 chains at once, just as safe; the next
keeps the rule besides: no change leaves before its intent is safe, so a step of all chains is a commit; the last keeps
the engine's own events of these chains in its journal: all but the deciding. What is counted is the processor's time,
without the waits for the disk: the engine has as many as the last two floors, the first half of them.
"""

import asyncio
import time

from tests.bench.engine_rig import chain, in_a_folder, rounds_of, working_runner
from tests.bench.floors.engine import steps_a_second_of_many
from tests.bench.floors.kept import batches_of, side_by_side, steps_a_second_kept
from tests.helpers.runs import ENVIRONMENT, test_catalogue
from tocsin.engine.preparation import Occasion, prepare_program

RUNS, STEPS = 50, 100
ROUNDS = 7


async def _seconds(program):
    async with working_runner() as (runner, clock, _heard):
        start = time.process_time()
        flights = [runner.start(program, run=clock.new_run_id(), by="bench") for _ in range(RUNS)]
        statuses = await asyncio.gather(*(flight.done for flight in flights))
        seconds = time.process_time() - start
        assert set(statuses) == {"succeeded"}
        return seconds


def run():
    """Return steps a second of all runs together (medians), and the share of the floor."""
    program = prepare_program(chain("action", STEPS, use="toy.change"), ENVIRONMENT, test_catalogue(), Occasion())
    batches = side_by_side(batches_of(chain("action", STEPS, use="toy.change")), RUNS)
    found = rounds_of(
        ROUNDS,
        floor=lambda: in_a_folder(lambda path: steps_a_second_of_many(path, runs=RUNS, steps=STEPS)),
        floor_with_intents=lambda: in_a_folder(
            lambda path: steps_a_second_of_many(path, runs=RUNS, steps=STEPS, is_action=True)
        ),
        floor_decided=lambda: in_a_folder(lambda path: steps_a_second_kept(path, batches, RUNS)),
        changes=lambda: RUNS * STEPS / asyncio.run(_seconds(program)),
    )
    return {
        "bench": "engine-many",
        "runs": RUNS,
        "steps": STEPS,
        **{f"{name}_steps_s": round(value) for name, value in found.items()},
        "of_floor": round(found["changes"] / found["floor"], 2),
        "of_floor_with_intents": round(found["changes"] / found["floor_with_intents"], 2),
        "of_floor_decided": round(found["changes"] / found["floor_decided"], 2),
    }
