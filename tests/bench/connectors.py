"""How long the catalogue takes to load, and what a description costs over the bare client.

Calls go to a server in a process of its own, 50 at a time: once as the action of a description, once as bare requests
through the same transport. Both are measured in turns, so that what else the machine does falls on both.
"""

import asyncio
import json
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.bench.timing import median_ms
from tocsin.connectors.addresses import Reach
from tocsin.connectors.http_client import HttpClients
from tocsin.connectors.registry import load_catalogue
from tocsin.connectors.runner import DeclarativePerformer, Surroundings
from tocsin.engine.outcomes import Intent
from tocsin.model.bindings import Binding
from tocsin.model.environment import LAB, Connection

CALLS, AT_A_TIME, TURNS = 200, 50, 9
LOOKUP = {"ip": "203.0.113.66"}
# Answers every request as AbuseIPDB would, in one thread and without reading more than the head.
SERVER = """
import asyncio, json, sys
DATA = json.dumps({"data": json.loads(sys.argv[1])}).encode()
ANSWER = b"HTTP/1.1 200 OK\\r\\nContent-Type: application/json\\r\\nContent-Length: %d\\r\\n\\r\\n" % len(DATA) + DATA
async def serve(reader, writer):
    try:
        while await reader.readuntil(b"\\r\\n\\r\\n"):
            writer.write(ANSWER)
    except (asyncio.IncompleteReadError, ConnectionError):
        writer.close()
async def main():
    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()
asyncio.run(main())
"""
REPORT = {"isPublic": True, "isWhitelisted": False, "abuseConfidenceScore": 97, "totalReports": 4, "isTor": True}


class _Keys:
    def find(self, _connection_id, _connection, _field):
        from tocsin.base.secret import Secret

        return Secret("key-of-the-bench")


class _Exchanges:
    """The performer's own transport; keeps the last request, so that the bare client can send the same one."""

    def __init__(self):
        self.clients = HttpClients(reach=Reach.LAB, monotonic=time.monotonic)
        self.last = None

    async def exchange(self, request, line):
        self.last = request, line
        return await self.clients.exchange(request, line)


def _intent(catalogue, address):
    connector = catalogue.connectors["abuseipdb"]
    connection = Connection(connector=connector.id, addresses={"main": address})
    binding = Binding("conn", connection, connector, "lookup_ip")
    action = connector.actions["lookup_ip"]
    return Intent(
        run="run",
        path="node",
        n=1,
        node="node",
        use="abuseipdb.lookup_ip",
        binding=binding,
        effect=action.effect,
        inputs=LOOKUP,
        inputs_hash="hash",
        idempotency_key="key",
        timeout=60.0,
    )


async def _calls(one):
    """Return the seconds that all calls take, on the clock and of this process's time."""
    gate = asyncio.Semaphore(AT_A_TIME)

    async def call():
        async with gate:
            await one()

    started, worked = time.perf_counter(), time.process_time()
    await asyncio.gather(*(call() for _ in range(CALLS)))
    return time.perf_counter() - started, time.process_time() - worked


async def _compare(catalogue, address):
    exchanges = _Exchanges()
    around = Surroundings(LAB, _Keys(), catalogue.vocabulary)
    performer = DeclarativePerformer(around, exchanger=exchanges)
    intent = _intent(catalogue, address)

    async def described():
        answer = await performer.perform(intent, grant=None)
        assert answer.output, answer.failure

    async def bare():
        reply = await exchanges.clients.exchange(*exchanges.last)
        assert reply.status == 200

    await _calls(described)
    pairs = [(await _calls(described), await _calls(bare)) for _ in range(TURNS)]
    await exchanges.clients.aclose()
    return pairs


def _call_figures(catalogue):
    command = [sys.executable, "-c", SERVER, json.dumps(REPORT)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        try:
            address = f"http://127.0.0.1:{server.stdout.readline().strip()}"
            pairs = asyncio.run(_compare(catalogue, address))
        finally:
            server.terminate()
    (described, described_cpu), (bare, bare_cpu) = (
        [statistics.median(taken) * 1000 for taken in zip(*turns, strict=True)] for turns in zip(*pairs, strict=True)
    )
    return {
        "described_ms": round(described, 1),
        "bare_ms": round(bare, 1),
        "ratio": round(statistics.median(one[0] / other[0] for one, other in pairs), 2),
        "described_cpu_ms": round(described_cpu, 1),
        "bare_cpu_ms": round(bare_cpu, 1),
        "cpu_ratio": round(statistics.median(one[1] / other[1] for one, other in pairs), 2),
    }


def run():
    """Return medians: loading in milliseconds, the calls in milliseconds and as a ratio."""
    with tempfile.TemporaryDirectory() as folder:
        cache = Path(folder) / "catalogue.json"
        started = time.perf_counter()
        catalogue = load_catalogue(cache=cache)
        first = round((time.perf_counter() - started) * 1000, 1)
        cached = median_ms(lambda: load_catalogue(cache=cache))
        size = cache.stat().st_size
    return {
        "bench": "connectors",
        "products": len(catalogue.connectors),
        "load_first_ms": first,
        "load_cached_ms": cached,
        "cache_bytes": size,
        "calls": CALLS,
        "at_a_time": AT_A_TIME,
        **_call_figures(catalogue),
    }
