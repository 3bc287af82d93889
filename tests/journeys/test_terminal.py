"""On a real terminal: a tree that changes, and questions that a person answers there."""

import os
import pty
import re
import select
import subprocess
import sys
import time

import pytest
from tests.journeys.program import COMMAND, PLAYBOOK, SECONDS

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="no pseudo-terminal there")


class Terminal:
    """The program on a pseudo-terminal."""

    def __init__(self, program, *arguments):
        self._screen, far = pty.openpty()
        self._process = subprocess.Popen(
            [*COMMAND, *arguments],
            env={**program.environment, "TERM": "xterm", "COLUMNS": "120", "LINES": "50"},
            stdin=far,
            stdout=far,
            stderr=far,
        )
        os.close(far)
        self._said = b""

    @property
    def text(self):
        """What was said, without what only moves and colours."""
        return re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", self._said.decode(errors="replace")).replace("\r", "")

    def read_until(self, words):
        deadline = time.monotonic() + SECONDS
        while words not in self.text:
            assert time.monotonic() < deadline, self.text
            if not self._read(0.2) and self._process.poll() is not None:
                break
        assert words in self.text, self.text

    def type(self, line):
        os.write(self._screen, line.encode() + b"\n")

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


def test_a_person_is_asked_on_the_terminal_and_a_wrong_word_is_asked_again(program, lab, vendors):
    terminal = Terminal(program, "run", PLAYBOOK)
    terminal.read_until("Answer: ")
    assert "approved: Isolate" in terminal.text
    terminal.type("perhaps")
    terminal.read_until("Type one of: approved, rejected.")
    terminal.type("rejected")
    assert terminal.end() == 0
    assert vendors.isolated() == ["ws-02", "ws-07"]


def test_a_person_who_closes_the_input_leaves_the_run_waiting(program, lab):
    terminal = Terminal(program, "run", PLAYBOOK)
    terminal.read_until("Answer: ")
    terminal.type("\x04")
    assert terminal.end() == 4
    assert "Waits for a person." in terminal.text


def test_the_last_picture_shows_every_node_with_loop_bodies_indented(program):
    terminal = Terminal(program, "demo")
    assert terminal.end() == 0
    before = terminal.text[: terminal.text.index("Changed in the Lab:")]
    last = before[before.rindex("✓  SIEM alert") :].splitlines()
    assert len(last) == 18
    assert re.fullmatch(r"✓  Each host +succeeded +3 of 3 *", last[8])
    assert re.fullmatch(r"✓    Isolate the host +succeeded +3 succeeded *", last[11])
    assert re.fullmatch(r"-    Left alone +skipped +3 skipped *", last[12])
