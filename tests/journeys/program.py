"""The installed program, started as a process."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
PLAYBOOK = str(ROOT / "playbooks" / "contain-suspicious-ip.yaml")
COMMAND = [sys.executable, "-W", "error", "-m", "tocsin"]
DISPLAYS = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
SECONDS = 50


class Program:
    """Starts `tocsin` with its own home and no display."""

    def __init__(self, home):
        self.home = home
        self.runtime = home / "runtime"

    @property
    def environment(self):
        kept = {name: value for name, value in os.environ.items() if name not in DISPLAYS}
        return {**kept, "TOCSIN_HOME": str(self.home), "PYTHONIOENCODING": "utf-8"}

    def run(self, *arguments, cwd=None):
        return subprocess.run(
            [*COMMAND, *arguments],
            env=self.environment,
            cwd=cwd,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=SECONDS,
            check=False,
        )

    def start(self, *arguments):
        return subprocess.Popen(
            [*COMMAND, *arguments],
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
