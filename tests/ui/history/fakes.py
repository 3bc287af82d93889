"""A journal that tests fill: it answers as `services.history` does, on another thread."""

import threading
from concurrent.futures import Future
from dataclasses import dataclass, field

from tocsin.engine.events import RunStatus
from tocsin.services.past import ListedRun


def listed(no, status=RunStatus.SUCCEEDED, **more):
    facts = {"playbook": "Contain", "environment": "lab", "started_at": no * 1_000_000, "ended_at": None, "changes": 0}
    return ListedRun(run=f"0190-{no:05d}", no=no, status=status, **facts | more)


@dataclass
class FakeHistory:
    runs: list = field(default_factory=list)
    past: dict = field(default_factory=dict)
    values: dict = field(default_factory=dict)
    refusal: Exception | None = None
    changes: dict = field(default_factory=dict)
    left: list = field(default_factory=list)
    asked: list = field(default_factory=list)

    def search(self, query):
        self.asked.append(query)
        found = [
            run
            for run in sorted(self.runs, key=lambda run: -run.no)
            if (not query.statuses or run.status in query.statuses)
            and (query.text in run.playbook or run.run.startswith(query.text))
            and (query.before is None or run.no < query.before)
        ]
        return self._future(tuple(found[: query.most]))

    def load_past(self, run):
        return self._future(self.past[run])

    def look_back(self, rewind, index):
        return self._future(rewind.at(index))

    def load_value(self, hash_):
        return self._future(self.values[hash_])

    def changes_of(self, run):
        return self._future(self.changes[run])

    def list_left(self):
        return self._future(tuple(self.left))

    def _future(self, result):
        future = Future()
        done = (lambda: future.set_exception(self.refusal)) if self.refusal else (lambda: future.set_result(result))
        thread = threading.Thread(target=done, name="tocsin-history")
        thread.start()
        thread.join()
        return future
