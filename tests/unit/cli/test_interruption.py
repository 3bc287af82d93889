"""What Ctrl+C does to a run that is followed."""

import signal

import pytest

from tocsin.cli.interruption import GIVING_UP, STOPPING, Interruption, Stop


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
