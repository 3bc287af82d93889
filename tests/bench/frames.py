"""Frame times while a run sends events and another thread computes, and the same while a person types.

A window's canvas with 200 nodes at 100 % is painted as fast as a screen would ask for it, 60 times a second. A frame's
time is how late its picture is: from the moment it was due until it is painted. A thread posts real events through
`ui/bridge.py` in the order a run has, 200 a second; another computes in pure Python. Two figures stand beside it:
`idle` is the same without either thread, `beside` with the one that computes but no run, which is what Python gives a
window on this machine. `typing` is the whole window: the run goes on in a tab behind, and in front a node's comment is
typed, twelve letters a second, each an edit that is drawn and checked.

`worked_ms` is what Qt's thread itself did from one picture to the next; what a late frame has beyond that, it waited
for the interpreter or for a processor. `--trace N` prints what ran in the N frames that had the most to do.
"""

import argparse
import itertools
import math
import os
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEventLoop, QObject, Qt, QTimer, Slot
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from tests.bench.canvas import playbook_of
from tests.bench.desk import shown_window
from tests.bench.frame_trace import FrameTrace
from tests.ui.fakes import RUN
from tocsin.bootstrap import FAIR_SWITCH_SECONDS
from tocsin.connectors.registry import load_catalogue
from tocsin.edits import node_at
from tocsin.engine.events import Event, EventType
from tocsin.engine.progress import RunProgress
from tocsin.formats import write_playbook
from tocsin.model.playbook import Playbook
from tocsin.services.library import demo_path
from tocsin.ui.bridge import EventBridge
from tocsin.ui.canvas.scene import CanvasScene
from tocsin.ui.canvas.view import CanvasView
from tocsin.ui.garbage import GarbageKeeper
from tocsin.ui.run_dock.edge_states import EdgeStates
from tocsin.ui.theme import LIGHT, load_fonts

NODES = 200
EVENTS = 200
"""A second."""
FRAME = 1 / 60
LATE_MS = 50
SECONDS = 30.0
LETTER_MS = 80
WORDS = "seen again and blocked "
TYPED_IN = ("block", "with.comment")


@dataclass(frozen=True)
class Beside:
    """What goes on while frames are taken."""

    computes: bool = False
    sends: bool = False


IDLE, BESIDE, BUSY = Beside(), Beside(computes=True), Beside(computes=True, sends=True)


