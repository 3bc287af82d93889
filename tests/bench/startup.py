"""How long it takes until something is there: `--version`, `--help`, `check`, and the window on a screen.

Whole processes, from start to end (the window: until its first picture is painted), with the interpreter alone beside.
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
# The window tells its first painted frame by ending: the time until then is what a person waits.
WINDOW = """
import sys
from tocsin import bootstrap
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from tocsin.ui.window.exposure import Exposure
shown = Exposure.__init__
def show(self, handle, *rest):
    shown(self, handle, *rest)
    self.exposed.connect(QApplication.quit)
Exposure.__init__ = show
sys.exit(bootstrap.run([sys.argv[1]]))
"""


def _median_ms(command, **environment):
    found = []
    with tempfile.TemporaryDirectory() as home:
        known = {**os.environ, "TOCSIN_HOME": home, **environment}
        for _ in range(ROUNDS):
            start = time.perf_counter()
            subprocess.run(command, env=known, check=True, capture_output=True, timeout=60)
            found.append((time.perf_counter() - start) * 1000)
    return round(statistics.median(found), 1)


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
        "window_visible_ms": _median_ms([sys.executable, "-c", WINDOW, str(PLAYBOOK)], QT_QPA_PLATFORM="offscreen"),
    }
