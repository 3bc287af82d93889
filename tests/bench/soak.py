"""A simulated day with 10,000 runs: what is left of them in the process when they are over.

Real engine, journal and services on a clock that is set forward; the products are in this process and take their time.
Every run looks, changes something, tries again, goes through a loop and waits; one in six asks a person, who answers
late or never, one in seven fails, one in eleven is stopped on the way. Ten times a day everything ends, and what is
there is counted.
"""

import argparse
import asyncio
import gc
import os
import random
import sys
import tempfile
import threading
import time
import weakref
from dataclasses import dataclass
from pathlib import Path

from tests.bench.simulated import SimulatedLoopThread, SimulatedTime
from tests.helpers.runs import ENVIRONMENT, playbook_of, test_catalogue
from tocsin.checks import check_playbook
from tocsin.engine.events import EventType
from tocsin.engine.news import Answered
from tocsin.engine.outcomes import Answer, Changed, Outcome, Sent, Verdict, Verified
from tocsin.engine.ports import AllowAll
from tocsin.engine.runner import Runner
from tocsin.journal import JournalWriter
from tocsin.model.failures import Failure, FailureCode
from tocsin.services.history import RunHistory
from tocsin.services.places import Places
from tocsin.services.runs import Parts, Runs, StartRequest

RUNS = 10_000
PHASES = 10
DAY = 86_400
DRAIN = 1_800
"""Seconds after the last run of a phase until the longest question has expired."""
STEP = 2.0
"""Seconds by which time is set forward."""
BODY = {"nodes": {"each": {"kind": "action", "use": "toy.change", "with": {"x": "{{ item }}"}}}, "edges": []}
PLAYBOOK = playbook_of(
    {
        "start": {"kind": "trigger", "event": "manual"},
        "look": {"kind": "action", "use": "toy.look", "retry": {"max": 3, "delay": "2s"}},
        "asks": {"kind": "condition", "when": "start.n % 6 == 0"},
        "ask": {"kind": "ask", "ask": "approval", "text": "Go on?", "expires": "20m"},
        "ready": {"kind": "join", "need": "any"},
        "items": {"kind": "for_each", "in": "[1, 2, 3]", "concurrency": 2, "max": 3, "body": BODY},
        "pause": {"kind": "wait", "for": "10s"},
        "fails": {"kind": "action", "use": "toy.break_", "with": {"x": "{{ start.n }}"}, "unattended": "a test"},
        "note": {"kind": "set", "values": {"text": "{{ 'a rather long note ' + string(start.n) }}"}},
        "end": {"kind": "end"},
    },
    [
        "start -> look",
        "look -> asks",
        "asks.true -> ask",
        "asks.false -> ready",
        "ask.approved -> ready",
        "ask.rejected -> end",
        "ask.expired -> note",
        "ready -> items",
        "items -> pause",
        "pause -> fails",
        "fails -> note",
        "note -> end",
    ],
)


@dataclass(frozen=True)
class Size:
    """What there is in the process.

    Attributes:
        tasks: Of the engine's loop.
        threads: All of them.
        handles: Open files and sockets.
        objects: What the collector tracks, weak references apart: the driver of SQLite drops those of dead cursors
            only every two hundred.
        megabytes: Resident memory.
    """

    tasks: int
    threads: int
    handles: int
    objects: int
    megabytes: float


class SlowPermit:
    """Ten at once; the others wait."""

    def __init__(self):
        self._room = asyncio.Semaphore(10)

    def try_enter(self):
        return False  # everyone goes through the queue, which is what could leak

    async def enter(self):
        await self._room.acquire()

    def leave(self):
        self._room.release()


class SlowProduct:
    """A product in this process: answers after a while, and every seventh time badly."""

    def __init__(self):
        self._permit = None

    def permit(self, _binding):
        self._permit = self._permit or SlowPermit()
        return self._permit

    async def perform(self, intent, *, grant):
        del grant
        draw = random.Random(f"{intent.run}/{intent.path}/{intent.n}")
        await asyncio.sleep(draw.uniform(0.1, 3.0))
        if intent.node == "fails" and draw.random() < 0.14:
            failure = Failure(FailureCode.PERMISSION, "no", retryable=False)
            return Answer(Outcome.FAILED, Sent.YES, Changed.FALSE, failure=failure)
        if intent.node == "look" and intent.n < 3 and draw.random() < 0.2:
            failure = Failure(FailureCode.UNAVAILABLE, "not now", retryable=True)
            return Answer(Outcome.FAILED, Sent.YES, Changed.FALSE, failure=failure)
        changed = Changed.FALSE if intent.effect == "read" else Changed.TRUE
        return Answer(Outcome.SUCCEEDED, output={"value": "v" * 200}, changed=changed, summary="did it")

    async def verify(self, _intent):
        return Verdict(Verified.UNKNOWN)


