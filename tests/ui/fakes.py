"""Fakes at the window's ports: runs that a test tells what to say, and a person who chooses files at once."""

import threading
from concurrent.futures import Future
from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace

from tocsin.engine.events import Event, EventType

RUN = "01890a5d-ac96-774b-bcce-b302099a8057"


@dataclass
class FakeRuns:
    """Starts nothing: a test says what happens, from a thread of its own like the engine's."""

    id: str = RUN
    requests: list = field(default_factory=list)
    stopped: list = field(default_factory=list)
    answers: list = field(default_factory=list)
    seen: list = field(default_factory=list)
    moved: list = field(default_factory=list)
    refusals: list = field(default_factory=list)
    started: object = None
    refusal: Exception | None = None
    answer_refusal: Exception | None = None
    listeners: list = field(default_factory=list)
    seq: int = 0

    def subscribe(self, listener):
        self.listeners.append(listener)
        return lambda: self.listeners.remove(listener)

    def start(self, request):
        self.requests.append(request)
        return self._future(self.refusal, result=SimpleNamespace(run=self.id, before=()))

    def resume(self, run, *, accepts_changes=False, **_who):
        self.moved.append(("resume", run, accepts_changes))
        return self._future(self.refusals.pop(0) if self.refusals else None, result=self.started)

    def undo(self, run, *, mode="live", accepts_changes=False, only=None, **_who):
        self.only = only
        self.moved.append(("undo" if mode == "live" else "rehearse undo", run, accepts_changes))
        return self._future(self.refusals.pop(0) if self.refusals else None, result=self.started)

    def pause(self, run, **_who):
        self.moved.append(("pause", run))
        return self._future(result=True)

    def go_on(self, run, *, one_step=False, **_who):
        self.moved.append(("step" if one_step else "go on", run))
        return self._future(result=True)

    def set_breakpoints(self, run, conditions):
        self.moved.append(("breakpoints", run, dict(conditions)))
        return self._future(result=True)

    def edit_data(self, run, path, value, **_who):
        self.moved.append(("edit", run, path, value))
        return self._future(self.answer_refusal, result=True)

    def stop(self, run):
        self.stopped.append(run)
        return self._future(result=True)

    def answer(self, run, answer):
        self.answers.append((run, answer.ask, answer.option, answer.form, answer.by))
        self.seen.append(answer.intents_hash)
        return self._future(self.answer_refusal, result=True)

    def tell(self, *events, run=RUN):
        """Say that events were committed, as one batch; each is (type, path, data)."""
        batch = []
        for kind, path, data in events:
            self.seq += 1
            batch.append(Event(run, self.seq, 1_000_000 + self.seq * 400_000, EventType(kind), path, data))
        self._on_engine(lambda: [listener(tuple(batch)) for listener in tuple(self.listeners)])

    def _future(self, error=None, *, result):
        future = Future()
        self._on_engine(lambda: future.set_exception(error) if error else future.set_result(result))
        return future

    @staticmethod
    def _on_engine(work):
        thread = threading.Thread(target=work, name="tocsin-engine")
        thread.start()
        thread.join()


@dataclass
class FakeChoice:
    """Chooses the file that the test laid ready; None cancels."""

    chosen: Path | None = None
    asked: list = field(default_factory=list)

    def ask_open(self, _parent, _folder, on_chosen):
        self._choose("open", on_chosen)

    def ask_save(self, _parent, proposal, on_chosen):
        self._choose(proposal.name, on_chosen)

    def ask_page(self, _parent, proposal, on_chosen):
        self._choose(proposal.name, on_chosen)

    def ask_picture(self, _parent, proposal, on_chosen):
        self._choose(proposal.name, on_chosen)

    def ask_plan(self, _parent, proposal, on_chosen):
        self._choose(proposal.name, on_chosen)

    def _choose(self, what, on_chosen):
        self.asked.append(what)
        if self.chosen is not None:
            on_chosen(self.chosen)


def settled(path, *, state="succeeded", ports=("out",), output=None, summary=""):
    """The event that a node settled."""
    data = {"state": state, "ports": list(ports), "output": {"v": output}, "summary": summary, "flags": []}
    return ("node.settled", path, data)


CREATED = ("run.created", "", {"kind": "play", "mode": "live"})


def asked(
    path="ask?1", text="Go on with 192.0.2.1?", options=(("approved", "Approve"), ("rejected", "Reject")), **more
):
    """The event that a question was opened."""
    shown = [{"id": name, "title": title, "style": "plain"} for name, title in options]
    return ("ask.opened", path, {"ask": path, "kind": "approval", "text": text, "options": shown, **more})


def finished(status="succeeded", error=None):
    """The event that the run is over."""
    return ("run.finished", "", {"status": status, "error": error})


class FakeCommands:
    """Commands of a window that only note what they were told: name, then what came with it."""

    def __init__(self):
        self.calls = []

    def __getattr__(self, name):
        return lambda *words: self.calls.append((name, *words))
