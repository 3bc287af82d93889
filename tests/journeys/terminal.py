"""The program on a pseudo-terminal, as a person sees and drives it."""

import os
import pty
import re
import select
import signal
import subprocess
import time

from tests.journeys.program import COMMAND, SECONDS


class Terminal:
    """The program on a pseudo-terminal; `command` starts it."""

    def __init__(self, program, *arguments, cwd=None, command=COMMAND):
        self._screen, far = pty.openpty()
        self._process = subprocess.Popen(
            [*command, *arguments],
            cwd=cwd,
            env={**program.environment, "TERM": "xterm", "COLUMNS": "120", "LINES": "50"},
            stdin=far,
            stdout=far,
            stderr=far,
            start_new_session=True,  # without a controlling terminal passwords are asked on stdin too
        )
        os.close(far)
        self._said = b""

    @property
    def text(self):
        """What was said, without what only moves and colours."""
        return re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", self._said.decode(errors="replace")).replace("\r", "")

    def read_until(self, words, times=1):
        deadline = time.monotonic() + SECONDS
        while self.text.count(words) < times:
            assert time.monotonic() < deadline, self.text
            if not self._read(0.2) and self._process.poll() is not None:
                break
        assert self.text.count(words) >= times, self.text

    def type(self, line):
        os.write(self._screen, line.encode() + b"\n")

    def interrupt(self):
        """Press Ctrl+C."""
        self._process.send_signal(signal.SIGINT)

    def end(self):
        while self._read(1.0) or self._process.poll() is None:
            pass
        os.close(self._screen)
        return self._process.wait()

    def _read(self, seconds):
        if not select.select([self._screen], [], [], seconds)[0]:
            return False
        try:
            data = os.read(self._screen, 65_536)
        except OSError:  # Linux says so when the other side is closed
            return False
        self._said += data
        return bool(data)
