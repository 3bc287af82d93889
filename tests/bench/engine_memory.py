"""How much memory a process has that has run a small playbook 1,000 times; beside it, the interpreter alone."""

import asyncio
import subprocess
import sys

from tests.bench.engine_events import take_in
from tests.bench.engine_rig import working_runner
from tests.bench.memory import most_mb

RUNS = 1_000
BARE = "from tests.bench.memory import most_mb; print(most_mb())"


async def _grow():
    async with working_runner() as (runner, clock, heard):
        await take_in(runner, clock, 1, 1)  # what is imported late is there now
        before = most_mb()
        runner.subscribe(lambda _events: heard.clear())  # who listens keeps what it wants: that is not the engine's
        await take_in(runner, clock, RUNS, 4)
        return most_mb() - before


def run():
    """Return megabytes: the interpreter alone, what this process has beyond it, and how much of that the runs took."""
    bare = subprocess.run([sys.executable, "-c", BARE], check=True, capture_output=True, text=True)
    grown = asyncio.run(_grow())
    return {
        "bench": "engine-memory",
        "runs": RUNS,
        "bare_mb": round(float(bare.stdout), 1),
        "over_bare_mb": round(most_mb() - float(bare.stdout), 1),
        "grown_by_runs_mb": round(grown, 1),
    }
