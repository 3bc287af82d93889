"""What opening and closing a window leaves behind: memory a cycle, and every QObject, thread and hook that stays.

A cycle makes the whole window, opens a playbook, selects nodes, lays them out and takes it down again. The first cycles
fill caches that have a bound (Qt's pictures, what checks found for the last values) and are not counted.
"""

import argparse
import gc
import os
import sys
import threading
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent, QObject
from PySide6.QtWidgets import QApplication

from tests.bench.desk import shown_window
from tocsin.connectors.registry import load_catalogue
from tocsin.services.library import demo_path
from tocsin.ui.garbage import GarbageKeeper
from tocsin.ui.theme import load_fonts

CYCLES = 200
WARM = 120
AGAIN = 10
"""After the first look the allocator has given memory back (4 MB measured); so many cycles take it again."""
NODES = ("block", "hosts")
LISTENED = tuple(
    f"2{signal}"
    for signal in ("focusChanged(QWidget*,QWidget*)", "aboutToQuit()", "applicationStateChanged(Qt::ApplicationState)")
)
"""Signals of the application, as `receivers` wants them."""


def run() -> dict:
    """Return megabytes and objects added over so many cycles; `--cycles` says how many."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--cycles", type=int, default=CYCLES)
    cycles = parser.parse_known_args()[0].cycles
    application = QApplication.instance() or QApplication([])
    load_fonts()
    added = measure(application, load_catalogue(), cycles=cycles, warm=WARM)
    return {"bench": "leaks", "cycles": cycles, "warm": WARM} | added


def measure(application, catalogue, *, cycles, warm):
    """Return what so many cycles add after those that only warm up; garbage is collected as the window does it."""
    keeper = GarbageKeeper(is_quiet=lambda: True)
    gc.disable()
    try:
        _repeat(warm, application, catalogue, keeper)
        _state(application)
        _repeat(AGAIN, application, catalogue, keeper)
        before = _state(application)
        _repeat(cycles, application, catalogue, keeper)
        after = _state(application)
    finally:
        gc.enable()
    return {f"added_{name}": after[name] - before[name] for name in before}


def _repeat(cycles, application, catalogue, keeper):
    for _ in range(cycles):
        cycle(application, catalogue)
        keeper.check()


def cycle(application, catalogue):
    """Open a window with a playbook and close it again."""
    with shown_window(catalogue) as (window, _):
        window.open(demo_path())
        for node in NODES:
            window.documents.current.show_node(node)
            application.processEvents()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    application.processEvents()


def _state(application):
    gc.collect()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    return {
        "megabytes": round(_resident() / 1e6, 2),
        "qobjects": sum(isinstance(one, QObject) for one in shiboken6.getAllValidWrappers()),
        "windows": len(application.topLevelWidgets()),
        "threads": threading.active_count(),
        "children_of_qt": len(application.children()),
        "listeners": sum(application.receivers(signal) for signal in LISTENED),
        "hooks": sum(hook is not usual for hook, usual in _hooks()),
    }


def _resident():
    """Bytes of memory that are in use now."""
    pages = Path("/proc/self/statm").read_text(encoding="ascii").split()[1]
    return int(pages) * os.sysconf("SC_PAGE_SIZE")


def _hooks():
    return ((sys.excepthook, sys.__excepthook__), (threading.excepthook, threading.__excepthook__))
