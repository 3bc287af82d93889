"""The installed program, as its command line is called."""

import contextlib
import logging
import os
import subprocess
import sys
from functools import cache
from io import BytesIO, TextIOWrapper
from pathlib import Path
from unittest.mock import patch

from PySide6.QtWidgets import QApplication

from tocsin.base import logs
from tocsin.bootstrap import TheKit
from tocsin.cli.main import main

ROOT = Path(__file__).parents[2]
PLAYBOOK = str(ROOT / "playbooks" / "contain-suspicious-ip.yaml")
COMMAND = [sys.executable, "-W", "error", "-m", "tocsin"]
DISPLAYS = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
SECONDS = 50


class Program:
    """Starts `tocsin` in a process, with its own home and no display."""

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


class ProgramHere(Program):
    """Calls the command line in this process, as `bootstrap.run` does: a command is paid for, and not its start."""

    def run(self, *arguments, cwd=None):
        application()
        out, errors = (TextIOWrapper(BytesIO(), encoding="utf-8") for _ in range(2))
        with (
            patch.dict(os.environ, self.environment, clear=True),
            contextlib.chdir(cwd or Path.cwd()),
            Path(os.devnull).open() as nothing,
            patch.object(sys, "stdin", nothing),
            contextlib.redirect_stdout(out),
            contextlib.redirect_stderr(errors),
        ):
            status = _call(arguments)
        return subprocess.CompletedProcess(arguments, status, _text(out), _text(errors))


@cache
def application():
    """Make what a command draws with: one that the tests of the window can share, should they come later."""
    return QApplication.instance() or QApplication(["tests"])


def _call(arguments):
    kit = TheKit()
    logs.install(kit.places.log, kit.redactor)
    try:
        return main(arguments, kit)
    finally:
        logs.remove()
        logging.getLogger("tocsin").propagate = True


def _text(stream):
    stream.flush()
    return stream.buffer.getvalue().decode()
