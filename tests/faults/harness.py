"""One death after another, each with a Lab that was reset: what the program did, and what the Lab's books say."""

import json
import os
import re
import signal
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from tests.faults.books import Books, judge
from tests.faults.stages import FAULTS, LabStage, TlsStage
from tests.helpers.replaying import differences, places_of
from tests.journeys.program import ROOT
from tests.journeys.vendors import NO_AUTHORITIES
from tocsin.formats import read_scenario
from tocsin.journal import History
from tocsin.lab import Lab, scenario_path

SECONDS = 180
"""A machine that is busy with other things may take so long; a process that hangs takes longer."""
FOUND_ANYWHERE = {"PYTHONPATH": os.pathsep.join(filter(None, [os.environ.get("PYTHONPATH"), str(ROOT)]))}
"""The child is a module of the tests, and runs in folders of others."""
MOST_QUESTIONS = 4
"""So often a person is asked at most, one after another, before a run is said not to end."""


@dataclass(frozen=True)
class Death:
    """When a run's process is killed.

    Attributes:
        faults: What the products do meanwhile, by name.
        points: The point of the first process; then that of the one that resumed it, and so on.
    """

    faults: str
    points: tuple


@dataclass
class Found:
    """What came of one death.

    Attributes:
        death: When it died.
        died: How many processes were killed: with faults, a run may be over before its point comes.
        asked: How often a person was asked whether something happened.
        status: How the run ended; "" where it had not begun.
        wrong: Sentences about what must not be.
    """

    death: Death
    died: int = 0
    asked: int = 0
    status: str = ""
    wrong: list[str] = field(default_factory=list)


class Harness:
    """A Lab in this process, and the program in a process of its own that dies as it is told.

    Args:
        folder: Where each run of the program has its home.
    """

    def __init__(self, folder):
        self._folder = Path(folder)
        self._homes = 0
        self._undisturbed = {}
        path = scenario_path("tor-brute-force")
        self._lab = Lab(read_scenario(path.read_bytes(), path.name).value)
        self._lab.start()
        token = {"Authorization": f"Bearer {self._lab.addresses.control_token}"}
        self._control = httpx.Client(base_url=self._lab.addresses.control_url, headers=token, verify=NO_AUTHORITIES)

    def close(self):
        """End the Lab."""
        self._control.close()
        self._lab.stop()

    def count_points(self, faults="none"):
        """Return how many points the containment passes when nothing kills it, and remember what it did."""
        home, stage = self._prepare(faults)
        try:
            done = self._run(home, stage, "tests.faults.child", "0", *stage.run)
        finally:
            stage.close()
        if FAULTS[faults].is_calm:
            self._undisturbed[faults] = self._books().touched
        return int(done.stdout.rsplit("points ", 1)[1])

    def die(self, death):
        """Kill the containment as it is told, let it go on, and return what was found."""
        found = Found(death)
        home, stage = self._prepare(death.faults)
        try:
            self._kill(home, stage, found)
            self._go_on(home, stage, found)
        finally:
            stage.close()
        self._ask(home, found, may_wait=not stage.answers)
        return found

    def _kill(self, home, stage, found):
        command = stage.run
        for point in found.death.points:
            done = self._run(home, stage, "tests.faults.child", str(point), *command)
            found.died += done.returncode == -signal.SIGKILL
            run = self._open_run(home)
            if run is None:
                return
            command = ("runs", "resume", run, *stage.answers)

    def _open_run(self, home):
        found = self._history(home).list_open()
        return found[0].run if found else None

    def _go_on(self, home, stage, found):
        """Resume until it is over; asked whether something happened, a person looks into the Lab's books."""
        answers = ()
        for _ in range(MOST_QUESTIONS):
            run = self._open_run(home)
            if run is None:
                return
            command = ("runs", "resume", run, *stage.answers, *answers, "--json")
            done = self._run(home, stage, "tocsin", *command)
            if not done.stdout:
                found.wrong.append(f"resuming gave exit {done.returncode}: {done.stderr}")
                return
            questions = json.loads(done.stdout)["waiting"]
            found.asked += len(questions)
            if questions and not stage.answers:
                return  # outside the Lab nobody answers beforehand: that a person is asked is the end
            answers = tuple(word for question in questions for word in ("--answer", self._look(home, run, question)))

    def _look(self, home, run, question):
        path = re.sub(r"\?\d+$", "", question["path"])
        events = self._history(home).load_events(run)
        key = next(e.data["idempotency_key"] for e in events if e.type == "attempt.started" and e.path == path)
        return f"{path}={'done' if key in self._books().keys else 'not_done'}"

    def _ask(self, home, found, *, may_wait):
        history, books = self._history(home), self._books()
        runs = history.list_ids()
        if len(runs) > 1:
            found.wrong.append(f"{len(runs)} runs")
        for run in runs:
            history.verify_chain(run)
            found.status = history.get_run(run).status
            waits = may_wait and bool(found.asked) and found.status == "waiting"
            found.wrong += judge(books, history.load_events(run), waits=waits)
            undisturbed = self._undisturbed.get(found.death.faults)
            if undisturbed is not None and not waits and (found.status, books.touched) != ("succeeded", undisturbed):
                found.wrong.append(f"something else came of it: {found.status}, {books.touched}")
        if not runs:
            found.wrong += judge(books, (), waits=False)
        found.wrong += differences(places_of(home))

    def _books(self):
        changes = [change for change in self._control.get("/changes").json() if change["product"] != "control"]
        return Books(changes, self._control.get("/requests").json())

    def _history(self, home):
        return History(home / "data" / "journal.db", home / "data" / "blobs")

    def _prepare(self, name):
        self._control.post("/reset").raise_for_status()
        faults = FAULTS[name]
        for planted in faults.planted:
            self._control.put("/faults", json=planted).raise_for_status()
        if faults.tls is not None:
            calm = {key: {"tags": []} for key in self._control.get("/world").json()["hosts"]}
            self._control.patch("/world", json={"hosts": calm}).raise_for_status()
        self._homes += 1
        home = self._folder / f"{self._homes}-{name}"
        return home, (LabStage if faults.tls is None else TlsStage)(self._lab, faults, home)

    def _run(self, home, stage, module, *arguments):
        return subprocess.run(
            [sys.executable, "-m", module, *arguments],
            env={
                **os.environ,
                **stage.variables,
                "TOCSIN_HOME": str(home),
                "PYTHONIOENCODING": "utf-8",
                **FOUND_ANYWHERE,
            },
            cwd=stage.folder or ROOT,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=SECONDS,
            check=False,
        )
