"""The Lab's real world, changed as runs change it, and a port that shows it without a server."""

import json
import threading
from concurrent.futures import Future
from dataclasses import asdict, dataclass, field, replace

import pytest

from tocsin.base.clock import Clock
from tocsin.engine.events import RunStatus
from tocsin.engine.undoing import UndoItem
from tocsin.lab import World, load_scenario
from tocsin.services.lab_desk import (
    Failing,
    FailingProduct,
    LabChange,
    LabClock,
    LabLook,
    LabRun,
    LabScenario,
    RunStanding,
    goals_of,
)

NOW = 1_795_516_929_000_000  # 2026-11-24T10:42:09Z
RUN = LabRun("01890a5d-ac96-774b-bcce-b302099a8057", 218, "Contain")
OTHER = LabRun("01890a5d-0000-774b-bcce-b302099a8057", 217, "Contain")
STANDING = RunStanding(RunStatus.SUCCEEDED, "user:local", NOW - 128_000_000, NOW)
PATHS = {"aliases": "block", "hosts": "hosts[0]/isolate", "users": "end_sessions", "tickets": "ticket"}
"""The step of the run that changes a table."""
FAILING = (
    FailingProduct("falcon", "Falcon", (Failing("Everything", "*"), Failing("Isolate", "/devices/*"))),
    FailingProduct("opnsense", "OPNsense", (Failing("Everything", "*"), Failing("Block address", "/api/add/*"))),
)
EVENT = {"id": "a-1001", "src_ip": "203.0.113.66"}


class Story:
    """A world, and runs that change it."""

    def __init__(self):
        self.world = World(load_scenario("tor-brute-force"), clock=Clock(utc_micros=lambda: NOW))

    def by(self, run):
        """Everything inside is done by this run."""
        return self.world.caused_by(run.run)

    def host(self, name):
        return next(host for host in self.world.tables.hosts.values() if host.name == name)

    def user(self, name):
        return next(user for user in self.world.tables.users.values() if user.name == name)

    def block(self, address="203.0.113.66", alias="tocsin_block"):
        self.world.block(self.world.tables.aliases[alias], address)

    def unblock(self, address="203.0.113.66", alias="tocsin_block"):
        self.world.unblock(self.world.tables.aliases[alias], address)

    def contain(self, name):
        self.world.contain(self.host(name))

    def ticket(self, title="Contained", text="Score 97."):
        body = {"type": "doc", "version": 1, "content": [{"type": "paragraph", "content": [_text(text)]}]}
        return self.world.create_ticket("SEC", {"title": title, "body": body})

    def look(self):
        """The world as the Lab's control address tells it."""
        told = json.loads(json.dumps(self.world.to_json()))
        runs = {run.run: run for run in (RUN, OTHER)}
        changes = [json.loads(json.dumps(asdict(change))) for change in self.world.changes]
        parts = [
            {"path": PATHS.get(change["table"], "step") if change["cause"] in runs else ""}
            | {name: change[name] for name in ("product", "what", "table", "key", "before", "after", "at")}
            for change in changes
        ]
        return LabLook(
            scenario=told.pop("scenario"),
            clock=LabClock(self.world.clock.minutes * 60, self.world.clock.begun),
            goals=goals_of(self.world.scenario, told, changes),
            products=6,
            tables={name: rows for name, rows in told.items() if name != "seed"},
            changes=tuple(
                LabChange(**part, run=runs.get(change["cause"])) for part, change in zip(parts, changes, strict=True)
            ),
        )


def undo_of(path, action="undo_it"):
    """A change that can be taken back, or, with no action, one that cannot."""
    return UndoItem(path, 1, path.rpartition("/")[2], f"did {path}", "true", "lab_product", action, {})


def _text(text):
    return {"type": "text", "text": text}


@dataclass
class FakeLab:
    """Fills the window's port from a story, on a thread of its own like the desk's."""

    story: Story
    running: bool = True
    fault: Exception | None = None
    asked: list = field(default_factory=list)
    shown: LabLook | None = None
    undoable: list = field(default_factory=list)
    left: list = field(default_factory=list)
    faults: list = field(default_factory=list)
    received: list = field(default_factory=list)
    standing: RunStanding | None = STANDING

    def scenarios(self):
        scenario = load_scenario("tor-brute-force")
        told = LabScenario.of(scenario)
        return self._future("scenarios", (told, replace(told, id="quiet-day", title="A quiet day")))

    def look(self):
        now = self._now() if self.running else None
        self.shown = self.shown if now == self.shown else now
        return self._future("look", self.shown)

    def start(self, scenario=None):
        self.running = self.running or self.fault is None
        return self._future(f"start {scenario}", self._now())

    def reset(self):
        self.story.world.reset()
        return self._future("reset", self._now())

    def put_forward(self, seconds):
        self.story.world.clock.put_forward(seconds)
        return self._future(f"forward {seconds}", self._now())

    def failing(self):
        return self._future("failing", FAILING)

    def plant(self, fault):
        self.faults.append(fault)
        return self._future("plant", self._now())

    def lift(self, fault):
        self.faults.remove(fault)
        return self._future("lift", self._now())

    def requests(self, text=""):
        found = tuple(one for one in self.received if all(word in one.path for word in text.split()))
        return self._future(f"requests {text}".strip(), found)

    def undos(self, run):
        return self._future(f"undos {run}", tuple(self.undoable))

    def left_alone(self, run):
        del run
        future = Future()
        future.set_result(tuple(self.left))
        return future

    def _now(self):
        look = self.story.look()
        standings = {run.run: self.standing for run in look.runs if self.standing}
        return replace(look, faults=tuple(self.faults), standings=standings)

    def inject(self):
        return self._future("inject", EVENT)

    def _future(self, name, result):
        self.asked.append(name)
        future = Future()
        fault = self.fault if name != "look" and name != "scenarios" else None
        work = (lambda: future.set_exception(fault)) if fault else (lambda: future.set_result(result))
        thread = threading.Thread(target=work, name="tocsin-lab-desk")
        thread.start()
        thread.join()
        return future


@pytest.fixture
def story():
    return Story()


@pytest.fixture
def lab(story):
    return FakeLab(story)
