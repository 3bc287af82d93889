"""Frame times while a run sends events and another thread computes, and the same while a person types.

A window's canvas with 200 nodes at 100 % is painted as fast as a screen would ask for it, 60 times a second. A frame's
time is how late its picture is: from the moment it was due until it is painted. A thread posts real events through
`ui/bridge.py` in the order a run has, 200 a second; another computes in pure Python. Beside it stands the same without
either: what the machine does by itself. `typing` is the whole window: the run goes on in a tab behind, and in front a
node's comment is typed, twelve letters a second, each an edit that is drawn and checked.
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
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEventLoop, QObject, Qt, QTimer, Slot
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from tests.bench.canvas import playbook_of
from tests.bench.desk import shown_window
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


def run() -> dict:
    """Return percentiles of frame times in milliseconds, idle and busy; `--seconds` says how long each is watched."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--seconds", type=float, default=SECONDS)
    seconds = parser.parse_known_args()[0].seconds
    application = QApplication.instance() or QApplication([])
    load_fonts()
    sys.setswitchinterval(FAIR_SWITCH_SECONDS)
    playbook, hot = playbook_of(NODES)
    garbage = GarbageKeeper(lambda: False)
    garbage.start()  # as in the product: no thread but Qt's collects
    idle = _watch(application, playbook, hot, seconds=seconds / 3, busy=False)
    busy = _watch(application, playbook, hot, seconds=seconds, busy=True)
    typing = _watch_typing(playbook, seconds)
    garbage.stop()
    figures = {"idle": idle, "busy": busy, "typing": typing}
    return {"bench": "frames", "seconds": seconds, "events_a_second": EVENTS, **figures}


def _watch(application: QApplication, playbook: Playbook, hot: str, *, seconds: float, busy: bool) -> dict:
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
    frames = _take_frames(view, bridge, seconds, busy=busy)
    view.close()
    return _figures(frames) | {"events": follower.count}


def _take_frames(view: CanvasView, bridge: EventBridge, seconds: float, *, busy: bool) -> list[float]:
    ending = threading.Event()
    threads = [threading.Thread(target=_compute, args=(ending,)), threading.Thread(target=_send, args=(bridge, ending))]
    for thread in threads if busy else ():
        thread.start()
    clock = _FrameClock(view)
    loop = QEventLoop()
    QTimer.singleShot(round(seconds * 1000), loop.quit)
    loop.exec()
    clock.stop()
    ending.set()
    for thread in threads if busy else ():
        thread.join()
    bridge.flush()
    return clock.frames


def _watch_typing(playbook: Playbook, seconds: float) -> dict:
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
        frames = _take_frames(window.panels.view, bridge, seconds, busy=True)
        typist.stop()
        typed = node_at(window.documents.current.session.playbook, TYPED_IN[0]).inputs["comment"]
    return _figures(frames) | {"letters": typist.count, "comment": len(typed)}


def _figures(frames: list[float]) -> dict:
    ordered = sorted(frames)
    return {
        "frames": len(ordered),
        "median_ms": round(statistics.median(ordered), 2),
        "p99_5_ms": round(ordered[min(len(ordered) - 1, math.ceil(0.995 * len(ordered)) - 1)], 2),
        "worst_ms": round(ordered[-1], 2),
        f"over_{LATE_MS}_ms": sum(frame > LATE_MS for frame in ordered),
    }


class _FrameClock(QObject):
    """Paints the canvas sixty times a second and notes how long after it was due each picture is there."""

    def __init__(self, view: CanvasView) -> None:
        super().__init__()
        self._view = view
        self._due = time.perf_counter() + FRAME
        self.frames: list[float] = []
        self._timer = QTimer(self, singleShot=True)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._on_due)
        self._wait()

    def stop(self) -> None:
        """Take no more frames."""
        self._timer.stop()

    @Slot()
    def _on_due(self) -> None:
        self._view.viewport().repaint()
        now = time.perf_counter()
        self.frames.append((now - self._due) * 1000)
        self._due = max(self._due + FRAME, now)  # what was missed is not made up for
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