def run() -> dict:
    """Return percentiles of frame times in milliseconds, idle and busy; `--seconds` says how long each is watched."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--seconds", type=float, default=SECONDS)
    parser.add_argument("--trace", type=int, default=0)
    options = parser.parse_known_args()[0]
    seconds, trace = options.seconds, FrameTrace(options.trace)
    application = QApplication.instance() or QApplication([])
    load_fonts()
    sys.setswitchinterval(FAIR_SWITCH_SECONDS)
    playbook, hot = playbook_of(NODES)
    garbage = GarbageKeeper(lambda: False)
    garbage.start()  # as in the product: no thread but Qt's collects
    figures: dict[str, dict] = {}
    for name, beside, share in (("idle", IDLE, 1 / 3), ("beside", BESIDE, 1 / 3), ("busy", BUSY, 1)):
        figures[name] = _watch(application, playbook, hot, _Watch(seconds * share, beside, trace))
        trace.print(name)
    figures["typing"] = _watch_typing(playbook, _Watch(seconds, BUSY, trace))
    trace.print("typing")
    garbage.stop()
    return {"bench": "frames", "seconds": seconds, "events_a_second": EVENTS, **figures}


@dataclass(frozen=True)
class _Watch:
    seconds: float
    beside: Beside
    trace: FrameTrace

    def take(self, view: CanvasView, bridge: EventBridge) -> dict:
        """Paint frames for so long, and return what they tell."""
        ending = threading.Event()
        compute, send = (
            threading.Thread(target=_compute, args=(ending,)),
            threading.Thread(target=_send, args=(bridge, ending)),
        )
        threads = [
            thread for thread, goes_on in ((compute, self.beside.computes), (send, self.beside.sends)) if goes_on
        ]
        for thread in threads:
            thread.start()
        clock = _FrameClock(view, self.trace)
        loop = QEventLoop()
        QTimer.singleShot(round(self.seconds * 1000), loop.quit)
        loop.exec()
        clock.stop()
        ending.set()
        for thread in threads:
            thread.join()
        bridge.flush()
        return _figures(clock.frames, clock.worked)


def _watch(application: QApplication, playbook: Playbook, hot: str, watch: _Watch) -> dict:
    scene = CanvasScene(LIGHT)
    scene.show_playbook(playbook)
    view = CanvasView(scene)
    view.resize(1280, 800)
    view.show()
    view.centerOn(scene.place_of(hot).center())
    bridge = EventBridge()
    follower = _Follower(playbook, scene)
    bridge.batch_arrived.connect(follower.on_batch, Qt.ConnectionType.DirectConnection)
    application.processEvents()
    figures = watch.take(view, bridge)
    view.close()
    return figures | {"events": follower.count}


def _watch_typing(playbook: Playbook, watch: _Watch) -> dict:
    with shown_window(load_catalogue()) as (window, bridge):
        with tempfile.TemporaryDirectory() as folder:
            behind = Path(folder) / "behind.yaml"
            behind.write_text(write_playbook(playbook), encoding="utf-8")
            window.open(behind)
            window.commands.get("run.run").trigger()
            window.open(demo_path())
        window.documents.current.show_node(TYPED_IN[0])
        window.frame.reveal_inspector()
        typist = _Typist(window.panels.inspector.find_field(TYPED_IN[1]).editor)
        figures = watch.take(window.panels.view, bridge)
        typist.stop()
        typed = node_at(window.documents.current.session.playbook, TYPED_IN[0]).inputs["comment"]
    return figures | {"letters": typist.count, "comment": len(typed)}


def _figures(frames: list[float], worked: list[float]) -> dict:
    return {
        "frames": len(frames),
        "median_ms": round(statistics.median(frames), 2),
        "p99_5_ms": round(_late(frames), 2),
        "worst_ms": round(max(frames), 2),
        f"over_{LATE_MS}_ms": sum(frame > LATE_MS for frame in frames),
        "worked_ms": {"median": round(statistics.median(worked), 2), "p99_5": round(_late(worked), 2)},
    }


def _late(frames: list[float]) -> float:
    return sorted(frames)[min(len(frames) - 1, math.ceil(0.995 * len(frames)) - 1)]


class _FrameClock(QObject):
    """Paints the canvas sixty times a second and notes how long after it was due each picture is there."""

    def __init__(self, view: CanvasView, trace: FrameTrace) -> None:
        super().__init__()
        self._view = view
        self._trace = trace
        self._due = time.perf_counter() + FRAME
        self._worked = time.thread_time()
        self.frames: list[float] = []
        self.worked: list[float] = []
        self._timer = QTimer(self, singleShot=True)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._on_due)
        self._wait()

    def stop(self) -> None:
        """Take no more frames."""
        self._timer.stop()
        self._trace.drop()

    @Slot()
    def _on_due(self) -> None:
        self._view.viewport().repaint()
        now, worked = time.perf_counter(), time.thread_time()
        self.frames.append((now - self._due) * 1000)
        self.worked.append((worked - self._worked) * 1000)
        self._due = max(self._due + FRAME, now)  # what was missed is not made up for
        self._worked = worked
        self._trace.next(self.worked[-1])
        self._wait()

    def _wait(self) -> None:
        self._timer.start(max(0, round((self._due - time.perf_counter()) * 1000)))


class _Typist(QObject):
    """Types into a field, and takes back what was typed when it is long."""

    def __init__(self, field: QWidget) -> None:
        super().__init__()
        field.setFocus()
        self.count = 0
        self._timer = QTimer(self, interval=LETTER_MS)
        self._timer.timeout.connect(self._on_letter)
        self._timer.start()

    def stop(self) -> None:
        """Type no more."""
        self._timer.stop()

    @Slot()
    def _on_letter(self) -> None:
        self.count += 1
        letter = WORDS[self.count % len(WORDS)]
        QTest.keyClicks(QApplication.focusWidget(), letter)


class _Follower(QObject):
    """Folds events and shows them, as the window does."""

    def __init__(self, playbook: Playbook, scene: CanvasScene) -> None:
        super().__init__()
        self._scene = scene
        self._progress = RunProgress(RUN)
        self._edges = EdgeStates(playbook)
        self.count = 0

    @Slot(object)
    def on_batch(self, batch: tuple[Event, ...]) -> None:
        self.count += len(batch)
        changed: set[str] = set()
        for event in batch:
            changed |= self._progress.apply(event)
        self._scene.show_statuses({name: self._progress.status_of(name) for name in changed})
        self._scene.show_taken(self._edges.around(changed, self._progress))


def _events() -> Iterator[Event]:
    """Yield what a run says without end: nodes start and settle, one after the other."""
    at, seq = 1_700_000_000_000_000, 0
    for index in itertools.cycle(range(NODES)):
        for type_, data in (
            (EventType.NODE_STARTED, {}),
            (EventType.NODE_SETTLED, {"state": "succeeded", "ports": ["out"], "summary": f"Done at {seq}"}),
        ):
            seq += 1
            at += 1_000_000 // EVENTS
            yield Event(RUN, seq, at, type_, f"n{index}", data)


def _send(bridge: EventBridge, ending: threading.Event) -> None:
    events, start, sent = _events(), time.perf_counter(), 0
    while not ending.wait(0.01):
        due = int((time.perf_counter() - start) * EVENTS)
        bridge.post(tuple(itertools.islice(events, due - sent)))
        sent = due


def _compute(ending: threading.Event) -> None:
    """Keep the interpreter busy, as a layout or a check off Qt's thread does."""
    while not ending.is_set():
        table: dict[int, int] = {}
        for number in range(5000):
            table[number % 97] = table.get(number % 97, 0) + number * number
