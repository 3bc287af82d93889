from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.ui.run_dock.time_axis import MICROS, TICK_GAP, make_axis

START = 1_763_980_927 * MICROS  # 24 Nov 2025, 10:42:07 UTC


def test_marks_are_clock_times_from_the_start_of_the_run():
    axis = make_axis(START, START + 86 * MICROS, 156, 400)
    assert [tick.text for tick in axis.ticks()] == ["10:42:07", "10:42:37", "10:43:07", "10:43:37"]


def test_marks_are_of_one_zone_and_the_axis_says_which(in_local_zone):
    in_local_zone("Europe/Berlin")
    before_the_clocks_go_back = 1_761_436_800 * MICROS  # 26 Oct 2025, 00:00:00 UTC
    axis = make_axis(before_the_clocks_go_back, before_the_clocks_go_back + 3 * 3600 * MICROS, 0, 400)
    assert axis.zone == "UTC+2"
    assert [tick.text for tick in axis.ticks()] == ["02:00:00", "03:00:00", "04:00:00", "05:00:00"]


def test_marks_closer_than_a_second_say_milliseconds():
    axis = make_axis(START, START + MICROS // 4, 0, 400)
    assert [tick.text for tick in axis.ticks()] == ["10:42:07.000", "10:42:07.100", "10:42:07.200", "10:42:07.300"]


SPANS = st.integers(0, 400 * 86_400 * MICROS)


@given(SPANS, st.integers(1, 2000), st.floats(1, 1.3))
def test_every_axis_holds_its_stretch_and_its_marks_never_touch(span, width, scale):
    axis = make_axis(START, START + span, 10, 10 + width, scale=scale)
    ticks = axis.ticks()
    assert axis.end >= START + span
    assert (ticks[0].x, ticks[-1].x) == pytest.approx((axis.left, axis.right))
    gaps = [right.x - left.x for left, right in pairwise(ticks)]
    assert len(ticks) == 2 or min(gaps) >= TICK_GAP * scale - 0.01


@given(SPANS, st.floats(0, 1))
def test_a_place_leads_back_to_its_moment(span, share):
    axis = make_axis(START, START + span, 0, 1000)
    moment = START + round(span * share)
    assert axis.time_at(axis.x_of(moment)) == pytest.approx(moment, abs=max(2, (axis.end - axis.start) * 1e-12))


def test_what_lies_outside_stands_at_the_nearer_end():
    axis = make_axis(START, START + MICROS, 100, 200)
    assert (axis.x_of(START - 5), axis.x_of(START + 100 * MICROS)) == (100, 200)
    assert (axis.time_at(0), axis.time_at(999)) == (START, axis.end)
