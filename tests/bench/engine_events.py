"""How many alerts a second the engine takes through a small playbook of 12 nodes, every run kept, in one process.

From the alert to the end of its run: prepared, created, decided and committed. A few runs are on at once; with n of
them the time of one can be no less than n times the time that one takes alone. Alerts a second are those of a second
of the processor, whoever shares the machine; the time that one takes is by the clock on the wall.
"""

import asyncio
import statistics
import time

from tests.bench.engine_rig import working_runner
from tests.helpers.runs import ENVIRONMENT, playbook_of, test_catalogue
from tocsin.engine.preparation import Occasion, prepare_program

EVENTS = 1_000
AT_ONCE = 4
ROUNDS = 5


def twelve_nodes():
    """Return a playbook that looks at an alert thrice and joins twice."""
    sets = {
        "high": {"priority": "high"},
        "low": {"priority": "low"},
        "isolate": {"isolate": True},
        "leave": {"isolate": False},
        "inside": {"scope": "lan"},
        "outside": {"scope": "wan"},
    }
    nodes = {
        "t": {"kind": "trigger", "event": "manual"},
        "severe": {"kind": "condition", "when": "t.severity >= 7"},
        "rated": {"kind": "join", "need": "any"},
        "server": {"kind": "condition", "when": "t.asset == 'server'"},
        "internal": {"kind": "condition", "when": "t.net == 'internal'"},
        "done": {"kind": "join", "need": "all"},
        **{name: {"kind": "set", "values": values} for name, values in sets.items()},
    }
    edges = ["t -> severe", "severe.true -> high", "severe.false -> low", "high -> rated", "low -> rated"]
    edges += ["rated -> server", "rated -> internal", "server.true -> isolate", "server.false -> leave"]
    edges += ["internal.true -> inside", "internal.false -> outside"]
    edges += [f"{name} -> done" for name in ("isolate", "leave", "inside", "outside")]
    return playbook_of(nodes, edges)


def alert(number):
    """Return one alert; the next ones take other ways."""
    asset, net = "server" if number % 2 else "laptop", "internal" if number % 3 else "external"
    return {"id": number, "severity": number % 10, "asset": asset, "net": net}


async def take_in(runner, clock, events, at_once):
    """Run every alert through the playbook; return how long each took, in milliseconds."""
    playbook, catalogue = twelve_nodes(), test_catalogue()
    waiting, taken = iter(range(events)), []

    async def work():
        for number in waiting:
            start = time.perf_counter()
            program = prepare_program(playbook, ENVIRONMENT, catalogue, Occasion(event=alert(number)))
            status = await runner.start(program, run=clock.new_run_id(), by="bench").done
            assert status == "succeeded"
            taken.append((time.perf_counter() - start) * 1000)

    await asyncio.gather(*(work() for _ in range(at_once)))
    return taken


async def _round(at_once):
    async with working_runner() as (runner, clock, _heard):
        start = time.process_time()
        taken = await take_in(runner, clock, EVENTS, at_once)
        return EVENTS / (time.process_time() - start), sorted(taken)[EVENTS * 99 // 100]


def run():
    """Return alerts a second and the 99th hundredth of their times (medians)."""
    found = {}
    for at_once in (1, AT_ONCE):
        rounds = [asyncio.run(_round(at_once)) for _ in range(ROUNDS)]
        found[f"events_s_{at_once}_at_once"] = round(statistics.median(rate for rate, _ in rounds))
        found[f"p99_ms_{at_once}_at_once"] = round(statistics.median(p99 for _, p99 in rounds), 2)
    return {"bench": "engine-events", "nodes": 12, "events": EVENTS, **found}
