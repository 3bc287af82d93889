import pytest
from tests.ui.run_dock.stories import isolating

from tocsin.ui.run_dock.playback import LONGEST_PAUSE, SPEEDS, Playback


@pytest.fixture
def playback():
    return Playback([100, 200, 200, 300, 4_000_000_000, 4_000_000_100])


def test_it_begins_at_the_end(playback):
    assert (playback.index, playback.is_at_end, playback.moment) == (6, True, 4_000_000_100)


def test_nothing_goes_beyond_the_first_and_the_last_event(playback):
    playback.go(-3)
    assert (playback.index, playback.moment) == (0, 100)
    playback.go(99)
    assert playback.is_at_end


def test_a_step_goes_to_the_next_moment_not_to_the_next_event(playback):
    playback.go(1)
    playback.step(1)
    assert playback.index == 3
    playback.step(-1)
    assert playback.index == 1


def test_stepping_reaches_both_ends(playback):
    for _ in range(20):
        playback.step(-1)
    assert playback.index == 0
    for _ in range(20):
        playback.step(1)
    assert playback.is_at_end


def test_a_time_of_the_clock_says_how_many_events_had_happened(playback):
    assert [playback.index_at(at) for at in (0, 100, 200, 250, 5_000_000_000)] == [0, 1, 3, 3, 6]


def test_playing_waits_as_long_as_the_run_did_but_never_longer_than_a_second(playback):
    playback.go(4)
    assert playback.due() == LONGEST_PAUSE
    assert playback.advance(LONGEST_PAUSE - 1)
    assert playback.index == 4
    playback.advance(LONGEST_PAUSE)
    assert playback.index == 5
    assert not playback.advance(100)
    assert (playback.is_at_end, playback.due()) == (True, 0)


def test_speed_shortens_every_pause(playback):
    playback.go(4)
    playback.speed = 4
    assert playback.due() == LONGEST_PAUSE // 4


def test_the_speed_begins_at_one_and_goes_from_a_quarter_to_sixteen(playback):
    assert (playback.speed, SPEEDS[0], SPEEDS[-1]) == (1, 0.25, 16)
    playback.go(4)
    playback.speed = SPEEDS[0]
    assert playback.due() == 4 * LONGEST_PAUSE
    playback.advance(2 * LONGEST_PAUSE)
    assert playback.index == 4


def test_playing_a_whole_run_shows_every_moment_of_it_in_order():
    playback = Playback([event.at for event in isolating().events])
    playback.go(0)
    seen = [0]
    while not playback.is_at_end:
        playback.advance(playback.due())
        seen.append(playback.index)
    assert seen == sorted(seen)
    assert seen[-1] == playback.count


def test_a_list_that_grows_is_played_on():
    times = [1, 2]
    playback = Playback(times)
    playback.advance(1)
    times.extend((10, 20))
    assert not playback.is_at_end
    assert playback.due() == 8
