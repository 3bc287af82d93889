"""What Ctrl+C does to a run that is followed, and to a command that goes on until then."""

import signal
import sys
import threading

import pytest

from tocsin.cli.interruption import GIVING_UP, STOPPING, Interruption, Stop, until_stopped


@pytest.fixture
def told():
    return []


@pytest.fixture
def interruption(told):
    return Interruption(told.append)


def press():
    signal.raise_signal(signal.SIGINT)


def test_the_first_one_stops_and_the_second_one_gives_up(interruption, told):
    with interruption:
        press()
        assert interruption.is_heard
        press()
    assert told == [Stop(force=False), Stop(force=True)]
    assert [stop.said for stop in told] == [STOPPING, GIVING_UP]


def test_a_third_one_ends_the_program(interruption):
    with interruption:
        press()
        press()
        with pytest.raises(KeyboardInterrupt):
            press()


def test_afterwards_it_ends_the_program_again(interruption, told):
    with interruption:
        pass
    with pytest.raises(KeyboardInterrupt):
        press()
    assert told == []


def test_where_it_is_not_heard_as_usual_nothing_is_changed(interruption, told):
    usual = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        with interruption:
            press()
            assert signal.getsignal(signal.SIGINT) is signal.SIG_IGN
        assert signal.getsignal(signal.SIGINT) is signal.SIG_IGN
    finally:
        signal.signal(signal.SIGINT, usual)
    assert told == []


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_command_goes_on_until_it_is_stopped_and_gives_the_signals_back(number):
    before = signal.getsignal(number)
    with until_stopped() as end:
        assert not end.wait(0.01)
        signal.raise_signal(number)
        assert end.wait()
    assert signal.getsignal(number) is before


@pytest.mark.skipif(sys.platform == "win32", reason="sends signals as POSIX does")
def test_a_command_is_stopped_whenever_the_signals_come():
    """Several at once, before, in and after the wait: none is lost, and none waits for another."""
    usual = {number: signal.signal(number, lambda *_: None) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        for _ in range(300):
            with until_stopped() as end:
                sender = threading.Thread(target=_send_all, args=(tuple(usual),))
                sender.start()
                assert end.wait(10)
                sender.join()
    finally:
        for number, handler in usual.items():
            signal.signal(number, handler)


def _send_all(numbers):
    for number in (*numbers, *numbers):
        signal.pthread_kill(threading.main_thread().ident or 0, number)