class Day:
    """The day, in a folder.

    Args:
        folder: Where the journal goes.
        time: What passes.
    """

    def __init__(self, folder, time):
        self.time = time
        self._engine = SimulatedLoopThread("tocsin-engine", time)
        self._engine.start()
        self._journal = self._on_loop(self._open(folder))
        self._catalogue = test_catalogue()
        self._product = SlowProduct()
        self.history = RunHistory(Places(*[folder] * 5))
        parts = Parts(self, self._make_runner, self._catalogue, self._check, lambda _: {}.get, self.history)
        self._runs = Runs(self._engine, parts, clock=time.clock)
        self._runs.subscribe(self._hear)
        self._later = []
        self.ends = {}

    def get(self, _name, /, *, connected=True, file=""):
        """Return the environment of every run."""
        del connected, file
        return ENVIRONMENT

    def ensure_ready(self, _program, /):
        """Everything is."""

    def close(self):
        self._runs.refuse_new()
        self._on_loop(self._close())
        self._engine.stop()

    def run_phase(self, numbers, seconds):
        """Start a run every so many seconds, then let all of them end."""
        for number in numbers:
            run = self._runs.start(StartRequest(PLAYBOOK, event={"n": number})).result().run
            if number % 11 == 0:
                self._do_later(random.Random(number).uniform(1, 30), lambda run=run: self._runs.stop(run))
            self.pass_time(seconds)
        self.pass_time(DRAIN)

    def pass_time(self, seconds):
        """Let time pass in small steps, and do what is due."""
        until = self.time.seconds + seconds
        while self.time.seconds < until:
            self.time.advance(min(STEP, until - self.time.seconds))
            self._on_loop(_be_quiet())
            due = [act for at, act in self._later if at <= self.time.seconds]
            self._later = [(at, act) for at, act in self._later if at > self.time.seconds]
            for act in due:
                act().result()

    def size(self):
        """Count what is there."""
        tasks = self._on_loop(_count_tasks())
        for _ in range(3):
            gc.collect()
        objects = sum(type(one) is not weakref.ref for one in gc.get_objects())
        return Size(tasks, threading.active_count(), _handles(), objects, _megabytes())

    def _hear(self, events):
        for event in events:
            if event.type is EventType.RUN_FINISHED:
                self.ends[event.data["status"]] = self.ends.get(event.data["status"], 0) + 1
            elif event.type is EventType.ASK_OPENED:
                self._answer_later(event)

    def _answer_later(self, event):
        """A person answers after a while; one in three never does."""
        draw = random.Random(event.run)
        if draw.random() < 2 / 3:
            answer = Answered(event.path, "approved", None, by="user:soak")
            self._do_later(draw.uniform(5, 900), lambda: self._runs.answer(event.run, answer))

    def _do_later(self, seconds, act):
        self._later.append((self.time.seconds + seconds, act))

    def _check(self, playbook, shelf):
        return check_playbook(playbook, self._catalogue, shelf)

    def _make_runner(self, _environment):
        return Runner(self._journal, self._product, AllowAll(self.time.clock.monotonic), self.time.clock)

    def _on_loop(self, work):
        return self._engine.submit(work).result()

    async def _open(self, folder):
        return JournalWriter(folder / "journal.db", folder / "blobs")

    async def _close(self):
        await self._runs.close()
        self._journal.close()


async def _be_quiet():
    """Let everything that needs no more time be done."""
    for _ in range(12):
        await asyncio.sleep(0)


async def _count_tasks():
    return len(asyncio.all_tasks()) - 1


def _handles():
    folder = Path("/proc/self/fd")
    return len(list(folder.iterdir())) if folder.exists() else 0


def _megabytes():
    statm = Path("/proc/self/statm")
    return int(statm.read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1_000_000 if statm.exists() else 0.0


def soak(folder, *, runs, phases, seconds=DAY):
    """Let a day pass; return the sizes after each phase, how the runs ended and how many seconds have passed."""
    day = Day(folder, SimulatedTime())
    try:
        each = runs // phases
        spacing = max(1.0, (seconds / phases - DRAIN) / each)
        sizes = []
        for phase in range(phases):
            day.run_phase(range(phase * each, (phase + 1) * each), spacing)
            sizes.append(day.size())
        assert day.history.list_open() == []
        return sizes, day.ends, day.time.seconds
    finally:
        day.close()


def run():
    """Return what grew between the first tenth of the day and its end; `--runs` says how many runs it has."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--runs", type=int, default=RUNS)
    runs = parser.parse_known_args()[0].runs
    began = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        sizes, ends, simulated = soak(Path(folder), runs=runs, phases=PHASES)
    first, last = sizes[0], sizes[-1]
    thousands = runs * (PHASES - 1) / PHASES / 1_000
    return {
        "bench": "soak",
        "runs": runs,
        "simulated_h": round(simulated / 3600, 1),
        "ends": dict(sorted(ends.items())),
        "tasks": [first.tasks, last.tasks],
        "threads": [first.threads, last.threads],
        "handles": [first.handles, last.handles],
        "objects": [size.objects for size in sizes],
        "megabytes": [round(size.megabytes, 1) for size in sizes],
        "mb_per_1000_runs": round((last.megabytes - first.megabytes) / thousands, 2),
        "seconds": round(time.perf_counter() - began, 1),
        "python": sys.version.split()[0],
    }
