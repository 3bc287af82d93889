"""The least an engine must do for a chain of steps: walk, commit each step, tell a listener. A floor, no product.

No expressions, no schemas, no joins, no recovery: what the storage and the loop alone cost on this machine.
"""

import asyncio
import sqlite3
import time

import orjson

TABLE = """
create table step(run int, seq int, node text, status text, at real, out blob, primary key(run, seq)) without rowid
"""


class Floor:
    """Walks chains of nodes.

    Args:
        path: Where each step is kept.
        listen: Is told of each start and each end, or None.
    """

    def __init__(self, path, listen=None):
        self._database = sqlite3.connect(path, isolation_level=None)
        self._database.execute("pragma journal_mode=wal")
        self._database.execute("pragma synchronous=normal")
        self._database.execute(TABLE)
        self._listen = listen

    async def run(self, run, steps):
        item = {}
        for seq in range(steps):
            if self._listen:
                self._listen(run, seq, "running")
            item["value"] = seq
            row = (run, seq, f"n{seq}", "ok", time.time(), orjson.dumps(item))
            self._database.execute("insert into step values(?,?,?,?,?,?)", row)
            if self._listen:
                self._listen(run, seq, "ok")
            await asyncio.sleep(0)  # lets others in
        return item

    def close(self):
        self._database.close()


def steps_a_second(path, *, steps, is_heard):
    """Return how many steps a second the floor makes, with or without a listener."""
    heard = []
    floor = Floor(path, (lambda *facts: heard.append(facts)) if is_heard else None)
    start = time.perf_counter()
    asyncio.run(floor.run(1, steps))
    seconds = time.perf_counter() - start
    floor.close()
    return steps / seconds
