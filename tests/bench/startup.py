"""How long it takes until something is there: `--version`, `--help`, `check`, `run`, and the window on a screen.

Whole processes, from start to end (the window: until its first picture is painted), with the interpreter alone beside.
Compiled modules are kept between the rounds, as on a user's machine, whatever the environment here says.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROUNDS = 9
ROOT = Path(__file__).parents[2]
PLAYBOOK = ROOT / "playbooks" / "contain-suspicious-ip.yaml"
# Five steps that call nothing outside: what is measured is the way to them and back.
FIVE_STEPS = """
tocsin: 1
id: five-steps
name: Five steps
nodes:
  begin: {kind: trigger, event: manual, sample: {n: 1}}
  first: {kind: set, values: {n: "{{ begin.n }}"}}
  second: {kind: set, values: {n: "{{ first.n }}"}}
  third: {kind: set, values: {n: "{{ second.n }}"}}
  done: {kind: end, status: succeeded}
edges: ["begin -> first", "first -> second", "second -> third", "third -> done"]
"""
# Ends the process at the moment that is measured: when the first frame is painted, when the playbook is on the canvas.
WINDOW = """
import gc, os, sys
from tocsin import bootstrap
gc.set_threshold(bootstrap.YOUNG_OBJECTS)  # as it does itself, before it imports the window
from PySide6.QtCore import QTimer
from tocsin.ui.window.exposure import Exposure
from tocsin.ui.window.window import MainWindow
made, opened = Exposure.__init__, MainWindow.open
def make(self, *facts):
    made(self, *facts)
    self.exposed.connect(lambda: QTimer.singleShot(0, lambda: os._exit(0)))
def open_(self, path):
    opened(self, path)
    self.repaint()
    os._exit(0)
if sys.argv[2] == "frame":
    Exposure.__init__ = make
else:
    MainWindow.open = open_
sys.exit(bootstrap.run([sys.argv[1]]))
"""


def _median_ms(command, **environment):
    found = []
    with tempfile.TemporaryDirectory() as home:
        known = {**os.environ, "TOCSIN_HOME": home, "PYTHONDONTWRITEBYTECODE": "", **environment}
        for _ in range(ROUNDS):
            start = time.perf_counter()
            subprocess.run(command, env=known, check=True, capture_output=True, timeout=60)
            found.append((time.perf_counter() - start) * 1000)
    return round(statistics.median(found), 1)


def _run_ms(tocsin):
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "five.yaml"
        file.write_text(FIVE_STEPS)
        return _median_ms([*tocsin, "run", str(file), "--json"])


def _window_ms(moment):
    return _median_ms([sys.executable, "-c", WINDOW, str(PLAYBOOK), moment], QT_QPA_PLATFORM="offscreen")


def run():
    """Return medians in milliseconds."""
    tocsin = [sys.executable, "-m", "tocsin"]
    return {
        "bench": "startup",
        "rounds": ROUNDS,
        "interpreter_ms": _median_ms([sys.executable, "-c", "pass"]),
        "version_ms": _median_ms([*tocsin, "--version"]),
        "help_ms": _median_ms([*tocsin, "--help"]),
        "check_ms": _median_ms([*tocsin, "check", str(PLAYBOOK)]),
        "run_ms": _run_ms(tocsin),
        "window_visible_ms": _window_ms("frame"),
        "playbook_shown_ms": _window_ms("playbook"),
    }
