"""One death after another, each with a Lab that was reset: what the program did, and what the Lab's books say."""

import json
import os
import signal
import subprocess
import sys
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from tests.journeys.program import PLAYBOOK, ROOT
from tests.journeys.vendors import NO_AUTHORITIES
from tocsin.formats import read_scenario
from tocsin.journal import History
from tocsin.lab import Lab, scenario_path

ANSWERED = ("--answer", "hosts/confirm=approved")
SECONDS = 60
FAULTS = {
    "none": (),
    "late": (("*", "*", "slow", 1),),
    "dropped": (("opnsense", "*/add/*", "drop_after", 1), ("falcon", "*devices-actions*", "drop_after", 1)),
    "busy": (("*", "*", 429, 2),),
    "broken": (("opnsense", "*/add/*", 500, 1), ("falcon", "*devices-actions*", 500, 1)),
}
"""What the Lab does meanwhile, by name: (product, path, fault, how often)."""


@dataclass
class Found:
    """What came of one death.

    Attributes:
        point: Where it died.
        faults: What the Lab did meanwhile.
        wrong: Sentences about what must not be.
    """

    point: int
    faults: str
    wrong: list[str] = field(default_factory=list)


class Harness:
    """A Lab in this process, and the program in a process of its own that dies as it is told.

    Args:
        folder: Where each run of the program has its home.
    """

    def __init__(self, folder):
        self._folder = Path(folder)
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
        """Return how many points the containment passes when nothing kills it."""
        home = self._prepare(f"count-{faults}", faults)
        done = self._run(home, "tests.faults.child", "0", "run", PLAYBOOK, *ANSWERED)
        return int(done.stdout.rsplit("points ", 1)[1])

    def die_at(self, point, faults="none"):
        """Kill the containment at a point, resume it, and return what was found."""
        found = Found(point, faults)
        home = self._prepare(f"{faults}-{point}", faults)
        died = self._run(home, "tests.faults.child", str(point), "run", PLAYBOOK, *ANSWERED)
        if died.returncode != -signal.SIGKILL:
            return found  # with faults a run may be shorter than it was when it was counted
        before = self._settled(home)
        self._go_on(home, found)
        self._ask_the_books(found)
        self._ask_the_journal(home, before, found)
        return found

    def _go_on(self, home, found):
        listed = self._run(home, "tocsin", "runs", "resume", "--json")
        for run in json.loads(listed.stdout or "[]"):
            done = self._run(home, "tocsin", "runs", "resume", run["run"], *ANSWERED, "--json")
            status = json.loads(done.stdout)["status"] if done.stdout else f"exit {done.returncode}: {done.stderr}"
            if status == "waiting":  # the person looks, and says what the Lab's books say
                status = self._answer(home, run["run"], json.loads(done.stdout)["waiting"])
            if status not in {"succeeded", "failed"}:
                found.wrong.append(f"the resumed run is {status}")

    def _answer(self, home, run, questions):
        answers = [argument for q in questions for argument in ("--answer", f"{q['path']}={self._look(q)}")]
        done = self._run(home, "tocsin", "runs", "resume", run, *ANSWERED, *answers, "--json")
        return json.loads(done.stdout)["status"] if done.stdout else f"exit {done.returncode}: {done.stderr}"

    def _look(self, question):
        changes = self._control.get("/changes").json()
        wanted = {"block": "opnsense", "sessions": "keycloak", "isolate": "falcon", "ticket": "jira"}
        product = wanted.get(question["path"].rpartition("/")[2], "")
        return "done" if any(change["product"] == product for change in changes) else "not_done"

    def _ask_the_books(self, found):
        changes = self._control.get("/changes").json()
        made = Counter((change["product"], change["what"], str(change.get("target"))) for change in changes)
        found.wrong += [f"{key} happened {count} times" for key, count in made.items() if count > 1]

    def _ask_the_journal(self, home, before, found):
        history = History(home / "data" / "journal.db", home / "data" / "blobs")
        for run, settled in before.items():
            history.verify_chain(run)
            events = history.load_events(run)
            again = {event.path for event in events if event.type == "attempt.started" and event.seq > settled[1]}
            found.wrong += [f"{path} had settled and ran again" for path in sorted(again & settled[0])]
            if events[-1].type != "run.finished":
                found.wrong.append(f"run {run} did not end")

    def _settled(self, home):
        """Return for each run the paths that had settled when the program died, and the last event's number."""
        path = home / "data" / "journal.db"
        if not path.exists():
            return {}
        history = History(path, home / "data" / "blobs")
        found = {}
        for summary in history.list_runs():
            events = history.load_events(summary.run)
            done = {e.path for e in events if e.type == "node.settled" or "settle" in e.data}
            found[summary.run] = (done, events[-1].seq)
        return found

    def _prepare(self, name, faults):
        self._control.post("/reset").raise_for_status()
        for product, path, fault, times in FAULTS[faults]:
            for one in self._lab.addresses.products if product == "*" else (product,):
                planted = {"product": one, "path": path, "status": fault, "times": times}
                self._control.put("/faults", json=planted).raise_for_status()
        home = self._folder / name
        (home / "runtime").mkdir(parents=True)
        line = {**self._lab.addresses.to_json(), "pid": os.getpid()}
        (home / "runtime" / "lab.json").write_text(json.dumps(line))
        return home

    def _run(self, home, module, *arguments):
        return subprocess.run(
            [sys.executable, "-m", module, *arguments],
            env={**os.environ, "TOCSIN_HOME": str(home), "PYTHONIOENCODING": "utf-8"},
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=SECONDS,
            check=False,
        )
