"""How long a loop takes over 500 reads from a server that needs 5 ms for each, 50 at a time, every item journaled.

The whole way: a loop of the engine, an action of a description, HTTP, the journal. The server is a process of its own.
"""

import asyncio
import statistics
import subprocess
import sys
import time

from tests.bench.engine_rig import working_runner
from tests.helpers.runs import action, playbook_of, test_catalogue
from tocsin.connectors.runner import DeclarativePerformer, Surroundings
from tocsin.engine.preparation import Occasion, prepare_program
from tocsin.model.environment import LAB, Environment

ITEMS, AT_ONCE, ROUNDS = 500, 50, 7
# Answers every request after 5 ms, without reading more than the head.
SERVER = """
import asyncio
DATA = b'{"ok":true,"score":7}'
ANSWER = b"HTTP/1.1 200 OK\\r\\nContent-Type: application/json\\r\\nContent-Length: %d\\r\\n\\r\\n" % len(DATA) + DATA
class Server(asyncio.Protocol):
    def connection_made(self, transport):
        self.transport, self.data = transport, b""
    def data_received(self, data):
        self.data += data
        while b"\\r\\n\\r\\n" in self.data:
            self.data = self.data.partition(b"\\r\\n\\r\\n")[2]
            asyncio.get_running_loop().call_later(0.005, self.answer)
    def answer(self):
        if not self.transport.is_closing():
            self.transport.write(ANSWER)
async def main():
    server = await asyncio.get_running_loop().create_server(Server, "127.0.0.1", 0, backlog=1024)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()
asyncio.run(main())
"""


class _NoSecrets:
    def find(self, _connection_id, _connection, _field):
        return None


def _program(port):
    score = {"type": "object", "required": ["score"], "properties": {"score": {"type": "integer"}}}
    fetch = action("fetch", output={"score": "body.score"}, output_schema=score)
    catalogue = test_catalogue(fetch=fetch)
    toy = catalogue.connectors["toy"]
    roomy = toy.model_copy(update={"limits": toy.limits.model_copy(update={"concurrency": AT_ONCE})})
    catalogue = catalogue.model_copy(update={"connectors": {"toy": roomy}})
    connection = {"connector": "toy", "addresses": {"main": f"http://127.0.0.1:{port}"}}
    environment = Environment.model_validate({"id": LAB, "connections": {"toy": connection}}, strict=False)
    body = {"nodes": {"get": {"kind": "action", "use": "toy.fetch", "with": {"x": "{{ item }}"}}}, "edges": []}
    loop = {"kind": "for_each", "in": "t.items", "concurrency": AT_ONCE, "max": ITEMS, "collect": "get.score"}
    nodes = {"t": {"kind": "trigger", "event": "manual"}, "loop": {**loop, "body": body}}
    event = {"items": list(range(ITEMS))}
    return prepare_program(playbook_of(nodes, ["t -> loop"]), environment, catalogue, Occasion(event=event))


async def _rounds(program):
    performer = DeclarativePerformer(Surroundings(LAB, _NoSecrets(), {}))
    found = []
    async with working_runner(performer) as (runner, clock, heard):
        for _ in range(ROUNDS + 1):
            start = time.perf_counter()
            status = await runner.start(program, run=clock.new_run_id(), by="bench").done
            found.append((time.perf_counter() - start) * 1000)
            assert status == "succeeded"
    ended = sum(event.type == "item.finished" for batch in heard for event in batch)
    assert ended == ITEMS * (ROUNDS + 1)
    await performer.aclose()
    return found[1:]  # the first imports the client and opens the connections


def run():
    """Return milliseconds for the whole loop: the median, and the quickest."""
    with subprocess.Popen([sys.executable, "-c", SERVER], stdout=subprocess.PIPE, text=True) as server:
        try:
            found = asyncio.run(_rounds(_program(server.stdout.readline().strip())))
        finally:
            server.terminate()
    return {
        "bench": "engine-items",
        "items": ITEMS,
        "at_once": AT_ONCE,
        "median_ms": round(statistics.median(found)),
        "least_ms": round(min(found)),
    }
