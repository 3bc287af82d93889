import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.model.values import seconds_of
from tocsin.ui.forms.durations import UNIT_WORDS, duration_words, iso_duration, read_duration, short_words


@pytest.mark.parametrize(
    ("text", "duration"),
    [
        ("30s", "30s"),
        ("90s", "90s"),
        ("5 minutes", "5m"),
        ("5 min", "5m"),
        ("1 hour", "1h"),
        ("1h 30m", "90m"),
        ("1 h, 30 min", "90m"),
        ("24 hours", "24h"),
        ("PT24H", "24h"),
        ("250 ms", "250ms"),
        ("PT5M", "5m"),
        ("pt1h30m", "90m"),
        ("P1DT12H", "36h"),
        ("P2W", "14d"),
        ("0s", "0s"),
    ],
)
def test_time_spans_are_read_as_people_write_them(text, duration):
    assert read_duration(text) == duration


@pytest.mark.parametrize("text", ["", "soon", "5", "5 parsecs", "P", "PT", "5m later", "-5m", "1.5h", "1h " * 20])
def test_what_is_no_time_span_is_not_guessed(text):
    assert read_duration(text) is None


@given(st.integers(0, 10**6), st.sampled_from(sorted(UNIT_WORDS)))
def test_a_time_span_in_words_is_as_long_as_it_was(number, unit):
    duration = f"{number}{unit}"
    read = read_duration(duration_words(duration))
    assert read is not None
    assert seconds_of(read) == pytest.approx(seconds_of(duration))


@given(st.integers(0, 10**6), st.sampled_from("smhd"))
def test_a_time_span_in_iso_8601_is_as_long_as_it_was(number, unit):
    read = read_duration(iso_duration(f"{number}{unit}"))
    assert read is not None
    assert seconds_of(read) == seconds_of(f"{number}{unit}")


def test_words_know_one_from_many_and_short_ones_have_a_blank():
    assert [duration_words(text) for text in ("1m", "24h", "1ms", "odd")] == ["1 minute", "24 hours", "1 ms", "odd"]
    assert [short_words(text) for text in ("30s", "4m", "24h")] == ["30 s", "4 min", "24 h"]
