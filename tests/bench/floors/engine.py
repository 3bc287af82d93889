"""The least an engine must do for a chain of steps: walk, commit, tell a listener. Floors, no products.

No expressions, no schemas, no joins, no recovery: what the storage and the loop alone cost on this machine.
"""

import asyncio
import sqlite3
import threading
import time
from queue import SimpleQueue

import orjson

TABLE = """
create table step(run int, seq int, node text, status text, at real, out blob, primary key(run, seq)) without rowid
"""
GROUP = 100
"""Rows a commit, where several runs share one."""


class Window:
    """Hears live events as a window does: on a thread of its own, through a queue."""

    def __init__(self):
        self.heard = []
        self._queue = SimpleQueue()
        self.tell = self._queue.put
        self._thread = threading.Thread(target=self._hear, name="window")

    def __enter__(self):
        self._thread.start()
        return self

    def __exit__(self, *_exception):
        self._queue.put(None)
        self._thread.join()

    def _hear(self):
        while (told := self._queue.get()) is not None:
            self.heard.append(told)


class Floor:
    """Walks chains of nodes.

    Args:
        path: Where each step is kept.
        listen: Is told of each start and each end, or None.
        full: Each commit is safe from power loss, else only from the end of the process.
    """

    def __init__(self, path, listen=None, *, full=False):
        self._database = sqlite3.connect(path, isolation_level=None)
        self._database.execute("pragma journal_mode=wal")
        self._database.execute(f"pragma synchronous={'full' if full else 'normal'}")
        self._database.execute(TABLE)
        self._listen = listen
        self._open = 0

    async def run(self, run, steps):
        """Each step ends by itself: one row and one commit a step."""
        item = {}
        for seq in range(steps):
            self._tell(run, seq, "running")
            item["value"] = seq
            self._keep(run, seq, "ok", item)
            self._tell(run, seq, "ok")
            await asyncio.sleep(0)  # lets others in
        return item

    async def run_actions(self, run, steps, perform):
        """Each step asks a product: what it will do is kept before; its end joins the next one's commit."""
        item = {}
        self._keep(run, 0, "intent", item)
        for step in range(steps):
            self._tell(run, step, "running")
            item = await asyncio.create_task(perform(step))
            self._database.execute("begin")
            self._keep(run, 2 * step + 1, "ok", item)
            self._keep(run, 2 * step + 2, "intent", item)
            self._database.execute("commit")
            self._tell(run, step, "ok")
        return item

    async def run_actions_together(self, runs, steps, perform):
        """Chains of actions side by side, each change kept before it leaves: one commit a step of them all."""
        items = {run: {} for run in range(runs)}
        self._keep_together((run, 0, "intent", item) for run, item in items.items())
        for step in range(steps):
            for run in items:
                self._tell(run, step, "running")
            answers = await asyncio.gather(*(asyncio.create_task(perform(step)) for _ in items))
            items = dict(zip(items, answers, strict=True))
            ends = [(run, 2 * step + 1, "ok", item) for run, item in items.items()]
            self._keep_together((*ends, *((run, seq + 1, "intent", item) for run, seq, _, item in ends)))
            for run in items:
                self._tell(run, step, "ok")

    async def run_in_group(self, run, steps):
        """As `run`, but up to a hundred rows of all runs are committed together."""
        item = {}
        for seq in range(steps):
            self._tell(run, seq, "running")
            item["value"] = seq
            if not self._open:
                self._database.execute("begin")
            self._keep(run, seq, "ok", item)
            self._open += 1
            if self._open >= GROUP:
                self.flush()
            self._tell(run, seq, "ok")
            await asyncio.sleep(0)
        return item

    def flush(self):
        """Commit what is open."""
        if self._open:
            self._database.execute("commit")
        self._open = 0

    def close(self):
        self.flush()
        self._database.close()

    def _keep(self, run, seq, status, item):
        row = (run, seq, f"n{seq}", status, time.time(), orjson.dumps(item))
        self._database.execute("insert into step values(?,?,?,?,?,?)", row)

    def _keep_together(self, rows):
        self._database.execute("begin")
        for row in rows:
            self._keep(*row)
        self._database.execute("commit")

    def _tell(self, *facts):
        if self._listen:
            self._listen(facts)


async def _answer(step):
    return {"value": step}


def steps_a_second(path, *, steps, is_heard, is_action=False):
    """Return how many steps a second one chain makes, with or without a listener, with or without a product.

    A second of the processor: others who share the machine do not count.
    """
    with Window() as window:
        floor = Floor(path, window.tell if is_heard else None)
        start = time.process_time()
        asyncio.run(floor.run_actions(1, steps, _answer) if is_action else floor.run(1, steps))
        seconds = time.process_time() - start
        floor.close()
    return steps / seconds


def steps_a_second_of_many(path, *, runs, steps, is_action=False):
    """Return how many steps a second many chains make together, heard, in groups that are safe from power loss.

    With actions a group is what the rule leaves of one: no step's change leaves before its intent is safe.
    """
    with Window() as window:
        floor = Floor(path, window.tell, full=True)

        async def all_of_them():
            if is_action:
                await floor.run_actions_together(runs, steps, _answer)
                return
            await asyncio.gather(*(floor.run_in_group(run, steps) for run in range(runs)))
            floor.flush()

        start = time.process_time()
        asyncio.run(all_of_them())
        seconds = time.process_time() - start
        floor.close()
    return runs * steps / seconds
