"""What ends a wait of the main thread."""

import signal
import socket
import threading

import pytest

from tocsin.cli.waker import Waker


@pytest.fixture
def waker():
    with Waker() as waker:
        yield waker


def test_a_wake_up_before_the_wait_counts(waker):
    waker.wake()
    assert not waker.wait()


def test_any_thread_wakes(waker):
    other = threading.Thread(target=waker.wake)
    other.start()
    assert not waker.wait()
    other.join()


def test_a_signal_before_the_wait_counts(waker):
    usual = signal.signal(signal.SIGINT, lambda *_: None)
    try:
        signal.raise_signal(signal.SIGINT)
        assert not waker.wait()
    finally:
        signal.signal(signal.SIGINT, usual)


def test_a_file_that_can_be_read_is_told_from_a_wake_up(waker):
    near, far = socket.socketpair()
    with near, far:
        far.send(b"x")
        assert waker.wait(near.fileno())
        waker.wake()
        assert waker.wait(near.fileno())
        near.recv(1)
        waker.wake()
        assert not waker.wait(near.fileno())


def test_more_wake_ups_than_there_is_room_for_are_no_fault(waker):
    for _ in range(10_000):
        waker.wake()
    assert not waker.wait()


def test_afterwards_nobody_is_woken_and_the_signals_are_back():
    before = signal.set_wakeup_fd(-1)
    signal.set_wakeup_fd(before)
    with Waker() as waker:
        pass
    waker.wake()
    assert signal.set_wakeup_fd(before) == before
    with pytest.raises(RuntimeError, match="inside the context"):
        waker.wait()
