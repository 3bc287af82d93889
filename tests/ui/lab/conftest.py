"""The Lab's real world, changed as runs change it, and a port that shows it without a server."""

import json
import threading
from concurrent.futures import Future
from dataclasses import asdict, dataclass, field, replace

import pytest

from tocsin.base.clock import Clock
from tocsin.lab import World, load_scenario
from tocsin.services.lab_desk import LabChange, LabLook, LabRun, LabScenario

NOW = 1_795_516_929_000_000  # 2026-11-24T10:42:09Z
RUN = LabRun("01890a5d-ac96-774b-bcce-b302099a8057", 218, "Contain")
OTHER = LabRun("01890a5d-0000-774b-bcce-b302099a8057", 217, "Contain")
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
            {name: change[name] for name in ("product", "what", "table", "key", "before", "after", "at")}
            for change in changes
        ]
        return LabLook(
            scenario=told.pop("scenario"),
            products=6,
            tables={name: rows for name, rows in told.items() if name != "seed"},
            changes=tuple(
                LabChange(**part, run=runs.get(change["cause"])) for part, change in zip(parts, changes, strict=True)
            ),
        )


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

    def scenarios(self):
        scenario = load_scenario("tor-brute-force")
        told = LabScenario.of(scenario)
        return self._future("scenarios", (told, replace(told, id="quiet-day", title="A quiet day")))

    def look(self):
        now = self.story.look() if self.running else None
        self.shown = self.shown if now == self.shown else now
        return self._future("look", self.shown)

    def start(self, scenario=None):
        self.running = self.running or self.fault is None
        return self._future(f"start {scenario}", self.story.look())

    def reset(self):
        self.story.world.reset()
        return self._future("reset", self.story.look())

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
