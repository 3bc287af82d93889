"""Lines that are typed on a terminal, and Ctrl+C in the very instant of the prompt."""

import os
import random
import select
import signal
import sys
import threading
import time
from contextlib import redirect_stdout
from functools import partial
from types import SimpleNamespace

import pytest

from tocsin.cli import typed
from tocsin.cli.interruption import Interruption, Stop
from tocsin.cli.typed import read_line
from tocsin.cli.waker import Waker

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="no pseudo-terminal there")

PRESSES = 300
LATEST = 0.000_2
SECONDS = 20


@pytest.fixture
def screen(monkeypatch):
    """The person's side of a terminal that is the standard input; `out` writes to it."""
    import pty

    near, far = pty.openpty()
    with os.fdopen(far) as stdin, os.fdopen(os.dup(far), "w") as stdout:
        monkeypatch.setattr(sys, "stdin", stdin)
        yield SimpleNamespace(fd=near, out=stdout)
    os.close(near)


@pytest.fixture
def waker():
    with Waker() as waker:
        yield waker


@pytest.fixture
def usual_signals():
    """Ctrl+C is heard as usual, whatever started the tests."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.fixture
def read_aside(waker):
    """Reads in a thread, as on Windows; the thread is over when the test is."""
    before = set(threading.enumerate())
    yield lambda is_over: typed._read_aside("? ", waker, is_over)
    for thread in set(threading.enumerate()) - before:
        thread.join()


def ask(screen, waker, is_over=lambda: False):
    with redirect_stdout(screen.out):
        return read_line("Answer: ", waker, is_over)


def read_until_prompt(screen):
    said = b""
    while b"Answer: " not in said:
        assert select.select([screen.fd], [], [], SECONDS)[0]
        said += os.read(screen.fd, 4096)


def test_a_line_is_returned_without_its_end_and_the_prompt_is_shown(screen, waker):
    os.write(screen.fd, "Bücher \n".encode())
    assert ask(screen, waker) == "Bücher "
    read_until_prompt(screen)


def test_lines_typed_ahead_wait_for_their_turn(screen, waker):
    os.write(screen.fd, b"one\n\ntwo\n")
    assert [ask(screen, waker) for _ in range(3)] == ["one", "", "two"]


def test_a_line_in_pieces_is_one_line(screen, waker):
    os.write(screen.fd, b"on\x04e\n")
    assert ask(screen, waker) == "one"


def test_a_closed_input_is_no_line(screen, waker):
    os.write(screen.fd, b"\x04")
    assert ask(screen, waker) is None


def test_being_woken_for_something_else_is_no_answer(screen, waker):
    waker.wake()
    os.write(screen.fd, b"one\n")
    assert ask(screen, waker) == "one"


def test_ctrl_c_in_the_very_instant_of_the_prompt_ends_the_wait(screen, usual_signals):
    """From the moment the prompt is seen until well after the wait began."""
    moments = random.Random(7)
    for _ in range(PRESSES):
        told = []
        with Waker() as waker, Interruption(told.append) as interruption:
            presser = threading.Thread(target=press_after_prompt, args=(screen, moments.uniform(0, LATEST)))
            presser.start()
            assert ask(screen, waker, partial(getattr, interruption, "is_heard")) is None
            presser.join()
        assert told == [Stop(force=False)]


def press_after_prompt(screen, seconds):
    read_until_prompt(screen)
    end = time.perf_counter() + seconds
    while time.perf_counter() < end:
        pass
    os.kill(os.getpid(), signal.SIGINT)


@pytest.mark.parametrize("line", ["one", None])
def test_a_line_that_is_read_aside_is_returned(monkeypatch, read_aside, line):
    def typed_there(_prompt):
        if line is None:
            raise EOFError
        return line

    monkeypatch.setattr("builtins.input", typed_there)
    assert read_aside(lambda: False) == line


def test_where_it_is_over_a_line_that_is_read_aside_is_not_waited_for(monkeypatch, read_aside):
    key = threading.Event()
    monkeypatch.setattr("builtins.input", lambda _prompt: str(key.wait(SECONDS)))
    assert read_aside(lambda: True) is None
    key.set()
